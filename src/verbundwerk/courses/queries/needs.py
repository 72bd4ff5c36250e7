"""Which needs a course covers: those of its pool, of firms that hold seats here."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.pooling.models import PoolMember

from .. import rules
from ..models import Booking, Course, Seat
from ..states import BookingState, CourseState, SeatState


def needs_covered_by(course: Course, firms: Collection[UUID] | None = None) -> QuerySet[Need]:
    """Covered by this course and by no other one: what would wait again without it. `firms`: only of these."""
    covered = _covered(course).filter(~_sits_in(_elsewhere(course) & ~Q(course__state__in=rules.CANCELLED)))
    return covered if firms is None else covered.filter(organisation__in=firms)


def needs_served_by(course: Course) -> QuerySet[Need]:
    """Covered here by somebody who came, with no other course for them still to come: now their firms can say whether
    it fitted. A firm that sent nobody has nothing to say about the course."""
    to_come = {*rules.BEFORE_START, CourseState.RUNNING}
    came = Seat.objects.filter(
        booking__course=course, booking__organisation=OuterRef("organisation"), state=SeatState.ATTENDED
    )
    return _covered(course).filter(Exists(came)).filter(~_sits_in(_elsewhere(course) & Q(course__state__in=to_come)))


def _covered(course: Course) -> QuerySet[Need]:
    """Of the pool of this course, covered, of firms that hold seats here."""
    if course.pool_id is None:
        return Need.objects.none()
    covered = Need.objects.filter(state=NeedState.COVERED, pool_members__pool=course.pool_id)
    return covered.filter(_sits_in(Q(course=course))).order_by("number")


def _elsewhere(course: Course) -> Q:
    """Another course, made of another pool in which this very need sits."""
    return Q(course__pool__members__need=OuterRef("pk")) & ~Q(course=course)


def _sits_in(where: Q) -> Exists:
    held = Booking.objects.filter(where, organisation=OuterRef("organisation"), state=BookingState.BINDING)
    return Exists(held)


def coverage_of(needs: Collection[Need]) -> dict[UUID, int]:
    """How many of the people of each need have a seat, in all courses of its pools that were not called off."""
    found = {need.pk: 0 for need in needs}
    mine = PoolMember.objects.filter(need__in=found, pool__course__isnull=False)
    places = mine.exclude(pool__course__state__in=rules.CANCELLED).values_list("pool", "need__organisation").distinct()
    for pool, firm in places:
        for need, seats in _shared_out(pool, firm).items():
            if need in found:
                found[need] += seats
    return {need.pk: min(need.seats, found[need.pk]) for need in needs}


def _shared_out(pool: UUID, firm: UUID) -> dict[UUID, int]:
    """The seats a firm holds in the course of a pool, on all its needs there."""
    held = Booking.objects.filter(course__pool=pool, organisation=firm, state=BookingState.BINDING)
    members = PoolMember.objects.filter(pool=pool, need__organisation=firm).order_by("pk")
    wanted = members.values_list("need", "seats", "need__seats")
    return rules.shared_out(held.aggregate(seats=Sum("seats", default=0))["seats"], list(wanted))


def covered_in(course: Course) -> list[Need]:
    """Every need of the pool of this course that counts as covered, by it or by another one."""
    if course.pool_id is None:
        return []
    return list(Need.objects.filter(state=NeedState.COVERED, pool_members__pool=course.pool_id).order_by("number"))


def has_seats_in(course: Course, firm: UUID) -> bool:
    return course.bookings.filter(organisation=firm, state=BookingState.BINDING).exists()
