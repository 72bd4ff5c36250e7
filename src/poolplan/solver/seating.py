"""Who sits where, once the dates are few: people and runs decided together, exactly (by HiGHS).

Columns fix whole groups, so the best set of them can miss a plan that only moves one person. Here
a handful of candidates, those the column generation liked best, are open or not, and every person
is free to sit in any of them. The model is that of the problem itself: sizes, budgets as group
sizes, parts, walls, least totals, firms' bonus, cells of rooms and trainers.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from poolplan.solver.field import NEVER, Batch, Field, Where
from poolplan.solver.groups import Column, column_of
from poolplan.solver.highs import Limits, pack
from poolplan.solver.master import Case, Cell, cells_of_run
from poolplan.solver.program import Model


class Option(NamedTuple):
    """A candidate: its field, batch and row."""

    field: Field
    batch: Batch
    row: int


class _Seat(NamedTuple):
    """A need in an option: persons `x`, presence `z` (the same variable where one person is all there is)."""

    need: int
    x: int
    z: int


def options_of(case: Case, wheres: list[Where]) -> list[Option]:
    """The candidates of these places, as far as the case has them."""
    wanted = set(wheres)
    return [
        Option(field, batch, row)
        for field in case.fields
        for batch in field.batches
        for row in field.rows_at(batch, wanted)
    ]


def best_seating(case: Case, options: list[Option], limits: Limits) -> list[Column]:
    """The most valuable plan that uses no other candidates, each at most once."""
    return _Seating(case, options).solve(limits)


class _Seating:
    def __init__(self, case: Case, options: list[Option]) -> None:
        self.case = case
        self.options = options
        self.model = Model(case)
        self.seats: list[list[_Seat]] = []
        self.by_need: dict[int, list[_Seat]] = defaultdict(list)
        self.opens = [self._option(option) for option in options]
        self._needs()
        self._cells()

    def solve(self, limits: Limits) -> list[Column]:
        """Columns of the best plan found."""
        if not self.options:
            return []
        amount = pack(self.model.program(), limits)
        if amount is None:
            return []
        return [
            column_of(self.case.ground, option.field, option.batch.spot[option.row], members)
            for option, seats in zip(self.options, self.seats, strict=True)
            if (members := [(s.need, round(amount[s.x])) for s in seats if amount[s.x] > 0.5])
        ]

    def _option(self, option: Option) -> int:
        batch, row, model = option.batch, option.row, self.model
        least, most = int(batch.least[row]), int(batch.most[row])
        open_ = model.variable(-float(batch.cost[row]))
        seats = self._people(option, open_, most)
        self.seats.append([seat for seat, _ in seats])
        filled = [(seat.x, 1.0) for seat, _ in seats]
        model.row([*filled, (open_, -float(least))], low=0.0)
        model.row([*filled, (open_, -float(most))], high=0.0)
        for seat, tier in seats:
            if tier > least:
                model.row([*filled, (seat.z, -float(tier))], low=0.0)
        self._walls([seat for seat, _ in seats])
        return open_

    def _people(self, option: Option, open_: int, most: int) -> list[tuple[_Seat, int]]:
        demand, batch, row = self.case.demand, option.batch, option.row
        seats = []
        for piece, value, tier in zip(batch.piece[row], batch.value[row], batch.tier[row], strict=True):
            if piece < len(demand.needs) and tier < NEVER and tier <= most:  # the piece of a need's first persons
                seats.append((self._seat(int(piece), float(value), open_, most), int(tier)))
        return seats

    def _seat(self, need: int, value: float, open_: int, most: int) -> _Seat:
        demand, model = self.case.demand, self.model
        left, least = min(int(demand.left[need]), most), int(demand.least[need])
        bonus = float(demand.bonus[need])
        if left == 1:
            x = z = model.variable(value + bonus)
        else:
            x, z = model.variable(value, float(left)), model.variable(bonus)
            model.row([(x, 1.0), (z, -float(left))], high=0.0)
            model.row([(x, 1.0), (z, -float(least))], low=0.0)
        model.row([(z, 1.0), (open_, -1.0)], high=0.0)
        seat = _Seat(need, x, z)
        self.by_need[need].append(seat)
        return seat

    def _walls(self, seats: list[_Seat]) -> None:
        firm, walls = self.case.demand.firm, self.case.ground.walls
        for at, one in enumerate(seats):
            foes = walls.get(int(firm[one.need]), frozenset())
            for other in seats[:at] if foes else ():
                if int(firm[other.need]) in foes:
                    self.model.row([(one.z, 1.0), (other.z, 1.0)], high=1.0)

    def _needs(self) -> None:
        """Rows of the needs, and of the firms behind them."""
        demand = self.case.demand
        firms: dict[int, list[int]] = defaultdict(list)
        for need, mine in self.by_need.items():
            persons, presence = [(seat.x, 1.0) for seat in mine], [(seat.z, 1.0) for seat in mine]
            self.model.need(need, persons, presence, int(demand.least[need]))
            if demand.firm_row[need] >= 0:
                firms[int(demand.firm_row[need])] += [seat.z for seat in mine]
        self.model.firms(firms)

    def _cells(self) -> None:
        users: dict[Cell, list[int]] = defaultdict(list)
        for option, open_ in zip(self.options, self.opens, strict=True):
            spot = option.batch.spot[option.row]
            timing = option.field.component.timings[int(spot[1])]
            for cell in cells_of_run(self.case.ground, option.field.where(spot), timing.cells):
                users[cell].append(open_)
        self.model.cells(users)
