"""One component's bound, kept and improved in visits: prices around a centre, columns, a better centre.

The centre is a feasible dual: at first the prices a plan suggests, raised until no run beats them
(`raising`). Every round solves a program over the columns so far whose prices may leave the centre by
a little only (Marsten, Hogan, Blankenship 1975; du Merle, Villeneuve, Desrosiers, Hansen 1999),
looks for columns that beat these prices, raises them, and moves the centre if the bound got better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from poolplan.solver.dive import case_of
from poolplan.solver.groups import Column, Pricer, saved
from poolplan.solver.highs import INF, Optimum, compressed
from poolplan.solver.master import SAFETY, Case, Master, Prices, lagrangian
from poolplan.solver.raising import Raiser
from poolplan.solver.sheet import Sheet
from poolplan.solver.slots import Component

WIDTH, LEAST_WIDTH = 0.15, 0.5  # how far prices may leave the centre: share of it and of the median price
NARROWER, TIGHTER, WIDER = 0.6, 0.85, 1.3  # after a round without columns, without a better bound, with one
CLOSED = 0.01  # a width at which nothing new means that nothing is left
KEPT = 6  # columns per need kept between visits
VISITS = 12  # of a component; without a time limit the proof has to end
FORGET = 0.4  # a visit that brought nothing still leaves some promise: columns have joined
COLUMNS = 0.5  # per need, at most, in a round


def suggested(case: Case, columns: Iterable[Column]) -> Prices:
    """Prices a plan suggests: who sits in a run shares its fixed cost and pays the rest of what is saved.

    Who is left over pays nothing; firms that have something get their bonus for nothing, others pay
    with it. Feasible only once raised.
    """
    demand, ground = case.demand, case.ground
    at = {int(need): i for i, need in enumerate(demand.needs)}
    person, served = np.zeros(len(demand)), np.zeros(ground.firms, bool)
    for column in columns:
        mine = [(at[n], k, saved(ground, column.where, n)) for n, k in column.members if n in at]
        share = (sum(k * worth for _, k, worth in mine) - column.gain) / max(sum(k for _, k, _ in mine), 1)
        for i, k, worth in mine:
            person[i] = max(person[i], worth - share + demand.bonus[i] / k)
            served[demand.firm[i]] = True
    firm = np.where((demand.firm_row >= 0) & ~served[demand.firm], float(ground.bonus), 0.0)
    nothing = np.zeros(case.rooms.shape), np.zeros(case.heads.shape)
    return Prices(person, np.zeros(len(demand)), firm, *nothing)


class Boxed(Master):
    """A master program whose prices per person stay within a box: persons may be bought and sold at its walls."""

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        count = len(case.demand)
        self.first = self.lp.columns
        sold, bought = [[(i, 1.0)] for i in range(count)], [[(i, -1.0)] for i in range(count)]
        self.lp.add_columns(np.zeros(2 * count), np.full(2 * count, INF), compressed(sold + bought))
        self.offset = self.lp.columns

    def within(self, low: np.ndarray, high: np.ndarray) -> Optimum:
        """The optimum if nobody's price lies below `low` or above `high`."""
        self.lp.change_gains(self.first, np.concatenate([low, -high]))
        return self.solve()


class Part:
    """The bound of one component: `best` is the most any plan gains there; `center` its prices."""

    def __init__(self, case: Case, columns: list[Column], floor: np.ndarray, center: Prices | None = None) -> None:
        """`columns`: those of a plan, or of an earlier visit with its `center`. `floor`: least price
        per need of the demand (confirmed runs)."""
        self.case, self.floor = case, floor
        self.master = Boxed(case)
        self.master.add(columns)
        self.raiser = Raiser(Pricer(case.ground, case.fields[0]))
        self.width = WIDTH
        self.best = np.inf
        self.closed = False
        if center is None:
            self._learn(self._above_floor(suggested(case, columns)))
        else:
            self.center, self.best = center, lagrangian(case, center)

    def round(self) -> float:
        """Program, columns, raise, once; returns the bound. `closed` if nothing is left to be won."""
        before, person = self.best, self.center.person
        reach = self.width * np.maximum(person, LEAST_WIDTH * _median(person))
        optimum = self.master.within(np.maximum(person - reach, self.floor), person + reach)
        new = self._learn(self.master.prices(optimum))
        if self.best < before:
            self.width = min(self.width * WIDER, WIDTH)
        else:
            self.width *= TIGHTER if new else NARROWER
            self.closed = not new and self.width < CLOSED
        return self.best

    def useful(self) -> list[Column]:
        """Columns worth keeping for another visit."""
        reduced = self.master.reduced(self.center)
        order = np.argsort(-reduced, kind="stable")[: KEPT * len(self.case.demand)]
        return [self.master.columns[i] for i in np.sort(order)]

    def _learn(self, prices: Prices) -> int:
        """Columns that beat the prices join; the centre moves there, raised, if the bound is better."""
        doubts = self.raiser.doubts(prices)
        new = self.master.add(self.raiser.columns(prices, doubts, self._most()))
        safe = self.raiser.raised(prices, doubts)
        safe = self._above_floor(safe._replace(person=safe.person + SAFETY))
        bound = lagrangian(self.case, safe)
        if bound < self.best:
            self.best, self.center = bound, safe
        return new

    def _above_floor(self, prices: Prices) -> Prices:
        return prices._replace(person=np.maximum(prices.person, self.floor))

    def _most(self) -> int:
        return max(20, int(COLUMNS * len(self.case.demand)))


def _median(person: np.ndarray) -> float:
    """Of the prices above a euro; a euro if there are none."""
    some = person[person > 1]
    return float(np.median(some)) if len(some) else 1.0


class Visits:
    """A component between visits: only its columns, its centre and its bound are kept in memory."""

    def __init__(self, start: Sheet, floor: np.ndarray, number: int) -> None:
        """`start`: confirmed runs only. `floor`: least price per need of the ground. `number`: the component's."""
        self.start, self.floor, self.number = start, floor, number
        self.columns: list[Column] = []
        self.center: Prices | None = None
        self.best = np.inf
        self.promise = 0.0  # euros the next visit may bring per entry looked at
        self.visits = 0

    def begin(self, runs: list[Column]) -> None:
        """The first bound, from the prices suggested by these runs of the component in the plan at hand."""
        mine = [run for run in runs if run.where.frozen < 0]
        part = self._part(mine)
        if part is not None:
            self.promise = max(self.best - sum(run.gain for run in mine), 0.0) / self._work(part)
            self._keep(part)

    def rounds(self, count: int, stop: Callable[[], bool]) -> Iterator[float]:
        """Up to so many rounds; yields the bound after each."""
        part = self._part(self.columns)
        before, promise = self.best, self.promise
        for _ in range(count if part else 0):
            if stop():
                break
            assert part is not None
            self.best = min(self.best, part.round() + self.outside)
            yield self.best
            if part.closed:
                break
        if part is not None:
            self.visits += 1
            done = part.closed or self.visits == VISITS
            self.promise = 0.0 if done else max((before - self.best) / self._work(part), promise * FORGET)
            self._keep(part)

    def _part(self, columns: list[Column]) -> Part | None:
        """The component laid out again, None if no run can take place there."""
        ground = self.start.ground
        case = case_of(self.start, [Component(ground, self.number)])
        rest = np.setdiff1d(ground.needs_of(self.number), case.demand.needs)
        self.outside = float((self.floor[rest] * self.start.left[rest]).sum())
        floor = self.floor[case.demand.needs]
        if not case.fields:
            self.best = self.outside + float((floor * case.demand.left).sum())
            return None
        part = Part(case, columns, floor, self.center)
        self.best = min(self.best, part.best + self.outside)
        return part

    def _work(self, part: Part) -> float:
        return 1e5 + sum(batch.piece.size for batch in part.case.fields[0].batches)

    def _keep(self, part: Part) -> None:
        self.columns, self.center = part.useful(), part.center
