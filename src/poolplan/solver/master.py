"""Column generation: the linear program over columns found so far, and its prices.

Rows: persons of a need, runs a need is spread over, the bonus of a firm, and cells of rooms and
trainers, the latter only once they are overbooked. Prices are smoothed towards those with the best
bound (Wentges 1997; Pessoa, Sadykov, Uchoa, Vanderbeck 2018). The Lagrangian value at any prices is
a valid bound, converged or not (Geoffrion 1974).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from poolplan.solver.demand import Demand
from poolplan.solver.field import Field, Where
from poolplan.solver.ground import Ground, Ints
from poolplan.solver.groups import Column, Haste, Pricer
from poolplan.solver.highs import INF, Lp, Optimum, compressed
from poolplan.solver.pricing import Prices

Stop = Callable[[], bool]
Cell = tuple[int, int, int]  # kind (0 trainers, 1 rooms), thing, cell
TRAINERS, ROOMS = 0, 1
SAFETY = 0.01  # euros per person: more than rounding in single precision can lose


class Case(NamedTuple):
    """Something to be planned: a demand, its candidates, what rooms and trainers are free."""

    ground: Ground
    demand: Demand
    fields: list[Field]
    rooms: Ints
    heads: Ints

    def free(self, cell: Cell) -> int:
        """How many more runs the cell holds."""
        kind, thing, at = cell
        return int((self.rooms if kind == ROOMS else self.heads)[thing, at])


def cells_of(ground: Ground, column: Column) -> list[Cell]:
    """The cells of trainers and rooms a column fills."""
    return cells_of_run(ground, column.where, column.cells)


def cells_of_run(ground: Ground, where: Where, times: Iterable[int]) -> list[Cell]:
    """The cells of trainers and rooms a run at these times fills."""
    cells = [(TRAINERS, ground.offers[where.offer].pool, at) for at in times]
    return cells if where.venue < 0 else cells + [(ROOMS, where.venue, at) for at in times]


class Master:
    """The restricted master program of a case; columns only ever join."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.columns: list[Column] = []
        self.known: set[tuple[object, ...]] = set()
        self._users: dict[Cell, list[int]] = defaultdict(list)
        self.cells: dict[Cell, int] = {}
        self._lay_rows()

    def _lay_rows(self) -> None:
        demand, ground = self.case.demand, self.case.ground
        count, spread = len(demand), np.flatnonzero(demand.spread)
        self.at = {int(need): i for i, need in enumerate(demand.needs)}
        self.part_row = np.full(count, -1)
        self.part_row[spread] = count + np.arange(len(spread))
        self.firm_row = np.where(demand.firm_row >= 0, count + len(spread) + demand.firm_row, -1)
        limits = np.concatenate([demand.left, demand.parts[spread], np.zeros(len(demand.firms))])
        self.lp = Lp(limits)
        firms = len(demand.firms)
        rows = [[(count + len(spread) + i, 1.0)] for i in range(firms)]
        self.lp.add_columns(np.full(firms, float(ground.bonus)), np.ones(firms), compressed(rows))
        self.offset = firms

    def add(self, columns: list[Column]) -> int:
        """Let new columns join; returns how many were new."""
        new = [c for c in columns if (c.where, c.members) not in self.known]
        vectors, gains = [], []
        for column in new:
            self.known.add((column.where, column.members))
            position = self.offset + len(self.columns)
            self.columns.append(column)
            for cell in cells_of(self.case.ground, column):
                self._users[cell].append(position)
            vectors.append(self._entries(column))
            gains.append(self.worth(column))
        if new:
            self.lp.add_columns(np.array(gains), np.full(len(new), INF), compressed(vectors))
        return len(new)

    def worth(self, column: Column) -> float:
        """Gain with the bonus of firms that have no row of their own."""
        return column.gain + sum(float(self.case.demand.bonus[self.at[n]]) for n, _ in column.members)

    def _entries(self, column: Column) -> list[tuple[int, float]]:
        entries: dict[int, float] = defaultdict(float)
        for need, persons in column.members:
            i = self.at[need]
            entries[i] += persons
            if self.part_row[i] >= 0:
                entries[int(self.part_row[i])] += 1
            if self.firm_row[i] >= 0:
                entries[int(self.firm_row[i])] -= 1
        for cell in cells_of(self.case.ground, column):
            if cell in self.cells:
                entries[self.cells[cell]] += 1
        return sorted(entries.items())

    def solve(self) -> Optimum:
        """The optimum with every cell kept that the columns in use would overbook."""
        while True:
            optimum = self.lp.solve()
            broken = self._overbooked(optimum.amount)
            if not broken:
                return optimum
            users = [[(position, 1.0) for position in self._users[cell]] for cell in broken]
            limits = np.array([self.case.free(cell) for cell in broken], float)
            self.cells.update({cell: self.lp.rows + i for i, cell in enumerate(broken)})
            self.lp.add_rows(limits, compressed(users))

    def _overbooked(self, amount: np.ndarray) -> list[Cell]:
        use: dict[Cell, float] = defaultdict(float)
        for position in np.flatnonzero(amount[self.offset :] > 1e-7):
            for cell in cells_of(self.case.ground, self.columns[position]):
                use[cell] += float(amount[self.offset + position])
        return [cell for cell, used in use.items() if used > self.case.free(cell) + 1e-6 and cell not in self.cells]

    def prices(self, optimum: Optimum) -> Prices:
        """The row prices in the shape pricing wants them."""
        demand, price = self.case.demand, optimum.price
        part = np.where(self.part_row >= 0, price[self.part_row], 0.0)
        firm = np.where(self.firm_row >= 0, price[self.firm_row], 0.0)
        rooms, heads = np.zeros(self.case.rooms.shape), np.zeros(self.case.heads.shape)
        for (kind, thing, cell), row in self.cells.items():
            (rooms if kind == ROOMS else heads)[thing, cell] = price[row]
        return Prices(price[: len(demand)].copy(), part, firm, rooms, heads)

    def reduced(self, prices: Prices) -> np.ndarray:
        """Worth of every column less its prices."""
        ground, demand = self.case.ground, self.case.demand
        each = prices.person
        once = demand.bonus + prices.firm - prices.part
        out = np.empty(len(self.columns))
        for i, column in enumerate(self.columns):
            value = float(column.gain)
            for need, persons in column.members:
                at = self.at[need]
                value += once[at] - persons * each[at]
            pool, cells = ground.offers[column.where.offer].pool, list(column.cells)
            value -= prices.heads[pool, cells].sum()
            if column.where.venue >= 0:
                value -= prices.rooms[column.where.venue, cells].sum()
            out[i] = value
        return out


class Outcome(NamedTuple):
    """Where column generation stands: program value, proven bound, prices of the bound."""

    value: float
    bound: float
    prices: Prices


def lagrangian(case: Case, prices: Prices) -> float:
    """Upper bound of any gain at prices that no run is worth more than."""
    demand, ground = case.demand, case.ground
    firms = np.zeros(len(demand.firms))
    shared = demand.firm_row >= 0
    np.maximum.at(firms, demand.firm_row[shared], prices.firm[shared])
    bound = float(demand.left @ prices.person + demand.parts @ prices.part)
    bound += float(np.maximum(ground.bonus - firms, 0).sum())
    return bound + float((prices.rooms * case.rooms).sum() + (prices.heads * case.heads).sum())


def first_prices(case: Case) -> Prices:
    """Prices nobody can beat: every person pays for the best seat in a run filled to the last one."""
    demand, ground = case.demand, case.ground
    person = np.zeros(len(demand.piece) + 1)
    for batch in (batch for field in case.fields for batch in field.batches):
        share = batch.value - (batch.cost / batch.most)[:, None]
        np.maximum.at(person, batch.piece.ravel(), share.ravel())
    each = np.zeros(len(demand))
    np.maximum.at(each, demand.piece, person[:-1])
    once = np.where(demand.firm_row >= 0, float(ground.bonus), demand.bonus)
    each += once / np.minimum(demand.least, demand.left.clip(1))
    none = np.zeros(len(demand))
    firm = np.where(demand.firm_row >= 0, float(ground.bonus), 0.0)
    return Prices(each, none, firm, np.zeros(case.rooms.shape), np.zeros(case.heads.shape))


def blend(one: Prices, other: Prices, share: float) -> Prices:
    """`share` of one and the rest of the other."""
    return Prices(*(share * a + (1 - share) * b for a, b in zip(one, other, strict=True)))


class Generator:
    """Column generation on a case; may be continued."""

    def __init__(self, case: Case, master: Master | None = None) -> None:
        self.case = case
        self.master = master or Master(case)
        self.pricers = [Pricer(case.ground, field) for field in case.fields]
        self.center = first_prices(case)
        self.best = lagrangian(case, self.center)
        self.share = 0.6
        self.closed = False

    def run(self, rounds: int, gap: float, stop: Stop) -> Outcome:
        """Rounds of solving and pricing until bound and program value are within `gap` (relative)."""
        done = 0
        optimum = self.master.solve()
        prices = self.master.prices(optimum)
        while done < rounds and not stop():
            done += 1
            new = self._round(prices, optimum.value, gap)
            self.closed = self._closed(optimum.value, gap) or not new
            if self.closed:
                break
            optimum = self.master.solve()
            prices = self.master.prices(optimum)
        return Outcome(optimum.value, self.best, self.center)

    def enrich(self, below: float, most: int) -> None:
        """Columns that are nearly worth their price: whole plans need some the program itself does not.

        Priced once as it is and once with everybody a little cheaper, so that groups differ.
        """
        prices = self.master.prices(self.master.solve())
        for share, margin in ((1.0, -below), (0.9, 0.0), (0.75, 0.0)):
            cheaper = prices._replace(person=share * prices.person)
            for pricer in self.pricers:
                found = pricer.price(cheaper, Haste(most, margin, share == 1.0)).columns
                self.master.add([column for _, column in found])

    def _closed(self, value: float, gap: float) -> bool:
        return self.best - value <= gap * max(abs(value), 1.0) + 0.5

    def _round(self, prices: Prices, value: float, gap: float) -> int:
        """Price between the best prices so far and the program's own; nearer to these until columns come."""
        share = self.share
        while True:
            at = prices if share < 0.05 else blend(self.center, prices, share)
            new = self._price(at, proving=share < 0.05)
            if new or share < 0.05 or self._closed(value, gap):
                return new
            share *= 0.5

    def _price(self, prices: Prices, *, proving: bool) -> int:
        found: list[Column] = []
        raised = prices.person.copy()
        for pricer in self.pricers:
            most = max(20, len(pricer.field.needs) // 2)
            result = pricer.price(prices, Haste(most, 0.01, False))
            if proving and not result.columns and result.over.max(initial=0) > 0.01:
                result = pricer.price(prices, Haste(most, 0.01, True))
            found.extend(column for _, column in result.columns)
            raised = np.maximum(raised, prices.person + result.over)
        safe = prices._replace(person=raised + SAFETY)
        bound = lagrangian(self.case, safe)
        if bound < self.best:
            self.best, self.center = bound, safe
        return self.master.add(found)
