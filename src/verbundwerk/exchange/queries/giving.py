"""Seats that are given away, and what giving one back costs."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from verbundwerk.courses.models import Booking, Course, Seat
from verbundwerk.courses.rules import BOOKING_ROLES
from verbundwerk.courses.states import BookingState, SeatState
from verbundwerk.network.queries import standing
from verbundwerk.pooling.models import Bid
from verbundwerk.pooling.states import BidState

from .. import rules
from ..models import GivenSeat
from ..states import ON_OFFER, GivenState


def given_for(person: Any, given_id: UUID) -> GivenSeat:
    """For the firm that gives it away."""
    firms = standing(person).organisations(*BOOKING_ROLES)
    rows = GivenSeat.objects.filter(pk=given_id, seat__booking__organisation__in=firms)
    given = rows.select_related("seat__booking__course", "seat__booking__organisation", "entry").first()
    if given is None:
        raise Http404
    return given


def booking_to_give_for(person: Any, booking_id: UUID) -> Booking:
    """For whoever books for the firm whose seats they are."""
    firms = standing(person).organisations(*BOOKING_ROLES)
    rows = Booking.objects.select_related("course__topic", "organisation").filter(pk=booking_id, organisation__in=firms)
    booking = rows.first()
    if booking is None:
        raise Http404
    return booking


def own_given(person: Any) -> list[tuple[Booking, int]]:
    """Bookings of own firms with the number of seats that are on offer."""
    firms = standing(person).organisations(*BOOKING_ROLES)
    on_offer = Count("places__given", filter=Q(places__given__state__in=ON_OFFER))
    rows = Booking.objects.filter(organisation__in=firms).annotate(on_offer=on_offer).filter(on_offer__gt=0)
    return [(one, one.on_offer) for one in rows.select_related("course__topic").order_by("course__starts_on", "pk")]


def given_in(course: Course) -> QuerySet[GivenSeat]:
    """On offer in this course, the oldest first."""
    rows = GivenSeat.objects.filter(seat__booking__course=course, state__in=ON_OFFER)
    return rows.select_related("seat__booking__course", "seat__booking__organisation", "seat__person", "entry")


def gives_in(course: Course, organisation: UUID) -> bool:
    return given_in(course).filter(seat__booking__organisation=organisation).exists()


def given_seats_of(booking: Booking) -> list[GivenSeat]:
    """What this booking has given away, or tries to."""
    return list(GivenSeat.objects.filter(seat__booking=booking).select_related("seat").order_by("-given_at", "pk"))


def seats_to_give(booking: Booking) -> list[Seat]:
    """Empty chairs first: nobody has to be told."""
    there = booking.places.filter(state__in=[SeatState.FREE, SeatState.NAMED]).exclude(given__state__in=ON_OFFER)
    return sorted(there.select_related("booking"), key=lambda seat: (seat.state == SeatState.NAMED, -seat.position))


def supply_of(course: Course) -> list[rules.Supply[GivenSeat]]:
    """What can be offered in this course now, per price. `course` is locked and fresh."""
    there = {"seat__booking__state": BookingState.BINDING, "seat__state__in": [SeatState.FREE, SeatState.NAMED]}
    by_price: dict[int, list[GivenSeat]] = {course.price_cents: []}
    for one in given_in(course).filter(state=GivenState.OPEN, **there).order_by("given_at", "pk"):
        by_price.setdefault(one.seat.booking.price_cents, []).append(one)
    return [
        rules.Supply(price, tuple(given), max(course.free, 0) if price == course.price_cents else 0)
        for price, given in by_price.items()
    ]


# -- what it costs ----------------------------------------------------------------------------
def cancellation_of(course: Course) -> rules.Staircase:
    """The staircase of the bid this course came of; the house's own where there is none."""
    if course.pool_id is None:
        return rules.HOUSE
    bid = Bid.objects.filter(enquiry__pool=course.pool_id, state=BidState.ACCEPTED).first()
    said: Sequence[Any] = getattr(bid, "cancellation", None) or ()
    return said or rules.HOUSE


def fees_of(booking: Booking, today: date) -> list[rules.Fee]:
    """From today on: until which day which percentage of a seat is due when it is given back."""
    return rules.fee_steps(cancellation_of(booking.course), booking.course.starts_on, today)


# -- who gave what -----------------------------------------------------------------------------
def gone_in(course: Course) -> list[GivenSeat]:
    """On offer still, but the seat has left its firm meanwhile."""
    there = Q(seat__booking__state=BookingState.BINDING, seat__state__in=[SeatState.FREE, SeatState.NAMED])
    return list(given_in(course).exclude(there))


def by_firm(given: Iterable[GivenSeat]) -> dict[UUID, list[GivenSeat]]:
    """Firm -> what it gave."""
    found: dict[UUID, list[GivenSeat]] = {}
    for one in given:
        found.setdefault(one.seat.booking.organisation_id, []).append(one)
    return found


def per_firm(given: Iterable[GivenSeat]) -> dict[UUID, int]:
    return {firm: len(own) for firm, own in by_firm(given).items()}
