"""A firm waits, accepts, declines, or leaves."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from verbundwerk.base.verdicts import Refused, no, require, yes_if
from verbundwerk.courses import flow as courses
from verbundwerk.courses import rules as course_rules
from verbundwerk.courses.models import Booking, Course, Seat
from verbundwerk.courses.queries import begins_at, takes
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.queries import standing

from .. import papers, queries, rules
from ..models import GivenSeat, ListEntry
from ..states import ENTRY, GIVEN, GivenState
from ..terms import StepKind
from .letters import list_path, tell_firm
from .serving import count_list, end_offer, note, serve


@transaction.atomic
def join_list(
    course: Course, organisation: Organisation, *, seats: int, at_least: int, by: Person, at: datetime
) -> ListEntry:
    """At the end of the list; what is free and fits is offered at once."""
    courses.lock_course(course)
    require(
        rules.may_speak(standing(by), organisation.pk),
        yes_if(takes(course, organisation.pk), course_rules.CLOSED),
        rules.list_is_open(course, begins_at(course), at),
        rules.may_join(
            course, seats, at_least,
            waits=queries.waits_in(course, organisation.pk), gives=queries.gives_in(course, organisation.pk),
        ),
    )  # fmt: skip
    last = ListEntry.objects.filter(course=course).aggregate(last=Max("place", default=0))["last"]
    entry = ListEntry.objects.create(
        course=course, organisation=organisation, place=last + 1, seats=seats, at_least=at_least, joined_by=by,
        joined_at=at,
    )  # fmt: skip
    note(entry, StepKind.JOINED, at)
    record(by, "entry.joined", entry, at=at, seats=seats, at_least=at_least)
    count_list(course, at)
    serve(course, at)
    entry.refresh_from_db()
    return entry


@transaction.atomic
def ask_for_fewer(entry: ListEntry, *, seats: int, at_least: int, by: Person, at: datetime) -> ListEntry:
    """Whoever needs less than before keeps the place; more seats are a new entry at the end."""
    _lock(entry)
    require(rules.may_speak(standing(by), entry.organisation_id), ENTRY.may(entry.state, "offer"))
    require(rules.is_fewer(entry, seats, at_least))
    entry.seats, entry.at_least = seats, at_least
    entry.save(update_fields=["seats", "at_least"])
    record(by, "entry.changed", entry, at=at, seats=seats, at_least=at_least)
    serve(entry.course, at)
    entry.refresh_from_db()
    return entry


@transaction.atomic
def accept_offer(entry: ListEntry, *, by: Person, at: datetime) -> Booking:
    """One press: the seats are this firm's, binding, at the price they were offered at. Who gave them away owes
    nothing more."""
    _lock(entry)
    require(rules.may_accept(entry, standing(by), at))
    given = list(_offered_to(entry))
    require(*(rules.is_there(one.seat) for one in given))
    note(entry, StepKind.ACCEPTED, at)
    booking = _seats_of(entry, [one.seat for one in given], by=by, at=at)
    ENTRY.advance(entry, "accept", held=booking)
    for one in given:
        GIVEN.advance(one, "take", closed_at=at)
    record(by, "entry.accepted", entry, at=at, seats=booking.seats)
    count_list(entry.course, at)
    _tell_both_sides(entry, booking, given, at)
    return booking


def _offered_to(entry: ListEntry) -> QuerySet[GivenSeat]:
    return queries.given_in(entry.course).filter(entry=entry, state=GivenState.OFFERED)


def _seats_of(entry: ListEntry, seats: list[Seat], *, by: Person, at: datetime) -> Booking:
    if seats:
        return courses.pass_seats(seats, entry.organisation, held=entry.held, by=by, at=at)
    if entry.held is None:
        raise Refused(no(rules.GONE))
    return courses.bind_booking(entry.held, by=by, at=at)


def _tell_both_sides(entry: ListEntry, booking: Booking, given: Sequence[GivenSeat], at: datetime) -> None:
    course = entry.course
    tell_firm(
        entry.organisation_id, lambda: papers.seated(course, booking.seats), key=f"seat-list:seated:{entry.pk}",
        path=list_path(course), at=at,
    )  # fmt: skip
    for firm, count in queries.per_firm(given).items():
        key = f"given-taken:{entry.pk}"
        tell_firm(firm, _taken_over(course, count), key=key, path=list_path(course), at=at)


def _taken_over(course: Course, count: int) -> papers.Tell:
    return lambda: papers.taken_over(course, count)


@transaction.atomic
def decline_offer(entry: ListEntry, *, by: Person, at: datetime) -> ListEntry:
    """The next one is asked at once."""
    _lock(entry)
    require(rules.may_decline(entry, standing(by)))
    end_offer(entry, "decline", StepKind.DECLINED, at)
    record(by, "entry.declined", entry, at=at)
    serve(entry.course, at)
    return entry


@transaction.atomic
def leave_list(entry: ListEntry, *, by: Person, at: datetime) -> ListEntry:
    _lock(entry)
    require(rules.may_leave(entry, standing(by)))
    note(entry, StepKind.LEFT, at)
    ENTRY.advance(entry, "leave")
    record(by, "entry.left", entry, at=at)
    count_list(entry.course, at)
    return entry


def _lock(entry: ListEntry) -> None:
    courses.lock_course(entry.course)
    course = entry.course
    entry.refresh_from_db()
    entry.course = course
