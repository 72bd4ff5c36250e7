"""Who can teach and book, and what gets in the way."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from verbundwerk.base import clock
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import OPEN, NeedState
from verbundwerk.network.models import Mandate, Organisation, Person
from verbundwerk.network.queries import in_force, standing
from verbundwerk.network.terms import Role

from .. import rules
from ..models import Booking, Course, Seat, Session
from ..states import SeatState, SessionState


def lecturers_of(organisation_id: UUID) -> QuerySet[Person]:
    held = Mandate.objects.filter(in_force(clock.today()), organisation=organisation_id, role=Role.LECTURER)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True)


def other_sessions_of(lecturer: Person, course: Course) -> QuerySet[Session]:
    """When this lecturer stands in front of another course."""
    busy = Session.objects.filter(course__lecturer=lecturer, state__in=[SessionState.PLANNED, SessionState.HELD])
    return busy.exclude(course=course).exclude(course__state__in=rules.CANCELLED).select_related("course")


def clashes(booking: Booking) -> list[tuple[Seat, Session]]:
    """People of this booking whom their firm has named in another course at the same time. One query each way."""
    course = booking.course
    emails = [one.email for one in booking.places.all() if one.email]
    if not emails:
        return []
    spans = list(course.sessions.exclude(state=SessionState.CANCELLED))
    elsewhere = Seat.objects.filter(email__in=emails, booking__organisation=booking.organisation_id)
    elsewhere = elsewhere.filter(state=SeatState.NAMED).exclude(booking__course=course)
    found = []
    for seat in elsewhere.select_related("booking__course").prefetch_related("booking__course__sessions"):
        others = [one for one in seat.booking.course.sessions.all() if one.state != SessionState.CANCELLED]
        if (hit := next((one for one in spans if rules.overlap(one.starts_at, one.ends_at, others)), None)) is not None:
            found.append((seat, hit))
    return found


def organisations_booking_for(person: Any) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=standing(person).organisations(*rules.BOOKING_ROLES))


def keep_needs_back(firms: QuerySet[Organisation]) -> bool:
    """Whether one of these has a need that some other firm must not learn of."""
    open_still = {*OPEN, NeedState.BUNDLED}
    return Need.objects.filter(organisation__in=firms, hidden_from__isnull=False, state__in=open_still).exists()


def providers_for(person: Any) -> QuerySet[Organisation]:
    """For whom this person may plan a course."""
    who = standing(person)
    providers = Organisation.objects.filter(kind="provider")
    return providers if who.coordinates else providers.filter(pk__in=who.organisations(Role.PROVIDER))
