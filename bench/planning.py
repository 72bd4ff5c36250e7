"""How good is a plan, how sure, how fast? Against a coordinator with a spreadsheet, in the same run.

    .venv/bin/python bench/planning.py INSTANCE.json[.gz] [--seconds 60] [--workers 2] [--seed 1]

The coordinator goes through the topics, the biggest first, takes the course date at which most
people could come, seats them in the order in which they asked, and repeats while a course fills up.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from poolplan import Change, Effort, Plan, Problem, apply, breaches, explain, read_instance, solve, what_if
from poolplan.solver.dive import case_of
from poolplan.solver.field import Batch, Field
from poolplan.solver.ground import Ground
from poolplan.solver.groups import Column, column_of
from poolplan.solver.sheet import Sheet
from poolplan.solver.slots import Component

VENUES = 6
ASKED = 40


def spreadsheet(ground: Ground) -> Sheet:
    """The plan of a careful person with a list of dates and names."""
    sheet = Sheet(ground)
    components = sorted(range(ground.components), key=lambda c: -len(ground.needs_of(c)))
    for number in components:
        case = case_of(sheet, [Component(ground, number)], venues=VENUES)
        for field in case.fields:
            _fill(sheet, field)
    return sheet


def _fill(sheet: Sheet, field: Field) -> None:
    given_up: set[tuple[int, int]] = set()
    while True:
        left = _left(sheet, field)
        best = (0, -1, -1)
        for b, batch in enumerate(field.batches):
            seats = np.minimum(left[batch.piece].sum(axis=1), batch.most)
            seats[[row for at, row in given_up if at == b]] = 0
            row = int(seats.argmax())
            if seats[row] >= batch.least[row] and seats[row] > best[0]:
                best = (int(seats[row]), b, row)
        if best[1] < 0:
            return
        column = _seat(sheet, field, field.batches[best[1]], best[2])
        if column is None or not sheet.admits(column):
            given_up.add(best[1:])
        else:
            sheet.open(column)


def _left(sheet: Sheet, field: Field) -> np.ndarray:
    demand = field.demand
    untouched = sheet.left[demand.needs] == demand.left
    return np.append(np.where(untouched[demand.piece], demand.size, 0), 0)


def _seat(sheet: Sheet, field: Field, batch: Batch, row: int) -> Column | None:
    """People in the order they asked; who could not pay at the size reached goes, and it is tried again."""
    demand, ground = field.demand, sheet.ground
    pieces = np.unique(batch.piece[row][batch.tier[row] < 255])
    tiers = dict(zip(batch.piece[row].tolist(), batch.tier[row].tolist(), strict=True))
    order = sorted({int(demand.piece[p]) for p in pieces if p < len(demand.piece) and demand.first[p]})
    while order:
        taken: list[tuple[int, int]] = []
        firms: set[int] = set()
        seats = int(batch.most[row])
        for need in order:
            firm, persons = int(demand.firm[need]), min(int(demand.left[need]), seats)
            free = sheet.left[demand.needs[need]] == demand.left[need]
            if free and persons >= demand.least[need] and not ground.walls.get(firm, frozenset()) & firms:
                taken.append((need, persons))
                firms.add(firm)
                seats -= persons
        size = sum(persons for _, persons in taken)
        poor = {need for need, _ in taken if tiers[need] > size}
        if size < batch.least[row]:
            return None
        if not poor:
            return column_of(ground, field, batch.spot[row], taken)
        order = [need for need in order if need not in poor]
    return None


def main() -> None:
    """Print one line per way of planning."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("instance")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    problem = read_instance(chosen.instance)
    began = time.monotonic()
    ground = Ground(problem)
    by_hand = ground.nothing() - int(spreadsheet(ground).gain)
    print(f"spreadsheet   {by_hand:>12,}  {time.monotonic() - began:6.1f} s")
    began, cpu = time.monotonic(), time.process_time()
    plan = solve(problem, effort=Effort(seconds=chosen.seconds, workers=chosen.workers), seed=chosen.seed)
    own, child = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(
        f"poolplan      {plan.objective:>12,}  {time.monotonic() - began:6.1f} s"
        f"  (own processor {time.process_time() - cpu:.1f} s)"
    )
    print(f"ratio         {plan.objective / by_hand:12.4f}  bound {plan.bound:,}  gap {plan.gap:.2%}")
    print(f"peak memory   {own} MB, helper {child} MB; rules broken: {len(breaches(problem, plan))}")
    _ask(problem, plan, random.Random(chosen.seed))


def _ask(problem: Problem, plan: Plan, rng: random.Random) -> None:
    """How long people wait for answers about a finished plan."""
    left = [member.need for member in plan.unserved]
    some = rng.sample(left, min(ASKED, len(left)))
    needs = [need.id for need in rng.sample(problem.needs, min(ASKED, len(problem.needs)))]
    _print_waits("why not", [_wait(lambda one=one: explain(problem, plan, one)) for one in some])
    more = [Change("persons", one, 1) for one in needs]
    _print_waits("what if", [_wait(lambda one=one: what_if(problem, plan, one)) for one in more])
    _print_waits("re-plan", [_wait(lambda one=one: _replan(problem, plan, one)) for one in more[:3]])


def _replan(problem: Problem, plan: Plan, change: Change) -> Plan:
    return solve(apply(problem, change), effort=Effort(steps=0), warm=plan)


def _wait(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began)


def _print_waits(name: str, waits: list[float]) -> None:
    if waits:
        print(f"{name:<13} median {statistics.median(waits):8.1f} ms, longest {max(waits):8.1f} ms, {len(waits)} asked")


if __name__ == "__main__":
    main()
