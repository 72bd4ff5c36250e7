"""What a coordinator with a spreadsheet would reach: an honest yardstick for a calculated plan.

Topic by topic, the most wanted first; for each the single date that suits most people, the nearest room, the biggest
groups first until the course is full; then the next course of the topic, until nobody can be brought together any
more. Every rule of the plan holds here as well. What is missing, as in life, is the look across topics and dates.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from poolplan import HYBRID, ONLINE, ONSITE, Membership, Need, Plan, Problem, Run, Template, Venue, breaches

NOWHERE = None


@dataclass(frozen=True)
class _Date:
    """One way to hold a course: when, in which form, and whom the date suits."""

    template: Template
    pattern: int
    start: int
    mode: int
    cells: tuple[tuple[int, int], ...]
    suits: tuple[Need, ...]

    @property
    def persons(self) -> int:
        return sum(need.persons for need in self.suits)


@dataclass
class _Diary:
    """Rooms and trainers that are taken, and the courses written down so far."""

    problem: Problem
    rooms: dict[tuple[object, int, int], int] = field(default_factory=dict)
    trainers: dict[tuple[object, int, int], int] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)

    def has_trainer(self, template: Template, cells: tuple[tuple[int, int], ...]) -> bool:
        pool = self.problem.trainer_pool(template.trainer_pool)
        taken = (self.trainers.get((pool.id, *cell), 0) for cell in cells)
        return all(one < pool.headcount for one in taken) and not any(week in pool.closed_weeks for week, _ in cells)

    def has_room(self, venue: Venue, cells: tuple[tuple[int, int], ...]) -> bool:
        taken = (self.rooms.get((venue.id, *cell), 0) for cell in cells)
        return all(one < venue.rooms for one in taken) and not any(week in venue.closed_weeks for week, _ in cells)

    def write(self, run: Run, cells: Iterable[tuple[int, int]]) -> None:
        self.runs.append(run)
        for cell in cells:
            pool = (self.problem.template(run.template).trainer_pool, *cell)
            self.trainers[pool] = self.trainers.get(pool, 0) + 1
            if run.venue is not NOWHERE:
                self.rooms[run.venue, *cell] = self.rooms.get((run.venue, *cell), 0) + 1


def by_hand(problem: Problem, pools: Sequence[Run] = ()) -> Plan:
    """The plan of the spreadsheet, with `pools` as they stand; other confirmed runs of the problem are not looked at.
    Deterministic. About O(topics * dates * needs of the topic)."""
    diary = _Diary(_with_only(problem, pools))
    for run in pools:
        diary.write(run, problem.patterns[run.pattern].cells(problem.template(run.template).days) or ())
    seated = {member.need for run in pools for member in run.members}
    waiting: dict[object, list[Need]] = {}
    for need in (one for one in problem.needs if one.id not in seated):
        waiting.setdefault(need.topic, []).append(need)
    for topic in sorted(waiting, key=lambda one: -sum(need.persons for need in waiting[one])):
        _one_topic(diary, topic, waiting[topic])
    return Plan(tuple(diary.runs))


def _with_only(problem: Problem, pools: Sequence[Run]) -> Problem:
    kept = {run.frozen for run in pools}
    return replace(problem, frozen_runs=tuple(one for one in problem.frozen_runs if one.id in kept))


def _one_topic(diary: _Diary, topic: object, needs: list[Need]) -> None:
    templates = [template for template in diary.problem.templates if topic in template.covers]
    left = list(needs)
    while left:
        dates = sorted(_dates(diary, templates, left), key=lambda date: (-date.persons, date.start))
        run = next(filter(None, (_held(diary, date) for date in dates)), None)
        if run is None:
            return
        seated = {member.need for member in run.members}
        left = [need for need in left if need.id not in seated]


def _dates(diary: _Diary, templates: list[Template], needs: list[Need]) -> Iterator[_Date]:
    for template in templates:
        modes = [mode for mode in (ONSITE, ONLINE, HYBRID) if template.modes & mode]
        for pattern, start, cells in _times(diary, template):
            for mode in modes:
                suits = tuple(need for need in needs if _suits(need, mode, cells))
                if sum(need.persons for need in suits) >= template.min_size:
                    yield _Date(template, pattern, start, mode, cells, suits)


def _times(diary: _Diary, template: Template) -> Iterator[tuple[int, int, tuple[tuple[int, int], ...]]]:
    problem = diary.problem
    for pattern in template.patterns:
        offsets = problem.patterns[pattern].cells(template.days)
        for start in range(problem.calendar.weeks if offsets else 0):
            cells = tuple((start + week, part) for week, part in offsets or ())
            inside = all(week < problem.calendar.weeks for week, _ in cells) and not template.closed_cells & {*cells}
            if inside and diary.has_trainer(template, cells):
                yield pattern, start, cells


def _suits(need: Need, mode: int, cells: tuple[tuple[int, int], ...]) -> bool:
    form = bool(need.formats) if mode == HYBRID else bool(need.formats & mode)
    return form and all(
        week <= need.latest_week and need.weeks >> week & 1 and need.days >> part & 1 for week, part in cells
    )


def _held(diary: _Diary, date: _Date) -> Run | None:
    """The course on this date in the nearest free room, or None if it cannot be filled."""
    for venue in _rooms(diary, date):
        members = _seated(diary.problem, date, venue)
        run = Run(date.template.id, date.pattern, date.start, date.mode, venue and venue.id, members)
        if members and not breaches(diary.problem, Plan((*diary.runs, run))):
            diary.write(run, date.cells)
            return run
    return None


NEAREST_ROOMS = 3


def _rooms(diary: _Diary, date: _Date) -> list[Venue | None]:
    if date.mode == ONLINE:
        return [None]
    allowed = date.template.venues
    free = [
        venue for venue in diary.problem.venues
        if (allowed is None or venue.id in allowed) and diary.has_room(venue, date.cells)
    ]  # fmt: skip
    return [*sorted(free, key=lambda venue: _all_ways(diary.problem, date, venue))[:NEAREST_ROOMS]]


def _all_ways(problem: Problem, date: _Date, venue: Venue) -> int:
    return sum(_minutes(problem, need, venue) * need.persons for need in date.suits)


def _minutes(problem: Problem, need: Need, venue: Venue) -> int:
    return problem.travel.between(problem.company(need.company).home, venue.place)[0]


def _seated(problem: Problem, date: _Date, venue: Venue | None) -> tuple[Membership, ...]:
    """The biggest groups first; whoever finds it too dear goes home, and the sum is made again."""
    ready = [need for need in date.suits if _comes(problem, need, date.mode, venue)]
    while True:
        chosen = _fill(problem, date.template, ready, venue)
        size = sum(need.persons for need in chosen)
        if size < date.template.min_size:
            return ()
        price = _price(date, venue, size)
        dear = {need.id for need in chosen if price > need.budget}
        if not dear:
            return tuple(Membership(need.id, need.persons) for need in chosen)
        ready = [need for need in ready if need.id not in dear]


def _comes(problem: Problem, need: Need, mode: int, venue: Venue | None) -> bool:
    at_home = mode == ONLINE or (mode == HYBRID and need.formats & (ONLINE | HYBRID))
    return venue is None or bool(at_home) or _minutes(problem, need, venue) <= need.max_travel


def _fill(problem: Problem, template: Template, ready: list[Need], venue: Venue | None) -> list[Need]:
    room = template.max_size if venue is None else min(template.max_size, venue.capacity)
    chosen: list[Need] = []
    for need in sorted(ready, key=lambda one: -one.persons):
        if need.persons <= room and not any(_apart(problem, need, other) for other in chosen):
            chosen.append(need)
            room -= need.persons
    return chosen


def _apart(problem: Problem, one: Need, other: Need) -> bool:
    first, second = problem.company(one.company), problem.company(other.company)
    return second.id in first.avoid or first.id in second.avoid


def _price(date: _Date, venue: Venue | None, size: int) -> Fraction:
    half_days = sum(1 if part % 2 else 2 for _, part in date.cells)
    rent = (venue.rent_per_day * half_days + 1) // 2 if venue else 0
    surcharge = {ONLINE: date.template.online_fixed, HYBRID: date.template.hybrid_fixed}.get(date.mode, 0)
    return Fraction(date.template.fixed + rent + surcharge, size) + date.template.per_person
