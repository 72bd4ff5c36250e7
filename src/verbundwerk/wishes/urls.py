from django.urls import path

from . import views, views_surveys, views_talks

app_name = "wishes"
urlpatterns = [
    path("", views.home, name="home"),
    path("meine-wuensche/", views.own, name="own"),
    path("meine-wuensche/neu/", views.new, name="new"),
    path("meine-wuensche/kurse/", views.pools, name="pools"),
    path("meine-wuensche/kurse/<uuid:pool_id>/", views.interest, name="interest"),
    path("wuensche/", views.released, name="released"),
    path("wuensche/<uuid:wish_id>/", views.wish, name="wish"),
    path("wuensche/<uuid:wish_id>/aendern/", views.edit, name="edit"),
    path("wuensche/<uuid:wish_id>/freigeben/", views.release, name="release"),
    path("wuensche/<uuid:wish_id>/zuruecknehmen/", views.take_back, name="take_back"),
    path("wuensche/<uuid:wish_id>/loeschen/", views.delete, name="delete"),
    path("wuensche/<uuid:wish_id>/uebernehmen/", views.take, name="take"),
    path("wuensche/<uuid:wish_id>/ablehnen/", views.decline, name="decline"),
    path("gespraeche/", views_talks.talks, name="talks"),
    path("gespraeche/neu/", views_talks.new_talk, name="new_talk"),
    path("gespraeche/hinweise/", views_talks.hints, name="hints"),
    path("gespraeche/<uuid:talk_id>/bedarf/", views_talks.raise_need, name="raise_talks"),
    path("gespraeche/<uuid:talk_id>/zeigen/", views_talks.pass_on, name="pass_on"),
    path("gespraeche/<uuid:talk_id>/zurueckholen/", views_talks.keep_back, name="keep_back"),
    path("gespraeche/<uuid:talk_id>/loeschen/", views_talks.delete, name="delete_talk"),
    path("befragungen/", views_surveys.surveys, name="surveys"),
    path("befragungen/neu/", views_surveys.new_survey, name="new_survey"),
    path("befragungen/<uuid:survey_id>/", views_surveys.survey, name="survey"),
    path("befragungen/<uuid:survey_id>/aendern/", views_surveys.edit_survey, name="edit_survey"),
    path("befragungen/<uuid:survey_id>/vorlegen/", views_surveys.lay_before, name="lay_before"),
    path("befragungen/<uuid:survey_id>/starten/", views_surveys.open_survey, name="open_survey"),
    path("befragungen/<uuid:survey_id>/beenden/", views_surveys.close_survey, name="close_survey"),
    path("befragungen/<uuid:survey_id>/verwerfen/", views_surveys.drop_survey, name="drop_survey"),
    path("befragungen/<uuid:survey_id>/bedarfe/", views_surveys.raise_survey, name="raise_survey"),
    path("befragung/<str:code>/", views_surveys.answer, name="answer"),
    path("befragung/<str:code>/danke/", views_surveys.thanks, name="thanks"),
]
