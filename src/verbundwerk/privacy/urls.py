from django.urls import path

from . import views, views_own

app_name = "privacy"

urlpatterns = [
    path("aufbewahrung/", views.kept, name="kept"),
    path("aufbewahrung.csv", views.kept_csv, name="kept_csv"),
    path("meine-daten/", views_own.own_data, name="own_data"),
    path("meine-daten.json", views_own.own_data_json, name="own_data_json"),
    path("meine-daten.zip", views_own.own_data_zip, name="own_data_zip"),
    path("meine-daten/loeschen/", views_own.delete_own_data, name="delete_own_data"),
    path("einsicht/", views.own_looks, name="own_looks"),
    path("einsicht/organisation/", views.firm_looks, name="firm_looks"),
    path("einsicht/organisation.csv", views.firm_looks_csv, name="firm_looks_csv"),
    path("einsicht/alle/", views.all_looks, name="all_looks"),
    path("einsicht/alle.csv", views.all_looks_csv, name="all_looks_csv"),
    path("loeschprotokoll/", views.deletions, name="deletions"),
    path("loeschprotokoll.csv", views.deletions_csv, name="deletions_csv"),
    path("fristen/", views.forgotten, name="forgotten"),
]
