"""Factories: who waits, who gives away, what a seat depends on, what a host shares."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from verbundwerk.courses import flow as courses_flow
from verbundwerk.courses.models import Booking, Course, Seat
from verbundwerk.courses.states import BookingState
from verbundwerk.courses.tests import make as courses
from verbundwerk.exchange import flow
from verbundwerk.exchange.flow import Giving
from verbundwerk.exchange.models import GivenSeat, Hosted, ListEntry, SeatCondition, SecondDate
from verbundwerk.exchange.states import (
    CONDITION,
    ENTRY,
    GIVEN,
    SECOND,
    ConditionState,
    EntryState,
    GivenState,
    SecondState,
)
from verbundwerk.exchange.terms import ConditionKind
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network

NOW, FIRST_DAY = courses.NOW, courses.FIRST_DAY
OFFER: dict[str, Any] = {
    "offered": 1,
    "offered_at": NOW,
    "offer_until": NOW + timedelta(hours=48),
    "price_cents": 38_000,
}
stopped = courses.stopped


# -- scenes that walk the real way --------------------------------------------------------------
def firm_with_hr() -> tuple[Organisation, Person]:
    firm = courses.firm()
    return firm, courses.hr(firm)


def full_course(*seats: int, **fields: Any) -> tuple[Course, list[tuple[Booking, Person]]]:
    """Booked up by firms with so many seats each, and who books for them."""
    course = courses.course(capacity=sum(seats), **fields)
    booked = []
    for count in seats:
        firm, by = firm_with_hr()
        booked.append((courses_flow.book_seats(course, firm, count, key=uuid4(), by=by, at=NOW), by))
    course.refresh_from_db()
    return course, booked


def joined(course: Course, seats: int = 1, at_least: int | None = None, at: Any = NOW) -> tuple[ListEntry, Person]:
    firm, by = firm_with_hr()
    least = seats if at_least is None else at_least
    return flow.join_list(course, firm, seats=seats, at_least=least, by=by, at=at), by


def gave(booking: Booking, by: Person, seats: int = 1, at: Any = NOW, **said: Any) -> list[GivenSeat]:
    return flow.give_seats(booking, Giving(seats, **said), by=by, at=at)


# -- rows --------------------------------------------------------------------------------------
def entry(course: Course | None = None, *, state: str = EntryState.WAITING, **fields: Any) -> ListEntry:
    of = course or courses.course()
    values = {"place": ListEntry.objects.filter(course=of).count() + 1, "seats": 1, "at_least": 1, "joined_at": NOW}
    offer = OFFER if state == EntryState.OFFERED else {}
    organisation = fields.pop("organisation", None) or courses.firm()
    return ListEntry.objects.create(course=of, organisation=organisation, state=state, **{**values, **offer, **fields})


def given(seat: Seat | None = None, *, state: str = GivenState.OPEN, **fields: Any) -> GivenSeat:
    seat = seat or courses.seat(courses.booking())
    by = fields.pop("given_by", None) or courses.hr(seat.booking.organisation)
    values = {"otherwise": "keep", "percent": 100, "given_at": NOW, **fields}
    return GivenSeat.objects.create(seat=seat, state=state, given_by=by, **values)


def condition(booking: Booking | None = None, *, state: str = ConditionState.OPEN, **fields: Any) -> SeatCondition:
    booking = booking or courses.booking(state=BookingState.RESERVED)
    values = {"kind": ConditionKind.FUNDING, "until": FIRST_DAY - timedelta(days=7), **fields}
    return SeatCondition.objects.create(booking=booking, state=state, **values)


def host() -> Person:
    return network.person(Role.HOST, courses.firm())


def hosted(by: Person | None = None, **fields: Any) -> Hosted:
    by = by or host()
    provider = by.mandates.get(role=Role.HOST).organisation
    course = courses.course(provider=provider, listed=False, **fields.pop("course", {}))
    values = {"take_back_until": FIRST_DAY - timedelta(days=14), "opened_by": by, "opened_at": NOW, **fields}
    return Hosted.objects.create(course=course, **values)


def second_date(course: Course | None = None, *, state: str = SecondState.ASKED, **fields: Any) -> SecondDate:
    values = {
        "window_from": date(2027, 1, 11), "window_until": date(2027, 3, 26), "asked_by": network.coordinator(),
        "asked_at": NOW, **fields,
    }  # fmt: skip
    return SecondDate.objects.create(course=course or courses.course(), state=state, **values)


STATEFUL = {
    ENTRY: lambda state: entry(state=state),
    GIVEN: lambda state: given(state=state),
    CONDITION: lambda state: condition(state=state),
    SECOND: lambda state: second_date(state=state),
}
CHANGES = {ENTRY: {"offer": OFFER}}
