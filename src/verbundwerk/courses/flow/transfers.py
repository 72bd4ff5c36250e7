"""Seats that change hands, are held for somebody, or come back one by one: verbs for the room above.

That room has asked its own rules and holds the course with `lock_course`. What one booking loses another one has, or
the one number of the course loses it, in the same transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from verbundwerk.codetermination.flow import tell_council
from verbundwerk.journal.flow import record
from verbundwerk.needs.flow import Lost
from verbundwerk.needs.models import Need
from verbundwerk.needs.terms import Back
from verbundwerk.network.models import Organisation, Person

from .. import papers, queries
from ..models import Booking, Course, Seat
from ..states import BOOKING, SEAT, BookingState, SeatState
from .bookings import for_the_council, look_at_needs, new_key, take_seats
from .letters import post


# -- held for somebody ------------------------------------------------------------------------
@transaction.atomic
def hold_seats(course: Course, organisation: Organisation, seats: int, *, by: Person | None, at: datetime) -> Booking:
    """Free seats are kept for one firm that waits: counted, so that nobody else gets them; no chairs yet."""
    take_seats(course, seats, for_the_list=True)
    held = Booking.objects.create(
        course=course, organisation=organisation, key=new_key("held"), seats=seats, price_cents=course.price_cents,
        booked_by=by, booked_at=at, state=BookingState.RESERVED,
    )  # fmt: skip
    record(by, "booking.held", held, at=at, course=str(course.pk), seats=seats)
    return held


@transaction.atomic
def reserve_booking(booking: Booking, *, by: Person | None, at: datetime) -> Booking:
    """It depends on something: the seats are kept, but nothing is covered by them yet."""
    BOOKING.advance(booking, "reserve")
    record(by, "booking.reserved", booking, at=at)
    _coverage(booking, [], by=by, at=at)
    return booking


@transaction.atomic
def bind_booking(booking: Booking, *, by: Person | None, at: datetime) -> Booking:
    """What was reserved is binding from now on; chairs that are not there yet are put up."""
    BOOKING.advance(booking, "bind", **({"booked_by": by} if by else {}))
    _put_up(booking)
    record(by, "booking.bound", booking, at=at, seats=booking.seats)
    tell_council(for_the_council(booking), organisation=booking.organisation, by=by, at=at)
    _coverage(booking, [], by=by, at=at)
    return booking


@transaction.atomic
def lapse_booking(booking: Booking, *, by: Person | None, at: datetime) -> Booking:
    """What was reserved is free again; whoever was named already hears it."""
    seats = list(booking.places.filter(state__in=SEAT["cancel"].sources))
    BOOKING.advance(booking, "lapse")
    Course.objects.filter(pk=booking.course_id).update(taken=F("taken") - booking.seats)
    _tell_people(booking.course, seats, at)
    booking.places.filter(pk__in=[one.pk for one in seats]).update(state=SeatState.CANCELLED)
    record(by, "booking.lapsed", booking, at=at, seats=booking.seats)
    return booking


def _put_up(booking: Booking) -> None:
    there = booking.places.count()
    Seat.objects.bulk_create(Seat(booking=booking, position=n) for n in range(there + 1, booking.seats + 1))


# -- from firm to firm ---------------------------------------------------------------------------
@transaction.atomic
def pass_seats(
    seats: Sequence[Seat], to: Organisation, *, held: Booking | None = None, by: Person, at: datetime
) -> Booking:
    """The seats leave their firms and are `to`'s at the same price; `held`: what was kept for it comes on top.

    The number of the course does not move by these seats: what one booking loses the other one has."""
    booking = _taking(seats, to, held, by=by, at=at)
    for giver, own in _by_booking(seats):
        _lose(giver, own, "hand_over", by=by, at=at, left_at=at)
    return booking


def _taking(seats: Sequence[Seat], to: Organisation, held: Booking | None, *, by: Person, at: datetime) -> Booking:
    if held is not None:
        Booking.objects.filter(pk=held.pk).update(seats=F("seats") + len(seats))
        held.refresh_from_db(fields=["seats"])
        return bind_booking(held, by=by, at=at)
    first = seats[0].booking
    booking = Booking.objects.create(
        course=first.course, organisation=to, key=new_key("passed"), seats=len(seats), price_cents=first.price_cents,
        booked_by=by, booked_at=at,
    )  # fmt: skip
    _put_up(booking)
    record(by, "booking.made", booking, at=at, course=str(booking.course_id), seats=booking.seats)
    tell_council(for_the_council(booking), organisation=to, by=by, at=at)
    return booking


@transaction.atomic
def return_seats(seats: Sequence[Seat], *, by: Person | None, at: datetime, left_at: datetime | None = None) -> int:
    """Given back one by one: free for whoever waits. `left_at`: the moment that counts for what it costs."""
    for booking, own in _by_booking(seats):
        _lose(booking, own, "cancel", by=by, at=at, left_at=left_at or at)
        Course.objects.filter(pk=booking.course_id).update(taken=F("taken") - len(own))
    return len(seats)


def _by_booking(seats: Sequence[Seat]) -> list[tuple[Booking, list[Seat]]]:
    """In one order for everybody: no deadlock."""
    bookings = {one.booking_id: one.booking for one in sorted(seats, key=lambda seat: str(seat.booking_id))}
    return [(booking, [one for one in seats if one.booking_id == pk]) for pk, booking in bookings.items()]


def _lose(
    booking: Booking, seats: Sequence[Seat], move: str, *, by: Person | None, at: datetime, left_at: datetime
) -> None:  # fmt: skip
    covered = list(queries.needs_covered_by(booking.course, [booking.organisation_id]))
    _tell_people(booking.course, seats, at)
    for seat in seats:
        SEAT.advance(seat, move, left_at=left_at)
    fewer = Booking.objects.filter(pk=booking.pk, state=BookingState.BINDING, seats__gt=len(seats))
    if not fewer.update(seats=F("seats") - len(seats)):
        BOOKING.advance(booking, move)
    booking.refresh_from_db(fields=["seats", "state"])
    record(by, f"booking.seats_{'passed' if move == 'hand_over' else 'returned'}", booking, at=at, seats=len(seats))
    _coverage(booking, covered, by=by, at=at)


def _coverage(booking: Booking, covered: Sequence[Need], *, by: Person | None, at: datetime) -> None:
    occasion = f"seats-gone:{booking.pk}:{at.isoformat()}"
    lost = Lost(Back.SEATS_RETURNED, booking.course.label, occasion)
    look_at_needs(booking.course, covered, lost, by=by, at=at)


def _tell_people(course: Course, seats: Sequence[Seat], at: datetime) -> None:
    """Whoever was named for a seat that is gone."""
    named = [one for one in seats if one.state == SeatState.NAMED and one.email]
    gone = [queries.Addressee(one.email, one.name, _language(one), "named") for one in named]
    if gone:
        post(papers.released(course, gone, list(queries.sessions_of(course)), at), at=at)


def _language(seat: Seat) -> str:
    return seat.person.language if seat.person else "de"


@transaction.atomic
def note_waiting(course: Course, waiting: int, *, by: Person | None, at: datetime) -> None:
    """So many stand in the list of this course: as long as there are any, nobody books past them."""
    if course.waiting != waiting:
        Course.objects.filter(pk=course.pk).update(waiting=waiting)
        course.waiting = waiting
        record(by, "course.list_changed", course, at=at, waiting=waiting)
