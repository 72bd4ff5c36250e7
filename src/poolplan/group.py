"""Who should sit in a run? A greedy knapsack with walls, whole groups and price ceilings."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from poolplan.expand import NO_VENUE, Candidate
from poolplan.state import OpenRun, State, least_part


class Group(NamedTuple):
    """Members to seat and the welfare they bring (after the run's fixed cost, if it is new)."""

    gain: int
    members: tuple[tuple[int, int], ...]


class Wish(NamedTuple):
    """`only`: who may join, with at most how many persons; `first`: who is to be seated before all."""

    only: Mapping[int, int] | None = None
    first: int | None = None


class _Item(NamedTuple):
    rank: float
    need: int
    least: int
    most: int
    from_size: int
    value: int
    bonus: int
    firm: int


class _Pick:
    """Seats taken so far: members, size, firms inside, firms kept out."""

    def __init__(self, state: State, run: OpenRun | None) -> None:
        self.state = state
        self.size = run.size if run else 0
        self.members: list[tuple[int, int]] = []
        self.gain = 0
        self.from_size = 0
        self.inside: set[int] = set()
        self.outside: set[int] = set()
        for need in run.members if run else ():
            self._admit(state.market.firm[need])

    def _admit(self, firm: int) -> None:
        if firm not in self.inside:
            self.inside.add(firm)
            self.outside |= self.state.market.avoid[firm]

    def worth(self, item: _Item, persons: int) -> int:
        return persons * item.value + (0 if item.firm in self.inside else item.bonus)

    def take(self, item: _Item, persons: int) -> None:
        self.gain += self.worth(item, persons)
        self.members.append((item.need, persons))
        self.size += persons
        self.from_size = max(self.from_size, item.from_size)
        self._admit(item.firm)


def best_group(
    state: State,
    candidate: Candidate,
    run: OpenRun | None = None,
    wish: Wish | None = None,
) -> Group | None:
    """`fill_group` where it helps: the welfare rises, or an open run needs the people to exist."""
    group = fill_group(state, candidate, run, wish)
    must = run is not None and run.size < least_size(state, candidate, run)
    return group if group and (must or group.gain > 0) else None


def fill_group(
    state: State,
    candidate: Candidate,
    run: OpenRun | None = None,
    wish: Wish | None = None,
) -> Group | None:
    """The best members found for a new run, or for more people in an open one; None if it cannot be.

    Most valuable persons first. Who could only pay the price of a bigger group than comes together
    is left out and the seats are filled again, until everybody inside can pay. `wish` narrows who
    may join. O(e log e + rounds * e) for e eligible needs.
    """
    if candidate.slot.component == NO_VENUE:
        return None
    items = sorted(_items(state, candidate, run, wish or Wish()))
    least = least_size(state, candidate, run)
    cost = 0 if run else candidate.fixed + state.params.run_admin
    ceiling = candidate.capacity
    while items and ceiling >= least:
        pick = _Pick(state, run)
        _fill(pick, items, (candidate.capacity, ceiling, least))
        if pick.size < least or not pick.members:
            return None
        if pick.from_size <= pick.size:
            return Group(pick.gain - cost, tuple(pick.members))
        ceiling = min(ceiling - 1, pick.size)
    return None


def gathered(state: State, candidate: Candidate, wish: Wish) -> int:
    """How many left-over persons can really sit together in a new run and pay, minimum size aside."""
    items = sorted(_items(state, candidate, None, wish))
    ceiling = candidate.capacity
    while items and ceiling > 0:
        pick = _Pick(state, None)
        _fill(pick, items, (candidate.capacity, ceiling, candidate.capacity))
        if pick.from_size <= pick.size:
            return pick.size
        ceiling = min(ceiling - 1, pick.size)
    return 0


def least_size(state: State, candidate: Candidate, run: OpenRun | None) -> int:
    """The size the course needs, and the people already inside need to be able to pay."""
    least = state.market.problem.templates[candidate.slot.template].min_size
    inside = run.members if run else ()
    return max([least, *(state.market.least_size(need, candidate) for need in inside)])


def _items(state: State, candidate: Candidate, run: OpenRun | None, wish: Wish) -> Iterator[_Item]:
    inside: Mapping[int, int] = run.members if run else {}
    seats = candidate.capacity - (run.size if run else 0)
    for need in _eligible(state, candidate, inside):
        most = min(state.left[need], seats)
        most = most if wish.only is None else min(most, wish.only.get(need, 0))
        least = 1 if need in inside else least_part(state, need)
        from_size = state.market.least_size(need, candidate)
        if least <= most and from_size <= candidate.capacity:
            item = _item(state, candidate, need, (least, most, from_size))
            yield item._replace(rank=-math.inf) if need == wish.first else item


def _item(state: State, candidate: Candidate, need: int, sizes: tuple[int, int, int]) -> _Item:
    least, most, from_size = sizes
    firm, value = state.market.firm[need], state.value(need, candidate)
    bonus = 0 if state.firm_served[firm] else state.params.company_unserved
    return _Item(-value - bonus / most, need, least, most, from_size, value, bonus, firm)


def _eligible(state: State, candidate: Candidate, inside: Mapping[int, int]) -> Iterator[int]:
    """Needs that could come and still want seats; those already inside may take more."""
    slot = candidate.slot
    component = state.market.components[slot.component]
    alive = state.alive[slot.component]
    for need in inside:
        if state.left[need] > 0 and state.market.component_of[need] == slot.component:
            alive |= state.bit[need]
    who = component.who_at(slot, candidate.venue) & alive
    while who:
        low = who & -who
        who ^= low
        yield component.needs[low.bit_length() - 1]


def _fill(pick: _Pick, items: list[_Item], limits: tuple[int, int, int]) -> None:
    capacity, ceiling, least = limits
    reserve = []
    for item in items:
        if item.from_size > ceiling or item.firm in pick.outside:
            continue
        persons = min(item.most, capacity - pick.size)
        if persons < item.least:
            continue
        if item.rank == -math.inf or pick.worth(item, persons) > 0:
            pick.take(item, persons)
        else:
            reserve.append(item)
    _fill_up(pick, reserve, capacity, least)


def _fill_up(pick: _Pick, reserve: list[_Item], capacity: int, least: int) -> None:
    """Below the minimum size even people who cost more than they save may carry the run."""
    for item in reserve:
        if pick.size >= least:
            return
        wanted = max(item.least, least - pick.size)
        persons = min(item.most, wanted)
        if item.firm not in pick.outside and item.least <= persons <= capacity - pick.size:
            pick.take(item, persons)
