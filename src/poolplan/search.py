"""`solve`: the best feasible plan found, with a proven bound, checked before it is handed out."""

from __future__ import annotations

from collections.abc import Callable

from poolplan.bound import lower_bound
from poolplan.check import breaches, objective
from poolplan.construct import Builder, Stop
from poolplan.errors import InternalError
from poolplan.expand import Market
from poolplan.improve import Improver
from poolplan.plan import Effort, Plan, Progress
from poolplan.start import follow, let_frozen_runs_live, with_frozen
from poolplan.state import State
from poolplan.types import Membership, Problem

DEFAULT_STEPS = 300
Report = Callable[[Progress], None]


def solve(
    problem: Problem,
    *,
    effort: Effort | None = None,
    seed: int = 1,
    warm: Plan | None = None,
    progress: Report | None = None,
    cancelled: Stop | None = None,
) -> Plan:
    """The best feasible plan found within the effort; `Plan.bound` is proven.

    Method: greedy construction by welfare, then counted take-out-and-rebuild steps. The same
    problem, seed and number of steps give the same plan everywhere; with `effort.seconds` the
    machine decides how far it comes. `warm`: an older plan to continue (what no longer fits is
    dropped). `progress` is called after every stage and step, `cancelled` is asked often; a
    cancelled search still returns a feasible plan. Raises `ProblemError` for a confirmed run that
    cannot exist, `NoPlanError` if confirmed runs cannot be kept within the rules.
    About O(slots + looked-at venues * eligible needs) for the construction.
    """
    return _Search(problem, effort or Effort(), progress, cancelled).run(seed, warm)


class _Search:
    """One call of `solve`: stages, budget, report."""

    def __init__(self, problem: Problem, effort: Effort, progress: Report | None, cancelled: Stop | None) -> None:
        self.problem = problem
        self.effort = effort
        self.progress = progress
        self.stop = _stop(effort, cancelled)
        self.market = Market(problem)
        self.state = with_frozen(self.market)
        self.bound = lower_bound(self.state)
        let_frozen_runs_live(problem, self.state)

    def run(self, seed: int, warm: Plan | None) -> Plan:
        if warm is not None:
            follow(self.state, warm)
        Builder(self.state, stop=self.stop).build(self.market.components)
        improver = Improver(self.state, seed, self.stop)
        improver.sweep()
        self._report("construct", 0)
        self._improve(improver)
        return self._checked()

    def _improve(self, improver: Improver) -> None:
        steps = self._steps()
        done = 0
        while (steps is None or done < steps) and not self.stop() and not self._good_enough():
            improver.step()
            done += 1
            self._report("improve", done)

    def _steps(self) -> int | None:
        if self.effort.steps is None and self.effort.seconds is None:
            return DEFAULT_STEPS
        return self.effort.steps

    def _objective(self) -> int:
        return nothing(self.problem) - self.state.welfare

    def _good_enough(self) -> bool:
        cost = self._objective()
        return cost - self.bound <= self.effort.gap * cost

    def _report(self, stage: str, step: int) -> None:
        if self.progress is not None:
            self.progress(Progress(stage, step, self._steps(), self._objective(), self.bound))

    def _checked(self) -> Plan:
        plan = plan_of(self.problem, self.state, self.bound)
        broken = breaches(self.problem, plan)
        if broken:
            raise InternalError("; ".join(str(breach) for breach in broken[:3]))
        if plan.objective != self._objective():
            raise InternalError(f"costs {plan.objective}, the search believed {self._objective()}")
        if plan.bound > plan.objective:
            raise InternalError(f"bound {plan.bound} above a plan of {plan.objective}")
        return plan


def nothing(problem: Problem) -> int:
    """The objective of the empty plan."""
    firms = len({need.company for need in problem.needs})
    penalties = sum(need.penalty * need.persons for need in problem.needs)
    return penalties + problem.params.company_unserved * firms


def plan_of(problem: Problem, state: State, bound: int) -> Plan:
    """The state as a public plan, costs taken from the independent check."""
    runs = state.plan_runs()
    left = tuple(
        Membership(need.id, persons) for need, persons in zip(problem.needs, state.left, strict=True) if persons > 0
    )
    return Plan(runs, left, objective(problem, Plan(runs)), bound)


def _stop(effort: Effort, cancelled: Stop | None) -> Stop:
    asked = cancelled or (lambda: False)
    seconds = effort.seconds
    if seconds is None:
        return asked
    deadline = effort.clock() + seconds
    return lambda: asked() or effort.clock() >= deadline
