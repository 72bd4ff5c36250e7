"""The plan under construction: who sits where, and what is still free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from poolplan.expand import NO_VENUE, Candidate, Market
from poolplan.plan import Run
from poolplan.types import FrozenRun, Membership


class Backdrop(NamedTuple):
    """What stands behind a state and never moves: rooms and trainers in use, firms with seats elsewhere."""

    use: tuple[dict[tuple[int, int], int], ...]
    full_pool: list[int]
    full_room: list[int]
    firm_served: list[int]


class OpenRun:
    """A run being built: its candidate, persons per need, and the confirmed run behind it, if any."""

    __slots__ = ("candidate", "frozen", "members", "size")

    def __init__(self, candidate: Candidate, frozen: FrozenRun | None = None) -> None:
        self.candidate = candidate
        self.frozen = frozen
        self.members: dict[int, int] = {}
        self.size = 0


class State:
    """All open runs and what they leave free. Positions everywhere, as in `Market`.

    `behind`: the backdrop of a state whose market has the same rooms and trainers, and the same firms first."""

    def __init__(self, market: Market, behind: Backdrop | None = None) -> None:
        self.market = market
        self.params = market.problem.params
        self.left = [need.persons for need in market.needs]
        self.parts = [0] * len(market.needs)
        self.firm_served = [0] * len(market.problem.companies)
        self.alive = [(1 << len(c.needs)) - 1 for c in market.components]
        self.bit = {n: 1 << i for c in market.components for i, n in enumerate(c.needs)}
        self.runs: dict[OpenRun, None] = {}
        self._use: tuple[dict[tuple[int, int], int], ...] = (defaultdict(int), defaultdict(int))
        self.full_pool = [_all_cells(p.headcount < 1) for p in market.problem.trainer_pools]
        self.full_room = [_all_cells(v.rooms < 1) for v in market.problem.venues]
        if behind is not None:
            self._stand_before(behind)
        for n in range(len(market.needs)):
            self._refresh(n)

    def backdrop(self) -> Backdrop:
        """What is taken now, to stand behind other states."""
        return Backdrop(self._use, self.full_pool, self.full_room, self.firm_served)

    def _stand_before(self, behind: Backdrop) -> None:
        self._use = tuple(defaultdict(int, use) for use in behind.use)
        self.full_pool, self.full_room = list(behind.full_pool), list(behind.full_room)
        self.firm_served[: len(behind.firm_served)] = behind.firm_served

    def served(self, need: int) -> int:
        """Persons of the need seated so far."""
        return self.market.needs[need].persons - self.left[need]

    def fits(self, candidate: Candidate) -> bool:
        """Whether trainer and room are free at all its times."""
        cells = candidate.slot.timing.cells
        if self.full_pool[self.market.pool_of[candidate.slot.template]] & cells:
            return False
        return candidate.venue == NO_VENUE or not self.full_room[candidate.venue] & cells

    def value(self, need: int, candidate: Candidate) -> int:
        """What seating one person of the need saves: penalty minus everything the seat costs."""
        way = self.market.way_cost(need, candidate.slot, candidate.venue)
        return self.market.needs[need].penalty - candidate.each - way

    def open(self, run: OpenRun, members: Iterable[tuple[int, int]]) -> None:
        """Open the run with these (need, persons)."""
        self.runs[run] = None
        self._occupy(run.candidate)
        for need, persons in members:
            self.seat(run, need, persons)

    def block(self, candidate: Candidate) -> None:
        """Take the trainer and the room of a run that is not part of this market."""
        self._occupy(candidate)

    def count_firm_as_served(self, firm: int) -> None:
        """A firm that got seats outside this market gets the bonus no second time."""
        self.firm_served[firm] += 1

    def seat(self, run: OpenRun, need: int, persons: int) -> None:
        """Seat so many persons of the need in the run."""
        self.parts[need] += need not in run.members
        run.members[need] = run.members.get(need, 0) + persons
        run.size += persons
        self.left[need] -= persons
        self.firm_served[self.market.firm[need]] += persons
        self._refresh(need)

    def _refresh(self, need: int) -> None:
        component = self.market.component_of[need]
        if component == NO_VENUE:
            return
        row, left = self.market.needs[need], self.left[need]
        room_for_part = self.parts[need] < row.max_parts and left >= least_part(self, need) > 0
        if room_for_part:
            self.alive[component] |= self.bit[need]
        else:
            self.alive[component] &= ~self.bit[need]

    def _occupy(self, candidate: Candidate) -> None:
        problem, cells = self.market.problem, candidate.slot.timing.cells
        pool = self.market.pool_of[candidate.slot.template]
        heads = problem.trainer_pools[pool].headcount
        self.full_pool[pool] |= self._booked_up(0, pool, heads, cells)
        if candidate.venue != NO_VENUE:
            rooms = problem.venues[candidate.venue].rooms
            self.full_room[candidate.venue] |= self._booked_up(1, candidate.venue, rooms, cells)

    def _booked_up(self, kind: int, thing: int, most: int, cells: int) -> int:
        """Book the cells; returns those in which nothing is left."""
        use, full = self._use[kind], 0
        while cells:
            low = cells & -cells
            cells ^= low
            key = (thing, low.bit_length())
            use[key] += 1
            full |= low if use[key] >= most else 0
        return full

    def plan_runs(self) -> tuple[Run, ...]:
        """The open runs as public values, confirmed ones first, in a fixed order."""
        order = sorted(self.runs, key=lambda run: (run.frozen is None, self._order(run)))
        return tuple(self.public(run) for run in order)

    def _order(self, run: OpenRun) -> tuple[int, ...]:
        slot = run.candidate.slot
        return (slot.template, slot.start, slot.pattern, slot.mode, run.candidate.venue, *sorted(run.members))

    def public(self, run: OpenRun) -> Run:
        """The run as a public value."""
        problem, slot = self.market.problem, run.candidate.slot
        venue = None if run.candidate.venue == NO_VENUE else problem.venues[run.candidate.venue].id
        members = tuple(Membership(problem.needs[need].id, persons) for need, persons in sorted(run.members.items()))
        template = problem.templates[slot.template].id
        frozen = None if run.frozen is None else run.frozen.id
        return Run(template, slot.pattern, slot.start, slot.mode, venue, members, frozen)


def least_part(state: State, need: int) -> int:
    """The fewest persons of the need a further run may take."""
    row = state.market.needs[need]
    return max(row.min_part, row.min_total - state.served(need))


def _all_cells(closed: bool) -> int:
    return -1 if closed else 0
