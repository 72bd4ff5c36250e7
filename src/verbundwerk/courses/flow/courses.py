"""How a course comes into being and how it ends early."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from verbundwerk.base.jobs import due
from verbundwerk.base.verdicts import Refused, no, require, yes_if
from verbundwerk.journal.flow import record
from verbundwerk.needs.flow import Lost, cover_need, give_back_needs, unbundle_need
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.terms import Back
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.queries import standing
from verbundwerk.pooling.models import Bid, Commitment, Pool
from verbundwerk.pooling.states import BidState, CommitmentState, PoolState
from verbundwerk.topics.models import Topic

from .. import papers, queries, rules
from ..models import Course
from ..states import BOOKING, COURSE, HOLDING, SEAT, SESSION, SeatState, SessionState
from .bookings import book_commitment, count_coverage
from .letters import post
from .numbers import take_numbers
from .sessions import enter_half_days


@dataclass(frozen=True, slots=True)
class CourseData:
    """What somebody says who plans a course that no pool asked for. `dates`: [{date, part}]."""

    title: str
    topic: Topic
    dates: Sequence[dict[str, str]]
    price_cents: int
    capacity: int
    format: str = "onsite"
    place: str = ""
    teaching_units: int = 0
    goals: str = ""
    contents: str = ""
    bookable_until: date | None = None


@transaction.atomic
def plan_course(data: CourseData, *, provider: Organisation, by: Person | None, at: datetime) -> Course:
    require(rules.may_arrange(standing(by), provider.pk))
    require(yes_if(bool(data.dates), _("Ein Kurs braucht mindestens einen Termin.")))
    days = [date.fromisoformat(one["date"]) for one in data.dates]
    halves = rules.half_days(data.dates, min(days), max(days))
    course = Course.objects.create(
        number=take_numbers("course"), provider=provider, title=data.title, topic=data.topic, goals=data.goals,
        contents=data.contents, teaching_units=data.teaching_units or len(halves) * rules.UNITS_PER_HALF_DAY,
        format=data.format, place=data.place, starts_on=min(days), ends_on=max(days), price_cents=data.price_cents,
        capacity=data.capacity, bookable_until=data.bookable_until, created_at=at,
    )  # fmt: skip
    enter_half_days(course, halves, at)
    record(by, "course.planned", course, at=at, capacity=course.capacity)
    return course


# -- from a pool ---------------------------------------------------------------------------
@transaction.atomic
def course_from_pool(pool: Pool, *, by: Person | None, at: datetime) -> Course:
    """A pool that came about becomes its one course: seats, price and days as agreed. Asked again, the same one."""
    if by is not None:
        require(rules.may_make_courses(standing(by)))
    pool = Pool.objects.select_for_update().get(pk=pool.pk)
    if (there := Course.objects.filter(pool=pool).first()) is not None:
        return there
    require(yes_if(pool.state == PoolState.CAME_ABOUT, _("Dieses Bündel ist noch nicht zustande gekommen.")))
    promises = list(pool.commitments.filter(state=CommitmentState.MET).select_related("organisation"))
    course = _course_of(pool, _accepted_bid(pool), sum(one.seats for one in promises), at)
    for one in promises:
        book_commitment(course, one, by=by, at=at)
    COURSE.advance(course, "secure")
    _cover_needs(pool, promises, by=by, at=at)
    count_coverage(course, by=by, at=at)
    record(by, "course.made_from_pool", course, at=at, pool=str(pool.pk), seats=course.taken)
    post(papers.course_made(course, queries.concerned(course)), at=at)
    return course


def _accepted_bid(pool: Pool) -> Bid:
    bid = Bid.objects.filter(enquiry__pool=pool, state=BidState.ACCEPTED).select_related("enquiry__provider").first()
    if bid is None:
        raise Refused(no(_("Zu diesem Bündel ist kein Angebot angenommen.")))
    return bid


def _course_of(pool: Pool, bid: Bid, promised: int, at: datetime) -> Course:
    halves = rules.half_days(bid.dates or pool.dates, bid.starts_on, bid.ends_on)
    course = Course.objects.create(
        number=take_numbers("course"), pool=pool, provider=bid.enquiry.provider, title=pool.title, topic=pool.topic,
        goals=pool.goals, teaching_units=bid.teaching_units or len(halves) * rules.UNITS_PER_HALF_DAY,
        format=pool.format, place=bid.place or _place_of(pool), starts_on=rules.day_of(halves[0].starts_at),
        ends_on=rules.day_of(halves[-1].ends_at), price_cents=pool.price_cents or 0,
        capacity=max(bid.seats_max, promised), created_at=at,
    )  # fmt: skip
    enter_half_days(course, halves, at)
    return course


def _place_of(pool: Pool) -> str:
    return f"{pool.venue.name}, {pool.venue.site.place}" if pool.venue else ""


def _cover_needs(pool: Pool, promises: list[Commitment], *, by: Person | None, at: datetime) -> None:
    """Only of firms that are in, and only what got a seat: everything else waits for the next pool."""
    firms = [one.organisation_id for one in promises]
    members = pool.members.filter(need__organisation__in=firms, need__state=NeedState.BUNDLED)
    needs = [member.need for member in members.select_related("need")]
    seats = queries.coverage_of(needs)
    for need in needs:
        if seats[need.pk]:
            cover_need(need, by=by, at=at, seats=seats[need.pk])
        else:
            unbundle_need(need, by=by, at=at)


@due
def courses_from_new_pools(at: datetime) -> int:
    """Due work: every pool that came about gets its course. A pool that cannot waits; the others do not wait for it."""
    made = 0
    for pool in queries.pools_without_course():
        try:
            course_from_pool(pool, by=None, at=at)
            made += 1
        except Refused:
            continue
    return made


# -- the way of a course ---------------------------------------------------------------------
@transaction.atomic
def open_course(course: Course, *, by: Person, at: datetime) -> Course:
    return _arrange(course, "open", by=by, at=at)


@transaction.atomic
def secure_course(course: Course, *, by: Person, at: datetime) -> Course:
    """It takes place: from here on firms can rely on it, and everybody is told."""
    _arrange(course, "secure", by=by, at=at)
    post(papers.course_secured(course, queries.concerned(course)), at=at)
    return course


def _arrange(course: Course, move: str, *, by: Person, at: datetime) -> Course:
    require(rules.may_arrange(standing(by), course.provider_id))
    COURSE.advance(course, move)
    record(by, f"course.{move}", course, at=at)
    return course


@transaction.atomic
def start_course(course: Course, *, by: Person | None, at: datetime) -> Course:
    """By the people who hold it, or by the house itself when the first half day has begun."""
    if by is not None:
        require(rules.may_run(standing(by), course, by.pk))
    begins = queries.begins_at(course)
    require(yes_if(begins is not None and at >= begins, _("Der erste Termin hat noch nicht begonnen.")))
    COURSE.advance(course, "start")
    record(by, "course.started", course, at=at)
    return course


@transaction.atomic
def cancel_course(course: Course, *, by_provider: bool, reason: str, by: Person, at: datetime) -> Course:
    """Everybody is told, calendars lose the dates, all seats are free of obligation, needs wait for partners again."""
    who = standing(by)
    require(rules.may_provide(who, course) if by_provider else rules.may_make_courses(who))
    concerned, covered = queries.concerned(course), list(queries.needs_covered_by(course))
    COURSE.advance(course, "cancel_by_provider" if by_provider else "cancel_by_pool", reason=reason, taken=0)
    course.sessions.filter(state__in=SESSION["cancel"].sources).update(
        state=SessionState.CANCELLED, sequence=F("sequence") + 1, changed_at=at
    )
    for booking in course.bookings.filter(state__in=HOLDING):
        BOOKING.advance(booking, "cancel")
        booking.places.filter(state__in=SEAT["cancel"].sources).update(state=SeatState.CANCELLED)
    lost = Lost(Back.CANCELLED, course.label, f"course-cancelled:{course.pk}", reason)
    back = give_back_needs(covered, lost, by=by, at=at)
    count_coverage(course, by=by, at=at)
    record(by, "course.cancelled", course, at=at, by_provider=by_provider, needs_back=len(back))
    post(papers.course_cancelled(course, reason, concerned, list(queries.sessions_of(course))), at=at)
    if by_provider:
        post(papers.office_told_of_cancellation(course, reason, queries.coordinators(), len(back)), at=at)
    return course
