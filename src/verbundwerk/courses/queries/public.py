"""What everybody may read, and what the house checks by night."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, Sum

from verbundwerk.base import clock
from verbundwerk.disclosure.rules import Band, told_places

from ..models import Course
from ..states import HOLDING
from .guarded import courses_visible_to, with_free_seats


# -- for everybody --------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class PublicDate:
    """What everybody may read of a course; `opens`: whoever looks may open its page."""

    id: UUID
    title: str
    starts_on: date
    ends_on: date
    place: str
    free: Band
    opens: bool = False


def upcoming_public(limit: int = 6, person: Any = None) -> list[PublicDate]:
    """The next courses with free seats, as a range; without a word about who comes."""
    courses = (
        Course.objects.filter(with_free_seats(clock.today()))
        .select_related("topic")
        .order_by("starts_on", "number")[:limit]
    )
    visible = courses_visible_to(person).filter(pk__in=[one.pk for one in courses]) if courses and person else ()
    opens = {one.pk for one in visible}
    return [
        PublicDate(one.pk, one.name, one.starts_on, one.ends_on, one.place, free, one.pk in opens)
        for one in courses
        if (free := told_places(one.capacity, one.taken))
    ]


def wrong_counters() -> list[tuple[Course, int]]:
    """Courses whose one number is not the sum of the bookings that hold seats, with that sum. Should be empty for
    ever."""
    held = Sum("bookings__seats", filter=Q(bookings__state__in=HOLDING), default=0)
    return [(one, one.booked) for one in Course.objects.annotate(booked=held).exclude(taken=F("booked"))]
