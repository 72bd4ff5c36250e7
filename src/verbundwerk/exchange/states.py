from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verbundwerk.base.moves import Table, move


class EntryState(TextChoices):
    """A firm in the list of a course."""

    WAITING = "waiting", _("wartet")
    OFFERED = "offered", _("Platz angeboten")
    SEATED = "seated", _("Platz angenommen")
    DECLINED = "declined", pgettext_lazy("a seat", "abgelehnt")
    EXPIRED = "expired", pgettext_lazy("a seat", "Frist verstrichen")
    LEFT = "left", _("ausgetragen")
    MOVED_ON = "moved_on", _("im zweiten Termin")
    UNSERVED = "unserved", _("kein Platz frei geworden")


E = EntryState
OPEN = (E.WAITING, E.OFFERED)
ENTRY = Table(
    E,
    E.WAITING,
    [
        move("offer", [E.WAITING], E.OFFERED, _("Platz anbieten")),
        move("accept", [E.OFFERED], E.SEATED, _("Verbindlich übernehmen")),
        move("decline", [E.OFFERED], E.DECLINED, _("Ablehnen")),
        move("expire", [E.OFFERED], E.EXPIRED, _("Frist verstreichen lassen")),
        move("take_back", [E.OFFERED], E.WAITING, _("Angebot zurücknehmen")),
        move("leave", [E.WAITING], E.LEFT, _("Aus der Liste austragen")),
        move("move_on", [E.WAITING], E.MOVED_ON, _("In den zweiten Termin nehmen")),
        move("end", [E.WAITING, E.OFFERED], E.UNSERVED, _("Liste schließen")),
    ],
)


class GivenState(TextChoices):
    """A seat its firm gives away."""

    OPEN = "open", _("wird abgegeben")
    OFFERED = "offered", _("einem Betrieb angeboten")
    TAKEN = "taken", _("übernommen")
    WITHDRAWN = "withdrawn", pgettext_lazy("a seat", "doch behalten")
    RETURNED = "returned", pgettext_lazy("a seat", "zurückgegeben")
    KEPT = "kept", pgettext_lazy("a seat", "nicht übernommen")


G = GivenState
ON_OFFER = (G.OPEN, G.OFFERED)
GIVEN = Table(
    G,
    G.OPEN,
    [
        move("offer", [G.OPEN], G.OFFERED, _("Einem Betrieb anbieten")),
        move("release", [G.OFFERED], G.OPEN, _("Wieder freigeben")),
        move("take", [G.OFFERED], G.TAKEN, _("Übernehmen")),
        move("withdraw", [G.OPEN, G.OFFERED], G.WITHDRAWN, _("Doch behalten")),
        move("give_back", [G.OPEN, G.OFFERED], G.RETURNED, _("Zurückgeben")),
        move("keep", [G.OPEN, G.OFFERED], G.KEPT, _("Beim Betrieb lassen")),
    ],
)


class ConditionState(TextChoices):
    OPEN = "open", pgettext_lazy("a condition", "offen")
    MET = "met", pgettext_lazy("a condition", "erfüllt")
    PAID = "paid", _("nicht erfüllt, Betrieb zahlt")
    COVERED = "covered", _("nicht erfüllt, Fonds trägt den Platz")
    FALLEN = "fallen", _("nicht erfüllt, Platz zurückgefallen")


C = ConditionState
CONDITION = Table(
    C,
    C.OPEN,
    [
        move("meet", [C.OPEN], C.MET, _("Als erfüllt vermerken")),
        move("pay", [C.OPEN], C.PAID, _("Selbst zahlen")),
        move("cover", [C.OPEN], C.COVERED, _("Aus dem Fonds tragen")),
        move("fall", [C.OPEN], C.FALLEN, _("Platz zurückfallen lassen")),
    ],
)


class SecondState(TextChoices):
    ASKED = "asked", pgettext_lazy("a second date", "Betriebe gefragt")
    POOLED = "pooled", pgettext_lazy("a second date", "im Bündel")
    DROPPED = "dropped", pgettext_lazy("a second date", "aufgegeben")


S = SecondState
SECOND = Table(
    S,
    S.ASKED,
    [
        move("pool", [S.ASKED], S.POOLED, _("Bündel öffnen")),
        move("drop", [S.ASKED], S.DROPPED, _("Zweiten Termin aufgeben")),
    ],
)
