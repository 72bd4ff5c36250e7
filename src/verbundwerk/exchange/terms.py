"""The fixed lists of words of this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Otherwise(TextChoices):
    """What becomes of a seat nobody takes over."""

    KEEP = "keep", _("Der Platz bleibt unserer, wir zahlen ihn ganz")
    RETURN = "return", _("Wir geben ihn zurück und zahlen die Stornokosten")


class StepKind(TextChoices):
    """What happened in a list, as everybody in it may read it: with positions, without names and numbers."""

    JOINED = "joined", _("eingetragen")
    OFFERED = "offered", _("Platz angeboten")
    SKIPPED = (
        "skipped",
        _("übergangen: Es ist weniger frei, als diese Gruppe mindestens braucht. Sie behält ihren Platz."),
    )
    ACCEPTED = "accepted", _("Platz angenommen")
    DECLINED = "declined", _("Platz abgelehnt")
    EXPIRED = "expired", _("Frist verstrichen, der Platz geht weiter")
    TAKEN_BACK = "taken_back", _("Angebot zurückgenommen: Der Betrieb behält seinen Platz doch.")
    LEFT = "left", _("ausgetragen")
    MOVED_ON = "moved_on", _("geht in den zweiten Termin")
    UNSERVED = "unserved", _("kein Platz mehr frei geworden")


class ConditionKind(TextChoices):
    """What a reserved seat waits for; which it is, only the firm reads (and the host, where it asked for it)."""

    FUNDING = "funding", _("Förderung bewilligt")
    COUNCIL = "council", _("Betriebsrat stimmt zu")
    NAMES = "names", _("Alle Personen benannt")
    SECRECY = "secrecy", _("Geheimhaltungserklärung liegt vor")


# Chosen by the firm itself; the other two come with seats of a host.
OWN_KINDS = (ConditionKind.FUNDING, ConditionKind.COUNCIL)


class Fallback(TextChoices):
    """What becomes of a reserved seat whose condition is not met in time: chosen before it is booked."""

    PAY = "pay", _("Wir nehmen den Platz trotzdem und zahlen ihn selbst")
    RETURN = "return", _("Der Platz fällt zurück und kostet uns nichts")
    FUND = "fund", _("Der Fonds des Verbunds trägt ihn, wenn die Koordination es vorher zusagt; sonst fällt er zurück")


class Secrecy(TextChoices):
    """What a host tells about its own course."""

    OPEN = "open", _("Offen: Betriebe sehen Thema, Ort und unseren Namen")
    DECLARATION = "declaration", _("Mit Geheimhaltungserklärung: Betriebe sehen alles, buchen nur mit Erklärung")
    TOPIC_ONLY = "topic_only", _("Nur das Thema: Ort und unser Name stehen erst in der Buchung; Erklärung nötig")
