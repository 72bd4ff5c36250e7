"""The plan as numbers: which columns run, and what they leave of people, firms, rooms and trainers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from poolplan.solver.demand import Demand
from poolplan.solver.ground import NO_VENUE, Ground, Ints
from poolplan.solver.groups import Column


class Sheet:
    """Open columns by number; every change is reversible. `gain` is what the plan saves over no plan."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.left = ground.persons.copy()
        self.parts = ground.max_parts.copy()
        self.seated = np.zeros(ground.firms + 1, np.int64)
        self.rooms, self.heads = ground.rooms.copy(), ground.heads.copy()
        self.runs: dict[int, Column] = {}
        self.gain = 0
        self.kept: dict[int, Column] = {}  # confirmed runs, never closed
        self._serial = 0

    def copy(self) -> Sheet:
        """A sheet of its own with the same runs."""
        twin = object.__new__(Sheet)
        twin.__dict__.update(self.__dict__)
        for name in ("left", "parts", "seated", "rooms", "heads", "runs", "kept"):
            setattr(twin, name, getattr(self, name).copy())
        return twin

    def open(self, column: Column) -> int:
        """Let a column run; returns its number."""
        self._serial += 1
        self.runs[self._serial] = column
        self._book(column, 1)
        return self._serial

    def keep(self, column: Column) -> None:
        """Let a confirmed run take place; it is not among `runs`, only in the way."""
        self.kept[len(self.kept)] = column
        self._book(column, 1)

    def close(self, number: int) -> Column:
        """Take a column out again."""
        column = self.runs.pop(number)
        self._book(column, -1)
        return column

    def occupy(self, column: Column, sign: int = 1) -> None:
        """Take trainer and room of a column (-1: give them back), and nothing else."""
        cells, where = list(column.cells), column.where
        if cells:
            self.heads[self.ground.offers[where.offer].pool, cells] -= sign
            if where.venue != NO_VENUE:
                self.rooms[where.venue, cells] -= sign

    def _book(self, column: Column, sign: int) -> None:
        ground = self.ground
        self.occupy(column, sign)
        self.gain += sign * column.gain
        for need, persons in column.members:
            self.left[need] -= sign * persons
            self.parts[need] -= sign
            self._seat(int(ground.firm[need]), sign * persons)

    def _seat(self, firm: int, persons: int) -> None:
        before = self.seated[firm]
        self.seated[firm] = before + persons
        self.gain += self.ground.bonus * (int(before + persons > 0) - int(before > 0))

    def admits(self, column: Column) -> bool:
        """Whether the column could run besides all others (its group itself is taken to be in order)."""
        ground, where, cells = self.ground, column.where, list(column.cells)
        if cells and self.heads[ground.offers[where.offer].pool, cells].min() < 1:
            return False
        if cells and where.venue != NO_VENUE and self.rooms[where.venue, cells].min() < 1:
            return False
        if where.frozen >= 0 and any(run.where.frozen == where.frozen for run in self.runs.values()):
            return False
        return all(self._room_for(need, persons) for need, persons in column.members)

    def _room_for(self, need: int, persons: int) -> bool:
        ground, left = self.ground, int(self.left[need])
        served = int(ground.persons[need]) - left
        enough = persons >= ground.min_part[need] and served + persons >= ground.min_total[need]
        return bool(self.parts[need] > 0 and persons <= left and enough)

    def demand(self, needs: Ints) -> Demand:
        """What is left of some needs (sorted), as a demand."""
        return Demand(self.ground, needs, self.left[needs], self.parts[needs], self.seated[:-1] == 0)

    def replace(self, numbers: Iterable[int], columns: list[Column]) -> int:
        """Columns instead of runs; those that do not fit are left out. Returns by how much the gain grew."""
        before = self.gain
        for number in numbers:
            self.close(number)
        for column in columns:
            if self.admits(column):
                self.open(column)
        return self.gain - before

    def attempt(self, numbers: Iterable[int], columns: list[Column]) -> int:
        """`replace` if that still helps: 0, and nothing changed, if runs are gone or it does not."""
        numbers = tuple(numbers)
        if any(number not in self.runs for number in numbers):
            return 0
        before, serial = self.gain, self._serial
        closed = [self.close(number) for number in numbers]
        opened = [self.open(column) for column in columns if self.admits(column)]
        if self.gain > before:
            return self.gain - before
        for number in opened:
            self.close(number)
        for number, column in zip(numbers, closed, strict=True):
            self.runs[number] = column
            self._book(column, 1)
        self._serial = serial
        return 0

    def by_component(self) -> dict[int, list[int]]:
        """Numbers of the open runs per component."""
        runs: dict[int, list[int]] = defaultdict(list)
        for number, column in self.runs.items():
            runs[self.ground.of_offer[column.where.offer]].append(number)
        return runs
