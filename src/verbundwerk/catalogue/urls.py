from django.urls import path

from . import views

app_name = "catalogue"
urlpatterns = [
    path("", views.listing, name="list"),
    path("liste.csv", views.as_csv, name="csv"),
    path("liste.xlsx", views.as_xlsx, name="xlsx"),
    path("neu/", views.new, name="new"),
    path("raeume/neu/", views.venue, name="venue"),
    path("hochladen/", views.upload, name="upload"),
    path("uebernehmen/", views.take, name="take"),
    path("<uuid:offer_id>/", views.detail, name="detail"),
    path("<uuid:offer_id>/bearbeiten/", views.edit, name="edit"),
]
