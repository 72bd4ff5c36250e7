from django.urls import path

from .views import giving, lists

app_name = "exchange"
urlpatterns = [
    path("", lists.home, name="home"),
    path("kurs/<uuid:course_id>/", lists.course_list, name="list"),
    path("warteliste/<uuid:entry_id>/annehmen/", lists.accept, name="accept"),
    path("warteliste/<uuid:entry_id>/ablehnen/", lists.decline, name="decline"),
    path("warteliste/<uuid:entry_id>/austragen/", lists.leave, name="leave"),
    path("warteliste/<uuid:entry_id>/weniger/", lists.fewer, name="fewer"),
    path("buchung/<uuid:booking_id>/abgeben/", giving.give, name="give"),
    path("abgabe/<uuid:given_id>/behalten/", giving.withdraw, name="withdraw"),
]
