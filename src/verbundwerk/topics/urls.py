from django.urls import path

from . import views

app_name = "topics"
urlpatterns = [
    path("vorschlaege/", views.suggestions, name="suggestions"),
]
