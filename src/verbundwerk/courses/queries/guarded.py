"""Guarded loaders. Names of participants are told to the provider, the lecturer, and their own firm only."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum, UUIDField, Value
from django.http import Http404

from verbundwerk.base import clock
from verbundwerk.journal.sight import firm, seen
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing
from verbundwerk.network.terms import Role
from verbundwerk.pooling.models import Pool, PoolMember
from verbundwerk.pooling.states import PoolState

from .. import rules
from ..models import Booking, Certificate, Course, Seat, Session
from ..states import GONE, BookingState, SeatState, SessionState
from .loading import the_one

TOLD = (SeatState.NAMED, SeatState.ATTENDED, SeatState.CERTIFIED, SeatState.MISSED)


# -- courses ----------------------------------------------------------------------------
def course_for(person: Any, course_id: UUID) -> Course:
    found = courses_visible_to(person).select_related("provider", "lecturer", "topic", "pool").filter(pk=course_id)
    course = the_one(found)
    who = standing(person)
    if who.is_a(*rules.OVERSIGHT_ROLES) or rules.teaches(who, course, getattr(person, "pk", None)):
        seen(person, _booked_by(course))
    return course


def _booked_by(course: Course) -> QuerySet[Booking, Any]:
    """Whose seats the pages of a course show to the office and to those who hold it."""
    return course.bookings.order_by().values_list("organisation", Value(None, UUIDField())).distinct()


def course_to_book_for(person: Any, course_id: UUID) -> Course:
    """Also when the last seat has just gone: whoever presses hears that it is full, not that the course never was."""
    open_now = (
        Q(~walled(), state__in=rules.BOOKABLE, listed=True)
        if standing(person).is_a(*rules.MEMBER_ROLES)
        else Q(pk__in=[])
    )
    seen = Q(pk__in=courses_visible_to(person).values("pk"))
    found = Course.objects.filter(seen | open_now, pk=course_id)
    return the_one(found.select_related("provider", "lecturer", "topic", "pool"))


def courses_visible_to(person: Any) -> QuerySet[Course]:
    who = standing(person)
    if who.is_a(*rules.OVERSIGHT_ROLES):
        return Course.objects.all()
    if not isinstance(person, Person):
        return Course.objects.none()
    known = concerns(person)
    if who.is_a(*rules.BOOKING_ROLES):
        known |= open_to_all(clock.today())
    elif who.is_a(*rules.MEMBER_ROLES):
        known |= with_free_seats(clock.today())
    return Course.objects.filter(known)


def concerns(person: Person) -> Q:
    """Courses this person has a part in: teaches, sends people to, or goes to."""
    return _part_of(person, Q())


def takes_part(person: Person) -> Q:
    """The same without what was booked and given back: what belongs on a page of today."""
    return _part_of(person, Q(state=BookingState.BINDING))


def _part_of(person: Person, bookings: Q) -> Q:
    who = standing(person)
    firms = who.organisations(*rules.FIRM_ROLES)
    booked = Booking.objects.filter(bookings, course=OuterRef("pk"), organisation__in=firms)
    seated = Seat.objects.filter(booking__course=OuterRef("pk"), person=person).exclude(state__in=GONE)
    part = Q(provider__in=who.organisations(Role.PROVIDER)) | Q(Exists(booked)) | Q(Exists(seated))
    return part | Q(lecturer=person) if who.is_a(Role.LECTURER) else part


def walled() -> Exists:
    """Courses in which somebody sits whose need is kept from somebody: nobody from outside joins (decision 0013)."""
    kept = PoolMember.objects.filter(pool=OuterRef("pool"), need__hidden_from__isnull=False)
    sits = Booking.objects.filter(
        course=OuterRef(OuterRef("pk")), organisation=OuterRef("need__organisation"), state=BookingState.BINDING
    )
    return Exists(kept.filter(Exists(sits)))


def takes(course: Course, organisation: UUID) -> bool:
    """Whether this firm may have seats here, as far as others are concerned. `course` is asked anew."""
    if not course.listed:
        return False
    if course.pool_id is None or course.bookings.filter(organisation=organisation, state=BookingState.BINDING).exists():
        return True
    return not Course.objects.filter(walled(), pk=course.pk).exists()


def with_free_seats(on: date) -> Q:
    """For everybody to see and to book."""
    return open_to_all(on) & Q(taken__lt=F("capacity"), waiting=0)


def open_to_all(on: date) -> Q:
    """Whoever may book for a firm sees these also when they are full: there is a list to wait in."""
    still = Q(bookable_until=None, starts_on__gte=on) | Q(bookable_until__gte=on)
    return still & Q(~walled(), state__in=rules.BOOKABLE, listed=True)


def course_of_pool(person: Any, pool: Pool) -> Course | None:
    return courses_visible_to(person).filter(pool=pool).first()


def pools_without_course() -> QuerySet[Pool]:
    """What came about and waits for its course; only for eyes that passed `rules.may_make_courses`."""
    waiting = Pool.objects.filter(state=PoolState.CAME_ABOUT, course=None)
    return waiting.select_related("topic").annotate(
        firms=Count("commitments", filter=Q(commitments__state="met")),
        promised=Sum("commitments__seats", filter=Q(commitments__state="met")),
    )


def waiting_pool_for(person: Any, pool_id: UUID) -> Pool:
    if not rules.may_make_courses(standing(person)):
        raise Http404
    pool = Pool.objects.filter(pk=pool_id, state=PoolState.CAME_ABOUT).first()
    if pool is None:
        raise Http404
    return pool


# -- days, seats, papers -------------------------------------------------------------------
def sessions_of(course: Course) -> QuerySet[Session]:
    return course.sessions.order_by("starts_at", "pk")


def session_for(person: Any, session_id: UUID) -> Session:
    """For everybody who may know of the course."""
    found = Session.objects.filter(pk=session_id, course__in=courses_visible_to(person))
    return the_one(found.select_related("course__provider", "course__lecturer"))


def taught_session_for(person: Any, session_id: UUID) -> Session:
    """For the provider and the lecturer of this very course."""
    session = session_for(person, session_id)
    if not rules.teaches(standing(person), session.course, person.pk):
        raise Http404
    seen(person, _each_of(participants(session.course)), people=True)
    return session


def _each_of(seats: QuerySet[Seat]) -> QuerySet[Seat, Any]:
    """A list of people is a look at each of them: (firm, person)."""
    return seats.order_by().values_list("booking__organisation", "person")


def begins_at(course: Course) -> datetime | None:
    first = course.sessions.exclude(state=SessionState.CANCELLED).order_by("starts_at").first()
    return first.starts_at if first else None


def ends_at(course: Course) -> datetime | None:
    last = sessions_of(course).exclude(state__in=[SessionState.CANCELLED, SessionState.MADE_UP]).last()
    return last.ends_at if last else None


def has_later(session: Session) -> bool:
    """Whether planned half days of the same course come after this one."""
    return session.course.sessions.filter(state=SessionState.PLANNED, starts_at__gt=session.starts_at).exists()


def booking_for(person: Any, booking_id: UUID) -> Booking:
    """For the firm whose seats they are; the coordination office sees the booking, never its names."""
    found = Booking.objects.select_related("course__provider", "organisation").filter(pk=booking_id)
    who = standing(person)
    if not who.coordinates:
        found = found.filter(organisation__in=who.organisations(*rules.FIRM_ROLES))
    booking = the_one(found)
    seen(person, firm(booking.organisation_id))
    return booking


def bookings_shown(person: Any, course: Course) -> QuerySet[Booking]:
    """Own bookings; all of them for the provider and the coordination office."""
    who = standing(person)
    bookings = course.bookings.select_related("organisation").annotate(
        named=Count("places", filter=Q(places__state__in=TOLD) & ~Q(places__name=""))
    )
    if who.is_a(*rules.OVERSIGHT_ROLES) or rules.teaches(who, course, person.pk):
        return bookings
    return bookings.filter(organisation__in=who.organisations(*rules.FIRM_ROLES))


def bookings_to_name(person: Any, course: Course) -> list[Booking]:
    """Binding seats of own firms, for whoever may say who sits on them; `free`: how many still want a name."""
    firms = standing(person).organisations(*rules.NAMING_ROLES)
    own = (
        course.bookings.filter(organisation__in=firms, state=BookingState.BINDING) if firms else Booking.objects.none()
    )
    free = Count("places", filter=Q(places__state=SeatState.FREE))
    return list(own.select_related("organisation").annotate(free=free).order_by("organisation__sort_key", "booked_at"))


def seats_shown(person: Any, course: Course) -> QuerySet[Seat]:
    """Seats whose names this person may read."""
    seats = Seat.objects.filter(booking__course=course).exclude(state__in=GONE)
    seats = seats.select_related("booking__organisation")
    who = standing(person)
    if rules.teaches(who, course, person.pk):
        return seats.order_by("booking__booked_at", "booking", "position")
    own = Q(booking__organisation__in=who.organisations(*rules.FIRM_ROLES)) | Q(person=person)
    return seats.filter(own).order_by("booking__booked_at", "booking", "position")


def own_seats(person: Person, course: Course) -> QuerySet[Seat]:
    return Seat.objects.filter(booking__course=course, person=person, state=SeatState.NAMED)


def own_seat(person: Person, course: Course) -> Seat | None:
    """The seat this person sits on."""
    return Seat.objects.filter(booking__course=course, person=person).exclude(state__in=GONE).first()


def seat_for(person: Any, seat_id: UUID) -> Seat:
    """For the firm the seat belongs to."""
    owned = Seat.objects.filter(booking__organisation__in=standing(person).organisations(*rules.FIRM_ROLES))
    return the_one(owned.select_related("booking__course", "booking__organisation").filter(pk=seat_id))


def participants(course: Course) -> QuerySet[Seat]:
    """Named seats, as a lecturer calls them; the caller has passed `taught_session_for` or `rules.teaches`."""
    seats = Seat.objects.filter(booking__course=course, state__in=TOLD).exclude(name="")
    return seats.select_related("booking__organisation").order_by("booking__booked_at", "booking", "position")


def participants_for(person: Any, course: Course) -> QuerySet[Seat]:
    """The same list on paper."""
    people = participants(course)
    seen(person, _each_of(people), people=True)
    return people


def names_for(person: Any, course: Course) -> QuerySet[Seat]:
    """Everybody whose name this person may read, on one page."""
    named = seats_shown(person, course).exclude(name="")
    seen(person, _each_of(named), people=True)
    return named


def participant_for(person: Any, session_id: UUID, seat_id: UUID) -> tuple[Session, Seat]:
    """One row of the list of who is there, for those who hold the course."""
    session = taught_session_for(person, session_id)
    return session, the_one(participants(session.course).filter(pk=seat_id))


def certificates_shown(person: Any, course: Course) -> QuerySet[Certificate]:
    seats = seats_shown(person, course).filter(state=SeatState.CERTIFIED)
    return Certificate.objects.filter(seat__in=seats.order_by()).select_related("seat__booking").order_by("number")


def own_certificates(person: Person) -> QuerySet[Certificate]:
    """The latest first. A seat named by address before its person had an account is this person's too: the address
    is proven by signing in, and the certificate's link was sent there anyway."""
    by_address = Q(seat__person=None, seat__email=person.email)
    own = Certificate.objects.filter(Q(seat__person=person) | by_address)
    return own.select_related("seat").order_by("-issued_at", "-number")


def certificate_for(person: Any, certificate_id: UUID) -> Certificate:
    """The paper itself, as long as its name is kept."""
    kept = Certificate.objects.filter(content__has_key="name")
    found = kept.select_related("seat__booking__course").filter(pk=certificate_id)
    certificate = the_one(found)
    if own_certificates(person).filter(pk=certificate.pk).exists():
        return certificate
    if not seats_shown(person, certificate.seat.booking.course).filter(pk=certificate.seat_id).exists():
        raise Http404
    seen(person, [(certificate.seat.booking.organisation_id, certificate.seat.person_id)])
    return certificate


def certificate_proof_for(code: str) -> Certificate:
    """Public: whoever holds the code holds the paper, also when it was typed in capitals or in groups."""
    if not code.isprintable():  # a database may choke on what no code contains
        raise Http404
    return the_one(Certificate.objects.filter(code__in={code, rules.plain_code(code)}))


# -- attendance ---------------------------------------------------------------------------
def presences_of(session: Session) -> dict[UUID, str]:
    return dict(session.attendances.values_list("seat", "presence"))


def sessions_to_hold(course: Course) -> list[Session]:
    """Half days that count: neither fallen out nor made up for elsewhere."""
    return list(sessions_of(course).filter(state__in=[SessionState.PLANNED, SessionState.HELD]))


def unaccounted(course: Course) -> tuple[int, int]:
    """(half days neither held nor cancelled, held ones in which a named person has no entry)."""
    people = participants(course).count()
    sessions = course.sessions.annotate(entries=Count("attendances", filter=~Q(attendances__seat__name="")))
    waiting = sum(1 for one in sessions if one.state == SessionState.PLANNED)
    gaps = sum(1 for one in sessions if one.state == SessionState.HELD and one.entries < people)
    return waiting, gaps


def waiting_for_paper(course: Course) -> int:
    """People who attended and have no certificate yet."""
    return Seat.objects.filter(booking__course=course, state=SeatState.ATTENDED).count()
