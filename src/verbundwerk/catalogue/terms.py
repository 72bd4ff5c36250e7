from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OfferKind(TextChoices):
    COURSE = "course", _("Kurs")
    MODULE = "module", _("Modul")
    COACHING = "coaching", _("Begleitung im Betrieb")
    ADVICE = "advice", _("Beratung")


class Pattern(TextChoices):
    """How the days of a course lie in the calendar; the words of poolplan."""

    BLOCK_MON = "block_mon", _("am Stück ab Montag")
    BLOCK_WED = "block_wed", _("am Stück ab Mittwoch")
    WEEKLY_TUE = "weekly_tue", _("jeden Dienstag ein Tag")
    WEEKLY_FRI = "weekly_fri", _("jeden Freitag ein Tag")
    SATURDAY = "sat", _("samstags")
    EVENING = "evening", _("zwei Abende in der Woche")
