"""The independent check: is a plan allowed, and what does it cost?

Trusts nobody and shares no rule with the search (`expand`, `construct`): every rule is written
down here a second time, straight from the problem's own values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from poolplan.plan import CostBreakdown, Plan, Run
from poolplan.types import HYBRID, ONLINE, ONSITE, Cell, Id, Need, Problem, Template, Venue


@dataclass(frozen=True, slots=True)
class Breach:
    """One broken rule: code, place (run position, need id), numbers, and an English sentence."""

    code: str
    sentence: str
    run: int | None = None
    need: Id | None = None
    numbers: tuple[int, ...] = ()

    def __str__(self) -> str:
        where = "" if self.run is None else f"run {self.run}: "
        return where + self.sentence


@dataclass(slots=True)
class _Run:
    """A run with its references looked up."""

    at: int
    run: Run
    template: Template
    venue: Venue | None
    cells: tuple[Cell, ...]

    @property
    def onsite(self) -> bool:
        return self.run.mode in (ONSITE, HYBRID)


@dataclass(slots=True)
class _Tally:
    """What all runs together use and serve."""

    rooms: dict[tuple[Id, int, int], int] = field(default_factory=lambda: defaultdict(int))
    trainers: dict[tuple[Id, int, int], int] = field(default_factory=lambda: defaultdict(int))
    served: dict[Id, int] = field(default_factory=lambda: defaultdict(int))
    parts: dict[Id, int] = field(default_factory=lambda: defaultdict(int))


def breaches(problem: Problem, plan: Plan) -> list[Breach]:
    """Every rule the plan breaks; [] means feasible. Time linear in runs, members and cells."""
    found: list[Breach] = []
    tally = _Tally()
    for at, run in enumerate(plan.runs):
        looked_up = _look_up(problem, at, run)
        if isinstance(looked_up, Breach):
            found.append(looked_up)
            continue
        found.extend(_check_run(problem, looked_up))
        _count(looked_up, tally)
    found.extend(_check_shared(problem, tally))
    found.extend(_check_needs(problem, tally))
    found.extend(_check_frozen(problem, plan))
    return found


def objective(problem: Problem, plan: Plan) -> CostBreakdown:
    """What the plan costs, in whole euros by part. Raises `ProblemError` for unknown ids."""
    served: dict[Id, int] = defaultdict(int)
    sums = dict.fromkeys(("run_fixed", "run_admin", "per_person", "travel", "absence"), 0)
    for at, run in enumerate(plan.runs):
        looked_up = _look_up(problem, at, run)
        if isinstance(looked_up, Breach):
            continue
        _add_costs(problem, looked_up, sums)
        for member in run.members:
            served[member.need] += member.persons
    unserved = sum(need.penalty * (need.persons - served[need.id]) for need in problem.needs)
    asking = {need.company for need in problem.needs}
    getting = {need.company for need in problem.needs if served[need.id]}
    firms = problem.params.company_unserved * (len(asking) - len(getting))
    return CostBreakdown(unserved=unserved, company_unserved=firms, **sums)


# --- one run ---------------------------------------------------------------------------------


def _look_up(problem: Problem, at: int, run: Run) -> _Run | Breach:
    for kind, ids in (
        ("templates", [run.template]),
        ("venues", [] if run.venue is None else [run.venue]),
        ("needs", [m.need for m in run.members]),
    ):
        for thing in ids:
            if not problem.has(kind, thing):
                return Breach("unknown_id", f"no {kind[:-1]} has the id {thing!r}", at)
    template = problem.template(run.template)
    return _placed_in_time(problem, at, run, template)


def _placed_in_time(problem: Problem, at: int, run: Run, template: Template) -> _Run | Breach:
    if not 0 <= run.pattern < len(problem.patterns):
        return Breach("pattern", f"there is no pattern {run.pattern}", at, None, (run.pattern,))
    offsets = problem.patterns[run.pattern].cells(template.days)
    if offsets is None:
        text = f"the pattern cannot hold a course of {template.days} days"
        return Breach("pattern", text, at, None, (template.days,))
    cells = tuple((run.start_week + week, daypart) for week, daypart in offsets)
    last = max(week for week, _ in cells)
    if run.start_week < 0 or last >= problem.calendar.weeks:
        text = f"weeks {run.start_week} to {last} leave the horizon of {problem.calendar.weeks} weeks"
        return Breach("horizon", text, at, None, (run.start_week, last))
    if run.mode not in (ONSITE, ONLINE, HYBRID) or not template.modes & run.mode:
        return Breach("mode", f"the format {run.mode} is not offered", at, None, (run.mode,))
    if run.mode != ONLINE and run.venue is None:
        return Breach("venue", "a run with people in a room names no venue", at)
    venue = None if run.venue is None else problem.venue(run.venue)
    return _Run(at, run, template, venue, cells)


def _check_run(problem: Problem, run: _Run) -> Iterator[Breach]:
    if run.run.pattern not in run.template.patterns:
        yield Breach("pattern", "the course is not offered in this pattern", run.at)
    yield from _check_venue(run)
    yield from _check_trainers(problem, run)
    for week, daypart in run.cells:
        if run.run.frozen is None and (week, daypart) in run.template.closed_cells:
            text = f"no session of this course may fall into week {week}, daypart {daypart}"
            yield Breach("date_forbidden", text, run.at, None, (week, daypart))
    yield from _check_size(run)
    yield from _check_walls(problem, run)
    seen: set[Id] = set()
    for member in run.run.members:
        need = problem.need(member.need)
        if member.need in seen:
            yield Breach("need_twice", f"need {member.need!r} is listed twice", run.at, member.need)
        seen.add(member.need)
        yield from _check_member(problem, run, need, member.persons)


def _check_venue(run: _Run) -> Iterator[Breach]:
    if not run.onsite:
        if run.venue is not None:
            yield Breach("venue", "an online run names a venue", run.at)
        return
    assert run.venue is not None
    allowed = run.template.venues
    if allowed is not None and run.venue.id not in allowed:
        yield Breach("venue", f"venue {run.venue.id!r} is not allowed for this course", run.at)
    for week in _weeks(run.cells):
        if week in run.venue.closed_weeks:
            text = f"venue {run.venue.id!r} is closed in week {week}"
            yield Breach("venue_closed", text, run.at, None, (week,))


def _check_trainers(problem: Problem, run: _Run) -> Iterator[Breach]:
    pool = problem.trainer_pool(run.template.trainer_pool)
    for week in _weeks(run.cells):
        if week in pool.closed_weeks:
            text = f"trainer pool {pool.id!r} is closed in week {week}"
            yield Breach("trainers_closed", text, run.at, None, (week,))


def _check_size(run: _Run) -> Iterator[Breach]:
    size, least = run.run.size, run.template.min_size
    most = run.template.max_size
    if run.onsite and run.venue is not None:
        most = min(most, run.venue.capacity)
    if size < least:
        yield Breach("too_small", f"{size} persons, at least {least} are needed", run.at, None, (size, least))
    if size > most:
        yield Breach("too_big", f"{size} persons, at most {most} fit", run.at, None, (size, most))


def _check_walls(problem: Problem, run: _Run) -> Iterator[Breach]:
    firms = sorted({problem.need(m.need).company for m in run.run.members}, key=repr)
    for i, one in enumerate(firms):
        for other in firms[i + 1 :]:
            if other in problem.company(one).avoid or one in problem.company(other).avoid:
                text = f"companies {one!r} and {other!r} must not sit together"
                yield Breach("avoid", text, run.at)


def _check_member(problem: Problem, run: _Run, need: Need, persons: int) -> Iterator[Breach]:
    whole = isinstance(persons, int) and not isinstance(persons, bool)
    if not whole or persons < 1:
        yield Breach("persons", f"need {need.id!r} joins with {persons!r} persons", run.at, need.id)
        return
    if persons < need.min_part:
        text = f"need {need.id!r} joins with {persons} persons, its smallest part is {need.min_part}"
        yield Breach("part_too_small", text, run.at, need.id, (persons, need.min_part))
    if need.topic not in run.template.covers:
        yield Breach("topic", f"the course does not cover the topic of need {need.id!r}", run.at, need.id)
    yield from _check_time(run, need)
    yield from _check_way(problem, run, need)
    yield from _check_price(run, need)


def _check_time(run: _Run, need: Need) -> Iterator[Breach]:
    for week, daypart in run.cells:
        late = week > need.latest_week
        if late or not need.weeks >> week & 1 or not need.days >> daypart & 1:
            text = f"need {need.id!r} cannot come in week {week}, daypart {daypart}"
            yield Breach("time", text, run.at, need.id, (week, daypart))
            return


def _check_way(problem: Problem, run: _Run, need: Need) -> Iterator[Breach]:
    if not _format_suits(need, run.run.mode):
        text = f"need {need.id!r} does not accept the format {run.run.mode}"
        yield Breach("format", text, run.at, need.id, (need.formats, run.run.mode))
        return
    if not _must_travel(need, run.run.mode):
        return
    minutes, _ = _way(problem, run, need)
    if minutes > need.max_travel:
        text = f"need {need.id!r} would travel {minutes} minutes, at most {need.max_travel} are accepted"
        yield Breach("travel", text, run.at, need.id, (minutes, need.max_travel))


def _check_price(run: _Run, need: Need) -> Iterator[Breach]:
    size, fixed, each = run.run.size, _fixed_cost(run), run.template.per_person
    if fixed > (need.budget - each) * size:
        text = f"need {need.id!r}: {fixed} EUR for {size} persons plus {each} EUR each is above {need.budget} EUR"
        yield Breach("price", text, run.at, need.id, (fixed, size, each, need.budget))


def _format_suits(need: Need, mode: int) -> bool:
    if mode == HYBRID:
        return need.formats != 0
    return bool(need.formats & mode)


def _must_travel(need: Need, mode: int) -> bool:
    if mode == HYBRID:
        return not need.formats & (ONLINE | HYBRID)
    return mode == ONSITE


def _way(problem: Problem, run: _Run, need: Need) -> tuple[int, int]:
    assert run.venue is not None
    return problem.travel.between(problem.company(need.company).home, run.venue.place)


def _weeks(cells: Iterable[Cell]) -> list[int]:
    return sorted({week for week, _ in cells})


# --- all runs together -----------------------------------------------------------------------


def _count(run: _Run, tally: _Tally) -> None:
    for week, daypart in run.cells:
        tally.trainers[run.template.trainer_pool, week, daypart] += 1
        if run.onsite and run.venue is not None:
            tally.rooms[run.venue.id, week, daypart] += 1
    for member in run.run.members:
        tally.served[member.need] += member.persons
        tally.parts[member.need] += 1


def _check_shared(problem: Problem, tally: _Tally) -> Iterator[Breach]:
    for (venue, week, daypart), used in tally.rooms.items():
        rooms = problem.venue(venue).rooms
        if used > rooms:
            text = f"venue {venue!r} has {rooms} rooms, {used} runs meet in week {week}, daypart {daypart}"
            yield Breach("room_taken", text, None, None, (week, daypart, used, rooms))
    for (pool, week, daypart), used in tally.trainers.items():
        heads = problem.trainer_pool(pool).headcount
        if used > heads:
            text = f"trainer pool {pool!r} has {heads} heads, {used} runs in week {week}, daypart {daypart}"
            yield Breach("trainers_taken", text, None, None, (week, daypart, used, heads))


def _check_needs(problem: Problem, tally: _Tally) -> Iterator[Breach]:
    for need in problem.needs:
        served, parts = tally.served[need.id], tally.parts[need.id]
        if served > need.persons:
            text = f"need {need.id!r}: {served} seats for {need.persons} persons"
            yield Breach("overserved", text, None, need.id, (served, need.persons))
        if 0 < served < need.min_total:
            text = f"need {need.id!r}: {served} persons served, at least {need.min_total} or nobody"
            yield Breach("total_too_small", text, None, need.id, (served, need.min_total))
        if parts > need.max_parts:
            text = f"need {need.id!r}: spread over {parts} runs, at most {need.max_parts}"
            yield Breach("too_many_parts", text, None, need.id, (parts, need.max_parts))


def _check_frozen(problem: Problem, plan: Plan) -> Iterator[Breach]:
    kept: dict[Id, tuple[int, Run]] = {}
    for at, run in enumerate(plan.runs):
        if run.frozen is not None:
            kept[run.frozen] = (at, run)
    for frozen in problem.frozen_runs:
        if frozen.id not in kept:
            yield Breach("frozen_missing", f"the confirmed run {frozen.id!r} is missing")
            continue
        at, run = kept[frozen.id]
        names = ("template", "pattern", "start_week", "mode", "venue")
        if any(getattr(run, name) != getattr(frozen, name) for name in names):
            yield Breach("frozen_moved", f"the confirmed run {frozen.id!r} was changed", at)
        for member in frozen.members:
            if run.persons_of(member.need) < member.persons:
                text = f"the confirmed run {frozen.id!r} lost persons of need {member.need!r}"
                yield Breach("frozen_member", text, at, member.need, (member.persons,))


# --- money -----------------------------------------------------------------------------------


def _fixed_cost(run: _Run) -> int:
    """Course, room rent (half days count half, rounded up) and the surcharge of the format."""
    if not run.onsite:
        return run.template.fixed + run.template.online_fixed
    assert run.venue is not None
    half_days = sum(1 if daypart % 2 else 2 for _, daypart in run.cells)
    rent = (run.venue.rent_per_day * half_days + 1) // 2
    surcharge = run.template.hybrid_fixed if run.run.mode == HYBRID else 0
    return run.template.fixed + rent + surcharge


def _absence(problem: Problem, run: _Run) -> int:
    """Working time one person misses: working days in full, Saturdays and evenings at their own rate."""
    params, total = problem.params, 0
    for _, daypart in run.cells:
        if daypart % 2:
            total += params.absence_offhours_day // 2
        else:
            total += params.absence_day if daypart < 10 else params.absence_offhours_day
    return total


def _add_costs(problem: Problem, run: _Run, sums: dict[str, int]) -> None:
    size = run.run.size
    sums["run_fixed"] += _fixed_cost(run)
    sums["run_admin"] += problem.params.run_admin
    sums["per_person"] += size * run.template.per_person
    sums["absence"] += size * _absence(problem, run)
    for member in run.run.members:
        need = problem.need(member.need)
        if _must_travel(need, run.run.mode):
            sums["travel"] += member.persons * _travel_cost(problem, run, need)


def _travel_cost(problem: Problem, run: _Run, need: Need) -> int:
    """There and back for one person to every session: kilometres and travelling time."""
    minutes, km = _way(problem, run, need)
    cent_sixtieths = 2 * km * problem.params.km_cent * 60 + 2 * minutes * problem.params.travel_hour * 100
    return cent_sixtieths // 6000 * len(run.cells)
