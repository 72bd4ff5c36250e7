from django.urls import path

from .views import attendance, certificates, courses, days, proof, seats

app_name = "courses"
urlpatterns = [
    path("kurse/", courses.listing, name="list"),
    path("kurse/export.csv", courses.as_csv, name="csv"),
    path("kurse/export.xlsx", courses.as_xlsx, name="xlsx"),
    path("kurse/planen/", courses.plan, name="plan"),
    path("kurse/aus-buendeln/", courses.from_pools, name="from_pools"),
    path("kurse/aus-buendeln/<uuid:pool_id>/", courses.from_pool, name="from_pool"),
    path("kurse/mein-kalender/", days.own_calendar, name="own_calendar"),
    path("kurse/meine-bescheinigungen/", certificates.own, name="own_certificates"),
    path("kurse/kalender/<str:token>.ics", days.feed, name="feed"),
    path("kurse/<uuid:course_id>/", courses.detail, name="detail"),
    path("kurse/<uuid:course_id>/bearbeiten/", courses.edit, name="edit"),
    path("kurse/<uuid:course_id>/oeffnen/", courses.open_course, name="open"),
    path("kurse/<uuid:course_id>/sichern/", courses.secure_course, name="secure"),
    path("kurse/<uuid:course_id>/beginnen/", courses.start_course, name="start"),
    path("kurse/<uuid:course_id>/abschliessen/", courses.complete_course, name="complete"),
    path("kurse/<uuid:course_id>/absagen/", courses.cancel_course, name="cancel"),
    path("kurse/<uuid:course_id>/buchen/", seats.book, name="book"),
    path("kurse/<uuid:course_id>/termine/", days.add, name="add_day"),
    path("kurse/<uuid:course_id>/termine.ics", days.course_calendar, name="calendar"),
    path("kurse/<uuid:course_id>/teilnahmeliste.pdf", attendance.attendance_list, name="attendance_list"),
    path("kurse/<uuid:course_id>/bescheinigungen/", certificates.certificates, name="certificates"),
    path("kurse/termine/<uuid:session_id>/verlegen/", days.move, name="move_day"),
    path("kurse/termine/<uuid:session_id>/ausfall/", days.cancel, name="cancel_day"),
    path("kurse/termine/<uuid:session_id>/nachholen/", days.make_up, name="make_up_day"),
    path("kurse/termine/<uuid:session_id>/anwesenheit/", attendance.attendance, name="attendance"),
    path("kurse/termine/<uuid:session_id>/anwesenheit/<uuid:seat_id>/", attendance.mark, name="mark"),
    path("kurse/buchungen/<uuid:booking_id>/", seats.booking, name="booking"),
    path("kurse/buchungen/<uuid:booking_id>/stornieren/", seats.cancel, name="cancel_booking"),
    path("kurse/bescheinigungen/<uuid:certificate_id>.pdf", certificates.certificate, name="certificate"),
    path("nachweis/", proof.ask, name="check_form"),
    path("nachweis/<str:code>/", proof.check, name="check"),
    path("nachweis/<str:code>/bescheinigung.pdf", proof.paper, name="check_paper"),
]
