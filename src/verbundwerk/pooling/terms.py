from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunFormat(TextChoices):
    ONSITE = "onsite", _("in Präsenz")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("hybrid")


class Effort(TextChoices):
    """How long a calculation may look for something better."""

    QUICK = "quick", _("schnell (etwa 10 Sekunden)")
    THOROUGH = "thorough", _("gründlich (etwa 1 Minute)")
    DEEP = "deep", _("sehr gründlich (etwa 5 Minuten)")
    COUNTED = "counted", _("eine feste Zahl von Schritten")


class PlanFailure(TextChoices):
    """Why a calculation brought no plan."""

    STUMBLED = "stumbled", _("Beim Rechnen ist ein Fehler aufgetreten.")
    SILENT = "silent", _("Der Rechner hat sich nicht mehr gemeldet.")
    INVALID = "invalid", _("Der Plan hat die unabhängige Prüfung nicht bestanden und wurde verworfen.")
    CONTRADICTION = "contradiction", _("Die Vorgaben widersprechen sich oder lassen sich nicht mehr einhalten.")


class FailureReason(TextChoices):
    TOO_FEW = "too_few", _("zu wenige Plätze")
    PRICE = "price", _("Preis")
    DATE = "date", _("Termin")
    PROVIDER = "provider", _("kein Anbieter")
    FUNDING = "funding", _("Förderung")
    OTHER = "other", _("anderer Grund")


class Hold(TextChoices):
    """What a firm waits for before its word counts. Which of the two it is, only the firm itself may read."""

    COUNCIL = "council", _("Nur wenn unser Betriebsrat zustimmt")
    OWN = "own", _("Nur wenn wir im Haus noch etwas klären, zum Beispiel die Förderung")


class VatCase(TextChoices):
    """Value added tax is a matter of each bid (domain 4.8)."""

    EXEMPT_CERTIFICATE = "exempt_21", _("steuerfrei nach § 4 Nr. 21 UStG, Bescheinigung liegt vor")
    EXEMPT_OLD_CERTIFICATE = "exempt_21_old", _("steuerfrei nach § 4 Nr. 21 UStG, Altbescheinigung")
    EXEMPT_BODY = "exempt_22", _("steuerfrei nach § 4 Nr. 22 UStG")
    SMALL_BUSINESS = "small_19", _("Kleinunternehmen nach § 19 UStG")
    STANDARD = "standard", _("19 % Umsatzsteuer")


class SteeringKind(TextChoices):
    """What the office can lay down for the next calculation."""

    KEEP = "keep", _("diesen Kurs so lassen")
    NO_WEEK = "no_week", _("dieses Thema nicht in dieser Woche")
    NO_ROOM = "no_room", _("dieser Raum nicht in dieser Woche")
    APART = "apart", _("zwei Betriebe nicht zusammen")
    LEAVE_OUT = "leave_out", _("diesen Bedarf diesmal auslassen")


class SteeringTrouble(TextChoices):
    """Why a run could not be kept, or only without some of its people."""

    OFFER = "offer", _("Das Angebot steht nicht mehr im Katalog oder hat keinen Preis mehr.")
    ROOM = "room", _("Den Raum gibt es nicht mehr.")
    PEOPLE = "people", _("Keiner seiner Bedarfe wartet mehr auf Partner.")
    TIME = "time", _("Der Kurs läge vor dem Zeitraum dieses Plans oder dahinter.")
    SMALL = "small", _("Zu wenige seiner Bedarfe warten noch oder passen noch hinein.")
    FEWER = "fewer", _("Nur zum Teil: Einige seiner Bedarfe warten nicht mehr oder passen nicht mehr hinein.")


class ChangeKind(TextChoices):
    """Which value of a need a firm is asked about."""

    LATER = "later", _("später")
    EARLIER = "earlier", _("früher")
    ONLINE = "online", _("auch online")
    TRAVEL = "travel", _("weiterer Weg")
    BUDGET = "budget", _("mehr je Platz")
    SPLIT = "split", _("erst ein Teil der Gruppe")
