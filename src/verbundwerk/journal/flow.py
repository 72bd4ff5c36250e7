from datetime import datetime
from typing import Any

from django.db.models import Model

from verbundwerk.base.retention import forgets, some

from .models import JournalEntry


def record(by: Any, verb: str, subject: Model, *, at: datetime, **details: Any) -> JournalEntry:
    """Write the one line of a verb, inside the verb's transaction. Details hold ids and numbers, no names."""
    return JournalEntry.objects.create(
        at=at,
        actor=getattr(by, "pk", None),
        verb=verb,
        kind=subject._meta.label_lower,
        subject=subject.pk,
        details=details,
    )


@forgets("journal")
def forget_entries(before: datetime, most: int) -> int:
    """A line is never changed; whole lines end when nobody can dispute any more what they prove."""
    return some(JournalEntry.objects.filter(at__lt=before), most).delete()[0]
