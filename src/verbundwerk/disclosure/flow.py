from collections.abc import Hashable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from verbundwerk.base.jobs import due
from verbundwerk.journal.flow import record

from . import queries, rules
from .models import Snapshot, ToldFigure


@due
def take_weekly_snapshot(at: datetime) -> int:
    """At the first tick of a week."""
    if queries.is_taken(_monday(at)):
        return 0
    take_snapshot(by=None, at=at)
    return 1


@transaction.atomic
def take_snapshot(*, by: Any, at: datetime) -> Snapshot:
    """Decides for every statement what is said until next week. The database keeps the second of a week out."""
    snapshot = Snapshot.objects.create(week=_monday(at), taken_at=at)
    roofs = queries.roofs(at)
    changed = sum(_say(statement, snapshot, roofs) for statement in queries.statements())
    record(by, "snapshot.taken", snapshot, at=at, changed=changed)
    return snapshot


def _monday(at: datetime) -> date:
    day = timezone.localdate(at)
    return day - timedelta(days=day.weekday())


def _say(statement: str, snapshot: Snapshot, roofs: Mapping[Hashable, Hashable]) -> int:
    """How many figures of the statement read otherwise than before."""
    words = rules.this_week(queries.parts_of(statement), queries.memories(statement), total=queries.TOTAL, roofs=roofs)
    stands = {row.key: row for row in queries.standing_figures(statement)}
    fresh = {key: word for key, word in words.items() if word and not _reads(stands.get(key), word)}
    over = [row.pk for key, row in stands.items() if key in fresh or words.get(key) is None]
    ToldFigure.objects.filter(pk__in=over).update(until=snapshot)
    ToldFigure.objects.bulk_create(_row(statement, key, word, snapshot) for key, word in fresh.items())
    return len({*fresh, *(key for key in stands if words.get(key) is None)})


def _reads(row: ToldFigure | None, word: rules.Word) -> bool:
    return row is not None and row.basis == word.basis


def _row(statement: str, key: str, word: rules.Word, snapshot: Snapshot) -> ToldFigure:
    return ToldFigure(
        statement=statement,
        key=key,
        since=snapshot,
        lower=word.seats.lower,
        upper=word.seats.upper,
        firms_lower=word.firms.lower,
        firms_upper=word.firms.upper,
        basis=dict(word.basis),
    )
