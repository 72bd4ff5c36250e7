"""Problem -> plan -> rows. Whatever the core hands out is checked here once more before anybody sees it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from poolplan import (
    Explanation,
    Membership,
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
from ..terms import SteeringTrouble
from .by_hand import by_hand
from .efforts import effort_of
from .growing import RUN_FORMATS, confirmed_run, newcomers, pool_runs, settled
from .problem import PATTERNS, course_of, own_id, scene_of
from .steering import Asked as Question
from .steering import Contradiction, asked_of, warm_start

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
    grows: UUID | None  # the pool these people would join
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
    trouble: dict[UUID, SteeringTrouble]  # instructions this plan could not keep


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
    asked = asked_of(scene_of(plan))
    problem, pools = asked.problem, pool_runs(asked.problem, asked.scene)
    solved = _solved(plan, asked, listener)
    _insist(problem, solved)
    runs = [one for run in solved.runs if (one := _drawn(asked, run))]
    return Calculated(
        problem=_with_ids(instance_to(problem), problem),
        result=plan_to(problem, solved),
        objective=solved.objective - settled(problem, pools),
        bound=solved.bound - settled(problem, pools),
        persons=_persons(problem, pools),
        runs=sorted(runs, key=lambda run: (run.dates[0]["date"], str(run.offer))),
        left=_left(problem, solved, listener),
        by_hand=_by_hand(problem, runs, pools),
        trouble=asked.trouble,
    )


def _persons(problem: Problem, pools: Sequence[JointRun]) -> int:
    """Who waits: nobody who sits in a pool already."""
    return sum(need.persons for need in problem.needs) - sum(run.size for run in pools)


def _solved(plan: Plan, asked: Question, listener: Listener) -> Solved:
    """Starts from the plan before, if there is one; what was laid down may be impossible."""
    problem = asked.problem
    pools = pool_runs(problem, asked.scene)
    told = _Told(_persons(problem, pools), sum(run.size for run in pools), settled(problem, pools))
    try:
        return solve(
            problem,
            effort=effort_of(plan),
            seed=plan.seed,
            warm=warm_start(plan, asked),
            progress=lambda step: listener.report(told.of(step)),
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


@dataclass(frozen=True, slots=True)
class _Told:
    """What a waiting coordinator may like to know; pools and their people are no news."""

    persons: int
    seated: int
    settled: int

    def of(self, step: Progress) -> dict[str, Any]:
        told = {"stage": step.stage, "step": step.step, "steps": step.steps, "persons": self.persons}
        money = {"objective": step.objective - self.settled, "bound": step.bound - self.settled}
        return {**told, **money, "served": step.served - self.seated}


def _by_hand(problem: Problem, runs: list[Drawn], pools: Sequence[JointRun]) -> dict[str, int]:
    """The spreadsheet way in figures. `cost_cents`: what the people of our plan would pay that way, those it leaves
    over as if they went alone; so both sums speak of the same people."""
    other = by_hand(problem, pools)
    heads = {run: _per_head(_fee_cents(problem, run), run) for run in other.runs}
    price = {one.need: heads[run] for run in other.runs for one in run.members}
    seats = {one.need: one.persons for run in other.runs for one in run.members}
    cents = 0
    for run in runs:
        for one in run.members:
            joint = min(one.seats, seats.get(one.need, 0))
            seats[one.need] = seats.get(one.need, 0) - joint
            cents += joint * price.get(one.need, 0) + (one.seats - joint) * one.cost_alone_cents
    served = sum(run.size for run in other.runs) - sum(run.size for run in pools)
    total = objective(problem, other).total - settled(problem, pools)
    return {"runs": len(other.runs) - len(pools), "served": served, "objective": total, "cost_cents": cents}


def _fee_cents(problem: Problem, run: JointRun) -> int:
    cost = objective(problem, Solved((run,)))
    return (cost.run_fixed + cost.per_person) * 100


def _per_head(cents: int, run: JointRun) -> int:
    return rules.whole_cents(Fraction(cents, run.size))


def _with_ids(data: dict[str, Any], problem: Problem) -> dict[str, Any]:
    """The format counts positions; these lists say which of our rows they are."""
    kinds = ("needs", "templates", "venues")
    return {**data, "rows": {kind: [str(thing.id) for thing in getattr(problem, kind)] for kind in kinds}}


def _drawn(asked: Question, run: JointRun) -> Drawn | None:
    """A run of the plan; of a pool only those who would join it, and nothing when nobody would."""
    pool = next((one for one in asked.scene.growing if one.pk == run.frozen), None)
    members = newcomers(run, confirmed_run(asked.problem, pool.pk)).members if pool else run.members
    if not members:
        return None
    cents = _fee_cents(asked.problem, run)
    head = _per_head(cents, run)
    seats = tuple(_seats(asked.problem, one, head) for one in members)
    return Drawn(
        offer=course_of(pool).offer_id if pool else own_id(run.template),
        grows=pool.pk if pool else None,
        venue=None if run.venue is None else own_id(run.venue),
        format=RUN_FORMATS[run.mode],
        pattern=PATTERNS[run.pattern],
        dates=_dates(asked.problem, asked.scene.monday, run),
        cost_cents=head * sum(one.seats for one in seats) if pool else cents,
        firms=len({asked.problem.need(one.need).company[0] for one in members}),  # type: ignore[index]  # our CompanyId
        members=seats,
    )


def _seats(problem: Problem, one: Membership, head: int) -> Seats:
    need = own_id(one.need)
    return Seats(need, one.persons, head, _alone(problem, need, head))


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
