from django.urls import path

from . import views, views_proposals, views_talks

app_name = "codetermination"
urlpatterns = [
    path("", views.list_of_cases, name="list"),
    path("vorgaenge.csv", views.as_csv, name="csv"),
    path("vorgaenge.xlsx", views.as_xlsx, name="xlsx"),
    path("neu/", views.new, name="new"),
    path("vorschlaege/", views_proposals.list_of_proposals, name="proposals"),
    path("vorschlaege.csv", views_proposals.as_csv, name="proposals_csv"),
    path("vorschlaege.xlsx", views_proposals.as_xlsx, name="proposals_xlsx"),
    path("vorschlaege/neu/", views_proposals.new, name="propose"),
    path("vorschlaege/<uuid:proposal_id>/", views_proposals.detail, name="proposal"),
    path("vorschlaege/<uuid:proposal_id>/antworten/", views_proposals.answer, name="answer"),
    path("vorschlaege/<uuid:proposal_id>/zurueckziehen/", views_proposals.withdraw, name="withdraw"),
    path("unterlagen/<uuid:document_id>/", views.document, name="document"),
    path("<uuid:case_id>/", views.detail, name="case"),
    path("<uuid:case_id>/unterrichten/", views.inform, name="inform"),
    path("<uuid:case_id>/stellungnahme/", views.say, name="say"),
    path("<uuid:case_id>/unterlagen/", views.add_document, name="add_document"),
    path("<uuid:case_id>/beteiligen/", views.require_involvement, name="require"),
    path("<uuid:case_id>/aufgeben/", views.drop, name="drop"),
    path("<uuid:case_id>/einigungsstelle/", views.conciliate, name="conciliate"),
    path("<uuid:case_id>/ergebnis/", views.award, name="award"),
    path("<uuid:case_id>/nachricht/", views_talks.write, name="write"),
    path("<uuid:case_id>/termin/", views_talks.propose_meeting, name="propose_meeting"),
    path("<uuid:case_id>/termin/passt/", views_talks.confirm_meeting, name="confirm_meeting"),
    path("<uuid:case_id>/termin.ics", views_talks.meeting_ics, name="meeting_ics"),
    path("<uuid:case_id>/gesprochen/", views_talks.note_talked, name="note_talked"),
    path("<uuid:case_id>/frist/", views_talks.extend, name="extend"),
    path("<uuid:case_id>/vermerken/", views.note_told, name="note_told"),
]
