from django.urls import path

from . import views

app_name = "base"
urlpatterns = [
    path("entwicklung/bausteine/", views.gallery, name="gallery"),
]
