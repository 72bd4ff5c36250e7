"""Columns: a candidate run with the group that sits in it; and the search for profitable ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from poolplan.solver.field import LOST, Batch, Field, Where
from poolplan.solver.ground import NO_VENUE, Ground
from poolplan.solver.pricing import Groups, Prices, Sorted, Worth, exact, quick, tiered, worth_of

DEPTH = 6
CHUNK = 128
Members = Callable[[], list[tuple[int, int]]]


class Column(NamedTuple):
    """A run with its people: (need, persons) in positions of the ground; `gain` without firms' bonus."""

    where: Where
    members: tuple[tuple[int, int], ...]
    gain: int
    cells: tuple[int, ...]


class Found(NamedTuple):
    """What pricing a field brought: columns with their reduced value; by how much every need's price
    per person would have to rise until no run at all is worth more than its prices."""

    columns: list[tuple[float, Column]]
    over: np.ndarray


class Waiting(NamedTuple):
    """Rows of a batch whose quick bound does not settle them yet; `bound` is refined in place."""

    batch: Batch
    people: Sorted
    cost: np.ndarray
    bound: np.ndarray


class Haste(NamedTuple):
    """How many columns are wanted at most, above which value, and whether to prove there are no more."""

    most: int
    above: float
    prove: bool


def column_of(ground: Ground, field: Field, spot: np.ndarray, members: list[tuple[int, int]]) -> Column:
    """The column with its exact gain, worked out from the ground once more."""
    needs, where = field.demand.needs, field.where(spot)
    timing = field.component.timings[int(spot[1])]
    who = tuple(sorted((int(needs[n]), k) for n, k in members))
    gain = gain_of(ground, where, who)
    return Column(where, who, gain, timing.cells)


def gain_of(ground: Ground, where: Where, members: tuple[tuple[int, int], ...]) -> int:
    """Penalties saved less all costs of the run, whole euros."""
    offer = ground.offers[where.offer]
    timing = ground.timings[offer.days, where.pattern, where.start]
    gain = -ground.fixed_cost(where.offer, where.mode, where.venue, timing.half_days) - ground.admin
    for need, persons in members:
        gain += persons * saved(ground, where, need)
    return gain


def saved(ground: Ground, where: Where, need: int) -> int:
    """Euros saved by seating one person of the need in the run (fixed cost aside)."""
    offer = ground.offers[where.offer]
    timing = ground.timings[offer.days, where.pattern, where.start]
    own = offer.each + timing.absence
    travels = where.venue != NO_VENUE and not (where.mode == 4 and ground.formats[need] & 6)
    if travels:
        own += int(ground.way[ground.home[need], ground.venue_place[where.venue]]) * len(timing.cells)
    return int(ground.penalty[need]) - own


def _raise(over: np.ndarray, batch: Batch, bound: np.ndarray) -> None:
    """A run worth `bound` too much has at least `least` persons: each pays its share of it."""
    rows = np.flatnonzero(bound > 0)
    if len(rows):
        share = np.repeat((bound[rows] / batch.least[rows]).astype(np.float32), batch.piece.shape[1])
        np.maximum.at(over, batch.piece[rows].ravel(), share)


class Pricer:
    """Prices one field again and again; remembers nothing but the field."""

    def __init__(self, ground: Ground, field: Field) -> None:
        self.ground = ground
        self.field = field
        here = frozenset(field.demand.firm[field.needs].tolist())
        self._walls = [ground.walls.get(int(firm), frozenset()) & here for firm in field.demand.firm]
        self._walled = any(self._walls)
        self._pools = np.array([offer.pool for offer in ground.offers])

    def price(self, prices: Prices, haste: Haste) -> Found:
        """Columns worth more than `haste.above` at these prices, best first, one per date and format."""
        worth = worth_of(self.field.demand, prices)
        waiting: list[Waiting] = []
        over = np.zeros(len(self.field.demand.piece) + 1, np.float32)
        rents = self.rents(prices)
        for batch in self.field.batches:
            cost = self.rent(batch, rents)
            bound, people = quick(batch, worth, cost, haste.above)
            if len(people.rows):
                bound[people.rows] = tiered(people, batch, cost)
                keep = bound[people.rows] > haste.above
                waiting.append(Waiting(batch, Sorted(*(x[keep] for x in people)), cost, bound))
            else:
                _raise(over, batch, bound)
        columns = self._dig(waiting, worth, haste)
        for one in waiting:
            _raise(over, one.batch, one.bound)
        return Found(columns, self._by_need(over[:-1]))

    def _by_need(self, over: np.ndarray) -> np.ndarray:
        raised = np.zeros(len(self.field.demand))
        np.maximum.at(raised, self.field.demand.piece, over)
        return raised

    def rents(self, prices: Prices) -> tuple[np.ndarray, np.ndarray] | None:
        """Price of every date's cells: dates x trainer pools, dates x rooms; None if all are free."""
        if not prices.heads.any() and not prices.rooms.any():
            return None
        component = self.field.component
        dates = np.arange(len(component.keys))
        return component.meets(dates, prices.heads), component.meets(dates, prices.rooms)

    def rent(self, batch: Batch, rents: tuple[np.ndarray, np.ndarray] | None) -> np.ndarray:
        """What the cells of rooms and trainers cost on top, per row."""
        if rents is None:
            return batch.cost
        heads, rooms = rents
        date, venue = batch.spot[:, 1], batch.spot[:, 3]
        rent = heads[date, self._pools[batch.spot[:, 0]]]
        if rooms.shape[1]:
            rent = rent + np.where(venue >= 0, rooms[date, venue], 0)
        return batch.cost + rent

    def dig(self, waiting: list[Waiting], worth: Worth, most: int, above: float) -> list[Column]:
        """Columns from rows that wait, the most valuable first, one per date and format."""
        return [column for _, column in self._dig(waiting, worth, Haste(most, above, False))]

    def _dig(self, waiting: list[Waiting], worth: Worth, haste: Haste) -> list[tuple[float, Column]]:
        """Exact values of the most promising rows until enough columns are found (or all, to prove)."""
        todo = [
            (-float(one.bound[row]), b, i) for b, one in enumerate(waiting) for i, row in enumerate(one.people.rows)
        ]
        todo.sort()
        found: list[tuple[float, np.ndarray, Members]] = []
        dates: set[tuple[int, ...]] = set()
        at = 0
        while at < len(todo) and (haste.prove or len(found) < haste.most):
            if found and not haste.prove and at > 8 * haste.most:
                break
            at, rows = self._fresh(todo, at, waiting, () if haste.prove else dates)
            for value, batch, row, members in self._exactly(rows, waiting, worth, haste.above):
                spot = batch.spot[row]
                date = (int(spot[0]), int(spot[1]), int(spot[2]))
                if value > haste.above and (haste.prove or date not in dates):
                    dates.add(date)
                    found.append((value, spot, members))
        found.sort(key=lambda entry: -entry[0])
        return [(v, column_of(self.ground, self.field, spot, who())) for v, spot, who in found[: haste.most]]

    def _fresh(
        self, todo: list[tuple[float, int, int]], at: int, waiting: list[Waiting], dates: Collection[tuple[int, ...]]
    ) -> tuple[int, list[tuple[int, int]]]:
        """The next rows to look at; dates that already brought a column wait for another round."""
        rows: list[tuple[int, int]] = []
        while at < len(todo) and len(rows) < CHUNK:
            _, b, i = todo[at]
            at += 1
            offer, date, mode, _ = waiting[b].batch.spot[waiting[b].people.rows[i]]
            if (offer, date, mode) not in dates:
                rows.append((b, i))
        return at, rows

    def _exactly(
        self, rows: list[tuple[int, int]], waiting: list[Waiting], worth: Worth, above: float
    ) -> Iterator[tuple[float, Batch, int, Members]]:
        """(value, batch, row, how to learn the members) of rows, dearest first within a batch."""
        by_batch: dict[int, list[int]] = {}
        for b, i in rows:
            by_batch.setdefault(b, []).append(i)
        for b, mine in by_batch.items():
            batch, people, cost, bound = waiting[b]
            chosen = Sorted(*(x[mine] for x in people))
            groups = exact(chosen, batch, self.field.demand, worth, cost)
            bound[chosen.rows] = groups.value
            for at in np.argsort(-groups.value, kind="stable"):
                value, members = float(groups.value[at]), partial(groups.members, int(at))
                row = int(chosen.rows[at])
                if self._walled and value > above and self._clash(found := members()):
                    one = Sorted(*(x[at : at + 1] for x in chosen))
                    value, apart = self._apart((one, batch, cost), worth, value, found)
                    bound[row], members = value, partial(list, apart)
                    value = value if apart else 0.0
                yield value, batch, row, members

    def _clash(self, members: list[tuple[int, int]]) -> tuple[int, int] | None:
        firm = self.field.demand.firm
        inside = {int(firm[n]) for n, _ in members}
        for n, _ in members:
            for other in self._walls[n] & inside:
                return int(firm[n]), other
        return None

    def _apart(
        self, row: tuple[Sorted, Batch, np.ndarray], worth: Worth, value: float, members: list
    ) -> tuple[float, list]:
        """Branch on who of two firms stays away, most valuable branch first, until no walls are crossed."""
        stack = [(value, row[0], members)]
        for _ in range(2**DEPTH):
            stack.sort(key=lambda entry: entry[0])
            value, people, members = stack.pop()
            pair = self._clash(members) if members else None
            if pair is None:
                return value, members
            for firm in pair:
                stack.append(self._without(people, firm, row, worth))
        return value, []

    def _without(self, people: Sorted, firm: int, row: tuple, worth: Worth) -> tuple[float, Sorted, list]:
        demand = self.field.demand
        firms = np.append(demand.firm[demand.piece], -1)
        gone = firms[people.piece] == firm
        left = people._replace(worth=np.where(gone, LOST, people.worth), size=np.where(gone, 0, people.size))
        groups: Groups = exact(left, row[1], demand, worth, row[2])
        return float(groups.value[0]), left, groups.members(0)
