"""`solve`: the best feasible plan found, with a proven bound, checked before it is handed out."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from poolplan.bound import lower_bound
from poolplan.check import breaches, objective
from poolplan.construct import grow
from poolplan.errors import InternalError
from poolplan.expand import Market
from poolplan.plan import Effort, Plan, Progress
from poolplan.solver.bound import JOINT, Bounder
from poolplan.solver.bridge import fill_state, runs_of, seats_in_confirmed, sheet_of
from poolplan.solver.crew import Crew, several_firms
from poolplan.solver.ground import Ground
from poolplan.solver.neighbourhood import Hood
from poolplan.start import follow, let_frozen_runs_live, with_frozen
from poolplan.state import State
from poolplan.types import Membership, Problem

DEFAULT_STEPS = 60
BATCH = 4  # neighbourhoods planned against the same state, however many processes there are
SEVERAL = 300  # needs from which on a brisk sweep over everything comes first: half the time to the same plan
BIG = 6000  # needs from which on single seats are no longer polished one by one
PROOF_SHARE = 0.6  # of the seconds go into the bound at most
AGAIN_AT = 0.45  # of the seconds, at the latest, the bound of a big problem is proven from a better plan
Report = Callable[[Progress], None]
Stop = Callable[[], bool]


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

    Method: greedy first plan; every component planned by column generation and diving; then
    large-neighbourhood search with exact repair. The bound comes from column generation over all
    components at once (big problems: one by one). The same problem, seed and number of steps
    (neighbourhoods) give the same plan everywhere, whatever `effort.workers`; with `effort.seconds`
    the machine decides how far it comes. `warm`: an older plan to continue (what no longer fits is
    dropped). `progress` is called after every stage and batch, `cancelled` is asked often; a
    cancelled search still returns a feasible plan. Raises `ProblemError` for a confirmed run that
    cannot exist, `NoPlanError` if confirmed runs cannot be kept within the rules.
    """
    search = _Search(problem, effort or Effort(), progress, cancelled)
    try:
        return search.run(seed, warm)
    finally:
        search.end()


class _Search:
    """One call of `solve`: stages, budget, report."""

    def __init__(self, problem: Problem, effort: Effort, progress: Report | None, cancelled: Stop | None) -> None:
        self.problem = problem
        self.effort = effort
        self.progress = progress
        self.began = effort.clock() if effort.seconds else 0.0
        self.stop = self._stopper(cancelled or (lambda: False))
        self.ground = Ground(problem)
        self.crew: Crew | None = None
        self.bound = 0
        self.proof: Iterator[float] | None = None
        self.proof_seconds = 0.0
        self.again: bool | None = None  # whether the bound is to be proven once more; None: not even once so far
        self.steps_done = 0
        self.offered = -1
        self.warm = False

    def end(self) -> None:
        """Send helpers home."""
        if self.crew:
            self.crew.end()

    def run(self, seed: int, warm: Plan | None) -> Plan:
        """All stages; what is there when time is up is what comes back."""
        self.warm = warm is not None
        state = self._start(warm)
        crew = self.crew = Crew(sheet_of(self.ground, state), self._hands())
        order = sorted(range(self.ground.components), key=lambda c: (-len(self.ground.needs_of(c)), c))
        crew.greedy(order, self.stop)
        self._report("construct")
        if self.effort.steps != 0:
            self._begin_proof()
            self._work(order, random.Random(seed))  # noqa: S311 - repeatable variety
        return self._checked(crew)

    def _hands(self) -> int:
        small = self.effort.steps == 0 or self.ground.count < 40
        return 1 if small else self.effort.workers

    def _start(self, warm: Plan | None) -> State | None:
        """Confirmed runs and the old plan, as far as they hold; the first, weak bound."""
        self.base = sheet_of(self.ground, None)
        self.floor = seats_in_confirmed(self.ground, None)
        if not (self.problem.frozen_runs or warm or self.effort.steps == 0):
            return None
        state = with_frozen(Market(self.problem))
        self.bound = lower_bound(state)
        self.base, self.floor = sheet_of(self.ground, state), seats_in_confirmed(self.ground, state)
        let_frozen_runs_live(self.problem, state)
        if warm is not None:
            follow(state, warm)
        return state

    # --- stages ----------------------------------------------------------------------------

    def _work(self, order: list[int], rng: random.Random) -> None:
        crew = self._crew
        self._go_on_proving()
        for brisk in (True, False) if self.ground.count > SEVERAL else (False,):
            if not self.warm:
                self._sweep(order, brisk=brisk)
            self._prove_again(swept=True)
        while not self._enough() and (self.effort.steps is None or self.steps_done < self.effort.steps):
            count = BATCH if self.effort.steps is None else min(BATCH, self.effort.steps - self.steps_done)
            hoods_now = _disjoint([crew.explorer.choose(crew.sheet, rng) for _ in range(count)])
            self.steps_done += count
            self._repair(hoods_now, "improve")
            self._prove_again(swept=True)
        self._go_on_proving()

    def _sweep(self, order: list[int], *, brisk: bool) -> None:
        """Every component planned anew, neighbourhood by neighbourhood."""
        crew = self._crew
        hoods = (hood._replace(brisk=brisk) for number in order for hood in crew.explorer.sweep(crew.sheet, number))
        batch: list[Hood] = []
        for hood in hoods:
            batch.append(hood)
            if len(batch) == BATCH:
                self._repair(batch, "components")
                batch = []
            if self._enough():
                return
            self._prove_again(swept=False)
        self._repair(batch, "components")

    def _repair(self, hoods: list[Hood], stage: str) -> None:
        if hoods:
            self._crew.repair(hoods, self.stop)
        self._go_on_proving()
        self._report(stage)

    def _begin_proof(self) -> None:
        """Big problems with a time limit are proven twice: once quickly, and again from a better plan."""
        several, seconds = several_firms(self.ground, self._crew.sheet), self.effort.seconds
        first = self.again is None
        self.again = first and seconds is not None and self.ground.count > JOINT
        if self._crew.helper and seconds is not None:
            left = (seconds - self._elapsed()) * 0.7
            self._crew.start_bound(self.base, self.floor, several, left, once=self.again)
            return
        self.bounder = Bounder(self.ground, self.base, self.floor, several, self._crew.sheet)
        self.bounder.once = self.again
        self.proof = self.bounder.steps(self.stop)

    def _prove_again(self, *, swept: bool) -> None:
        """From a better plan, once every component was planned anew or much of the time is gone."""
        idle = self.proof is None and not self._crew.busy
        if self.again and idle and (swept or self._elapsed() > AGAIN_AT * (self.effort.seconds or 0)):
            self._begin_proof()

    def _go_on_proving(self) -> None:
        """One process: prove for its share of the time; without seconds at once and to the end."""
        crew = self._crew
        crew.listen()
        self._take_bounds()
        while self.proof is not None and self._may_prove() and not self._near_enough():
            before = self.effort.clock() if self.effort.seconds else 0.0
            gain = next(self.proof, None)
            self.proof_seconds += (self.effort.clock() if self.effort.seconds else 0.0) - before
            if gain is None:
                self.proof = None
            else:
                crew.bounds.append(gain)
                self._take_bounds()
                self._offer()
                self._report("prove")

    def _take_bounds(self) -> None:
        for gain in self._crew.bounds:
            if gain < 1e17:
                self.bound = max(self.bound, int(-(-(self.ground.nothing() - gain - 1e-3) // 1)))
        self._crew.bounds.clear()

    def _near_enough(self) -> bool:
        """Whether plan and bound are as close as was asked for."""
        cost = self._objective()
        return cost - self.bound <= self.effort.gap * cost

    def _offer(self) -> None:
        """The plan the proof brought along. A warm start keeps to the old plan instead."""
        if self.bounder.plan_gain > self.offered and not self.warm:
            self.offered = self.bounder.plan_gain
            self._crew.offer(self.bounder.plan)

    def _may_prove(self) -> bool:
        if self.stop():
            return False
        share = 1.0 if self.offered < 0 and self.ground.count <= JOINT else PROOF_SHARE
        return self.effort.seconds is None or self.proof_seconds < share * max(self._elapsed(), 1e-9)

    # --- budget and report -----------------------------------------------------------------

    @property
    def _crew(self) -> Crew:
        assert self.crew is not None
        return self.crew

    def _elapsed(self) -> float:
        return self.effort.clock() - self.began

    def _stopper(self, asked: Stop) -> Stop:
        seconds, clock = self.effort.seconds, self.effort.clock
        if seconds is None:
            return asked
        return lambda: asked() or clock() >= self.began + seconds * 0.97

    def _enough(self) -> bool:
        steps = self.effort.steps if self.effort.steps is not None or self.effort.seconds else DEFAULT_STEPS
        used_up = steps is not None and self.steps_done >= steps
        return self.stop() or used_up or self._near_enough()

    def _objective(self) -> int:
        return self.ground.nothing() - int(self._crew.sheet.gain)

    def _report(self, stage: str) -> None:
        if self.progress is not None:
            sheet = self._crew.sheet
            served = int((self.ground.persons - sheet.left).sum())
            self.progress(Progress(stage, self.steps_done, self.effort.steps, self._objective(), self.bound, served))

    # --- the end ---------------------------------------------------------------------------

    def _checked(self, crew: Crew) -> Plan:
        plan = self._plan(crew)
        broken = breaches(self.problem, plan)
        if broken:
            raise InternalError("; ".join(str(breach) for breach in broken[:3]))
        if plan.objective > self._objective():
            raise InternalError(f"costs {plan.objective}, the search believed {self._objective()}")
        if plan.bound > plan.objective:
            raise InternalError(f"bound {plan.bound} above a plan of {plan.objective}")
        return plan

    def _plan(self, crew: Crew) -> Plan:
        if not self.problem.frozen_runs and self.ground.count > BIG:
            return plan_of(self.problem, Plan(runs_of(self.problem, crew.sheet)), self.bound)
        state = with_frozen(Market(self.problem))
        if self.problem.frozen_runs:
            let_frozen_runs_live(self.problem, state)
        fill_state(state, crew.sheet)
        grow(state, list(state.runs))
        return plan_of(self.problem, Plan(state.plan_runs()), self.bound)


def _disjoint(hoods: list[Hood]) -> list[Hood]:
    """Neighbourhoods that share no run and no need with an earlier one."""
    runs: set[int] = set()
    needs: set[int] = set()
    kept = []
    for hood in hoods:
        if not runs & set(hood.runs) and not needs & set(hood.needs):
            kept.append(hood)
            runs |= set(hood.runs)
            needs |= set(hood.needs)
    return kept


def plan_of(problem: Problem, plan: Plan, bound: int) -> Plan:
    """The plan with who is left over, its costs from the independent check, and the bound."""
    served: dict[object, int] = {}
    for run in plan.runs:
        for member in run.members:
            served[member.need] = served.get(member.need, 0) + member.persons
    left = tuple(
        Membership(need.id, need.persons - served.get(need.id, 0))
        for need in problem.needs
        if need.persons > served.get(need.id, 0)
    )
    return Plan(plan.runs, left, objective(problem, plan), bound)
