"""A firm gives seats away: others take them over, or they go back on the day and at the price that was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from verbundwerk.base.verdicts import require
from verbundwerk.courses import flow as courses
from verbundwerk.courses.models import Booking, Course
from verbundwerk.courses.queries import begins_at
from verbundwerk.courses.rules import day_of
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing

from .. import papers, queries, rules
from ..models import GivenSeat
from ..states import GIVEN, GivenState
from ..terms import Otherwise
from .letters import list_path, tell_firm
from .serving import serve, take_back_offer


@dataclass(frozen=True, slots=True)
class Giving:
    """So many seats, and what becomes of those nobody takes: kept, or given back at the end of `return_on`."""

    seats: int
    otherwise: str = Otherwise.KEEP
    return_on: date | None = None


@transaction.atomic
def give_seats(booking: Booking, said: Giving, *, by: Person, at: datetime) -> list[GivenSeat]:
    """They stay the firm's, and paid, until somebody takes them over; they are offered to the list at once."""
    _lock(booking)
    course, firm = booking.course, booking.organisation_id
    require(
        rules.may_give(booking, standing(by), waits=queries.waits_in(course, firm)),
        rules.list_is_open(course, begins_at(course), at),
        rules.returns_in_time(said.return_on, day_of(at), course.starts_on),
    )
    seats = queries.seats_to_give(booking)[: said.seats]
    require(rules.are_there(said.seats, len(seats)))
    percent = _percent(course, said.return_on)
    given = [
        GivenSeat.objects.create(
            seat=seat, otherwise=said.otherwise, return_on=said.return_on, percent=percent, given_by=by, given_at=at
        )
        for seat in seats
    ]
    record(by, "booking.seats_given", booking, at=at, seats=len(given), otherwise=said.otherwise)
    serve(course, at)
    return given


def _percent(course: Course, day: date | None) -> int:
    """Kept means paid in full."""
    return 100 if day is None else rules.percent_on(queries.cancellation_of(course), course.starts_on, day)


@transaction.atomic
def give_back_now(booking: Booking, seats: int, *, by: Person, at: datetime) -> int:
    """Without waiting for anybody: what it costs today is due, and the seats are free for the list."""
    _lock(booking)
    course = booking.course
    require(
        rules.may_give(booking, standing(by), waits=queries.waits_in(course, booking.organisation_id)),
        rules.list_is_open(course, begins_at(course), at),
    )
    chosen = queries.seats_to_give(booking)[:seats]
    require(rules.are_there(seats, len(chosen)))
    courses.return_seats(chosen, by=by, at=at)
    course.refresh_from_db()
    serve(course, at)
    return len(chosen)


@transaction.atomic
def withdraw_given(given: GivenSeat, *, by: Person, at: datetime) -> GivenSeat:
    """The firm keeps its seat after all, as long as nobody has taken it. Whoever it was offered to keeps the place."""
    course = given.seat.booking.course
    courses.lock_course(course)
    given.refresh_from_db()
    require(rules.may_withdraw(given, standing(by)))
    if given.entry is not None:
        take_back_offer(given.entry, at)
        given.refresh_from_db()
    GIVEN.advance(given, "withdraw", closed_at=at, entry=None)
    record(by, "given.withdrawn", given, at=at)
    serve(course, at)
    return given


def return_what_is_due(course: Course, at: datetime) -> int:
    """Nobody took it, and its day is over. It counts as given back on that day, whenever we get to it."""
    due = list(queries.given_in(course).filter(state=GivenState.OPEN, return_on__lt=day_of(at)))
    due = [one for one in due if rules.is_there(one.seat)]
    for day in sorted({one.return_on for one in due if one.return_on}):
        _return(course, [one for one in due if one.return_on == day], day, at)
    return len(due)


def _return(course: Course, given: Sequence[GivenSeat], day: date, at: datetime) -> None:
    last_moment = rules.last_moment_of(day)
    for one in given:
        GIVEN.advance(one, "give_back", closed_at=at)
    courses.return_seats([one.seat for one in given], by=None, at=at, left_at=last_moment)
    course.refresh_from_db()
    for firm, own in queries.by_firm(given).items():
        cents = sum(rules.fee_cents(one.seat.booking.price_cents, one.percent) for one in own)
        record(None, "given.returned", own[0], at=at, seats=len(own), cents=cents)
        words = _words(course, len(own), cents, day)
        tell_firm(firm, words, key=f"given-returned:{own[0].pk}", path=list_path(course), at=at)


def _words(course: Course, seats: int, cents: int, day: date) -> papers.Tell:
    return lambda: papers.given_back(course, seats, cents, day)


def _lock(booking: Booking) -> None:
    courses.lock_course(booking.course)
    booking.refresh_from_db(fields=["state", "seats"])
