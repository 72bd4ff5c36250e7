"""„Was wurde aus meinem Bedarf?“ gathers what happened to one need in every room."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse

from verbundwerk.base.templatetags.ui import Step
from verbundwerk.courses.models import Certificate, Course, Seat
from verbundwerk.courses.queries import courses_visible_to, has_seats_in
from verbundwerk.courses.states import GONE, SeatState
from verbundwerk.journal.queries import history_of
from verbundwerk.journal.sight import EVERY_FIRM, seen
from verbundwerk.needs.models import Need
from verbundwerk.needs.queries import Act, evaluation_of, is_asked, needs_visible_to, next_act
from verbundwerk.needs.states import NeedState
from verbundwerk.pooling.models import Bid, Commitment, Enquiry, Pool
from verbundwerk.pooling.queries import change_asked, pools_visible_to, said_about
from verbundwerk.pooling.states import CommitmentState, PoolState

from ..rules import Facts, Past, Place, Seats, Stop, Turn, stops, turn

SITTING = ~Q(state__in=GONE)
CAME = Q(state__in=[SeatState.ATTENDED, SeatState.CERTIFIED])


@dataclass(frozen=True, slots=True)
class Way:
    """`act`: what the person who looks is awaited for, and where it is done; none while others are."""

    steps: list[Step]
    turn: Turn | None
    act: Act | None


def needs_on_their_way(person: Any) -> QuerySet[Need]:
    """What this person may know of and was handed in, the latest first."""
    handed_in = needs_visible_to(person).exclude(state=NeedState.DRAFT)
    seen(person, EVERY_FIRM)
    return handed_in.select_related("topic", "organisation").order_by("-submitted_at", "-number")


def way_of(need: Need, person: Any) -> Way:
    """The caller has loaded the need through `need_for`; links lead only where this person may go."""
    facts = facts_of(need)
    addresses = _addresses(facts, person)
    next_up = turn(facts)
    act = next_act(need, person) if next_up else None
    return Way([_step(stop, addresses, act) for stop in stops(facts)], next_up, act)


def _step(stop: Stop, addresses: dict[Place, str], act: Act | None) -> Step:
    """Where it stands now leads to what the reader has to do there; what is done, to where it can be read."""
    url = addresses.get(stop.place, "") if stop.place and stop.state != "ahead" else ""
    url = act.url if act and stop.state == "now" else url
    return Step(stop.label, stop.state, stop.at, stop.detail, url)


def _addresses(facts: Facts, person: Any) -> dict[Place, str]:
    found: dict[Place, str] = {"need": reverse("needs:detail", args=[facts.need.pk])}
    if facts.pool and pools_visible_to(person).filter(pk=facts.pool.pk).exists():
        found["pool"] = found["price"] = reverse("pooling:pool", args=[facts.pool.pk])
    if facts.course and courses_visible_to(person).filter(pk=facts.course.pk).exists():
        found["course"] = found["certificate"] = reverse("courses:detail", args=[facts.course.pk])
    return found


def facts_of(need: Need) -> Facts:
    pools = list(Pool.objects.filter(members__need=need).order_by("opened_at", "number"))
    past = [gone for one in pools if (gone := _past(one, need))]
    gone_by = {one.pool.pk for one in past}
    pool = next((one for one in reversed(pools) if one.pk not in gone_by), None)
    course = Course.objects.filter(pool=pool).first() if pool else None
    return Facts(
        need=need,
        moments=_moments(need, pool),
        past=tuple(past),
        pool=pool,
        told=said_about(pool) if pool else None,
        word=Commitment.objects.filter(pool=pool, organisation=need.organisation_id).first() if pool else None,
        course=course,
        seats=_seats(course, need) if course else Seats(),
        certified_at=_certified_at(course, need) if course else None,
        asked=evaluation_of(need) is not None,
        still_wanted=is_asked(need),
        change_until=change.answer_until if (change := change_asked(need)) else None,
    )


def _past(pool: Pool, need: Need) -> Past | None:
    """What a pool was for this need, when it is nothing any more."""
    if pool.state == PoolState.FAILED:
        return Past(pool)
    if pool.state != PoolState.CAME_ABOUT or need.state == NeedState.BUNDLED:
        return None
    met = Commitment.objects.filter(pool=pool, organisation=need.organisation_id, state=CommitmentState.MET)
    if not met.exists():
        return Past(pool, without_us=True)
    course = Course.objects.filter(pool=pool).first()
    lost = course is not None and not has_seats_in(course, need.organisation_id)
    return Past(pool, course) if lost else None


def _moments(need: Need, pool: Pool | None) -> dict[str, datetime]:
    """When something happened last: to the need, to its pool, to the bids for it."""
    bids = Bid.objects.filter(enquiry__pool=pool) if pool else Bid.objects.none()
    enquiries = Enquiry.objects.filter(pool=pool) if pool else Enquiry.objects.none()
    subjects = [need, *([pool] if pool else []), *bids, *enquiries]
    return {entry.verb: entry.at for entry in history_of(*subjects)}


def _seats(course: Course, need: Need) -> Seats:
    own = Seat.objects.filter(SITTING, booking__course=course, booking__organisation=need.organisation_id)
    counted = own.aggregate(
        booked=Count("pk"),
        unnamed=Count("pk", filter=Q(state=SeatState.FREE)),
        came=Count("pk", filter=CAME),
        certified=Count("pk", filter=Q(state=SeatState.CERTIFIED)),
    )
    return Seats(**counted)


def _certified_at(course: Course, need: Need) -> datetime | None:
    own = Certificate.objects.filter(seat__booking__course=course, seat__booking__organisation=need.organisation_id)
    moment: datetime | None = own.aggregate(last=Max("issued_at"))["last"]
    return moment
