"""From columns to a plan: the best set of columns that fits together (set packing by HiGHS).

Persons, runs per need, firms' bonus, cells of rooms and trainers as in the master program, plus the
least total of needs spread over several runs, which the linear program leaves out.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from poolplan.solver.groups import Column
from poolplan.solver.highs import INF, Limits, Program, compressed, pack
from poolplan.solver.master import Case, Cell, cells_of

Entry = tuple[int, float]


class _Rows:
    """Rows numbered as they come, with their limits."""

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []

    def new(self, high: float, low: float = -INF) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1


class _Packer:
    def __init__(self, case: Case, columns: list[Column]) -> None:
        self.case = case
        self.columns = columns
        self.rows = _Rows()
        self.entries: list[list[Entry]] = [[] for _ in columns]
        self.extra: list[tuple[float, float, list[Entry], bool]] = []  # gain, most, entries, whole
        self.most = np.full(len(columns), 1.0)
        self._needs()
        self._cells()

    def _needs(self) -> None:
        demand = self.case.demand
        at = {int(need): i for i, need in enumerate(demand.needs)}
        users: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for c, column in enumerate(self.columns):
            for need, persons in column.members:
                users[at[need]].append((c, persons))
        firms: dict[int, list[int]] = defaultdict(list)
        for i, mine in users.items():
            self._one_need(i, mine)
            if demand.firm_row[i] >= 0:
                firms[int(demand.firm_row[i])].extend(c for c, _ in mine)
        for users_of_firm in firms.values():
            row = self.rows.new(0.0)
            for c in users_of_firm:
                self.entries[c].append((row, -1.0))
            self.extra.append((float(self.case.ground.bonus), 1.0, [(row, 1.0)], False))

    def _one_need(self, i: int, mine: list[tuple[int, int]]) -> None:
        demand = self.case.demand
        row = self.rows.new(float(demand.left[i]))
        for c, persons in mine:
            self.entries[c].append((row, float(persons)))
        if demand.spread[i]:
            row = self.rows.new(float(demand.parts[i]))
            for c, _ in mine:
                self.entries[c].append((row, 1.0))
        if demand.missing[i] > min(persons for _, persons in mine):
            floor, some = self.rows.new(INF, 0.0), self.rows.new(0.0)
            for c, persons in mine:
                self.entries[c] += [(floor, float(persons)), (some, float(persons))]
            least, left = float(demand.missing[i]), float(demand.left[i])
            self.extra.append((0.0, 1.0, [(floor, -least), (some, -left)], True))

    def _cells(self) -> None:
        users: dict[Cell, list[int]] = defaultdict(list)
        for c, column in enumerate(self.columns):
            for cell in cells_of(self.case.ground, column):
                users[cell].append(c)
        seen: set[tuple[int, tuple[int, ...]]] = set()
        for cell, mine in users.items():
            key = (self.case.free(cell), tuple(mine))
            if len(mine) > key[0] and key not in seen:
                seen.add(key)
                row = self.rows.new(float(key[0]))
                for c in mine:
                    self.entries[c].append((row, 1.0))

    def program(self) -> Program:
        demand = self.case.demand
        at = {int(need): i for i, need in enumerate(demand.needs)}
        gain = [c.gain + sum(float(demand.bonus[at[n]]) for n, _ in c.members) for c in self.columns]
        vectors = self.entries + [entries for _, _, entries, _ in self.extra]
        return Program(
            np.array(gain + [g for g, *_ in self.extra]),
            np.concatenate([self.most, [most for _, most, _, _ in self.extra]]),
            np.array(self.rows.low),
            np.array(self.rows.high),
            compressed([_merged(vector) for vector in vectors]),
            np.array([True] * len(self.columns) + [whole for *_, whole in self.extra]),
        )


def _merged(vector: list[Entry]) -> list[Entry]:
    sums: dict[int, float] = defaultdict(float)
    for row, value in vector:
        sums[row] += value
    return sorted(sums.items())


def best_packing(case: Case, columns: list[Column], limits: Limits) -> list[Column]:
    """The most valuable set of these columns the case has room for."""
    if not columns:
        return []
    amount = pack(_Packer(case, columns).program(), limits)
    if amount is None:
        return []
    return [c for c, x in zip(columns, amount, strict=False) if x > 0.5]
