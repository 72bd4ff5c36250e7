"""Who does the work: the caller's own process, and a helper where two are given.

Tasks are dealt out and their results taken in the same order however many hands there are, so the
plan does not depend on the number of processes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from poolplan.solver.bound import Bounder
from poolplan.solver.greedy import greedy
from poolplan.solver.ground import Ground
from poolplan.solver.groups import Column
from poolplan.solver.helper import Helper
from poolplan.solver.master import Stop
from poolplan.solver.neighbourhood import Explorer, Hood, Move
from poolplan.solver.sheet import Sheet


class Hand:
    """One process's view: ground, sheet, explorer."""

    def __init__(self) -> None:
        self.sheet: Sheet | None = None
        self.explorer: Explorer | None = None

    def do(self, what: str, *things: Any) -> Iterator[Any]:
        """Do one message, yielding its answers."""
        if what == "sheet":
            self.take(things[0])
        elif what == "moves":
            self.apply(things[0])
        elif what == "repair":
            yield self.repair(things[0])
        elif what == "bound":
            yield from self.bound(*things)

    def take(self, sheet: Sheet) -> None:
        """Start from this sheet."""
        self.sheet = sheet
        if self.explorer is None:
            self.explorer = Explorer(sheet.ground)

    def apply(self, moves: list[Move]) -> int:
        """Take over moves that still help, in order."""
        assert self.sheet is not None
        return sum(self.sheet.attempt(move.runs, move.columns) for move in moves if move.gain > 0)

    def repair(self, hood: Hood) -> Move:
        """Plan a neighbourhood anew."""
        assert self.sheet is not None
        assert self.explorer is not None
        return self.explorer.repair(self.sheet, hood)

    def bound(self, start: Sheet, floor: np.ndarray, several: np.ndarray, seconds: float, once: bool) -> Iterator[Any]:
        """Tighten the bound for so long; answers are bounds and plans, the last one a bound of None."""
        end = time.monotonic() + seconds
        bounder = Bounder(start.ground, start, floor, several, self.sheet)
        bounder.once = once
        last, told = np.inf, -1
        for gain in bounder.steps(lambda: time.monotonic() > end):
            if gain < last:
                last = gain
                yield ("bound", gain)
            if bounder.plan_gain > told:
                told = bounder.plan_gain
                yield ("plan", bounder.plan)
        yield ("bound", None)


class Crew:
    """Deals out tasks to the caller's process and, if asked for, one helper."""

    def __init__(self, sheet: Sheet, workers: int) -> None:
        self.own = Hand()
        self.own.take(sheet)
        self.helper = Helper() if workers > 1 else None
        if self.helper:
            self.helper.send("sheet", sheet)
        self.busy = False
        self.bounds: list[float] = []

    @property
    def sheet(self) -> Sheet:
        """The plan as it stands."""
        assert self.own.sheet is not None
        return self.own.sheet

    @property
    def explorer(self) -> Explorer:
        """Chooses neighbourhoods."""
        assert self.own.explorer is not None
        return self.own.explorer

    def end(self) -> None:
        """Send the helper home."""
        if self.helper:
            self.helper.end()

    def start_bound(
        self, start: Sheet, floor: np.ndarray, several: np.ndarray, seconds: float, *, once: bool = False
    ) -> None:
        """Let the helper prove; its bounds come in through `listen`. `once`: see `Bounder.once`."""
        assert self.helper is not None
        self.helper.send("bound", start, floor, several, seconds, once)
        self.busy = True

    def listen(self) -> None:
        """Take in what the helper has proven meanwhile."""
        while self.busy and self.helper and self.helper.ready():
            what, thing = self.helper.receive()
            if what == "plan":
                self.offer(thing)
            elif thing is None:
                self.busy = False
            else:
                self.bounds.append(thing)

    def offer(self, columns: list[Column]) -> None:
        """A whole plan instead of all open runs, if it is better."""
        runs = tuple(self.sheet.runs)
        gain = self.sheet.copy().replace(runs, columns)
        if gain > 0:
            self.take([Move(runs, columns, gain)])

    def repair(self, hoods: list[Hood], stop: Stop) -> int:
        """Plan neighbourhoods against the same sheet, then take over what helps, in order."""
        self.listen()
        shared = self.helper is not None and not self.busy
        theirs = hoods[1::2] if shared else []
        for hood in theirs:
            self.helper.send("repair", hood)  # type: ignore[union-attr]  # shared says so
        done = {}
        for hood in hoods[0::2] if shared else hoods:
            if not stop():
                done[hood] = self.own.repair(hood)
        for hood in theirs:
            done[hood] = self.helper.receive()  # type: ignore[union-attr]
        return self.take([done[hood] for hood in hoods if hood in done])

    def take(self, moves: list[Move]) -> int:
        """Apply moves here and at the helper."""
        moves = [move for move in moves if move.gain > 0]
        if self.helper and moves:
            self.helper.send("moves", moves)
        return self.own.apply(moves)

    def greedy(self, numbers: list[int], stop: Stop) -> None:
        """A first plan, component by component."""
        for number in numbers:
            greedy(self.sheet, self.explorer.component(number), stop)
            if stop():
                break
        if self.helper:
            self.helper.send("sheet", self.sheet)


def several_firms(ground: Ground, sheet: Sheet) -> np.ndarray:
    """Firms that get seats in more than one component of this plan."""
    pairs = {(int(ground.firm[n]), int(ground.of_need[n])) for run in sheet.runs.values() for n, _ in run.members}
    count = np.zeros(ground.firms, np.int64)
    for firm, _ in pairs:
        count[firm] += 1
    return count > 1
