"""From a problem to candidate runs: the only place of the search that knows weeks, rooms, ways, formats.

A candidate is template x pattern x start week x format x venue. There may be a million of them, so
nothing is spelled out: per component of topics (topics linked by a common template) every question
"who could come?" is one bit mask over the needs, and a slot (all but the venue) is turned into
venues only when the search asks for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from poolplan.types import DAYPARTS, HYBRID, ONLINE, ONSITE, Id, Need, Problem, Template

NEVER = 1 << 60
MODES = (ONSITE, ONLINE, HYBRID)
NO_VENUE = -1


class Timing(NamedTuple):
    """When a run meets: masks of weeks, dayparts and cells (bit week*12+daypart), and its length."""

    weeks: int
    days: int
    cells: int
    sessions: int
    half_days: int
    absence: int


class Slot(NamedTuple):
    """A template at a time in a format; `who` marks the needs of the component that could come."""

    component: int
    template: int
    pattern: int
    start: int
    mode: int
    timing: Timing
    who: int


class Candidate(NamedTuple):
    """A slot in a venue: fixed cost, room for how many, euros per person without the way."""

    slot: Slot
    venue: int
    fixed: int
    capacity: int
    each: int


class Component:
    """Needs (dearest first) and templates of linked topics, with who-can masks over the needs."""

    def __init__(self, number: int, market: Market, needs: list[int], templates: list[int]) -> None:
        self.number = number
        self.market = market
        rows = market.needs
        self.needs = sorted(needs, key=lambda n: (-rows[n].penalty, n))
        self.templates = templates
        self.weeks = self._masks(lambda need: need.weeks & ((2 << need.latest_week) - 1))
        self.days = self._masks(lambda need: need.days)
        formats = self._masks(lambda need: need.formats)
        self.onsite, self.online = formats[0], formats[1]
        self.remote = formats[1] | formats[2]
        self._covered = self._by_topic()
        self._reach: dict[Id, int] = {}
        self._slots: list[Slot] | None = None

    def slots(self) -> list[Slot]:
        """All slots somebody could come to; worked out once."""
        if self._slots is None:
            self._slots = list(self._find_slots())
        return self._slots

    def reach(self, place: Id) -> int:
        """Who gets to the place within the accepted travel time."""
        if place not in self._reach:
            market = self.market
            near = [i for i, n in enumerate(self.needs) if market.near(n, place)]
            self._reach[place] = sum(1 << i for i in near)
        return self._reach[place]

    def who(self, template: Template, timing: Timing, mode: int) -> int:
        """Who could come to this course at this time in this format, wherever the room is."""
        who = self._covering(template)
        for week in _bits(timing.weeks):
            who &= self.weeks.get(week, 0)
        for day in _bits(timing.days):
            who &= self.days.get(day, 0)
        if mode == ONSITE:
            return who & self.onsite
        return who & (self.online if mode == ONLINE else self.remote | self.onsite)

    def who_at(self, slot: Slot, venue: int) -> int:
        """Who could come to the slot if it is held in this venue (online: NO_VENUE)."""
        if slot.mode == ONLINE:
            return slot.who
        reach = self.reach(self.market.problem.venues[venue].place)
        return slot.who & (reach | self.remote if slot.mode == HYBRID else reach)

    def _masks(self, bits_of: Callable[[Need], int]) -> dict[int, int]:
        masks: dict[int, int] = defaultdict(int)
        for i, n in enumerate(self.needs):
            for bit in _bits(bits_of(self.market.needs[n])):
                masks[bit] |= 1 << i
        return masks

    def _by_topic(self) -> dict[Id, int]:
        topics: dict[Id, int] = defaultdict(int)
        for i, n in enumerate(self.needs):
            topics[self.market.needs[n].topic] |= 1 << i
        return topics

    def _covering(self, template: Template) -> int:
        who = 0
        for topic in template.covers:
            who |= self._covered.get(topic, 0)
        return who

    def _find_slots(self) -> Iterator[Slot]:
        same: dict[int, int] = {}
        for t in self.templates:
            template = self.market.problem.templates[t]
            closed = self.market.pool_closed[self.market.pool_of[t]]
            for week, part in template.closed_cells:
                closed |= 1 << week * DAYPARTS + part
            for pattern, start, timing in self.market.timings(template):
                if timing.cells & closed:
                    continue
                for mode in MODES:
                    who = self.who(template, timing, mode) if template.modes & mode else 0
                    if who:
                        who = same.setdefault(who, who)
                        yield Slot(self.number, t, pattern, start, mode, timing, who)


class Market:
    """A problem made ready for searching: positions instead of ids, components, closed cells.

    `like`: the market of a problem that differs in needs and companies only; what it has worked out is shared."""

    def __init__(self, problem: Problem, like: Market | None = None) -> None:
        self.problem = problem
        self.needs: tuple[Need, ...] = problem.needs
        self.pool_at = {pool.id: i for i, pool in enumerate(problem.trainer_pools)}
        self.pool_of = [self.pool_at[t.trainer_pool] for t in problem.templates]
        self.venue_at = {venue.id: i for i, venue in enumerate(problem.venues)}
        self.need_at = {need.id: i for i, need in enumerate(problem.needs)}
        self.template_at = {t.id: i for i, t in enumerate(problem.templates)}
        self.company_at = {company.id: i for i, company in enumerate(problem.companies)}
        self.firm = [self.company_at[need.company] for need in problem.needs]
        self.home = [problem.company(need.company).home for need in problem.needs]
        self.pool_closed = [_closed(pool.closed_weeks) for pool in problem.trainer_pools]
        self.venue_closed = [_closed(venue.closed_weeks) for venue in problem.venues]
        same_firms = like is not None and like.problem.companies is problem.companies
        self.avoid: list[frozenset[int]] = like.avoid if like and same_firms else self._walls()
        self._timings: dict[tuple[int, int, int], Timing | None] = like._timings if like else {}
        self._ways: dict[tuple[Id, Id], int] = like._ways if like else {}
        self._linked: dict[Id, Id] = like._linked if like else _linked([list(t.covers) for t in problem.templates])
        self.component_of: list[int] = [NO_VENUE] * len(problem.needs)
        self.component_of_template: list[int] = [NO_VENUE] * len(problem.templates)
        self.components = self._components()

    def timing(self, days: int, pattern: int, start: int) -> Timing | None:
        """When a course of so many days meets, or None if pattern or horizon cannot hold it."""
        key = (days, pattern, start)
        if key not in self._timings:
            self._timings[key] = self._work_out_timing(days, pattern, start)
        return self._timings[key]

    def timings(self, template: Template) -> Iterator[tuple[int, int, Timing]]:
        """(pattern, start week, timing) of everything the template can be held at."""
        for pattern in template.patterns:
            for start in range(self.problem.calendar.weeks):
                timing = self.timing(template.days, pattern, start)
                if timing is not None:
                    yield pattern, start, timing

    def near(self, need: int, place: Id) -> bool:
        """Whether the way from the need's home to the place is short enough."""
        minutes, _ = self.problem.travel.between(self.home[need], place)
        return minutes <= self.needs[need].max_travel

    def way_cost(self, need: int, slot: Slot, venue: int) -> int:
        """Euros one person of the need spends on the way for the whole course."""
        if slot.mode == ONLINE or (slot.mode == HYBRID and self.needs[need].formats & (ONLINE | HYBRID)):
            return 0
        key = (self.home[need], self.problem.venues[venue].place)
        if key not in self._ways:
            self._ways[key] = self._way(*key)
        return self._ways[key] * slot.timing.sessions

    def candidates(self, slot: Slot) -> Iterator[Candidate]:
        """The slot in every venue that is allowed and not closed then (online: once)."""
        template = self.problem.templates[slot.template]
        each = template.per_person + slot.timing.absence
        if slot.mode == ONLINE:
            fixed = template.fixed + template.online_fixed
            yield Candidate(slot, NO_VENUE, fixed, template.max_size, each)
            return
        for venue in range(len(self.problem.venues)):
            allowed = template.venues is None or self.problem.venues[venue].id in template.venues
            if allowed and not self.venue_closed[venue] & slot.timing.cells:
                yield self.candidate(slot, venue)

    def candidate(self, slot: Slot, venue: int) -> Candidate:
        """The slot in this venue, priced."""
        template = self.problem.templates[slot.template]
        each = template.per_person + slot.timing.absence
        if venue == NO_VENUE:
            fixed = template.fixed + template.online_fixed
            return Candidate(slot, NO_VENUE, fixed, template.max_size, each)
        room = self.problem.venues[venue]
        fixed = template.fixed + (room.rent_per_day * slot.timing.half_days + 1) // 2
        fixed += template.hybrid_fixed if slot.mode == HYBRID else 0
        return Candidate(slot, venue, fixed, min(template.max_size, room.capacity), each)

    def least_size(self, need: int, candidate: Candidate) -> int:
        """From which group size on the price per seat is within the need's budget (or NEVER)."""
        if not candidate.fixed:
            return 1 if self._left(need, candidate) >= 0 else NEVER
        left = self._left(need, candidate)
        return -(-candidate.fixed // left) if left > 0 else NEVER

    def _left(self, need: int, candidate: Candidate) -> int:
        return self.needs[need].budget - self.problem.templates[candidate.slot.template].per_person

    def _way(self, start: Id, end: Id) -> int:
        minutes, km = self.problem.travel.between(start, end)
        params = self.problem.params
        return (120 * km * params.km_cent + 200 * minutes * params.travel_hour) // 6000

    def _work_out_timing(self, days: int, pattern: int, start: int) -> Timing | None:
        offsets = self.problem.patterns[pattern].cells(days)
        if not offsets or start + max(week for week, _ in offsets) >= self.problem.calendar.weeks:
            return None
        weeks = dayparts = cells = half_days = absence = 0
        for week, daypart in offsets:
            weeks |= 1 << start + week
            dayparts |= 1 << daypart
            cells |= 1 << (start + week) * DAYPARTS + daypart
            half_days += 1 if daypart % 2 else 2
            absence += self._absence(daypart)
        return Timing(weeks, dayparts, cells, len(offsets), half_days, absence)

    def _absence(self, daypart: int) -> int:
        params = self.problem.params
        if daypart % 2:
            return params.absence_offhours_day // 2
        return params.absence_day if daypart < 10 else params.absence_offhours_day

    def _walls(self) -> list[frozenset[int]]:
        walls: list[set[int]] = [set() for _ in self.problem.companies]
        for i, company in enumerate(self.problem.companies):
            for other in company.avoid:
                j = self.company_at[other]
                walls[i].add(j)
                walls[j].add(i)
        return [frozenset(wall - {i}) for i, wall in enumerate(walls)]

    def _components(self) -> list[Component]:
        group = self._linked
        needs: dict[Id, list[int]] = defaultdict(list)
        templates: dict[Id, list[int]] = defaultdict(list)
        for n, need in enumerate(self.needs):
            if need.topic in group:
                needs[group[need.topic]].append(n)
        for t, template in enumerate(self.problem.templates):
            for topic in list(template.covers)[:1]:
                templates[group[topic]].append(t)
        keys = sorted(needs, key=lambda key: needs[key][0])
        components = [Component(i, self, needs[key], templates[key]) for i, key in enumerate(keys)]
        for component in components:
            for n in component.needs:
                self.component_of[n] = component.number
            for t in component.templates:
                self.component_of_template[t] = component.number
        return components


def _closed(weeks: frozenset[int]) -> int:
    whole_week = (1 << DAYPARTS) - 1
    return sum(whole_week << week * DAYPARTS for week in weeks if week >= 0)


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _linked(groups: list[list[Id]]) -> dict[Id, Id]:
    """Union-find: topic -> representative of its component."""
    above: dict[Id, Id] = {}

    def top(topic: Id) -> Id:
        above.setdefault(topic, topic)
        while above[topic] != topic:
            topic = above[topic]
        return topic

    for group in groups:
        for topic in group:
            above[top(topic)] = top(group[0])
    return {topic: top(topic) for topic in list(above)}
