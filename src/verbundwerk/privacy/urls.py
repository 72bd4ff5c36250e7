from django.urls import path

from . import views

app_name = "privacy"

urlpatterns = [
    path("aufbewahrung/", views.kept, name="kept"),
    path("aufbewahrung.csv", views.kept_csv, name="kept_csv"),
    path("einsicht/", views.own_looks, name="own_looks"),
    path("einsicht/organisation/", views.firm_looks, name="firm_looks"),
    path("einsicht/organisation.csv", views.firm_looks_csv, name="firm_looks_csv"),
    path("einsicht/alle/", views.all_looks, name="all_looks"),
    path("einsicht/alle.csv", views.all_looks_csv, name="all_looks_csv"),
    path("loeschprotokoll/", views.forgotten, name="forgotten"),
]
