"""How long lists of people, attendance and certificates are kept."""

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.retention import Kept, Span, keep, not_personal, of
from verbundwerk.network.retention import CONTRACT, DELETED, LEFT, NAMELESS, acts

COURSE_OVER = _("nach dem letzten Kurstag")
FUNDED = _(
    "Art. 6 Abs. 1 Buchst. b, c und f DSGVO: Vertrag und Nachweispflicht aus dem Zuwendungsbescheid"
    " (Belege meist 5 Jahre)"
)

keep(
    Kept(
        key="seats",
        fields=("courses.Seat.name", "courses.Seat.email", "courses.Seat.person"),
        what=_("Wer auf einem Platz sitzt: Name, E-Mail-Adresse"),
        purpose=_("Einladung, Anwesenheitsliste und Nachweis gegenüber Förderstellen"),
        span=Span(years=5),
        since=COURSE_OVER,
        then=DELETED,
        ground=FUNDED,
    ),
    Kept(
        key="headcounts",
        fields=("courses.Headcount.people",),
        what=_(
            "Wie viele der benannten Personen einer Buchung in welcher Gruppe sind: Teilzeit, Alter, Geschlecht;"
            " ohne Namen, nur wenn der Betrieb es angibt"
        ),
        purpose=_("damit Betriebsrat und Personalverantwortung sehen, ob alle Gruppen zum Zug kommen"),
        span=Span(months=18),
        since=COURSE_OVER,
        then=DELETED,
        ground=_(
            "Art. 6 Abs. 1 Buchst. c DSGVO: Teilzeitbeschäftigte und Ältere sind zu berücksichtigen"
            " (§ 96 Abs. 2 BetrVG)"
        ),
    ),
    Kept(
        key="attendance",
        fields=("courses.Attendance.presence", "courses.Attendance.taken_by"),
        what=_("Anwesenheit je Halbtag und wer sie eingetragen hat; keine Gründe, keine Noten"),
        purpose=_("Nachweis der Teilnahme gegenüber Betrieb und Förderstellen"),
        span=Span(years=5),
        since=COURSE_OVER,
        then=DELETED,
        ground=FUNDED,
    ),
    Kept(
        key="certificates",
        fields=("courses.Certificate.content", "courses.Seat.person"),
        what=_("Der Name auf der Bescheinigung; Nummer, Kurs, Tage, Umfang und Anbieter bleiben ohne Namen prüfbar"),
        purpose=_("damit Sie eine verlorene Bescheinigung noch einmal bekommen und andere sie prüfen können"),
        span=Span(years=10),
        since=_("nach der Ausstellung"),
        then=NAMELESS,
        ground=_("Art. 6 Abs. 1 Buchst. b und f DSGVO: Ihr Nachweis; Ansprüche bestehen bis zu 10 Jahre (§ 199 BGB)"),
    ),
    Kept(
        key="course_reasons",
        fields=("courses.Course.reason",),
        what=_("Freie Worte, warum ein Kurs abgesagt wurde"),
        purpose=_("damit die Betriebe den Grund erfahren"),
        span=Span(months=24),
        since=COURSE_OVER,
        then=DELETED,
        ground=CONTRACT,
    ),
    Kept(
        key="calendar_links",
        fields=("courses.CalendarLink.person", "courses.CalendarLink.token"),
        what=_("Die geheime Adresse, unter der Ihr Kalenderprogramm Ihre Termine liest"),
        purpose=_("damit Ihre Kurstage in Ihrem Kalender stehen"),
        span=Span(months=24),
        since=LEFT,
        then=DELETED,
        ground=CONTRACT,
    ),
)
acts(
    "courses",
    _("Wer gebucht hat und welche Lehrkraft einen Kurs hält"),
    "courses.Booking.booked_by",
    "courses.Course.lecturer",
)
not_personal("names a group, nobody in it", "courses.Headcount.group")
not_personal(
    "describes a course",
    *of("courses.Course", "title", "goals", "contents", "format", "place"),
    "courses.Session.place",
)
not_personal(
    "a number or key made by us; what it opens is kept with the content",
    "courses.Booking.key",
    "courses.Certificate.number",
    "courses.Certificate.code",
    "courses.NumberSeries.name",
)
