"""Who looked, written once a quarter of an hour; and the nightly work of forgetting.

Forgetting goes in small batches, each in its own transaction, counted where it happens. A process that is killed has
lost at most one batch, which the next tick does again; what was counted was deleted.
"""

import logging
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from verbundwerk.base.jobs import due
from verbundwerk.base.retention import Forgetter, Kept, forgets, some, work
from verbundwerk.base.verdicts import require
from verbundwerk.courses import flow as courses
from verbundwerk.feedback import flow as feedback
from verbundwerk.journal.flow import record
from verbundwerk.journal.sight import Sight
from verbundwerk.network import flow as network
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing
from verbundwerk.wishes import flow as wishes

from . import queries, rules
from .models import Forgetting, Look
from .terms import OwnData

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


# --- who looked ----------------------------------------------------------------------------
def note_looks(viewer: Person, sights: Sequence[Sight], page: str, at: datetime) -> None:
    """One statement for a page, whatever it showed; none for whoever stayed inside their own firm."""
    who = standing(viewer)
    found = [(list(sight.pairs), sight.people) for sight in sights]
    pairs = {pair for shown, _people in found for pair in rules.looked_at(shown, viewer.pk, who)}
    people = rules.people_listed(shown for shown, listed in found if listed)
    pairs |= rules.looked_at([(firm, None) for firm in people], viewer.pk, who)
    role, quarter = rules.role_of(who), rules.quarter_of(at)
    rows = [
        Look(
            at=at, quarter=quarter, viewer=viewer.pk, role=role, page=page,
            organisation=firm, person=person, people=people[firm],
        )
        for firm, person in pairs
    ]  # fmt: skip
    if rows:
        Look.objects.bulk_create(rows, ignore_conflicts=True)


@forgets("looks")
def forget_looks(before: datetime, most: int) -> int:
    return some(Look.objects.filter(at__lt=before), most).delete()[0]


# --- one's own data --------------------------------------------------------------------------
@transaction.atomic
def delete_own_data(what: Collection[str], *, by: Person, at: datetime) -> None:
    """What somebody gave of their own free will goes at once. What others need as proof ends by the table."""
    require(rules.names_something(what))
    if OwnData.WISHES in what:
        wishes.delete_own_words(by=by, at=at)
    if OwnData.CHECKS in what:
        feedback.delete_own_checks(by=by, at=at)
    if OwnData.CALENDAR in what:
        courses.drop_calendar_link(by=by, at=at)
    if OwnData.PHONE in what:
        network.change_own_profile(name=by.name, phone="", language=by.language, by=by, at=at)
    record(by, "person.own_data_deleted", by, at=at, what=sorted(what))
