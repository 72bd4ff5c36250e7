from django.urls import path

from . import views

app_name = "feedback"
urlpatterns = [
    path("", views.own, name="own"),
    path("danke/", views.thanks, name="thanks"),
    path("entwicklung/", views.trend, name="trend"),
    path("kurse/<uuid:course_id>/", views.course, name="course"),
    path("l/<str:token>/", views.answer_by_link, name="answer_by_link"),
    path("l/<str:token>/loeschen/", views.drop_by_link, name="drop_by_link"),
    path("<uuid:ticket_id>/", views.answer, name="answer"),
    path("<uuid:ticket_id>/loeschen/", views.drop, name="drop"),
]
