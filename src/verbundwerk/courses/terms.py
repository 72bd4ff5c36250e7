from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Presence(TextChoices):
    """Attendance per half day (domain 5.5)."""

    PRESENT = "present", _("anwesend")
    DIGITAL = "digital", _("digital dabei")
    EXCUSED = "excused", _("entschuldigt")
    ABSENT = "absent", _("unentschuldigt")


# What fits beside three others under a thumb. Nobody is "missing" here: whoever is excused is missing as well.
IN_SHORT = {
    Presence.PRESENT: _("da"),
    Presence.DIGITAL: _("digital"),
    Presence.EXCUSED: _("entschuldigt"),
    Presence.ABSENT: _("unentschuldigt"),
}


class Half(TextChoices):
    MORNING = "morning", _("Vormittag")
    AFTERNOON = "afternoon", _("Nachmittag")
    EVENING = "evening", _("Abend")


class Trait(TextChoices):
    """By what the people of a booking can be told apart in groups (BetrVG § 96 (2): part-time, older employees)."""

    WORKING_TIME = "working_time", _("Arbeitszeit")
    AGE = "age", _("Alter")
    SEX = "sex", _("Geschlecht")


class Group(TextChoices):
    FULL_TIME = "full_time", _("Vollzeit")
    PART_TIME = "part_time", _("Teilzeit")
    UNDER_25 = "under_25", _("unter 25 Jahre")
    FROM_25 = "from_25", _("25 bis 34 Jahre")
    FROM_35 = "from_35", _("35 bis 44 Jahre")
    FROM_45 = "from_45", _("45 bis 54 Jahre")
    FROM_55 = "from_55", _("55 Jahre und älter")
    WOMEN = "women", _("Frauen")
    MEN = "men", _("Männer")
    DIVERSE = "diverse", _("divers")


GROUPS = {
    Trait.WORKING_TIME: (Group.FULL_TIME, Group.PART_TIME),
    Trait.AGE: (Group.UNDER_25, Group.FROM_25, Group.FROM_35, Group.FROM_45, Group.FROM_55),
    Trait.SEX: (Group.WOMEN, Group.MEN, Group.DIVERSE),
}
