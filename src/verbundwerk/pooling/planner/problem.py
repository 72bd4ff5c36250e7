"""Rows -> problem."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

import holidays

from poolplan import (
    HYBRID,
    ONLINE,
    ONSITE,
    Calendar,
    Company,
    Params,
    Problem,
    Template,
    TrainerPool,
    Travel,
    Venue,
    mask,
    pattern_of,
)
from poolplan import Need as Demand
from verbundwerk.catalogue.models import Offer
from verbundwerk.catalogue.models import Venue as Room
from verbundwerk.catalogue.queries import offers_for_pooling
from verbundwerk.catalogue.queries import venues as all_rooms
from verbundwerk.catalogue.terms import Pattern
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.terms import Format
from verbundwerk.network.region import estimate

from .. import queries, rules
from ..models import Plan, Pool, PoolMember, Proposal, Steering
from ..terms import SteeringKind

PATTERNS = tuple(Pattern.values)
NO_BUDGET = 10**6  # euros per seat: a firm that names no limit
LONGEST_DAYS = 10
WORKED_DAYS_AT_LEAST = 4  # weeks with two public holidays or more are no course weeks
# Euros: 38 cents per km, an hour on the way, a day of work, an evening, the office's work, a firm left out.
PARAMS = Params(38, 32, 260, 70, 150, 1500)
FORMATS = {Format.ONSITE: ONSITE, Format.ONLINE: ONLINE | HYBRID, Format.EITHER: ONSITE | ONLINE | HYBRID}


@dataclass(frozen=True)
class Scene:
    """The rows a problem is made from."""

    monday: date
    weeks: int
    needs: Sequence[Need]
    offers: Sequence[Offer]
    rooms: Sequence[Room]
    taken: Sequence[Pool] = field(default_factory=tuple)
    wishes: Sequence[Steering] = field(default_factory=tuple)
    growing: Sequence[Pool] = field(default_factory=tuple)

    @property
    def left_out(self) -> frozenset[UUID | None]:
        return frozenset(wish.need_id for wish in self.wishes if wish.kind == SteeringKind.LEAVE_OUT)


def scene_of(plan: Plan) -> Scene:
    needs = queries.needs_to_plan()
    topics = {need.topic_id for need in needs}
    offers = [offer for offer in offers_for_pooling(plan.horizon_from) if offer.topic_id in topics]
    held = [offer for offer in offers if offer.days <= LONGEST_DAYS]
    growing = [pool for pool in queries.pools_that_grow() if lies_inside(pool, plan.horizon_from, plan.weeks)]
    taken = [pool for pool in queries.rooms_in_use() if pool not in growing]
    return Scene(
        monday=plan.horizon_from,
        weeks=plan.weeks,
        needs=needs,
        offers=held,
        rooms=list(all_rooms()),
        taken=taken,
        wishes=queries.steering_applied(plan),
        growing=[pool for pool in growing if seats_of(pool)],
    )


def lies_inside(thing: Pool | Proposal, monday: date, weeks: int) -> bool:
    """Whether a run lies in the weeks of a plan as a whole."""
    return monday <= thing.starts_on and thing.ends_on < monday + timedelta(weeks=weeks)


def problem_of(scene: Scene) -> Problem:
    """Raises ProblemError where the rows contradict each other."""
    closed = quiet_weeks(scene.monday, scene.weeks)
    people = [*scene.needs, *(seat.need for pool in scene.growing for seat in seats_of(pool))]
    offers = [*scene.offers, *(course_of(pool).offer for pool in scene.growing)]
    places = sorted({need.postal_code for need in people} | {room.site.postal_code for room in scene.rooms})
    return Problem(
        calendar=Calendar(scene.weeks, holidays=tuple(sorted(closed))),
        patterns=tuple(pattern_of(kind) for kind in PATTERNS),
        params=PARAMS,
        travel=_travel(places),
        companies=_companies(people),
        needs=tuple(_demand(need, scene, closed) for need in scene.needs if need.pk not in scene.left_out),
        templates=tuple(_template(offer) for offer in scene.offers),
        venues=tuple(_venue(room, scene) for room in scene.rooms),
        trainer_pools=tuple(TrainerPool(one) for one in dict.fromkeys(trainers_of(offer) for offer in offers)),
    )


def seats_of(pool: Pool) -> list[PoolMember]:
    """Who sits in a pool and still means to: a need withdrawn meanwhile does not count."""
    return [member for member in pool.members.all() if member.need.state == NeedState.BUNDLED]


def course_of(pool: Pool) -> Proposal:
    """The run a pool was made from; only such pools grow."""
    return pool.proposal


def horizon_of(plan: Plan) -> tuple[date, int, frozenset[int]]:
    """First Monday, number of weeks, weeks without courses."""
    return plan.horizon_from, plan.weeks, quiet_weeks(plan.horizon_from, plan.weeks)


def quiet_weeks(monday: date, weeks: int) -> frozenset[int]:
    """Weeks with fewer than four working days in Lower Saxony, and the weeks of Christmas and New Year."""
    known = holidays.country_holidays("DE", subdiv="NI", years=range(monday.year, monday.year + 3))
    days = {week: [monday + timedelta(weeks=week, days=day) for day in range(5)] for week in range(weeks)}
    return frozenset(week for week, five in days.items() if _is_quiet(five, known))


def _is_quiet(days: Sequence[date], known: Container[date]) -> bool:
    worked = [day for day in days if day not in known]
    return len(worked) < WORKED_DAYS_AT_LEAST or any(_is_between_the_years(day) for day in days)


def _is_between_the_years(day: date) -> bool:
    return (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)


def _travel(places: Sequence[str]) -> Travel:
    ways = [[estimate(start, end) for end in places] for start in places]
    minutes = tuple(tuple(way.minutes for way in row) for row in ways)
    km = tuple(tuple(way.km for way in row) for row in ways)
    return Travel(tuple(places), minutes, km)


CompanyId = tuple[UUID, str, tuple[UUID, ...]]


def company_id(need: Need) -> CompanyId:
    return need.organisation_id, need.postal_code, tuple(sorted(firm.pk for firm in need.hidden_from.all()))


def _companies(needs: Iterable[Need]) -> tuple[Company, ...]:
    firms = {company_id(need): need.organisation for need in needs}
    return tuple(
        Company(one, firm.size_class or 0, one[1], frozenset(o for o in firms if o[0] in one[2] and o[0] != one[0]))
        for one, firm in firms.items()
    )


def _demand(need: Need, scene: Scene, closed: frozenset[int]) -> Demand:
    window = (need.window_from, need.window_until)
    weeks = rules.accepted_weeks(window, scene.monday, scene.weeks, closed)
    return Demand(
        id=need.pk,
        company=company_id(need),
        topic=(need.topic_id, need.level),
        persons=need.seats,
        penalty=rules.penalty(need.urgency, need.organisation.size_class),
        weeks=mask(weeks),
        days=mask(rules.accepted_dayparts(need.shift, need.block)),
        formats=FORMATS[Format(need.format)],
        max_travel=need.travel_minutes_max,
        latest_week=max(weeks, default=0),
        budget=NO_BUDGET if need.budget_cents is None else need.budget_cents // 100,
        min_total=need.seats_min,
        priority=str(need.urgency),
    )


def _template(offer: Offer) -> Template:
    rooms = frozenset(room.pk for room in offer.venues.all())
    rhythms = [kind for kind in PATTERNS if kind in offer.patterns] or list(PATTERNS)
    return Template(
        id=offer.pk,
        covers=frozenset({(offer.topic_id, offer.level)}),
        days=offer.days,
        min_size=offer.seats_min,
        max_size=offer.seats_max,
        fixed=euros(offer.fixed_cents),
        per_person=euros(offer.per_seat_cents),
        modes=ONSITE * offer.onsite | ONLINE * offer.online,
        patterns=tuple(PATTERNS.index(kind) for kind in rhythms),
        trainer_pool=trainers_of(offer),
        online_fixed=euros(offer.online_cents),
        venues=rooms or None,
        provider=offer.provider_id,
    )


def trainers_of(offer: Offer) -> tuple[UUID, str]:
    """One group of trainers per provider and field of topics; they stand in for one another."""
    return offer.provider_id, offer.topic.field if offer.topic else ""


def _venue(room: Room, scene: Scene) -> Venue:
    spans = [(pool.starts_on, pool.ends_on) for pool in scene.taken if pool.venue_id == room.pk]
    spans += [(monday, monday) for monday in _not_in(room, scene)]
    closed = {week for first, last in spans for week in _weeks_of(first, last, scene)}
    return Venue(room.pk, room.site.postal_code, room.capacity, 1, euros(room.rent_cents), frozenset(closed))


def _not_in(room: Room, scene: Scene) -> list[date]:
    """Mondays of the weeks in which the office wants nothing in this room."""
    mine = (wish for wish in scene.wishes if wish.kind == SteeringKind.NO_ROOM and wish.venue_id == room.pk)
    return [wish.week_from for wish in mine if wish.week_from]


def _weeks_of(first: date, last: date, scene: Scene) -> range:
    start, end = ((day - scene.monday).days // 7 for day in (first, last))
    return range(max(start, 0), min(end, scene.weeks - 1) + 1)


def euros(cents: int | None) -> int:
    return -(-(cents or 0) // 100)


def own_id(thing: object) -> UUID:
    """An id that went through the core and comes back as one of ours."""
    if not isinstance(thing, UUID):
        raise TypeError(f"not an id of ours: {thing!r}")
    return thing
