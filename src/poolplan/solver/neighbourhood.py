"""Large-neighbourhood search with exact repair: a few runs out, their people planned anew.

A neighbourhood is a handful of runs that compete for the same people, and left-over people who
could join. First it is planned as if no other topic were in the way, then again together with the
runs of other topics that are (Shaw 1998; Pisinger, Ropke 2019; exact repair as in Gjergji,
Kletzander, Musliu 2026 for facility location with incompatibilities).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from poolplan.solver.dive import case_of
from poolplan.solver.ground import NO_COMPONENT, Ground
from poolplan.solver.groups import Column
from poolplan.solver.highs import Limits
from poolplan.solver.master import Case, Generator, cells_of
from poolplan.solver.packing import best_packing
from poolplan.solver.pricing import Prices
from poolplan.solver.seating import best_seating, options_of
from poolplan.solver.sheet import Sheet
from poolplan.solver.slots import Component

NEEDS = 110
NEAR = 500  # euros a column may lie below its price and still be of use
WHOLE = 60
NEIGHBOURS = 8
VENUES = 20
OPTIONS = 40  # candidates among which people are seated one by one
SEATING = Limits(nodes=20, gap=3e-3)


class Pains(NamedTuple):
    """How much goes into a neighbourhood: rounds; columns packed, euros they may lie below their price, limits."""

    rounds: int
    columns: int
    below: float
    limits: Limits


THOROUGH = Pains(25, 400, 1500, Limits(nodes=100, gap=3e-3))
NORMAL = Pains(25, 250, 700, Limits(nodes=20, gap=5e-3))  # big problems: half the time for 98 % of the gain
BRISK = Pains(12, 160, 700, Limits(nodes=20, gap=5e-3))  # their first sweep: a quarter of the time for half the gain
MANY = 5000  # needs from which on a problem is big


class Hood(NamedTuple):
    """Runs to take out and left-over needs to look at besides their members. `brisk`: see `Explorer.repair`."""

    runs: tuple[int, ...]
    needs: tuple[int, ...]
    brisk: bool = False


class Move(NamedTuple):
    """Columns instead of runs, and what that gains."""

    runs: tuple[int, ...]
    columns: list[Column]
    gain: int


class Begun(NamedTuple):
    """A neighbourhood after its column generation: columns known before, prices, how many columns there were."""

    case: Case
    generator: Generator
    old: list[Column]
    prices: Prices
    known: int
    pains: Pains


Way = Callable[[Begun], list[Column]]


class Explorer:
    """Chooses and repairs neighbourhoods of a sheet. Components are built when first looked at."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._components: dict[int, Component] = {}

    def component(self, number: int) -> Component:
        """The component, kept for the next time."""
        if number not in self._components:
            self._components[number] = Component(self.ground, number)
        return self._components[number]

    def choose(self, sheet: Sheet, rng: random.Random, size: int = NEEDS) -> Hood:
        """Around a random need: near runs of its component, then of components that want the same rooms,
        trainers or firms, until `size` needs are together."""
        mine = sheet.by_component()
        number, center = self._center(sheet, rng)
        runs: list[int] = []
        needs: list[int] = []
        seen: set[int] = set()
        for _ in range(NEIGHBOURS):
            seen.add(number)
            hood = self._around(sheet, (number, center), mine.get(number, []), size - len(needs), rng)
            runs += hood.runs
            needs += hood.needs
            count = len(needs) + sum(len(sheet.runs[run].members) for run in runs)
            if count > 0.7 * size:
                break
            number, center = self._next(sheet, runs, seen, rng)
            if number == NO_COMPONENT:
                break
        return Hood(tuple(runs), tuple(needs))

    def _around(self, sheet: Sheet, place: tuple[int, int], mine: list[int], size: int, rng: random.Random) -> Hood:
        number, center = place
        component = self.component(number)
        runs: list[int] = []
        count = 0
        for run in self._by_nearness(sheet, component, mine, center, rng):
            members = len(sheet.runs[run].members)
            if runs and count + members > size * 0.7:
                break
            runs.append(run)
            count += members
        return Hood(tuple(runs), tuple(self._left_over(sheet, component, center, max(size - count, 5), rng)))

    def _next(self, sheet: Sheet, runs: list[int], seen: set[int], rng: random.Random) -> tuple[int, int]:
        """(component, local position of a need) of a run elsewhere with a room, trainers or a firm in common."""
        ground = self.ground
        here = [sheet.runs[run] for run in runs]
        venues = {c.where.venue for c in here if c.where.venue >= 0}
        pools = {ground.offers[c.where.offer].pool for c in here}
        firms = {int(ground.firm[n]) for c in here for n, _ in c.members}
        rivals = [
            column
            for column in sheet.runs.values()
            if self._number(column) not in seen
            and (
                column.where.venue in venues
                or ground.offers[column.where.offer].pool in pools
                or any(int(ground.firm[n]) in firms for n, _ in column.members)
            )
        ]
        if not rivals:
            number, center = self._center(sheet, rng)
            return (NO_COMPONENT, 0) if number in seen else (number, center)
        column = rivals[rng.randrange(len(rivals))]
        number = self._number(column)
        return number, int(np.searchsorted(self.component(number).needs, column.members[0][0]))

    def _center(self, sheet: Sheet, rng: random.Random) -> tuple[int, int]:
        """(component, local position of a need) to start from, drawn by persons."""
        inside = np.flatnonzero(self.ground.of_need != NO_COMPONENT)
        need = int(inside[rng.randrange(len(inside))])
        number = int(self.ground.of_need[need])
        return number, int(np.searchsorted(self.component(number).needs, need))

    def _by_nearness(
        self, sheet: Sheet, component: Component, runs: list[int], center: int, rng: random.Random
    ) -> list[int]:
        """Runs whose people could most often come when the center can, with some noise."""
        dates = component.fits[:, center]
        reach = component.fits[dates].sum(axis=0) if dates.any() else np.zeros(len(component.needs))
        travel = self.ground.minutes[self.ground.home[component.needs[center]], self.ground.home[component.needs]]
        score = reach / max(1.0, float(reach.max(initial=0))) - travel / 120
        marks = []
        for run in runs:
            at = np.searchsorted(component.needs, [n for n, _ in sheet.runs[run].members])
            marks.append((-(float(score[at].mean()) + 0.5 * rng.random()), run))
        return [run for _, run in sorted(marks)]

    def _left_over(self, sheet: Sheet, component: Component, center: int, most: int, rng: random.Random) -> list[int]:
        needs = component.needs
        open_ = np.flatnonzero((sheet.left[needs] > 0) & (sheet.parts[needs] > 0))
        if len(open_) > most:
            dates = component.fits[:, center]
            reach = component.fits[dates].sum(axis=0)[open_] if dates.any() else np.zeros(len(open_))
            noise = np.array([rng.random() for _ in open_])
            mark = reach / max(1.0, float(reach.max(initial=0))) + noise
            open_ = np.sort(open_[np.argsort(-mark, kind="stable")[: max(most, 10)]])
        return [int(n) for n in needs[open_]]

    def sweep(self, sheet: Sheet, number: int) -> list[Hood]:
        """The whole component in hoods of up to `WHOLE` needs: people who suit one another together."""
        component = self.component(number)
        runs = sheet.by_component().get(number, [])
        needs = component.needs
        if len(needs) <= WHOLE:
            open_ = needs[(sheet.left[needs] > 0) & (sheet.parts[needs] > 0)]
            return [Hood(tuple(runs), tuple(int(n) for n in open_))]
        first = component.fits.argmax(axis=0) if len(component.keys) else np.zeros(len(needs), int)
        order = np.lexsort((self.ground.home[needs], first))
        place = np.empty(len(needs), np.int64)
        count = -(-len(needs) // WHOLE)
        place[order] = np.arange(len(needs)) * count // len(needs)
        hoods: list[tuple[list[int], list[int]]] = [([], []) for _ in range(count)]
        for run in runs:
            at = np.searchsorted(needs, [n for n, _ in sheet.runs[run].members])
            hoods[int(np.bincount(place[at]).argmax())][0].append(run)
        for i in np.flatnonzero((sheet.left[needs] > 0) & (sheet.parts[needs] > 0)):
            hoods[int(place[i])][1].append(int(needs[i]))
        return [Hood(tuple(mine), tuple(who)) for mine, who in hoods]

    def repair(self, sheet: Sheet, hood: Hood) -> Move:
        """The best plan found for the neighbourhood; `Move.gain` <= 0 means nothing better.

        Whole groups first, because that is quick; person by person where it brings nothing. Briskly:
        whole groups only, in rooms and with trainers that are free. Runs that an earlier move took
        away are passed over.
        """
        hood = hood._replace(runs=tuple(run for run in hood.runs if run in sheet.runs))
        if hood.brisk:
            columns = _packed(self._begin(sheet, hood, self._without(sheet, hood), self._open(sheet, hood)))
            return Move(hood.runs, columns, sheet.copy().replace(hood.runs, columns))
        begun = self._begin(sheet, hood, self._alone(sheet, hood), self._open(sheet, hood))
        move = self._anew(sheet, hood, begun, _packed)
        return move if move.gain > 0 else self._anew(sheet, hood, begun, _seated)

    def _anew(self, sheet: Sheet, hood: Hood, alone: Begun, way: Way) -> Move:
        """As if no other component were in the way, then again with the runs that are."""
        columns = way(alone)
        others = self._in_the_way(sheet, hood, columns)
        if others:
            hood = Hood(hood.runs + others, hood.needs)
            known = self._open(sheet, hood) + columns
            columns = way(self._begin(sheet, hood, self._without(sheet, hood), known))
        return Move(hood.runs, columns, sheet.copy().replace(hood.runs, columns))

    def _open(self, sheet: Sheet, hood: Hood) -> list[Column]:
        return [sheet.runs[run] for run in hood.runs]

    def _pains(self, hood: Hood) -> Pains:
        if self.ground.count <= MANY:
            return THOROUGH
        return BRISK if hood.brisk else NORMAL

    def _without(self, sheet: Sheet, hood: Hood) -> Sheet:
        rest = sheet.copy()
        for run in hood.runs:
            rest.close(run)
        return rest

    def _alone(self, sheet: Sheet, hood: Hood) -> Sheet:
        """The sheet without the hood, and without what other components keep busy."""
        rest = self._without(sheet, hood)
        mine = {self._number(sheet.runs[run]) for run in hood.runs} | {int(self.ground.of_need[n]) for n in hood.needs}
        rest.rooms, rest.heads = rest.ground.rooms.copy(), rest.ground.heads.copy()
        for column in [*rest.kept.values(), *rest.runs.values()]:
            if self._number(column) in mine or column.where.frozen >= 0:
                rest.occupy(column)
        return rest

    def _number(self, column: Column) -> int:
        return self.ground.of_offer[column.where.offer]

    def _in_the_way(self, sheet: Sheet, hood: Hood, wanted: list[Column]) -> tuple[int, ...]:
        """Runs of other components in cells the wanted columns would overbook."""
        rest = self._without(sheet, hood)
        blocked = set()
        for column in wanted:
            for cell in cells_of(self.ground, column):
                kind, thing, at = cell
                if (rest.rooms if kind else rest.heads)[thing, at] < 1:
                    blocked.add(cell)
            rest.occupy(column)
        if not blocked:
            return ()
        return tuple(n for n, run in rest.runs.items() if blocked & set(cells_of(self.ground, run)))

    def _begin(self, sheet: Sheet, hood: Hood, rest: Sheet, known: list[Column]) -> Begun:
        """Column generation for the hood's people around `rest`, from the known columns that fit there."""
        members = {n for run in hood.runs for n, _ in sheet.runs[run].members}
        needs = np.array(sorted(members | set(hood.needs)), dtype=np.int64)
        numbers = sorted({int(self.ground.of_need[n]) for n in needs})
        case = case_of(rest, [self.component(number) for number in numbers], needs, VENUES)
        old = [c for c in known if rest.admits(c)]
        generator = Generator(case)
        generator.share = 0.3
        generator.master.add(old)
        pains = self._pains(hood)
        generator.run(pains.rounds, 3e-3, _never)
        master = generator.master
        return Begun(case, generator, old, master.prices(master.solve()), len(master.columns), pains)


def _packed(begun: Begun) -> list[Column]:
    """The best set of whole groups."""
    begun.generator.enrich(NEAR, 60)
    master, pains = begun.generator.master, begun.pains
    reduced = master.reduced(master.prices(master.solve()))
    order = np.argsort(-reduced, kind="stable")[: pains.columns]
    columns = [master.columns[i] for i in order if reduced[i] > -pains.below]
    present = {(c.where, c.members) for c in columns}
    columns += [c for c in dict.fromkeys(begun.old) if (c.where, c.members) not in present]
    return best_packing(begun.case, columns, pains.limits)


def _seated(begun: Begun) -> list[Column]:
    """People and runs together, over the runs that are and those the program likes best."""
    columns = begun.generator.master.columns
    order = np.argsort(-begun.generator.master.reduced(begun.prices)[: begun.known], kind="stable")
    liked = dict.fromkeys([column.where for column in begun.old] + [columns[i].where for i in order])
    return best_seating(begun.case, options_of(begun.case, list(liked)[:OPTIONS]), SEATING)


def _never() -> bool:
    return False
