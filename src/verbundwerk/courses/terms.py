from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Presence(TextChoices):
    """Attendance per half day (domain 5.5)."""

    PRESENT = "present", _("anwesend")
    DIGITAL = "digital", _("digital dabei")
    EXCUSED = "excused", _("entschuldigt")
    ABSENT = "absent", _("unentschuldigt")


# What fits beside three others under a thumb.
IN_SHORT = {
    Presence.PRESENT: _("da"),
    Presence.DIGITAL: _("digital"),
    Presence.EXCUSED: _("entschuldigt"),
    Presence.ABSENT: _("fehlt"),
}


class Half(TextChoices):
    MORNING = "morning", _("Vormittag")
    AFTERNOON = "afternoon", _("Nachmittag")
    EVENING = "evening", _("Abend")
