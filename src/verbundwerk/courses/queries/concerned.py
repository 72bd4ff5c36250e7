"""Whose calendar a course belongs in, and who is written to."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from verbundwerk.base import clock
from verbundwerk.network.models import Mandate, Person
from verbundwerk.network.queries import coordinators as people_coordinating
from verbundwerk.network.queries import in_force
from verbundwerk.network.terms import Role

from .. import rules
from ..models import Booking, CalendarLink, Course, Seat, Session
from ..states import BookingState, SeatState
from .guarded import takes_part
from .loading import the_one


# -- calendars and letters --------------------------------------------------------------------
def calendar_owner_for(token: str) -> Person:
    if not token.isprintable():
        raise Http404
    return the_one(CalendarLink.objects.select_related("person").filter(token=token, person__is_active=True)).person


def calendar_link_of(person: Person) -> CalendarLink | None:
    return CalendarLink.objects.filter(person=person).first()


def own_sessions(person: Person) -> QuerySet[Session]:
    """Everything in this person's own calendar."""
    mine = Course.objects.filter(takes_part(person)).exclude(state__in=rules.CANCELLED)
    return Session.objects.filter(course__in=mine).select_related("course__provider").order_by("starts_at", "pk")


@dataclass(slots=True)
class Addressee:
    email: str
    name: str
    language: str = "de"
    kind: str = "firm"


def concerned(course: Course) -> list[Addressee]:
    """Whom a letter about this course goes to, each address once: provider, lecturer, firms, named people."""
    found = [*_staff(course), *_named(course)]
    once = {one.email.lower(): one for one in reversed(found)}
    return [one for one in found if once.get(one.email.lower()) is one]


def concerned_by_booking(booking: Booking) -> list[Addressee]:
    """The firm, its named people, and the provider: nobody of another firm."""
    seats = booking.places.filter(state=SeatState.NAMED).exclude(email="")
    named = [Addressee(one.email, one.name, "de", "named") for one in seats]
    firm = mandated([booking.organisation_id], rules.BOOKING_ROLES, "firm")
    provider = mandated([booking.course.provider_id], [Role.PROVIDER], "provider")
    return list({one.email.lower(): one for one in [*named, *firm, *provider]}.values())


def _staff(course: Course) -> Iterable[Addressee]:
    yield from mandated([course.provider_id], [Role.PROVIDER], "provider")
    if course.lecturer and course.lecturer.is_active:
        yield Addressee(course.lecturer.email, course.lecturer.name, course.lecturer.language, "lecturer")
    firms = course.bookings.filter(state=BookingState.BINDING).values_list("organisation_id", flat=True)
    yield from mandated(list(firms), rules.BOOKING_ROLES, "firm")


def _named(course: Course) -> Iterable[Addressee]:
    seats = Seat.objects.filter(booking__course=course, state=SeatState.NAMED).exclude(email="")
    for email, name, language in seats.values_list("email", "name", "person__language"):
        yield Addressee(email, name, language or "de", "named")


def mandated(organisations: Iterable[UUID], roles: Iterable[str], kind: str) -> list[Addressee]:
    """People who hold one of these roles there today."""
    held = Mandate.objects.filter(
        in_force(clock.today()), organisation__in=organisations, role__in=roles, person__is_active=True
    )
    rows = held.order_by("person__sort_key", "pk").values_list("person__email", "person__name", "person__language")
    return [Addressee(*row, kind) for row in rows]


def coordinators() -> list[Addressee]:
    rows = people_coordinating(clock.today()).values_list("email", "name", "language")
    return [Addressee(*row, "coordination") for row in rows]
