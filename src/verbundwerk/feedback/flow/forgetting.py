"""What ends by itself."""

from datetime import datetime

from verbundwerk.base.retention import forgets, some

from .. import queries
from ..models import Ticket


@forgets("self_checks")
def forget_self_checks(before: datetime, most: int) -> int:
    """The check goes with its ticket; the picture of the group stays, because nobody is in it."""
    return some(queries.checks_before(before), most).delete()[1].get(Ticket._meta.label, 0)


@forgets("feedback_texts")
def forget_texts(before: datetime, most: int) -> int:
    return some(queries.texts_before(before), most).update(texts=[])
