"""What if? Re-plan around the present plan after one change, and say what became different."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from poolplan.changes import Change, apply
from poolplan.check import objective
from poolplan.plan import Effort, Plan, Run
from poolplan.search import solve
from poolplan.types import Id, Problem


@dataclass(frozen=True, slots=True)
class Served:
    """A need that has another number of seats than before."""

    need: Id
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Delta:
    """The changed problem, the new plan, and the difference to the old one.

    `objective_before` is the old plan's cost in the old problem. A run counts as kept while
    template, time, format and venue stay, whoever sits in it.
    """

    change: Change
    problem: Problem
    plan: Plan
    objective_before: int
    served: tuple[Served, ...]
    opened: tuple[Run, ...]
    closed: tuple[Run, ...]

    @property
    def saved(self) -> int:
        """Euros the objective falls by (below 0: rises)."""
        return self.objective_before - self.plan.objective

    @property
    def persons_gained(self) -> int:
        """Seats more than before (below 0: fewer)."""
        return sum(served.after - served.before for served in self.served)


def what_if(problem: Problem, plan: Plan, change: Change, *, effort: Effort | None = None) -> Delta:
    """The plan after the change: confirmed runs stay, other runs stay where they still may.

    By default no improvement steps are made, so only what the change touches moves. Raises
    `ProblemError` for a change that names unknown things, `NoPlanError` if a confirmed run cannot
    be kept. Cost of one `solve` with a warm start.
    """
    changed = apply(problem, change)
    after = solve(changed, effort=effort or Effort(steps=0), warm=plan)
    before_runs, after_runs = _by_place(plan), _by_place(after)
    return Delta(
        change=change,
        problem=changed,
        plan=after,
        objective_before=objective(problem, plan).total,
        served=tuple(_served(problem, changed, plan, after)),
        opened=tuple(run for key, run in after_runs.items() if key not in before_runs),
        closed=tuple(run for key, run in before_runs.items() if key not in after_runs),
    )


def _by_place(plan: Plan) -> dict[tuple[object, ...], Run]:
    """Runs by what makes them the same run; copies at the same time and place are numbered."""
    runs: dict[tuple[object, ...], Run] = {}
    for run in plan.runs:
        copy = 0
        while (key := (run.template, run.pattern, run.start_week, run.mode, run.venue, copy)) in runs:
            copy += 1
        runs[key] = run
    return runs


def _served(problem: Problem, changed: Problem, plan: Plan, after: Plan) -> Iterator[Served]:
    before, now = _seats(plan), _seats(after)
    ids = dict.fromkeys([need.id for need in (*problem.needs, *changed.needs)])
    for need in ids:
        if before.get(need, 0) != now.get(need, 0):
            yield Served(need, before.get(need, 0), now.get(need, 0))


def _seats(plan: Plan) -> dict[Id, int]:
    seats: dict[Id, int] = {}
    for run in plan.runs:
        for member in run.members:
            seats[member.need] = seats.get(member.need, 0) + member.persons
    return seats
