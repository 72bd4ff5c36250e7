"""Which of those who wait gets what is free, and until when it is kept. Pure: values in, values out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import Verdict, yes_if
from verbundwerk.courses.models import Course
from verbundwerk.courses.rules import REGION, is_bookable

OFFER_HOURS = 48
LIST_CLOSED = _("Der Kurs hat begonnen. Plätze wechseln nicht mehr.")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Supply(Generic[T]):
    """What can be had at one price per seat: seats their firms give away, oldest first, and free ones."""

    price_cents: int
    given: tuple[T, ...] = ()
    free: int = 0

    @property
    def total(self) -> int:
        return len(self.given) + self.free


@dataclass(frozen=True, slots=True)
class Share(Generic[T]):
    """What one firm is offered."""

    price_cents: int
    given: tuple[T, ...]
    free: int

    @property
    def seats(self) -> int:
        return len(self.given) + self.free


def share(seats: int, at_least: int, supplies: Iterable[Supply[T]]) -> Share[T] | None:
    """What somebody is offered who wants `seats`, at least `at_least` of them: all at one price, the lowest that has
    enough; None where no price has enough. Seats that are given away go first, because somebody pays for them.

    So whoever stands earlier and needs no more than somebody behind is never passed over (the property of the tests).
    O(p log p) for p prices."""
    for one in sorted(supplies, key=lambda supply: supply.price_cents):
        if one.total >= at_least:
            count = min(seats, one.total)
            given = one.given[:count]
            return Share(one.price_cents, given, count - len(given))
    return None


def offer_deadline(at: datetime, begins_at: datetime | None, last_day: date) -> datetime:
    """Two days, but never past the first half day or the last day of registration (the end of that day)."""
    ends = [at + timedelta(hours=OFFER_HOURS), end_of(last_day)]
    return min([*ends, begins_at] if begins_at else ends)


def end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), REGION)


def last_moment_of(day: date) -> datetime:
    return end_of(day) - timedelta(microseconds=1)


def list_is_open(course: Course, begins_at: datetime | None, at: datetime) -> Verdict:
    """Nobody gets a seat once the course has begun, or after the end of registration."""
    begun = begins_at is not None and at >= begins_at
    return is_bookable(course, at.astimezone(REGION).date()) & yes_if(not begun, LIST_CLOSED)


def positions(entries: Sequence[Any]) -> dict[UUID, int]:
    """ListEntry -> its position, from 1; `entries` in their order."""
    return {one.pk: n for n, one in enumerate(entries, start=1)}
