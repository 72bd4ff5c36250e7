"""The fixed lists of words of a need (domain 5.1)."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DEMAND = "demand"  # what is said about the region's needs; pools on their way add their parts to it


class Source(TextChoices):
    HR = "hr", _("Personalverantwortung")
    WORKS_COUNCIL = "works_council", _("Betriebsrat")
    MENTOR = "mentor", _("Weiterbildungsmentor:in")
    EMPLOYEE = "employee", _("Beschäftigte")
    ADVICE = "advice", pgettext_lazy("where a need comes from", "Beratung")
    SURVEY = "survey", _("Umfrage")


class Occasion(TextChoices):
    NEW_EQUIPMENT = "new_equipment", _("Neue Anlage oder Software")
    PRODUCT_CHANGE = "product_change", _("Produktwechsel")
    DUTY = "duty", _("Pflichtschulung")
    SUCCESSION = "succession", _("Nachfolge")
    JOB_SECURITY = "job_security", _("Beschäftigungssicherung")
    WISH = "wish", _("Wunsch aus der Belegschaft")
    OTHER = "other", _("Anderer Grund")


class Shift(TextChoices):
    DAY = "day", _("Tagschicht")
    EARLY = "early", _("Frühschicht")
    LATE = "late", _("Spätschicht")
    TWO = "two", _("Zwei Schichten im Wechsel")
    THREE = "three", _("Drei Schichten im Wechsel")
    CONTINUOUS = "continuous", _("Konti-Schicht")
    WEEKEND = "weekend", _("Wochenendschicht")


class Block(TextChoices):
    ANY = "any", _("egal")
    HALF_DAYS = "half_days", _("halbe Tage")
    DAYS = "days", _("ganze Tage")
    WEEK = "week", _("eine Woche am Stück")
    EVENINGS = "evenings", _("Abende")


class Format(TextChoices):
    ONSITE = "onsite", _("in Präsenz")
    ONLINE = "online", _("online")
    EITHER = "either", _("Präsenz oder online")


class Confidentiality(TextChoices):
    OPEN = "open", _("Offen: Die Koordination darf den Bedarf mit anderen bündeln")
    TOPIC_ONLY = "topic_only", _("Nur das Thema: Andere erfahren nichts außer dem Thema")
    CONFIDENTIAL = "confidential", _("Vertraulich: Nur die Koordination sieht den Bedarf")


class Back(TextChoices):
    """Why a covered need waits for partners again."""

    CANCELLED = "cancelled", _("Der Kurs %(course)s findet nicht statt.")
    SEATS_RETURNED = "seats_returned", _("Ihre Plätze im Kurs %(course)s sind zurückgegeben.")


class Fit(TextChoices):
    """Whether the course was what the firm needed."""

    YES = "yes", _("Ja, das hat gepasst")
    PARTLY = "partly", _("Teilweise")
    NO = "no", _("Nein, das war es nicht")


class Urgency(IntegerChoices):
    URGENT = 1, _("dringend")
    NORMAL = 2, _("normal")
    LATER = 3, _("hat Zeit")


class LinkKind(TextChoices):
    """Where people find the link that needs no account."""

    FIRM = "firm", _("Link eines Betriebs")
    EVENT = "event", _("Veranstaltung")
    POSTER = "poster", _("Aushang")
    DOOR = "door", _("Startseite")
