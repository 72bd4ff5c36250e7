from django.urls import path

from . import views

app_name = "wishes"
urlpatterns = [
    path("", views.home, name="home"),
    path("meine-wuensche/", views.own, name="own"),
    path("meine-wuensche/neu/", views.new, name="new"),
    path("wuensche/", views.released, name="released"),
    path("wuensche/<uuid:wish_id>/", views.wish, name="wish"),
    path("wuensche/<uuid:wish_id>/aendern/", views.edit, name="edit"),
    path("wuensche/<uuid:wish_id>/freigeben/", views.release, name="release"),
    path("wuensche/<uuid:wish_id>/zuruecknehmen/", views.take_back, name="take_back"),
    path("wuensche/<uuid:wish_id>/loeschen/", views.delete, name="delete"),
    path("wuensche/<uuid:wish_id>/uebernehmen/", views.take, name="take"),
    path("wuensche/<uuid:wish_id>/ablehnen/", views.decline, name="decline"),
]
