"""What if? Re-plan around the present plan after one change, and say what became different."""

from __future__ import annotations

from dataclasses import dataclass

from poolplan.changes import Change, apply
from poolplan.check import objective
from poolplan.compare import Served, by_place, changes_of_seats, only_in
from poolplan.nearby import replan_nearby
from poolplan.plan import Effort, Plan, Run
from poolplan.search import solve
from poolplan.types import Problem


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

    By default no improvement steps are made, so only what the change touches moves; a change of one
    need is planned among the topics linked with its own, and proves nothing (`plan.bound` 0). Raises
    `ProblemError` for a change that names unknown things, `NoPlanError` if a confirmed run cannot
    be kept. Cost: O(needs + runs) and a greedy plan of a few topics, else one `solve` with a warm start.
    """
    changed = apply(problem, change)
    after = None if effort else _nearby(problem, changed, plan, change)
    if after is None:
        after = solve(changed, effort=effort or Effort(steps=0), warm=plan)
    before_runs, after_runs = by_place(plan), by_place(after)
    needs = list(dict.fromkeys(need.id for need in (*problem.needs, *changed.needs)))
    return Delta(
        change=change,
        problem=changed,
        plan=after,
        objective_before=objective(problem, plan).total,
        served=tuple(changes_of_seats(needs, plan, after)),
        opened=only_in(after_runs, before_runs),
        closed=only_in(before_runs, after_runs),
    )


def _nearby(problem: Problem, changed: Problem, plan: Plan, change: Change) -> Plan | None:
    need = change.new_need or (problem.need(change.need) if change.need is not None else None)
    return replan_nearby(changed, plan, need.topic) if need else None
