"""From any prices to prices that no run beats, at little extra cost.

A run beats prices if its best people pay more than its fixed cost. Then the dearest of them are
raised until they no longer do: everybody's surplus is cut at a height t, the highest at which the
run at most breaks even (water-filling; the raise is the least any repair of a single run can do).
The worst runs come first and raise the price for all others, so most of those need nothing any
more. The result is a feasible dual, hence a proven bound at ANY prices one starts from: those of a
plan, those of a program over a few columns (Geoffrion 1974; dual ascent as in Erlenkotter 1978).
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from poolplan.solver.field import LOST, NEVER, Batch
from poolplan.solver.groups import Column, Pricer, Waiting
from poolplan.solver.pricing import MINUS, Prices, Sorted, Worth, worth_of

LEAST = 0.01  # euros a run may be worth too much and count as settled
TOP = 64  # people of a candidate looked at first
ROWS = 256  # candidates whose groups are worked out together
REACH = 1 << 18  # euros up to which worth is rounded to whole ones
STEP, GROWTH, MOST = 48, 1.4, 512  # rows raised together: few at first, then more


class Doubt(NamedTuple):
    """A candidate that may beat the prices: by at most `value` euros; its batch and row."""

    value: float
    batch: int
    row: int


class Raiser:
    """Finds the candidates of a field that beat prices, and raises the prices above them."""

    def __init__(self, pricer: Pricer) -> None:
        self.pricer = pricer
        self.field = pricer.field

    def doubts(self, prices: Prices) -> list[Doubt]:
        """All candidates that may beat the prices, the worst first. O(entries log people) in time."""
        worth, rents = worth_of(self.field.demand, prices), self.pricer.rents(prices)
        found: list[Doubt] = []
        for b, batch in enumerate(self.field.batches):
            cost = self.pricer.rent(batch, rents)
            value = _tops(batch, worth, cost, np.arange(len(cost)))
            found += [Doubt(float(value[row]), b, int(row)) for row in np.flatnonzero(value > LEAST)]
        found.sort(key=lambda doubt: (-doubt.value, doubt.batch, doubt.row))
        return found

    def raised(self, prices: Prices, doubts: list[Doubt]) -> Prices:
        """Prices per person high enough for every doubt; those of parts, firms, cells stay."""
        demand, rents = self.field.demand, self.pricer.rents(prices)
        person, at, step = prices.person.copy(), 0, float(STEP)
        while at < len(doubts):
            chunk = doubts[at : at + int(step)]
            at += int(step)
            step = min(step * GROWTH, MOST)
            over = self._over(chunk, worth_of(demand, prices._replace(person=person)), rents)
            more = np.zeros(len(demand))
            np.maximum.at(more, demand.piece, over[:-1])
            person += more
        return prices._replace(person=person)

    def columns(self, prices: Prices, doubts: list[Doubt], most: int) -> list[Column]:
        """Groups that do beat the prices, at most one per date and format, from the worst doubts."""
        worth, rents = worth_of(self.field.demand, prices), self.pricer.rents(prices)
        chosen = _spread(self.field.batches, doubts, 2 * most)
        found: list[Column] = []
        for at in range(0, len(chosen), ROWS):
            found += self._dug(chosen[at : at + ROWS], worth, rents)
            if len(found) >= most:
                break
        return found[:most]

    def _dug(self, doubts: list[Doubt], worth: Worth, rents: tuple[np.ndarray, np.ndarray] | None) -> list[Column]:
        """The exact groups of a few doubts, walls kept."""
        value = {(doubt.batch, doubt.row): doubt.value for doubt in doubts}
        waiting = []
        for b, rows in _by_batch(doubts).items():
            batch = self.field.batches[b]
            cost = self.pricer.rent(batch, rents)
            bound = np.full(len(cost), MINUS, np.float32)
            bound[rows] = [value[b, row] for row in rows]
            waiting.append(Waiting(batch, _ranked(batch, worth, np.array(rows)), cost, bound))
        return self.pricer.dig(waiting, worth, len(doubts), LEAST)

    def _over(self, chunk: list[Doubt], worth: Worth, rents: tuple[np.ndarray, np.ndarray] | None) -> np.ndarray:
        """By how much each piece has to rise for these candidates, dummy last."""
        over = np.zeros(len(self.field.demand.piece) + 1)
        for b, mine in _by_batch(chunk).items():
            batch = self.field.batches[b]
            cost = self.pricer.rent(batch, rents)
            rows = np.array(mine)
            rows = rows[_tops(batch, worth, cost, rows) > LEAST]
            people = _ranked(batch, worth, rows)
            value, height = _heights(people, batch, cost)
            high = np.where(people.tier < NEVER, people.worth - height[:, None], 0)[value > 0]
            np.maximum.at(over, people.piece[value > 0].ravel(), high.ravel())
        return over


def _by_batch(doubts: list[Doubt]) -> dict[int, list[int]]:
    rows: dict[int, list[int]] = defaultdict(list)
    for doubt in doubts:
        rows[doubt.batch].append(doubt.row)
    return rows


def _spread(batches: list[Batch], doubts: list[Doubt], most: int) -> list[Doubt]:
    """The worst doubts, two rooms per date and format at most, `most` in all."""
    seen: dict[tuple[int, ...], int] = defaultdict(int)
    chosen: list[Doubt] = []
    for doubt in doubts:
        date = tuple(batches[doubt.batch].spot[doubt.row, :3].tolist())
        seen[date] += 1
        if seen[date] <= 2:
            chosen.append(doubt)
            if len(chosen) == most:
                break
    return chosen


def _tops(batch: Batch, worth: Worth, cost: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Upper bounds of the rows' values: only the dearest people are looked at, worth rounded up to whole steps.

    Worth, persons and group size of an entry share one whole number, so that the dearest are found
    by one plain partition. Whoever comes after them counts as the last of them, over and over.
    """
    piece = batch.piece[rows]
    w = np.maximum(batch.value[rows] + worth.offset[piece], -REACH)
    grain = max(1.0, float(w.max(initial=0)) / REACH)
    low = np.minimum(worth.size[piece], 63) << 6 | np.minimum(batch.tier[rows], 63)
    key = (np.ceil(w / grain).astype(np.int32) << 12) | low.astype(np.int32)
    cut = key.shape[1] > TOP
    if cut:
        key = np.partition(key, key.shape[1] - TOP, axis=1)[:, -TOP:]
    key = np.sort(key, axis=1)[:, ::-1]
    size, tier = key >> 6 & 63, (key & 63).astype(np.uint8)
    if cut:
        size[:, -1], tier[:, -1] = batch.most[rows], 0
    tier[tier == 63] = NEVER
    people = Sorted(rows, (key >> 12) * grain, size, tier, piece)
    return _heights(people, batch, cost)[0]


def _ranked(batch: Batch, worth: Worth, rows: np.ndarray) -> Sorted:
    """The rows with people in descending worth."""
    piece = batch.piece[rows]
    w = batch.value[rows] + worth.offset[piece]
    order = np.argsort(-w, axis=1)
    people = (w, worth.size[piece], batch.tier[rows], piece)
    return Sorted(rows, *(np.take_along_axis(x, order, 1) for x in people))


def _heights(people: Sorted, batch: Batch, cost: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Per row: upper bound of its value, and the height of surplus at which it breaks even.

    Both over all group sizes, each with the people whose budget allows it; whole groups are cut
    where the seats end. The height is the least over sizes, so the run breaks even at every size.
    """
    least, most, price = batch.least[people.rows], batch.most[people.rows], cost[people.rows]
    value, height = np.full(len(price), MINUS), np.full(len(price), np.inf)
    rows = np.flatnonzero(_loosely(people, most) > price + LEAST)
    if not len(rows):
        return value, height
    some = Sorted(*(x[rows] for x in people))
    for seats in range(int(least[rows].min()), int(most[rows].max()) + 1):
        fine = (seats >= least[rows]) & (seats <= most[rows])
        worth, level = _filled(some, seats, price[rows])
        value[rows] = np.where(fine, np.maximum(value[rows], worth), value[rows])
        height[rows] = np.where(fine & (worth > 0), np.minimum(height[rows], level), height[rows])
    return value, height


def _loosely(people: Sorted, most: np.ndarray) -> np.ndarray:
    """Worth of the best people on all seats, empty ones for nothing: never below any group's."""
    size = np.where((people.tier <= most[:, None]) & (people.worth > 0), people.size, 0)
    take = np.clip(most[:, None] - np.cumsum(size, axis=1) + size, 0, size)
    return np.asarray(np.einsum("ij,ij->i", take, people.worth))


def _filled(people: Sorted, seats: int, cost: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(worth of the best people on exactly `seats` less cost, height at which that is zero); MINUS if too few."""
    size = np.where(people.tier <= seats, people.size, 0)
    before = np.cumsum(size, axis=1)
    take = np.clip(seats - before + size, 0, size)
    sums = np.cumsum(take * np.where(size > 0, people.worth, 0), axis=1)
    total, head = sums[:, -1], np.cumsum(take, axis=1)
    full = before[:, -1] >= seats
    level = (cost[:, None] - total[:, None] + sums) / np.maximum(head, 1)
    level = np.where(head > 0, level, LOST).max(axis=1)
    return np.where(full, total - cost, MINUS), level
