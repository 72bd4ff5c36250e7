from django.urls import path

from . import views, views_evaluation, views_import, views_inbox

app_name = "needs"
urlpatterns = [
    path("", views.list_of_needs, name="list"),
    path("liste.csv", views.as_csv, name="csv"),
    path("liste.xlsx", views.as_xlsx, name="xlsx"),
    path("neu/", views.new, name="new"),
    path("neu/betriebe/", views.firms, name="firms"),
    path("frage/<str:token>/", views.letter, name="letter"),
    path("rueckmeldung/<str:token>/", views_evaluation.letter, name="evaluation_letter"),
    path("pruefen/", views_inbox.inbox, name="inbox"),
    path("pruefen/freigeben/", views_inbox.release_many, name="release_many"),
    path("listen/", views_import.upload, name="upload"),
    path("listen/muster.xlsx", views_import.sample, name="sample"),
    path("listen/<uuid:batch_id>/", views_import.preview, name="import"),
    path("listen/<uuid:batch_id>/uebernehmen/", views_import.take, name="take"),
    path("listen/<uuid:batch_id>/verwerfen/", views_import.discard, name="discard"),
    path("listen/<uuid:batch_id>/fehler.xlsx", views_import.wrong_rows, name="wrong_rows"),
    path("<uuid:need_id>/", views.detail, name="detail"),
    path("<uuid:need_id>/bearbeiten/", views.edit, name="edit"),
    path("<uuid:need_id>/thema/", views.choose_topic, name="choose_topic"),
    path("<uuid:need_id>/einreichen/", views.submit, name="submit"),
    path("<uuid:need_id>/beenden/", views.withdraw, name="withdraw"),
    path("<uuid:need_id>/rueckmeldung/", views_evaluation.evaluation, name="evaluation"),
    path("<uuid:need_id>/noch-aktuell/", views.expiry, name="expiry"),
    path("<uuid:need_id>/freigeben/", views_inbox.release, name="release"),
    path("<uuid:need_id>/zuruecklegen/", views_inbox.set_aside, name="set_aside"),
]
