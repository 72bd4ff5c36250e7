"""Greedy construction by welfare: open the run that saves most, seat its people, repeat.

Best first over an implicit tree: a slot enters the queue with a cheap upper bound of what it could
save; only when it comes to the front is it split into venues, and only those at the front are
filled with people for real. Most of a million candidates are never looked at.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from itertools import count

from poolplan.expand import Candidate, Component, Slot
from poolplan.group import Group, best_group
from poolplan.state import OpenRun, State
from poolplan.types import ONLINE

Taste = Callable[[int], float]
Stop = Callable[[], bool]


def plain(gain: int) -> float:
    """The taste of the first construction: a euro is a euro."""
    return float(gain)


class Builder:
    """One greedy pass over some components. `taste` bends gains (for variety), never below 0."""

    def __init__(self, state: State, taste: Taste = plain, stop: Stop = lambda: False) -> None:
        self.state = state
        self.taste = taste
        self.stop = stop
        self.opened: list[OpenRun] = []
        self._queue: list[tuple[float, int, Slot | Candidate, Group | None, int]] = []
        self._serial = count()

    def build(self, components: Iterable[Component]) -> list[OpenRun]:
        """Open runs until nothing helps any more (or `stop` says so); returns them."""
        for component in components:
            for slot in component.slots():
                self._push_slot(slot)
        while self._queue and not self.stop():
            self._take(heapq.heappop(self._queue))
        return self.opened

    def _take(self, entry: tuple[float, int, Slot | Candidate, Group | None, int]) -> None:
        _, _, thing, group, version = entry
        if isinstance(thing, Slot):
            self._split(thing)
        elif not self.state.fits(thing):
            return
        elif group is not None and version == self.state.version[thing.slot.component]:
            self._open(thing, group)
        else:
            self._evaluate(thing)

    def _open(self, candidate: Candidate, group: Group) -> None:
        run = OpenRun(candidate)
        self.state.open(run, group.members)
        self.opened.append(run)
        self._evaluate(candidate)

    def _split(self, slot: Slot) -> None:
        state = self.state
        if state.full_pool[state.market.pool_of[slot.template]] & slot.timing.cells:
            return
        for candidate in state.market.candidates(slot):
            who = state.market.components[slot.component].who_at(slot, candidate.venue)
            bound = seat_bound(state, slot, who, (candidate.fixed, candidate.capacity))
            if bound > 0 and state.fits(candidate):
                self._push(self.taste(bound), candidate, None)

    def _evaluate(self, candidate: Candidate) -> None:
        if not self.state.fits(candidate):
            return
        group = best_group(self.state, candidate)
        if group is not None:
            self._push(self.taste(group.gain), candidate, group)

    def _push_slot(self, slot: Slot) -> None:
        template = self.state.market.problem.templates[slot.template]
        fixed = template.fixed + (template.online_fixed if slot.mode == ONLINE else 0)
        bound = seat_bound(self.state, slot, slot.who, (fixed, template.max_size))
        if bound > 0:
            self._push(self.taste(bound), slot, None)

    def _push(self, key: float, thing: Slot | Candidate, group: Group | None) -> None:
        component = thing.component if isinstance(thing, Slot) else thing.slot.component
        version = self.state.version[component]
        heapq.heappush(self._queue, (-key, next(self._serial), thing, group, version))


def seat_bound(state: State, slot: Slot, who: int, offer: tuple[int, int]) -> int:
    """No group of these needs can save more than this in the slot; 0 if no run can come about.

    The dearest persons fill the seats as if nobody had to travel; `offer` is (fixed cost, seats).
    """
    component = state.market.components[slot.component]
    template = state.market.problem.templates[slot.template]
    who &= state.alive[slot.component]
    fixed, seats = offer
    each, total, bonus = template.per_person + slot.timing.absence, 0, state.params.company_unserved
    taken = 0
    while who and taken < seats:
        low = who & -who
        who ^= low
        need = component.needs[low.bit_length() - 1]
        persons = min(state.left[need], seats - taken)
        taken += persons
        gain = persons * (state.market.needs[need].penalty - each)
        gain += 0 if state.firm_served[state.market.firm[need]] else bonus
        total += max(gain, 0)
    enough = taken >= template.min_size
    return max(0, total - fixed - state.params.run_admin) if enough else 0


def grow(state: State, runs: Iterable[OpenRun]) -> list[tuple[OpenRun, int, int]]:
    """Seat left-over people in open runs while that helps; returns (run, need, persons) seated."""
    seated = []
    for run in runs:
        group = best_group(state, run.candidate, run)
        for need, persons in group.members if group else ():
            state.seat(run, need, persons)
            seated.append((run, need, persons))
    return seated
