"""Single seats around what stands: a cheap bound for a slot, and people who join open runs."""

from __future__ import annotations

from collections.abc import Iterable

from poolplan.expand import Slot
from poolplan.group import best_group
from poolplan.state import OpenRun, State


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
