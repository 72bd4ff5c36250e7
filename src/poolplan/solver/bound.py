"""The proven bound: no plan whatever saves more than this.

Up to a few thousand needs: column generation over all components at once, so that rooms, trainers
and firms with needs in several topics are priced together. Beyond that: component by component
(`parts`), rooms and trainers shared for nothing between them; every component has a bound before any
gets a better one. A firm's bonus is counted once per component (weight 1) or once for all (weight 0);
both are upper bounds, since max(b_k) <= (1 - w) + w * sum(b_k) for b_k in {0, 1}, and the plan at
hand says which of the two is tight.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from poolplan.solver.dive import case_of, dive
from poolplan.solver.ground import NO_COMPONENT, Ground, Ints
from poolplan.solver.groups import Column
from poolplan.solver.master import Case, Generator, Prices, Stop, lagrangian
from poolplan.solver.parts import Visits
from poolplan.solver.sheet import Sheet
from poolplan.solver.slots import Component

JOINT = 5000
DIVE_VENUES = 8
START_ROUNDS, START_GAP = 25, 0.05
DIVE_AT = 12  # joint rounds after which the first plan is drawn from the program
JOINT_ROUNDS, JOINT_GAP = 160, 2e-4
VISIT = 10  # rounds of a component in a row, if there are several


class Bounder:
    """Tightens the bound step by step; `gain` is the proven most any plan saves over no plan at all."""

    def __init__(
        self, ground: Ground, start: Sheet, floor: np.ndarray, several: np.ndarray, plan: Sheet | None = None
    ) -> None:
        """`start`: only confirmed runs. `floor`: per need the worth of a seat in those (a price no
        lower than that keeps them from being a way out). `several`: firms counted once for all.
        `plan`: the plan at hand, whose prices big problems start from."""
        self.plan_now = plan or start
        self.once = False  # look at every component once and leave it at that
        self.ground = ground
        self.start = start
        self.floor = floor
        self.several = several
        self.certain = float(start.gain)
        self.parts: dict[int, float] = {}
        self.joint = np.inf
        self.plan: list[Column] = []
        self.plan_gain = -1

    @property
    def gain(self) -> float:
        """The best bound so far."""
        parts = sum(self.parts.values()) if len(self.parts) == self.ground.components else np.inf
        return self.certain + min(self.joint, parts + self._certain_firms())

    def steps(self, stop: Stop) -> Iterator[float]:
        """Work in small steps; yields the bound after each. Ends when nothing is left to do."""
        sizes = np.bincount(self.ground.of_need[self.ground.of_need != NO_COMPONENT], minlength=self.ground.components)
        order = sorted(range(self.ground.components), key=lambda c: (int(sizes[c]), c))
        if self.ground.count <= JOINT:
            yield from self._jointly(order, stop)
        else:
            yield from self._apart(order, stop)

    def _certain_firms(self) -> float:
        fresh = self.start.seated[:-1] == 0
        asking = np.zeros(self.ground.firms, bool)
        asking[self.ground.firm] = True
        return float(self.ground.bonus * (fresh & asking & self.several).sum())

    def _safe(self, case: Case, prices: Prices, among: Ints) -> float:
        """The bound for these needs at these prices, confirmed runs that may grow included."""
        over = np.maximum(prices.person, self.floor[case.demand.needs])
        return lagrangian(case, prices._replace(person=over)) + self._outside(case, among)

    def _outside(self, case: Case, among: Ints) -> float:
        """What those of these needs that fit nowhere else might still gain in confirmed runs."""
        rest = np.setdiff1d(among, case.demand.needs)
        return float((self.floor[rest] * self.start.left[rest]).sum())

    # --- all at once -----------------------------------------------------------------------

    def _jointly(self, order: list[int], stop: Stop) -> Iterator[float]:
        components = [Component(self.ground, number) for number in order]
        columns: list[Column] = []
        for component in components:
            if stop():
                return
            columns += self._first(component, stop)
            yield self.gain
        case, everybody = case_of(self.start, components), np.arange(self.ground.count)
        generator = Generator(case)
        self.joint = self._safe(case, generator.center, everybody)
        generator.master.add(columns)
        generator.share = 0.5
        for done in range(JOINT_ROUNDS):
            if stop():
                return
            if done == DIVE_AT:
                self._draw(generator, stop)
            found = generator.run(1, JOINT_GAP, stop)
            self.joint = min(self.joint, self._safe(case, found.prices, everybody))
            yield self.gain
            if generator.closed:
                break
        self._draw(generator, stop)
        yield self.gain

    def _draw(self, generator: Generator, stop: Stop) -> None:
        """A whole plan from the program by diving; kept if it is the best so far."""
        trial = self.start.copy()
        dive(trial, generator, 1, stop, DIVE_VENUES)
        if trial.gain > self.plan_gain and not stop():
            self.plan, self.plan_gain = list(trial.runs.values()), trial.gain

    def _first(self, component: Component, stop: Stop) -> list[Column]:
        case = case_of(self.start, [component])
        if not case.fields:
            return []
        generator = Generator(case)
        generator.run(START_ROUNDS, START_GAP, stop)
        reduced = generator.master.reduced(generator.master.prices(generator.master.solve()))
        return [c for c, r in zip(generator.master.columns, reduced, strict=True) if r > -self.ground.bonus]

    # --- one by one ------------------------------------------------------------------------

    def _apart(self, order: list[int], stop: Stop) -> Iterator[float]:
        """Every component once, then visits where they bring most for their work."""
        fresh = self.start.copy()
        fresh.seated[:-1] += self.several
        runs = {n: [self.plan_now.runs[run] for run in mine] for n, mine in self.plan_now.by_component().items()}
        visits = [Visits(fresh, self.floor, number) for number in order]
        for visit in visits:
            self.parts[visit.number] = self._weak(fresh, visit.number)
        for visit in visits:
            if stop():
                return
            visit.begin(runs.get(visit.number, []))
            self.parts[visit.number] = visit.best
            yield self.gain
        while not self.once and not stop() and (visit := max(visits, key=lambda v: v.promise)).promise > 0:
            for best in visit.rounds(VISIT, stop):
                self.parts[visit.number] = best
                yield self.gain

    def _weak(self, fresh: Sheet, number: int) -> float:
        """Every person alone in the dearest seat there could be: penalty saved and bonus, nothing paid."""
        needs = self.ground.needs_of(number)
        return float((fresh.left[needs] * (self.ground.penalty[needs] + self.ground.bonus)).sum())
