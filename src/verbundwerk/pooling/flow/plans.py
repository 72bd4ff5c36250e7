"""A plan is asked for, calculated by a worker, and stored whole."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from verbundwerk.base import clock, jobs
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record

from .. import planner, queries, rules
from ..models import LeftOver, Plan, Proposal, ProposalMember
from ..states import PLAN, PlanState
from .common import day_of, who_is

SIGN_OF_LIFE = timedelta(seconds=1)


@transaction.atomic
def request_plan(*, by: Any, at: datetime, horizon_from: date | None = None, weeks: int = 26, seed: int = 1) -> Plan:
    """The calculation begins after the commit, in a worker; one at a time."""
    _fail_stale(at)
    require(rules.may_request_plan(who_is(by), queries.unfinished_plans().exists()))
    monday = _monday_from(horizon_from or day_of(at) + timedelta(weeks=2))
    plan = Plan.objects.create(requested_by=by, requested_at=at, horizon_from=monday, weeks=weeks, seed=seed)
    record(by, "plan.requested", plan, at=at, weeks=weeks)
    jobs.enqueue(calculate, plan.pk)
    return plan


@jobs.job
def calculate(plan_id: str) -> None:
    carry_out_plan(plan_id)


def carry_out_plan(plan_id: UUID | str) -> None:
    """Reads, calculates outside any transaction, stores. A plan somebody cancelled or a second worker already took
    is left alone; a worker that dies leaves a plan that `fail_stale_plans` finds."""
    plan = Plan.objects.get(pk=plan_id)
    try:
        PLAN.advance(plan, "begin", started_at=clock.now())
    except AlreadyMoved:
        return
    try:
        answer = planner.calculate(plan, _Reporter(plan), _cancelled(plan))
    except Exception as problem:
        _fail(plan, at=clock.now(), error=type(problem).__name__)
        raise
    _store(plan, answer, at=clock.now())


@transaction.atomic
def cancel_plan(plan: Plan, *, by: Any, at: datetime) -> Plan:
    require(rules.coordinates(who_is(by)))
    PLAN.advance(plan, "cancel", finished_at=at)
    record(by, "plan.cancelled", plan, at=at)
    return plan


@jobs.due
def fail_stale_plans(at: datetime) -> int:
    """A worker that was killed says nothing any more."""
    with transaction.atomic():
        return _fail_stale(at)


def _fail_stale(at: datetime) -> int:
    stale = queries.running_since(at - rules.STALE_AFTER)
    return sum(_fail(plan, at=at, error="no sign of life") for plan in stale)


@transaction.atomic
def _fail(plan: Plan, *, at: datetime, error: str) -> bool:
    try:
        PLAN.advance(plan, "fail", finished_at=at)
    except AlreadyMoved:
        return False
    record(None, "plan.failed", plan, at=at, error=error)
    return True


class _Reporter:
    """Writes how far the calculation is, at most once a second, each time in a transaction of its own."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.last = plan, datetime.min.replace(tzinfo=plan.requested_at.tzinfo)

    def __call__(self, progress: dict[str, Any]) -> None:
        now = clock.now()
        if now - self.last < SIGN_OF_LIFE:
            return
        self.last = now
        told = {**progress, "at": now.isoformat(timespec="seconds")}
        Plan.objects.filter(pk=self.plan.pk, state=PlanState.RUNNING).update(progress=told)


def _cancelled(plan: Plan) -> Callable[[], bool]:
    """Asks the database now and then: the search asks often."""
    asked = _Asked(plan.pk)
    return asked.is_over


@dataclass
class _Asked:
    plan: UUID
    calls: int = 0
    over: bool = False

    def is_over(self) -> bool:
        self.calls += 1
        if not self.over and self.calls % 50 == 1:
            self.over = not Plan.objects.filter(pk=self.plan, state=PlanState.RUNNING).exists()
        return self.over


@transaction.atomic
def _store(plan: Plan, answer: planner.Calculated, *, at: datetime) -> None:
    """All or nothing; nothing when the plan was cancelled meanwhile."""
    try:
        PLAN.advance(plan, "finish", finished_at=at, **_columns(answer))
    except AlreadyMoved:
        return
    for position, run in enumerate(answer.runs, start=1):
        _store_run(plan, position, run)
    LeftOver.objects.bulk_create(
        LeftOver(
            plan=plan, need_id=one.need, seats=one.seats, stage=one.stage, numbers=one.numbers, changes=one.changes
        )
        for one in answer.left
    )
    record(None, "plan.finished", plan, at=at, runs=len(answer.runs), left=len(answer.left))


def _columns(answer: planner.Calculated) -> dict[str, Any]:
    return {
        "problem": answer.problem,
        "result": answer.result,
        "objective": answer.objective,
        "bound": answer.bound,
        "persons": answer.persons,
        "served": sum(run.seats for run in answer.runs),
        "cost_together_cents": sum(run.cost_cents for run in answer.runs),
        "cost_alone_cents": sum(run.cost_alone_cents for run in answer.runs),
    }


def _store_run(plan: Plan, position: int, run: planner.Drawn) -> None:
    proposal = Proposal.objects.create(
        plan=plan,
        position=position,
        offer_id=run.offer,
        venue_id=run.venue,
        format=run.format,
        pattern=run.pattern,
        starts_on=run.dates[0]["date"],
        ends_on=run.dates[-1]["date"],
        dates=run.dates,
        seats=run.seats,
        firms=run.firms,
        cost_cents=run.cost_cents,
        cost_alone_cents=run.cost_alone_cents,
    )
    ProposalMember.objects.bulk_create(
        ProposalMember(
            proposal=proposal,
            need_id=one.need,
            seats=one.seats,
            cost_cents=one.cost_cents,
            cost_alone_cents=one.cost_alone_cents,
        )
        for one in run.members
    )


def _monday_from(day: date) -> date:
    """This day if it is a Monday, else the next one."""
    return day + timedelta(days=-day.weekday() % 7)
