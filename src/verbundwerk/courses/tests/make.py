"""Factories: courses, seats and people, without the way that led there."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from verbundwerk.base import clock
from verbundwerk.courses import rules
from verbundwerk.courses.models import Attendance, Booking, Certificate, Course, Seat, Session
from verbundwerk.courses.states import (
    BOOKING,
    COURSE,
    SEAT,
    SESSION,
    BookingState,
    CourseState,
    SeatState,
    SessionState,
)
from verbundwerk.courses.terms import Half, Presence
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.tests import make as needs
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.terms import OrganisationKind, Role
from verbundwerk.network.tests import make as network
from verbundwerk.pooling.models import Bid, Commitment, Enquiry, Pool, PoolMember
from verbundwerk.pooling.states import BidState, CommitmentState, PoolState
from verbundwerk.pooling.terms import VatCase
from verbundwerk.topics.tests import make as topics

# A Monday; the course of the tests begins four weeks later.
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=rules.REGION)
FIRST_DAY = date(2026, 11, 30)
SECOND_DAY = date(2026, 12, 1)
DATES = [{"date": FIRST_DAY.isoformat(), "part": "day"}, {"date": SECOND_DAY.isoformat(), "part": "day"}]
AFTERWARDS = datetime(2026, 12, 2, 9, 0, tzinfo=rules.REGION)
_number = count(1)


def stopped(at: datetime = NOW) -> Any:
    return clock.stopped(at)


# -- people -------------------------------------------------------------------------------
def firm(**fields: Any) -> Organisation:
    return network.organisation(**fields)


def provider(**fields: Any) -> Organisation:
    return network.organisation(OrganisationKind.PROVIDER, **fields)


def hr(organisation: Organisation | None = None, **fields: Any) -> Person:
    return network.person(Role.HR, organisation or firm(), **fields)


def teacher(course: Course, **fields: Any) -> Person:
    """The provider's own lecturer, standing in front of this course."""
    lecturer = network.person(Role.LECTURER, course.provider, **fields)
    Course.objects.filter(pk=course.pk).update(lecturer=lecturer)
    course.lecturer = lecturer
    return lecturer


def office(course: Course) -> Person:
    """Somebody in the provider's office."""
    return network.person(Role.PROVIDER, course.provider)


# -- courses --------------------------------------------------------------------------------
def course(*, state: str = CourseState.OPEN, capacity: int = 12, sessions: bool = True, **fields: Any) -> Course:
    values: dict[str, Any] = {
        "number": next(_number) + 1000,
        "title": "Hochvolt Stufe 2",
        "goals": "Arbeiten an Hochvolt-Systemen sicher ausführen.",
        "contents": "Gefährdungen erkennen\nFreischalten\nMessen",
        "teaching_units": 16,
        "format": "onsite",
        "place": "Lehrwerkstatt Peine",
        "starts_on": FIRST_DAY,
        "ends_on": SECOND_DAY,
        "price_cents": 38_000,
        "created_at": NOW,
        **fields,
    }
    values.setdefault("topic", None) or values.update(topic=topics.topic())
    values.setdefault("provider", None) or values.update(provider=provider())
    made = Course.objects.create(state=state, capacity=capacity, **values)
    if sessions:
        plan(made)
    return made


def plan(course: Course) -> list[Session]:
    days = rules.working_days(course.starts_on, course.ends_on)
    return [
        session(course, half=half.half, starts_at=half.starts_at, ends_at=half.ends_at)
        for day in days
        for half in rules.half_days([{"date": day.isoformat(), "part": "day"}], day, day)
    ]


def session(of: Course | None = None, *, state: str = SessionState.PLANNED, **fields: Any) -> Session:
    half = rules.half_day(FIRST_DAY, Half.MORNING)
    values = {"starts_at": half.starts_at, "ends_at": half.ends_at, "half": half.half, "changed_at": NOW, **fields}
    return Session.objects.create(course=of or course(sessions=False), state=state, **values)


def booking(
    of: Course | None = None,
    *,
    organisation: Organisation | None = None,
    seats: int = 2,
    state: str = BookingState.BINDING,
    **fields: Any,
) -> Booking:
    """With its seats, and counted in the course."""
    of = of or course()
    values = {"key": f"key-{next(_number)}", "price_cents": of.price_cents, "booked_at": NOW, "booked_by": None}
    made = Booking.objects.create(
        course=of, organisation=organisation or firm(), seats=seats, state=state, **{**values, **fields}
    )
    for position in range(1, seats + 1):
        Seat.objects.create(booking=made, position=position)
    if state == BookingState.BINDING:
        Course.objects.filter(pk=of.pk).update(taken=of.taken + seats)
        of.refresh_from_db(fields=["taken"])
    return made


def seat(of: Booking | None = None, *, state: str = SeatState.FREE, **fields: Any) -> Seat:
    """The first seat of the booking, standing in that state."""
    made = (of or booking(seats=1)).places.order_by("position").first()
    assert made is not None
    named = {} if state in {SeatState.FREE, SeatState.CANCELLED} else {"name": "Mia Muster", "email": ""}
    for name, value in {"state": state, **named, **fields}.items():
        setattr(made, name, value)
    made.save()
    return made


def name_all(of: Booking, *names: str) -> list[Seat]:
    """Fill the seats from the front; without names „Person 1“ and so on."""
    seats = list(of.places.order_by("position"))
    for one, name in zip(seats, names or [f"Person {n}" for n in range(1, len(seats) + 1)], strict=False):
        address = f"{name.lower().replace(' ', '.')}.{one.pk.hex[:6]}@firma.example"
        one.name, one.email, one.state = name, address, SeatState.NAMED
        one.save()
    return seats


def attend(of: Course, by: Person, presence: str = Presence.PRESENT) -> None:
    """Everybody named was there in every half day."""
    for one in of.sessions.filter(state=SessionState.PLANNED):
        Session.objects.filter(pk=one.pk).update(state=SessionState.HELD)
        for sitting in Seat.objects.filter(booking__course=of, state=SeatState.NAMED):
            Attendance.objects.create(session=one, seat=sitting, presence=presence, taken_by=by, taken_at=one.starts_at)


def finished(*, people: int = 2, **fields: Any) -> tuple[Course, Person, Booking]:
    """A completed course whose people all attended and wait for their certificates."""
    done = course(state=CourseState.RUNNING, **fields)
    by, booked = teacher(done), booking(done, seats=people)
    name_all(booked)
    attend(done, by)
    booked.places.update(state=SeatState.ATTENDED)
    Course.objects.filter(pk=done.pk).update(state=CourseState.COMPLETED)
    done.refresh_from_db()
    return done, by, booked


def certificate(of: Seat | None = None, **fields: Any) -> Certificate:
    n = next(_number)
    sitting = of or seat(state=SeatState.CERTIFIED)
    content = {
        "version": 1,
        "name": sitting.name,
        "title": "Hochvolt Stufe 2",
        "topic": "Hochvolt",
        "course": "K-0003",
        "contents": "Gefährdungen erkennen\nFreischalten",
        "goals": "Sicher arbeiten.",
        "teaching_units": 16,
        "half_days": 4,
        "days": ["2026-11-30", "2026-12-01"],
        "starts_on": "2026-11-30",
        "ends_on": "2026-12-01",
        "format": "onsite",
        "place": "Lehrwerkstatt Peine",
        "provider": "Bildungswerk Muster",
        "issued_on": "2026-12-02",
    }
    values = {"number": f"VW-2026-{n:06d}", "code": f"code-{n}-abcdefghij", "issued_at": AFTERWARDS, "content": content}
    return Certificate.objects.create(seat=sitting, **{**values, **fields})


# -- pools that came about ----------------------------------------------------------------------
def pool(*, seats: tuple[int, ...] = (3, 2, 2), state: str = PoolState.CAME_ABOUT, **fields: Any) -> Pool:
    """So many seats per firm, each with its need; one accepted bid over two whole days."""
    by = network.coordinator()
    values: dict[str, Any] = {
        "number": next(_number) + 1000,
        "title": "Hochvolt Stufe 2",
        "goals": "Arbeiten an Hochvolt-Systemen sicher ausführen.",
        "topic": topics.topic(),
        "starts_on": FIRST_DAY,
        "ends_on": SECOND_DAY,
        "opened_by": by,
        "opened_at": NOW - timedelta(days=30),
        "price_cents": 38_000,
        **fields,
    }
    made = Pool.objects.create(state=state, **values)
    bid(made, by=by)
    for n in seats:
        member(made, n)
    return made


def bid(of: Pool, *, by: Person, **fields: Any) -> Bid:
    enquiry = Enquiry.objects.create(
        pool=of, provider=provider(), sent_at=NOW - timedelta(days=20), answer_until=NOW.date(), state="answered"
    )
    values = {
        "fixed_cents": 480_000, "per_seat_cents": 6_000, "seats_min": 6, "seats_max": 12, "starts_on": FIRST_DAY,
        "ends_on": SECOND_DAY, "dates": DATES, "place": "Lehrwerkstatt Peine", "teaching_units": 16,
        "vat": VatCase.STANDARD, "valid_until": FIRST_DAY, "entered_by": by, "entered_at": NOW - timedelta(days=10),
    }  # fmt: skip
    return Bid.objects.create(enquiry=enquiry, state=BidState.ACCEPTED, **{**values, **fields})


def member(of: Pool, seats: int, *, commitment_state: str = CommitmentState.MET) -> tuple[Commitment, Need]:
    organisation = firm()
    by = hr(organisation)
    need = needs.need(organisation=organisation, state=NeedState.BUNDLED, seats=seats, topic=of.topic)
    PoolMember.objects.create(pool=of, need=need, seats=seats)
    promise = Commitment.objects.create(
        pool=of, organisation=organisation, limit_cents=50_000, seats_low=1, seats_high=seats, made_by=by,
        made_at=NOW - timedelta(days=5), state=commitment_state, seats=seats, price_cents=38_000,
    )  # fmt: skip
    return promise, need


def join(of: Pool, need: Need, seats: int = 2) -> Commitment:
    """A need that waits sits in this pool too, and its firm is in."""
    Need.objects.filter(pk=need.pk).update(state=NeedState.BUNDLED)
    PoolMember.objects.create(pool=of, need=need, seats=seats)
    return Commitment.objects.create(
        pool=of, organisation=need.organisation, limit_cents=50_000, seats_low=1, seats_high=seats, seats=seats,
        made_by=of.opened_by, made_at=NOW - timedelta(days=1), state=CommitmentState.MET, price_cents=38_000,
    )  # fmt: skip


STATEFUL = {
    COURSE: lambda state: course(state=state),
    SESSION: lambda state: session(state=state),
    BOOKING: lambda state: booking(state=state),
    SEAT: lambda state: seat(state=state),
}
CHANGES = {
    COURSE: {"cancel_by_provider": {"reason": "Krankheit", "taken": 0}, "cancel_by_pool": {"reason": "zu wenige"}}
}
