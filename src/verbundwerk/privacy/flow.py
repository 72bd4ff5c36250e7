"""The nightly work of forgetting: small batches, each in its own transaction, counted where it happens.

A process that is killed has lost at most one batch, which the next tick does again; what was counted was deleted.
"""

import logging
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from verbundwerk.base.jobs import due
from verbundwerk.base.retention import Forgetter, Kept, work
from verbundwerk.journal.flow import record

from . import queries
from .models import Forgetting

log = logging.getLogger(__name__)
BATCH = 200
# At most so many batches of one line in one tick: letters and reminders should not wait behind a great clearing.
BATCHES = 25


@due
def forget_what_is_over(at: datetime) -> int:
    """Once a day for each line of the retention table; a day that was not finished is continued by the next tick.

    A line that cannot be worked off stops no other; the tick says that something went wrong.
    """
    today = timezone.localdate(at)
    done = queries.worked_off(today)
    count, problems = 0, []
    for line, forget in work():
        try:
            count += _forget(line, forget, at, today) if line.key not in done else 0
        except Exception as problem:
            log.exception("the line %s was not worked off", line.key)
            problems.append(problem)
    if count:
        _scrub()
    if problems:
        raise problems[0]
    return count


def _forget(line: Kept, forget: Forgetter, at: datetime, today: date) -> int:
    total = 0
    for _round in range(BATCHES):
        count = _batch(line, forget, at)
        total += count
        if not count:
            Forgetting.objects.update_or_create(line=line.key, defaults={"done_on": today})
            break
    return total


@transaction.atomic
def _batch(line: Kept, forget: Forgetter, at: datetime) -> int:
    count = forget(line.span.before(at), BATCH)
    if count:
        row, _new = Forgetting.objects.get_or_create(line=line.key)
        Forgetting.objects.filter(pk=row.pk).update(total=F("total") + count, last_at=at)
        record(None, "retention.applied", row, at=at, line=line.key, count=count)
    return count


def _scrub() -> None:
    """SQLite overwrites in its file what was deleted (secure_delete); older pages lie in its log until that is cut."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
