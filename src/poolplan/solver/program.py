"""A whole program, written row by row, and the rules every plan keeps whoever is chosen and how.

Who decides between whole groups (`packing`) and who seats people one by one (`seating`) differ in
what a variable means; persons of a need, its parts and least total, firms' bonus and the cells of
rooms and trainers are the same rows for both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from poolplan.solver.highs import INF, Program, compressed
from poolplan.solver.master import Case, Cell

Term = tuple[int, float]  # variable, factor


class Model:
    """Maximise over whole 0 <= x <= most; variables and rows are numbered as they come."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._gain: list[float] = []
        self._most: list[float] = []
        self._whole: list[bool] = []
        self._entries: list[list[Term]] = []
        self._low: list[float] = []
        self._high: list[float] = []

    def variable(self, gain: float, most: float = 1.0, *, whole: bool = True) -> int:
        """A new variable; returns its number."""
        self._gain.append(gain)
        self._most.append(most)
        self._whole.append(whole)
        self._entries.append([])
        return len(self._gain) - 1

    def row(self, terms: Iterable[Term], *, low: float = -INF, high: float = INF) -> None:
        """low <= sum(factor * variable) <= high; a variable named twice counts twice."""
        factors: dict[int, float] = defaultdict(float)
        for variable, factor in terms:
            factors[variable] += factor
        for variable, factor in factors.items():
            self._entries[variable].append((len(self._low), factor))
        self._low.append(low)
        self._high.append(high)

    def program(self) -> Program:
        """What HiGHS is given."""
        return Program(
            np.array(self._gain), np.array(self._most), np.array(self._low), np.array(self._high),
            compressed(self._entries), np.array(self._whole),
        )  # fmt: skip

    # --- rules of every plan ---------------------------------------------------------------

    def need(self, need: int, persons: list[Term], presence: list[Term], smallest: int) -> None:
        """The need's persons, parts and least total. `smallest`: the fewest persons it can appear with."""
        demand = self.case.demand
        left, missing = float(demand.left[need]), float(demand.missing[need])
        self.row(persons, high=left)
        if demand.spread[need]:
            self.row(presence, high=float(demand.parts[need]))
        if missing > smallest:
            some = self.variable(0.0)
            self.row([*persons, (some, -missing)], low=0.0)
            self.row([*persons, (some, -left)], high=0.0)

    def firms(self, presence: dict[int, list[int]]) -> None:
        """The bonus of every firm with a row of its own (`presence`: its variables), once and only if it is in."""
        for variables in presence.values():
            bonus = self.variable(float(self.case.ground.bonus), whole=False)
            self.row([(bonus, 1.0), *((variable, -1.0) for variable in variables)], high=0.0)

    def cells(self, users: dict[Cell, list[int]]) -> None:
        """No cell is used more often than it is free; cells with the same users are one row."""
        seen: set[tuple[int, tuple[int, ...]]] = set()
        for cell, mine in users.items():
            key = (self.case.free(cell), tuple(mine))
            if len(mine) > key[0] and key not in seen:
                seen.add(key)
                self.row([(variable, 1.0) for variable in mine], high=float(key[0]))
