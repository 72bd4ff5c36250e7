"""What is asked. The words of a question are part of the promise: nobody can be recognised by an answer to them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbundwerk.topics.terms import Level


class Kind(TextChoices):
    CHECK = "check", _("Selbst-Check vor dem Kurs")
    EVALUATION = "evaluation", _("Rückmeldung nach dem Kurs")
    TRANSFER = "transfer", _("Nachfrage nach drei Monaten")


class Statement(TextChoices):
    """Five statements after the course, each from 1 to 5; the sixth question is free text."""

    CLEAR = "clear", _("Es wurde verständlich erklärt.")
    PRACTICE = "practice", _("Ich konnte genug selbst üben.")
    FITTING = "fitting", _("Der Kurs passte zu dem, was ich schon konnte.")
    USEFUL = "useful", _("Ich kann das Gelernte bei meiner Arbeit brauchen.")
    AGAIN = "again", _("Ich würde diesen Kurs weiterempfehlen.")


APPLIED, HINDERED, WOULD_HELP = "applied", "hindered", "would_help"
QUESTIONS: Mapping[str, Any] = {
    APPLIED: _("Wie viel von dem Gelernten konnten Sie anwenden?"),
    HINDERED: _("Was hat Sie gehindert?"),
    WOULD_HELP: _("Was würde Ihnen jetzt helfen?"),
}


class Hindrance(TextChoices):
    TIME = "time", _("Es fehlte die Zeit")
    TASKS = "tasks", _("Es fehlten passende Aufgaben")
    EQUIPMENT = "equipment", _("Geräte, Programme oder Rechte fehlten")
    SUPPORT = "support", _("Im Betrieb fehlte Unterstützung")
    PRACTICE = "practice", _("Ich fühlte mich noch nicht sicher genug")
    CONTENT = "content", _("Der Kurs passte nicht zu meiner Arbeit")


class Help(TextChoices):
    TIME = "time", _("Zeit zum Üben")
    TASKS = "tasks", _("Aufgaben, bei denen ich es brauche")
    EQUIPMENT = "equipment", _("Geräte, Programme oder Rechte")
    CONTACT = "contact", _("Eine Person, die ich fragen kann")
    REFRESHER = "refresher", _("Ein Tag zum Auffrischen")
    FOLLOW_UP = "follow_up", _("Ein Kurs, der darauf aufbaut")


SCALE = (1, 2, 3, 4, 5)
AGREEMENT: Mapping[int, str | Promise] = {
    5: _("stimmt genau"),
    4: _("stimmt eher"),
    3: _("teils, teils"),
    2: _("stimmt eher nicht"),
    1: _("stimmt gar nicht"),
}
AMOUNT: Mapping[int, str | Promise] = {
    5: _("sehr viel"),
    4: _("viel"),
    3: _("etwas"),
    2: _("wenig"),
    1: _("gar nichts"),
}
LEVELS: Mapping[int, str | Promise] = {
    Level.ENTRY: _("Einstieg: Das ist neu für mich."),
    Level.APPLY: _("Anwenden: Das kann ich mit Anleitung."),
    Level.MASTER: _("Beherrschen: Das kann ich sicher und allein."),
    Level.TEACH: _("Vermitteln: Das kann ich anderen zeigen."),
}
