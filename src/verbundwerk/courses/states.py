from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.moves import Table, move


class CourseState(TextChoices):
    PLANNED = "planned", _("geplant")
    OPEN = "open", _("Anmeldung offen")
    SECURED = "secured", _("gesichert")
    RUNNING = "running", _("läuft")
    COMPLETED = "completed", _("abgeschlossen")
    CANCELLED_BY_PROVIDER = "cancelled_by_provider", _("vom Anbieter abgesagt")
    CANCELLED_BY_POOL = "cancelled_by_pool", _("vom Verbund abgesagt")


C = CourseState
AHEAD = (C.PLANNED, C.OPEN, C.SECURED, C.RUNNING)  # planned or under way
COURSE = Table(
    C,
    C.PLANNED,
    [
        move("open", [C.PLANNED], C.OPEN, _("Anmeldung öffnen")),
        move("secure", [C.PLANNED, C.OPEN], C.SECURED, _("Kurs sichern")),
        move("start", [C.SECURED], C.RUNNING, _("Kurs beginnen")),
        move("complete", [C.RUNNING], C.COMPLETED, _("Kurs abschließen")),
        move("cancel_by_provider", [C.PLANNED, C.OPEN, C.SECURED], C.CANCELLED_BY_PROVIDER, _("Absage des Anbieters")),
        move("cancel_by_pool", [C.PLANNED, C.OPEN, C.SECURED], C.CANCELLED_BY_POOL, _("Kurs absagen")),
    ],
)


class SessionState(TextChoices):
    PLANNED = "planned", _("geplant")
    HELD = "held", _("durchgeführt")
    CANCELLED = "cancelled", _("ausgefallen")
    MADE_UP = "made_up", _("nachgeholt")


S = SessionState
SESSION = Table(
    S,
    S.PLANNED,
    [
        move("hold", [S.PLANNED], S.HELD, _("Als durchgeführt vermerken")),
        move("cancel", [S.PLANNED], S.CANCELLED, _("Ausfall vermerken")),
        move("make_up", [S.CANCELLED], S.MADE_UP, _("Als nachgeholt vermerken")),
    ],
)


class BookingState(TextChoices):
    BINDING = "binding", _("verbindlich")
    RESERVED = "reserved", _("vorgemerkt")
    CANCELLED = "cancelled", _("storniert")
    HANDED_OVER = "handed_over", _("abgegeben")
    LAPSED = "lapsed", _("verfallen")


B = BookingState
# What keeps seats from everybody else: the number of a course is the sum of these.
HOLDING = (B.BINDING, B.RESERVED)
BOOKING = Table(
    B,
    B.BINDING,
    [
        move("reserve", [B.BINDING], B.RESERVED, _("Nur vormerken")),
        move("bind", [B.RESERVED], B.BINDING, _("Verbindlich machen")),
        move("lapse", [B.RESERVED], B.LAPSED, _("Vormerkung verfallen lassen")),
        move("cancel", [B.BINDING, B.RESERVED], B.CANCELLED, _("Buchung stornieren")),
        move("hand_over", [B.BINDING], B.HANDED_OVER, _("Alle Plätze abgeben")),
    ],
)


class SeatState(TextChoices):
    FREE = "free", _("noch niemand benannt")
    NAMED = "named", _("benannt")
    ATTENDED = "attended", _("teilgenommen")
    CERTIFIED = "certified", _("bescheinigt")
    MISSED = "missed", _("nicht erschienen")
    CANCELLED = "cancelled", _("storniert")
    HANDED_OVER = "handed_over", _("abgegeben")


P = SeatState
GONE = (P.CANCELLED, P.HANDED_OVER)
SEAT = Table(
    P,
    P.FREE,
    [
        move("name", [P.FREE], P.NAMED, _("Person benennen")),
        move("replace", [P.NAMED], P.NAMED, _("Person ersetzen")),
        move("clear", [P.NAMED], P.FREE, _("Person zurücknehmen")),
        move("attend", [P.NAMED], P.ATTENDED, _("Teilnahme feststellen")),
        move("miss", [P.FREE, P.NAMED], P.MISSED, _("Fehlen feststellen")),
        move("certify", [P.ATTENDED], P.CERTIFIED, _("Bescheinigung ausstellen")),
        move("cancel", [P.FREE, P.NAMED], P.CANCELLED, _("Platz stornieren")),
        move("hand_over", [P.FREE, P.NAMED], P.HANDED_OVER, _("Platz abgeben")),
    ],
)
