from django.urls import path

from . import views

urlpatterns = [path("<str:token>/", views.demo_login, name="demo_login")]
