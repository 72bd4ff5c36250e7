from django.urls import path

from . import views

app_name = "privacy"

urlpatterns = [
    path("aufbewahrung/", views.kept, name="kept"),
    path("aufbewahrung.csv", views.kept_csv, name="kept_csv"),
]
