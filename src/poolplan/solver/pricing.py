"""Pricing: the best group for every candidate at given prices, first as a quick bound, then exactly.

Quick bound (`quick`): persons sorted by what they are worth, seats filled from the top, whole groups
cut where the seats end, budgets looked at per group size (`tiered`). It never lies below the exact
value, so it filters and proves. Exact (`exact`): per group size s the people whose budget allows s;
single persons are a sorted prefix, needs with a smallest part or a charge per part go through a
knapsack table over at most `most` seats (Dantzig-Wolfe pricing; Kellerer, Pferschy, Pisinger,
Knapsack Problems, ch. 3 and 11).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from poolplan.solver.demand import Demand
from poolplan.solver.field import LOST, NEVER, Batch

MINUS = np.float32(-1e8)


class Prices(NamedTuple):
    """Prices per need of the demand: `person` per seat, `part` per run, `firm` bonus per presence.

    Rooms and trainers: things x cells.
    """

    person: np.ndarray
    part: np.ndarray
    firm: np.ndarray
    rooms: np.ndarray
    heads: np.ndarray


class Worth(NamedTuple):
    """What the prices leave: per piece an offset per person for the bound; per need the exact charge."""

    offset: np.ndarray  # per piece, dummy last
    size: np.ndarray  # per piece, dummy 0
    once: np.ndarray  # per need: euros once per presence (bonus less charge)
    knap: np.ndarray  # per need: goes through the table
    person: np.ndarray


def worth_of(demand: Demand, prices: Prices) -> Worth:
    """Fold the prices into one offset per piece (see `Worth`)."""
    once = demand.bonus + prices.firm - prices.part
    most = demand.left.astype(float)
    first = np.where(once >= 0, once / np.minimum(demand.least, demand.left.clip(1)), once / most.clip(1))
    rest = np.where(once >= 0, 0.0, once / most.clip(1))
    share = np.where(demand.first, first[demand.piece], rest[demand.piece])
    offset = np.append(share - prices.person[demand.piece], 0.0).astype(np.float32)
    size = np.append(demand.size, 0)
    knap = (demand.least > 1) | ((once < 0) & (demand.left > 1))
    return Worth(offset, size, once, knap, prices.person)


class Sorted(NamedTuple):
    """A batch's rows, people in descending worth."""

    rows: np.ndarray
    worth: np.ndarray
    size: np.ndarray
    tier: np.ndarray
    piece: np.ndarray


def quick(batch: Batch, worth: Worth, cost: np.ndarray, above: float) -> tuple[np.ndarray, Sorted]:
    """Upper bound of every row's value, budgets ignored; the rows above `above`, sorted."""
    w = batch.value + worth.offset[batch.piece]
    cap = worth.size[batch.piece]
    loose = np.einsum("ij,ij->i", np.maximum(w, 0), cap) - cost
    rows = np.flatnonzero(loose > above)
    bound = np.full(len(cost), MINUS, np.float32)
    bound[:] = np.minimum(loose, above)
    if not len(rows):
        return bound, Sorted(rows, w[:0], cap[:0], batch.tier[:0], batch.piece[:0])
    w = w[rows]
    order = np.argsort(-w, axis=1)
    sorted_ = Sorted(
        rows, *(np.take_along_axis(x, order, 1) for x in (w, cap[rows], batch.tier[rows], batch.piece[rows]))
    )
    filled = _filled(sorted_, batch.most[rows], batch.least[rows])
    bound[rows] = filled - cost[rows]
    keep = bound[rows] > above
    return bound, Sorted(*(x[keep] for x in sorted_))


def _filled(people: Sorted, most: np.ndarray, least: np.ndarray) -> np.ndarray:
    """Value of the best people on `most` seats, at least `least` seated."""
    before = np.cumsum(people.size, axis=1) - people.size
    wanted = np.where(people.worth > 0, most[:, None], least[:, None])
    take = np.clip(wanted - before, 0, people.size)
    enough = before[:, -1] + people.size[:, -1] >= least
    return np.where(enough, np.einsum("ij,ij->i", take, people.worth), MINUS)


def tiered(people: Sorted, batch: Batch, cost: np.ndarray) -> np.ndarray:
    """Upper bound of the sorted rows with budgets: the best over all group sizes."""
    least, most = batch.least[people.rows], batch.most[people.rows]
    best = np.full(len(people.rows), MINUS, np.float32)
    for seats in range(int(least.min()), int(most.max()) + 1):
        size = np.where(people.tier <= seats, people.size, 0)
        before = np.cumsum(size, axis=1)
        full = before[:, -1] >= seats
        take = np.clip(seats - before + size, 0, size)
        value = np.einsum("ij,ij->i", take, people.worth)
        fine = full & (seats >= least) & (seats <= most)
        best = np.where(fine, np.maximum(best, value), best)
    return best - cost[people.rows]


class Groups:
    """Exact values of some rows; `members(at)` spells out who is behind one of them."""

    def __init__(self, rows: np.ndarray, value: np.ndarray, how: np.ndarray, parts: tuple[_Singles, _Table]) -> None:
        self.rows = rows
        self.value = value
        self._how = how
        self._parts = parts

    def members(self, at: int) -> list[tuple[int, int]]:
        """(need of the demand, persons) of the best group of row `at`; [] if no group can be."""
        if self.value[at] < MINUS / 2:
            return []
        return _members(*self._parts, at, self._how[at])


class _Singles(NamedTuple):
    """People seated one by one: row, worth, tier, need; sorted by row and falling worth."""

    row: np.ndarray
    worth: np.ndarray
    tier: np.ndarray
    need: np.ndarray


class _Table:
    """The knapsack table of a batch: value per row and seats, and how it came about."""

    def __init__(self, rows: int, seats: int) -> None:
        self.value = np.full((rows, seats + 1), MINUS, np.float32)
        self.value[:, 0] = 0
        self.steps: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        self._columns = np.arange(seats + 1)[None, :]

    def insert(
        self,
        rows: np.ndarray,
        need: np.ndarray,
        amounts: tuple[np.ndarray, np.ndarray],
        gain: tuple[np.ndarray, np.ndarray],
    ) -> None:
        """One need per row: between least and most persons, `gain` = (euros each, euros once)."""
        least, most = amounts
        each, once = gain
        old = self.value[rows]
        new, taken = old.copy(), np.zeros(old.shape, np.uint8)
        for extra in range(int((most - least).max()) + 1):
            amount = least + extra
            from_ = self._columns - amount[:, None]
            reach = (from_ >= 0) & (amount <= most)[:, None]
            value = np.take_along_axis(old, np.maximum(from_, 0), 1) + (once + each * amount)[:, None]
            better = reach & (value > new)
            new = np.where(better, value, new)
            taken = np.where(better, np.minimum(amount, NEVER)[:, None], taken).astype(np.uint8)
        self.value[rows] = new
        self.steps.append((rows, need, taken))

    def back(self, row: int, seats: int, upto: int) -> list[tuple[int, int]]:
        """Members behind value[row, seats] after the first `upto` steps."""
        members = []
        for rows, need, taken in reversed(self.steps[:upto]):
            at = int(np.searchsorted(rows, row))
            if at < len(rows) and rows[at] == row and taken[at, seats]:
                members.append((int(need[at]), int(taken[at, seats])))
                seats -= int(taken[at, seats])
        return members


def exact(people: Sorted, batch: Batch, demand: Demand, worth: Worth, cost: np.ndarray) -> Groups:
    """The most valuable group of every sorted row, walls between firms aside. O(rows * people * seats)."""
    least, most = batch.least[people.rows], batch.most[people.rows]
    single, knap = _split(people, demand, worth)
    table = _Table(len(people.rows), int(most.max()))
    pointer, count = knap.pointers(len(people.rows))
    best = np.full(len(people.rows), MINUS, np.float32)
    how = np.zeros((len(people.rows), 3), np.int64)  # seats, of which by the table, steps of the table
    for seats in range(int(most.max()) + 1):
        pointer = knap.insert_upto(table, seats, pointer, count)
        if seats < int(least.min()):
            continue
        prefix = _prefix(single, seats, len(people.rows))
        total = table.value[:, : seats + 1] + prefix[:, seats::-1]
        by_table = total.argmax(axis=1)
        value = np.take_along_axis(total, by_table[:, None], 1)[:, 0]
        better = (seats >= least) & (seats <= most) & (value > best)
        best = np.where(better, value, best)
        how[better] = np.stack([np.full(len(value), seats), by_table, np.full(len(value), len(table.steps))], 1)[better]
    return Groups(people.rows, best - cost[people.rows], how, (single, table))


class _Knap(NamedTuple):
    """Needs for the table, sorted by row and tier."""

    row: np.ndarray
    tier: np.ndarray
    need: np.ndarray
    least: np.ndarray
    most: np.ndarray
    each: np.ndarray
    once: np.ndarray

    def pointers(self, rows: int) -> tuple[np.ndarray, np.ndarray]:
        start = np.searchsorted(self.row, np.arange(rows))
        return start, np.searchsorted(self.row, np.arange(rows), side="right")

    def insert_upto(self, table: _Table, seats: int, pointer: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Put in every need that can pay from `seats` on; returns where each row stands now."""
        if not len(self.row):
            return pointer
        while True:
            at = np.minimum(pointer, len(self.row) - 1)
            rows = np.flatnonzero((pointer < end) & (self.tier[at] <= seats))
            if not len(rows):
                return pointer
            i = pointer[rows]
            table.insert(rows, self.need[i], (self.least[i], self.most[i]), (self.each[i], self.once[i]))
            pointer = pointer.copy()
            pointer[rows] += 1


def _split(people: Sorted, demand: Demand, worth: Worth) -> tuple[_Singles, _Knap]:
    row, column = np.nonzero((people.size > 0) & (people.worth > LOST / 2) & (people.tier < NEVER))
    piece = people.piece[row, column]
    need = demand.piece[piece]
    each = (people.worth[row, column] - worth.offset[piece] - worth.person[need]).astype(np.float32)
    tier = people.tier[row, column].astype(np.int64)
    knap, first = worth.knap[need], demand.first[piece]
    i = np.flatnonzero(knap & first)
    i = i[np.lexsort((tier[i], row[i]))]
    table = _Knap(
        row[i],
        tier[i],
        need[i],
        demand.least[need[i]],
        demand.left[need[i]],
        each[i],
        worth.once[need[i]].astype(np.float32),
    )
    single = np.flatnonzero(~knap)
    value = each + np.where(first, worth.once[need], 0).astype(np.float32)
    times = np.minimum(people.size[row, column][single], 64)
    single = np.repeat(single, times)
    single = single[np.lexsort((-value[single], row[single]))]
    return _Singles(row[single], value[single], tier[single], need[single]), table


def _prefix(single: _Singles, seats: int, rows: int) -> np.ndarray:
    """Value of the best k single persons whose budget allows `seats`, for k = 0..seats."""
    prefix = np.full((rows, seats + 1), 0, np.float32)
    ok = single.tier <= seats
    row, value = single.row[ok], single.worth[ok]
    start = np.searchsorted(row, np.arange(rows))
    rank = np.arange(len(row)) - start[row] + 1
    inside = rank <= seats
    prefix[:, 1:] = MINUS
    prefix[row[inside], rank[inside]] = value[inside]
    return np.maximum(np.cumsum(prefix, axis=1), MINUS)


def _members(single: _Singles, table: _Table, row: int, how: np.ndarray) -> list[tuple[int, int]]:
    seats, by_table, steps = (int(x) for x in how)
    members = dict(table.back(row, by_table, steps))
    start, end = np.searchsorted(single.row, [row, row + 1])
    allowed = np.flatnonzero(single.tier[start:end] <= seats)[: seats - by_table] + start
    for need in single.need[allowed]:
        members[int(need)] = members.get(int(need), 0) + 1
    return sorted(members.items())
