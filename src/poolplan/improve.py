"""Simple improvement: take some runs out, rebuild around them, keep what is better.

Deterministic for a seed: the steps are counted, a deadline comes in as a callback.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from poolplan.construct import Builder, Stop, grow
from poolplan.expand import Component
from poolplan.state import OpenRun, State

MOST_TAKEN_OUT = 4
NOISE = 0.35


class Improver:
    """Holds a state and betters it step by step; a step that does not help is taken back."""

    def __init__(self, state: State, seed: int, stop: Stop) -> None:
        self.state = state
        self.stop = stop
        self.rng = random.Random(seed)  # noqa: S311 - repeatable variety, no secret

    def sweep(self) -> None:
        """Fill free seats, then close runs that lose money."""
        grow(self.state, list(self.state.runs))
        for run in [run for run in self.state.runs if run.frozen is None]:
            self._close_if_losing(run)
        grow(self.state, list(self.state.runs))

    def step(self) -> bool:
        """Take out a few related runs and rebuild; True if the plan became better."""
        movable = [run for run in self.state.runs if run.frozen is None]
        if not movable:
            return False
        return self._rebuild(self._related(movable))

    def _close_if_losing(self, run: OpenRun) -> None:
        before = self.state.welfare
        members = self.state.close(run)
        if self.state.welfare <= before:
            self.state.open(run, members)

    def _related(self, movable: list[OpenRun]) -> list[OpenRun]:
        """A random run and some that share its topics, trainers or room."""
        first = self.rng.choice(movable)
        others = [run for run in movable if run is not first and self._near(first, run)]
        how_many = self.rng.randint(0, MOST_TAKEN_OUT - 1)
        return [first, *self.rng.sample(others, min(how_many, len(others)))]

    def _near(self, one: OpenRun, other: OpenRun) -> bool:
        pools = self.state.market.pool_of
        a, b = one.candidate, other.candidate
        same_room = a.venue == b.venue and bool(a.slot.timing.weeks & b.slot.timing.weeks)
        return (
            a.slot.component == b.slot.component
            or pools[a.slot.template] == pools[b.slot.template]
            or (same_room and a.venue >= 0)
        )

    def _rebuild(self, out: list[OpenRun]) -> bool:
        state, before = self.state, self.state.welfare
        taken = [(run, state.close(run)) for run in out]
        numbers = sorted({run.candidate.slot.component for run in out})
        components = [state.market.components[number] for number in numbers]
        undo = self._refill(components)
        if state.welfare > before:
            return True
        undo()
        for run, members in taken:
            state.open(run, members)
        return False

    def _refill(self, components: list[Component]) -> Callable[[], None]:
        """Greedy with bent gains, then free seats; returns how to take it all back."""
        taste = self._taste()
        opened = Builder(self.state, taste, self.stop).build(components)
        numbers = {component.number for component in components}
        here = [run for run in self.state.runs if run.candidate.slot.component in numbers]
        seated = grow(self.state, here)

        def undo() -> None:
            for run, need, persons in reversed(seated):
                self.state.seat(run, need, -persons)
            for run in opened:
                self.state.close(run)

        return undo

    def _taste(self) -> Callable[[int], float]:
        rng, noise = self.rng, NOISE * self.rng.random()
        return lambda gain: gain * (1 + noise * rng.random())
