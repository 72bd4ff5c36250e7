"""Problem -> plan -> rows. Whatever the core hands out is checked here once more before anybody sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from poolplan import (
    Explanation,
    NoPlanError,
    Problem,
    ProblemError,
    Progress,
    alone,
    breaches,
    explain,
    instance_to,
    objective,
    plan_to,
    solve,
)
from poolplan import Plan as Solved
from poolplan import Run as JointRun

from .. import rules
from ..models import Plan
from .by_hand import by_hand
from .efforts import effort_of
from .problem import PATTERNS, Scene, own_id, problem_of, scene_of
from .steering import RUN_FORMATS, Contradiction, steered, warm_start

OUTSIDE = "outside_horizon"

Report = Callable[[dict[str, Any]], None]
Asked = Callable[[], bool]


class InvalidPlan(Exception):
    """The core returned a plan that breaks a rule or does not cost what it says."""


@dataclass(frozen=True, slots=True)
class Seats:
    """So many people of a need in a run, with what a head costs together and alone (cents)."""

    need: UUID
    seats: int
    cost_cents: int
    cost_alone_cents: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """One run of a plan, ready to become a proposal."""

    offer: UUID
    venue: UUID | None
    format: str
    pattern: str
    dates: list[dict[str, str]]
    cost_cents: int
    firms: int
    members: tuple[Seats, ...]

    @property
    def seats(self) -> int:
        return sum(member.seats for member in self.members)

    @property
    def cost_alone_cents(self) -> int:
        return sum(member.seats * member.cost_alone_cents for member in self.members)


@dataclass(frozen=True, slots=True)
class Left:
    """People of a need without a seat: the stage, its numbers, and changes that were tried and help."""

    need: UUID
    seats: int
    stage: str
    numbers: dict[str, int]
    changes: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Calculated:
    """Everything one calculation brings, ready to be stored."""

    problem: dict[str, Any]
    result: dict[str, Any]
    objective: int
    bound: int
    persons: int
    runs: list[Drawn]
    left: list[Left]
    by_hand: dict[str, int]


@dataclass(frozen=True, slots=True)
class Listener:
    """Who follows a calculation: hears how far it is, may ask for the best so far, may call everything off."""

    report: Report
    enough: Asked
    over: Asked

    def stop(self) -> bool:
        return self.enough() or self.over()


def calculate(plan: Plan, listener: Listener) -> Calculated:
    """Takes seconds to minutes: never call it inside a transaction. Raises ProblemError for rows that contradict,
    Contradiction for instructions that cannot be kept, InvalidPlan for an answer that is none."""
    scene = scene_of(plan)
    problem = steered(problem_of(scene), scene)
    solved = _solved(plan, problem, scene, listener)
    _insist(problem, solved)
    runs = [_drawn(problem, scene.monday, run) for run in solved.runs]
    left = _left(problem, solved, listener)
    return Calculated(
        problem=_with_ids(instance_to(problem), problem),
        result=plan_to(problem, solved),
        objective=solved.objective,
        bound=solved.bound,
        persons=sum(need.persons for need in problem.needs),
        runs=sorted(runs, key=lambda run: (run.dates[0]["date"], str(run.offer))),
        left=left,
        by_hand=_by_hand(problem, runs),
    )


def _solved(plan: Plan, problem: Problem, scene: Scene, listener: Listener) -> Solved:
    """Starts from the plan before, if there is one; what was laid down may be impossible."""
    persons = sum(need.persons for need in problem.needs)
    try:
        return solve(
            problem,
            effort=effort_of(plan),
            seed=plan.seed,
            warm=warm_start(plan, problem, scene.monday),
            progress=lambda step: listener.report(_told(step, persons)),
            cancelled=listener.stop,
        )
    except (ProblemError, NoPlanError) as wrong:
        if problem.frozen_runs:
            raise Contradiction(str(wrong)) from wrong
        raise


def _insist(problem: Problem, solved: Solved) -> None:
    """The independent check once more, on what really came back."""
    broken = [str(one) for one in breaches(problem, solved)]
    if not broken and objective(problem, solved).total != solved.objective:
        broken = ["the costs are not what the plan says"]
    if not broken and solved.bound > solved.objective:
        broken = ["the bound lies above the plan"]
    if broken:
        raise InvalidPlan("; ".join(broken[:3]))


def _told(step: Progress, persons: int) -> dict[str, Any]:
    """What a waiting coordinator may like to know."""
    told = {"stage": step.stage, "step": step.step, "steps": step.steps, "persons": persons}
    return {**told, "objective": step.objective, "bound": step.bound, "served": step.served}


def _by_hand(problem: Problem, runs: list[Drawn]) -> dict[str, int]:
    """The spreadsheet way in figures. `cost_cents`: what the people of our plan would pay that way, those it leaves
    over as if they went alone; so both sums speak of the same people."""
    other = by_hand(problem)
    heads = {run: _per_head(_fee_cents(problem, run), run) for run in other.runs}
    price = {one.need: heads[run] for run in other.runs for one in run.members}
    seats = {one.need: one.persons for run in other.runs for one in run.members}
    cents = 0
    for run in runs:
        for one in run.members:
            joint = min(one.seats, seats.get(one.need, 0))
            seats[one.need] = seats.get(one.need, 0) - joint
            cents += joint * price.get(one.need, 0) + (one.seats - joint) * one.cost_alone_cents
    served = sum(run.size for run in other.runs)
    total = objective(problem, other).total
    return {"runs": len(other.runs), "served": served, "objective": total, "cost_cents": cents}


def _fee_cents(problem: Problem, run: JointRun) -> int:
    cost = objective(problem, Solved((run,)))
    return (cost.run_fixed + cost.per_person) * 100


def _per_head(cents: int, run: JointRun) -> int:
    return rules.whole_cents(Fraction(cents, run.size))


def _with_ids(data: dict[str, Any], problem: Problem) -> dict[str, Any]:
    """The format counts positions; these lists say which of our rows they are."""
    kinds = ("needs", "templates", "venues")
    return {**data, "rows": {kind: [str(thing.id) for thing in getattr(problem, kind)] for kind in kinds}}


def _drawn(problem: Problem, monday: date, run: JointRun) -> Drawn:
    cents = _fee_cents(problem, run)
    head = _per_head(cents, run)
    return Drawn(
        offer=own_id(run.template),
        venue=None if run.venue is None else own_id(run.venue),
        format=RUN_FORMATS[run.mode],
        pattern=PATTERNS[run.pattern],
        dates=_dates(problem, monday, run),
        cost_cents=cents,
        firms=len({problem.need(one.need).company[0] for one in run.members}),  # type: ignore[index]  # our CompanyId
        members=tuple(
            Seats(own_id(one.need), one.persons, head, _alone(problem, own_id(one.need), head)) for one in run.members
        ),
    )


def _dates(problem: Problem, monday: date, run: JointRun) -> list[dict[str, str]]:
    cells = problem.patterns[run.pattern].cells(problem.template(run.template).days) or ()
    days = [(monday + timedelta(weeks=run.start_week + week, days=part // 2), part % 2) for week, part in cells]
    return [{"date": day.isoformat(), "part": "evening" if late else "day"} for day, late in sorted(days)]


def _alone(problem: Problem, need: UUID, otherwise: int) -> int:
    """Cents per head if the firm held the course for its own people only."""
    found = alone(problem, need)
    return otherwise if found is None else rules.whole_cents(found.cost.price_per_seat * 100)


def _left(problem: Problem, solved: Solved, listener: Listener) -> list[Left]:
    found = []
    for step, one in enumerate(solved.unserved, start=1):
        if listener.over():
            break
        listener.report({"stage": "explain", "step": step, "steps": len(solved.unserved)})
        found.append(_reason(problem, solved, own_id(one.need), one.persons))
    return found


def _reason(problem: Problem, solved: Solved, need: UUID, persons: int) -> Left:
    if not problem.need(need).weeks:
        return Left(need, persons, OUTSIDE, {}, [])
    why = explain(problem, solved, need)
    return Left(need, persons, why.stage, dict(why.numbers), _changes(why))


def _changes(why: Explanation) -> list[dict[str, Any]]:
    return [
        {
            "kind": one.change.kind,
            "amount": one.change.amount,
            "week": one.run.start_week,
            "persons": one.persons,
            "price_cents": rules.whole_cents(one.price * 100),
        }
        for one in why.changes
    ]
