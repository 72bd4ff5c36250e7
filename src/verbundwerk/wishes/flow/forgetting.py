"""What ends by itself."""

from datetime import datetime

from verbundwerk.base.retention import forgets, some

from .. import queries
from ..models import Survey, Talk, Wish


@forgets("wishes")
def forget_wishes(before: datetime, most: int) -> int:
    return some(queries.wishes_untouched_since(before), most).delete()[1].get(Wish._meta.label, 0)


@forgets("talks")
def forget_talks(before: datetime, most: int) -> int:
    """A need that came of it stays: it never knew anybody."""
    return some(Talk.objects.filter(noted_at__lt=before), most).delete()[1].get(Talk._meta.label, 0)


@forgets("surveys")
def forget_surveys(before: datetime, most: int) -> int:
    return some(queries.surveys_over_since(before), most).delete()[1].get(Survey._meta.label, 0)
