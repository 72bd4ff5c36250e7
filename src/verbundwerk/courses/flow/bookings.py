"""Seats: taken in one statement, given back, and filled with people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from verbundwerk.base.ids import new_id
from verbundwerk.base.verdicts import YES, Refused, Verdict, no, require, yes_if
from verbundwerk.codetermination.flow import CaseData, tell_council
from verbundwerk.codetermination.terms import SubjectKind
from verbundwerk.journal.flow import record
from verbundwerk.needs.flow import Lost, give_back_needs, note_coverage
from verbundwerk.needs.models import Need
from verbundwerk.needs.terms import Back
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.queries import standing
from verbundwerk.pooling.models import Commitment

from .. import papers, queries, rules
from ..models import Booking, Course, Seat
from ..states import BOOKING, SEAT, SeatState
from .letters import post


@dataclass(frozen=True, slots=True)
class PersonName:
    """Who sits on which seat of a booking; no name means nobody."""

    position: int
    name: str = ""
    email: str = ""


@transaction.atomic
def book_seats(
    course: Course, organisation: Organisation, seats: int, *, key: str | UUID, by: Person, at: datetime
) -> Booking:
    """Take so many seats or none. The same key again is the same press: it returns the first booking."""
    require(rules.may_book_for(standing(by), organisation.pk), rules.is_a_number_of_seats(seats))
    if (earlier := _pressed_before(course, organisation, str(key))) is not None:
        return earlier
    course.refresh_from_db()
    require(yes_if(queries.takes(course, organisation.pk), rules.CLOSED))
    return enter_booking(course, organisation, seats, key=key, by=by, at=at)


@transaction.atomic
def enter_booking(
    course: Course, organisation: Organisation, seats: int, *, key: str | UUID, by: Person, at: datetime
) -> Booking:
    """For `book_seats`, and for the room above, which has asked who may come in. Nobody gets past who waits."""
    require(rules.is_bookable(course, rules.day_of(at)), rules.nobody_waits(course))
    booking = Booking(
        course=course, organisation=organisation, key=str(key), seats=seats,
        price_cents=course.price_cents, booked_by=by, booked_at=at,
    )  # fmt: skip
    booked = _enter(booking, by=by, at=at)
    count_coverage(course, by=by, at=at)
    return booked


@transaction.atomic
def count_coverage(course: Course, *, by: Person | None, at: datetime) -> None:
    """Seats came or went: every need of the pool of this course knows how many of its people have one."""
    needs = queries.covered_in(course)
    seats = queries.coverage_of(needs)
    for need in needs:
        note_coverage(need, seats[need.pk], by=by, at=at)


def _pressed_before(course: Course, organisation: Organisation, key: str) -> Booking | None:
    earlier = Booking.objects.filter(key=key).first()
    if earlier and (earlier.course_id, earlier.organisation_id) != (course.pk, organisation.pk):
        raise Refused(no(_("Dieses Formular wurde schon abgeschickt. Bitte laden Sie die Seite neu.")))
    return earlier


@transaction.atomic
def book_commitment(course: Course, commitment: Commitment, *, by: Person | None, at: datetime) -> Booking:
    """The seats a firm was given when its pool came about, at the price that was locked then."""
    key = f"commitment-{commitment.pk}"
    price = course.price_cents if commitment.price_cents is None else commitment.price_cents
    booking = Booking(
        course=course, organisation=commitment.organisation, commitment=commitment, key=key,
        seats=commitment.seats, price_cents=price, booked_by=commitment.made_by, booked_at=at,
    )  # fmt: skip
    return _enter(booking, by=by, at=at)


def _enter(booking: Booking, *, by: Person | None, at: datetime) -> Booking:
    """The key first: a second press waits here for the first one and then finds its booking."""
    try:
        with transaction.atomic():
            booking.save(force_insert=True)
    except IntegrityError:
        return Booking.objects.get(key=booking.key)
    take_seats(booking.course, booking.seats)
    places = [Seat(booking=booking, position=n) for n in range(1, booking.seats + 1)]
    Seat.objects.bulk_create(places)
    record(by, "booking.made", booking, at=at, course=str(booking.course_id), seats=booking.seats)
    tell_council(for_the_council(booking), organisation=booking.organisation, by=by, at=at)
    return booking


def new_key(kind: str) -> str:
    """Of a booking nobody made with a form: the room above sees to it that it is made once."""
    return f"{kind}-{new_id()}"


def for_the_council(booking: Booking) -> CaseData:
    """What the firm's works council reads of a booking (BetrVG § 80 (2)); people are not named yet."""
    return CaseData(
        kind=SubjectKind.BOOKING,
        subject=booking.pk,
        label=str(booking.course),
        details=papers.booking_in_words(booking),
    )


def take_seats(course: Course, seats: int, *, for_the_list: bool = False) -> None:
    """THE counter: one statement takes them all, or nobody gets any; nor does anybody while others wait, unless the
    seats are for those."""
    still_coming = Course.objects.filter(pk=course.pk, state__in=rules.BEFORE_START)
    mine = still_coming if for_the_list else still_coming.filter(waiting=0)
    taken = mine.filter(taken__lte=F("capacity") - seats).update(taken=F("taken") + seats)
    course.refresh_from_db(fields=["taken", "capacity", "state", "waiting"])
    if not taken:
        require(yes_if(course.state in rules.BEFORE_START, rules.CLOSED))
        require(YES if for_the_list else rules.nobody_waits(course))
        raise Refused(no(rules.full_text(course.free)))


@transaction.atomic
def cancel_booking(booking: Booking, *, by: Person, at: datetime, reason: str = "") -> Booking:
    lock_course(booking.course)
    booking.refresh_from_db(fields=["state", "seats"])
    require(rules.may_cancel_booking(standing(by), booking, rules.day_of(at)))
    course, firm = booking.course, booking.organisation_id
    sessions, covered = list(queries.sessions_of(course)), list(queries.needs_covered_by(course, [firm]))
    told = papers.booking_cancelled(booking, queries.concerned_by_booking(booking), sessions)
    BOOKING.advance(booking, "cancel")
    Course.objects.filter(pk=booking.course_id).update(taken=F("taken") - booking.seats)
    booking.places.filter(state__in=SEAT["cancel"].sources).update(state=SeatState.CANCELLED, left_at=at)
    record(by, "booking.cancelled", booking, at=at, seats=booking.seats)
    lost = Lost(Back.SEATS_RETURNED, course.label, f"booking-cancelled:{booking.pk}", reason)
    look_at_needs(course, covered, lost, by=by, at=at)
    post(told, at=at)
    return booking


@transaction.atomic
def look_at_needs(course: Course, covered: Sequence[Need], lost: Lost, *, by: Person | None, at: datetime) -> None:
    """Seats are gone: needs none of whose people has one wait for partners again, the others know their number."""
    seats = queries.coverage_of(covered)
    give_back_needs([need for need in covered if not seats[need.pk]], lost, by=by, at=at)
    count_coverage(course, by=by, at=at)


def lock_course(course: Course) -> None:
    """Whoever moves seats of this course waits here until our transaction ends. Always before any booking or seat."""
    Course.objects.select_for_update().get(pk=course.pk)
    course.refresh_from_db()


# -- people -----------------------------------------------------------------------------
@transaction.atomic
def name_person(seat: Seat, *, name: str, email: str = "", by: Person, at: datetime) -> Seat:
    """Name, or replace, the person on this seat."""
    name_people(seat.booking, [PersonName(seat.position, name, email)], by=by, at=at)
    seat.refresh_from_db()
    return seat


@transaction.atomic
def clear_person(seat: Seat, *, by: Person, at: datetime) -> Seat:
    return name_person(seat, name="", by=by, at=at)


@transaction.atomic
def name_people(booking: Booking, names: Sequence[PersonName], *, by: Person, at: datetime) -> list[Seat]:
    """A firm fills its seats in one go. Returns the seats that changed; those not mentioned stay as they are."""
    course = booking.course
    require(
        rules.may_name_for(standing(by), booking.organisation_id),
        rules.may_still_name(course, booking, queries.begins_at(course), at),
    )
    seats = {seat.position: seat for seat in booking.places.select_for_update()}
    before = {seat.email: seat.name for seat in seats.values() if seat.email}
    changed = [seat for one in names if (seat := _seat_of(seats, one)) and _sit_down(seat, one, booking, at)]
    require(_nobody_twice(booking))
    if changed:
        record(by, "booking.people_named", booking, at=at, positions=[seat.position for seat in changed])
        _tell(course, changed, _gone(before, seats), at)
    return changed


def _gone(before: dict[str, str], seats: dict[int, Seat]) -> list[queries.Addressee]:
    still = {seat.email for seat in seats.values()}
    return [queries.Addressee(email, name, "de", "named") for email, name in before.items() if email not in still]


def _tell(course: Course, seats: list[Seat], gone: list[queries.Addressee], at: datetime) -> None:
    sessions = list(queries.sessions_of(course))
    post(papers.invitations(course, seats, sessions, at), at=at)
    post(papers.released(course, gone, sessions, at), at=at)


def _seat_of(seats: dict[int, Seat], wanted: PersonName) -> Seat:
    if wanted.position not in seats:
        raise Refused(no(_("Diesen Platz gibt es in Ihrer Buchung nicht.")))
    return seats[wanted.position]


def _sit_down(seat: Seat, wanted: PersonName, booking: Booking, at: datetime) -> bool:
    """Whether anything changed. Whoever sits down reads the days in the invitation."""
    name, email = wanted.name.strip(), wanted.email.strip().lower() if wanted.name.strip() else ""
    if (seat.name, seat.email) == (name, email):
        return False
    if name:
        move = "name" if seat.state == SeatState.FREE else "replace"
        SEAT.advance(seat, move, name=name, email=email, person=_known(email, booking), days_seen_at=at)
    else:
        SEAT.advance(seat, "clear", name="", email="", person=None, days_seen_at=None)
    return True


def _known(email: str, booking: Booking) -> Person | None:
    """The account of a colleague, so that the person finds the course; only within the same firm."""
    if not email:
        return None
    return Person.objects.filter(email=email, mandates__organisation=booking.organisation_id).first()


def _nobody_twice(booking: Booking) -> Verdict:
    same_firm = Seat.objects.filter(booking__course=booking.course_id, booking__organisation=booking.organisation_id)
    emails = list(same_firm.filter(state=SeatState.NAMED).exclude(email="").values_list("email", flat=True))
    twice = sorted({one for one in emails if emails.count(one) > 1})
    text = _("%(email)s ist in diesem Kurs schon benannt. Jede Person braucht eine eigene Adresse.")
    return no(text % {"email": twice[0]}) if twice else YES
