"""The fixed lists of words of this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Times(TextChoices):
    """When somebody could come. Why not at other times is nobody's business."""

    ANY = "any", _("egal")
    MORNING = "morning", _("vormittags")
    AFTERNOON = "afternoon", _("nachmittags")
    EVENING = "evening", _("abends")
    WEEKEND = "weekend", _("am Wochenende")
    ONLINE = "online", _("online, wann ich Zeit habe")
