"""The ground the search stands on: a problem as flat arrays, positions instead of ids.

Everything here can be sent to another process as it is. Nothing later in the search looks at the
public values again, except to hand out the plan.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from poolplan.types import DAYPARTS, Id, Problem, Template

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
NO_VENUE = -1
NO_COMPONENT = -1


class Timing(NamedTuple):
    """When a run meets: its weeks, dayparts and cells (week * 12 + daypart), and what that means."""

    weeks: tuple[int, ...]
    dayparts: tuple[int, ...]
    cells: tuple[int, ...]
    half_days: int
    absence: int


class Offer(NamedTuple):
    """A template in positions; `venues` are those allowed."""

    days: int
    least: int
    most: int
    fixed: int
    each: int
    online_fixed: int
    hybrid_fixed: int
    modes: int
    patterns: tuple[int, ...]
    pool: int
    venues: Ints
    topics: tuple[int, ...]
    closed: frozenset[int]


class Ground:
    """Needs, offers, rooms, trainers and ways as arrays; components of linked topics; timings."""

    def __init__(self, problem: Problem) -> None:
        self.weeks = problem.calendar.weeks
        self.cells = self.weeks * DAYPARTS
        self.admin = problem.params.run_admin
        self.bonus = problem.params.company_unserved
        self._places(problem)
        self._needs(problem)
        self._venues(problem)
        self.offers = [self._offer(problem, template) for template in problem.templates]
        self.timings = self._all_timings(problem)
        self._components()

    @property
    def count(self) -> int:
        """Number of needs."""
        return len(self.persons)

    def nothing(self) -> int:
        """The objective of the empty plan."""
        return int((self.penalty * self.persons).sum()) + self.bonus * len(np.unique(self.firm))

    def _places(self, problem: Problem) -> None:
        travel, params = problem.travel, problem.params
        self._place = {place: i for i, place in enumerate(travel.places)}
        size = len(travel.places)
        self.minutes = np.array(travel.minutes, dtype=np.int64).reshape(size, size)
        km = np.array(travel.km, dtype=np.int64).reshape(size, size)
        self.way = (120 * km * params.km_cent + 200 * self.minutes * params.travel_hour) // 6000

    def _needs(self, problem: Problem) -> None:
        firms = {company.id: i for i, company in enumerate(problem.companies)}
        homes = [self._place[company.home] for company in problem.companies]
        self._topic: dict[Id, int] = {}
        rows = problem.needs
        self.firm = _ints(firms[n.company] for n in rows)
        self.home = _ints(homes[firms[n.company]] for n in rows)
        self.topic = _ints(self._topic.setdefault(n.topic, len(self._topic)) for n in rows)
        self.persons = _ints(n.persons for n in rows)
        self.penalty = _ints(n.penalty for n in rows)
        self.formats = _ints(n.formats for n in rows)
        self.max_travel = _ints(min(n.max_travel, 1 << 40) for n in rows)
        self.budget = _ints(min(n.budget, 1 << 40) for n in rows)
        self.max_parts = _ints(min(n.max_parts, n.persons) for n in rows)
        self.min_total = _ints(n.min_total for n in rows)
        self.min_part = _ints(max(n.min_part, n.min_total if n.max_parts == 1 else 1) for n in rows)
        self.good_weeks = _bits((n.weeks & ((2 << n.latest_week) - 1) for n in rows), self.weeks)
        self.good_days = _bits((n.days for n in rows), DAYPARTS)
        self.walls = _walls(problem, firms)
        self.firms = len(firms)

    def _venues(self, problem: Problem) -> None:
        rooms, pools = problem.venues, problem.trainer_pools
        self.venue_place = _ints(self._place[v.place] for v in rooms)
        self.capacity = _ints(v.capacity for v in rooms)
        self.rent = _ints(v.rent_per_day for v in rooms)
        self.rooms = _free([v.rooms for v in rooms], [v.closed_weeks for v in rooms], self.weeks)
        self.heads = _free([p.headcount for p in pools], [p.closed_weeks for p in pools], self.weeks)

    def _offer(self, problem: Problem, template: Template) -> Offer:
        pools = {pool.id: i for i, pool in enumerate(problem.trainer_pools)}
        allowed = [i for i, v in enumerate(problem.venues) if template.venues is None or v.id in template.venues]
        topics = tuple(sorted(self._topic[topic] for topic in template.covers if topic in self._topic))
        closed = frozenset(week * DAYPARTS + part for week, part in template.closed_cells)
        return Offer(
            template.days, template.min_size, template.max_size, template.fixed, template.per_person,
            template.online_fixed, template.hybrid_fixed, template.modes, template.patterns,
            pools[template.trainer_pool], _ints(allowed), topics, closed,
        )  # fmt: skip

    def _all_timings(self, problem: Problem) -> dict[tuple[int, int, int], Timing]:
        """(days, pattern, start week) -> timing, for every length of course on offer."""
        timings = {}
        for days in sorted({offer.days for offer in self.offers}):
            for p, pattern in enumerate(problem.patterns):
                offsets = pattern.cells(days)
                for start in range(self.weeks) if offsets else ():
                    if start + max(week for week, _ in offsets or ()) < self.weeks:
                        timings[days, p, start] = _timing(problem, start, offsets or ())
        return timings

    def _components(self) -> None:
        """Topics linked by a template hang together; `of_need`, `of_offer` say in which component."""
        above = list(range(len(self._topic)))

        def top(topic: int) -> int:
            while above[topic] != topic:
                topic = above[topic]
            return topic

        for offer in self.offers:
            for topic in offer.topics:
                above[top(topic)] = top(offer.topics[0])
        covered = {top(topic) for offer in self.offers for topic in offer.topics}
        number = {topic: i for i, topic in enumerate(sorted(covered))}
        self.of_need = _ints(number.get(top(int(topic)), NO_COMPONENT) for topic in self.topic)
        self.of_offer = [number[top(o.topics[0])] if o.topics else NO_COMPONENT for o in self.offers]
        self.components = len(number)

    def needs_of(self, component: int) -> Ints:
        """Needs of a component, in order."""
        return np.flatnonzero(self.of_need == component)

    def offers_of(self, component: int) -> list[int]:
        """Templates of a component, in order."""
        return [t for t, c in enumerate(self.of_offer) if c == component]

    def fixed_cost(self, offer: int, mode: int, venue: int, half_days: int) -> int:
        """Course, rent (half days count half, rounded up) and the surcharge of the format."""
        row = self.offers[offer]
        if venue == NO_VENUE:
            return row.fixed + row.online_fixed
        rent = (int(self.rent[venue]) * half_days + 1) // 2
        return row.fixed + rent + (row.hybrid_fixed if mode == 4 else 0)


def _timing(problem: Problem, start: int, offsets: tuple[tuple[int, int], ...]) -> Timing:
    params = problem.params
    cells = tuple((start + week) * DAYPARTS + part for week, part in offsets)
    absence = 0
    for _, part in offsets:
        if part % 2:
            absence += params.absence_offhours_day // 2
        else:
            absence += params.absence_day if part < 10 else params.absence_offhours_day
    return Timing(
        tuple(sorted({start + week for week, _ in offsets})),
        tuple(sorted({part for _, part in offsets})),
        cells,
        sum(1 if part % 2 else 2 for _, part in offsets),
        absence,
    )


def _ints(values: object) -> Ints:
    return np.array(list(values), dtype=np.int64)  # type: ignore[call-overload]  # any iterable of whole numbers


def _bits(masks: object, width: int) -> Bools:
    rows = [[mask >> bit & 1 for bit in range(width)] for mask in masks]  # type: ignore[attr-defined]
    return np.array(rows, dtype=bool).reshape(len(rows), width)


def _free(sizes: list[int], closed: list[frozenset[int]], weeks: int) -> Ints:
    """How many fit at once: things x cells; 0 in closed weeks."""
    free = np.repeat(np.array(sizes, dtype=np.int64)[:, None], weeks * DAYPARTS, axis=1)
    for i, gone in enumerate(closed):
        for week in gone:
            if 0 <= week < weeks:
                free[i, week * DAYPARTS : (week + 1) * DAYPARTS] = 0
    return free


def _walls(problem: Problem, firms: dict[Id, int]) -> dict[int, frozenset[int]]:
    walls: dict[int, set[int]] = defaultdict(set)
    for company in problem.companies:
        for other in company.avoid:
            one, two = firms[company.id], firms[other]
            if one != two:
                walls[one].add(two)
                walls[two].add(one)
    return {firm: frozenset(others) for firm, others in walls.items()}
