"""A worker reads, calculates outside any transaction, tells how far it is, and stores."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from verbundwerk.base import clock, jobs
from verbundwerk.base.moves import AlreadyMoved

from ... import planner
from ...models import Plan
from ...states import PLAN, PlanState
from ...terms import PlanFailure
from .failing import fail_plan
from .storing import store_plan

SIGN_OF_LIFE = timedelta(seconds=1)
AT_WORK = (PlanState.RUNNING, PlanState.STOPPING)


@jobs.job
def calculate(plan_id: str) -> None:
    carry_out_plan(plan_id)


def carry_out_plan(plan_id: UUID | str) -> None:
    """A plan somebody cancelled or a second worker already took is left alone; a worker that dies leaves a plan that
    `fail_stale_plans` finds."""
    plan = Plan.objects.get(pk=plan_id)
    try:
        PLAN.advance(plan, "begin", started_at=clock.now())
    except AlreadyMoved:
        return
    asked = _Asked(plan.pk)
    try:
        answer = planner.calculate(plan, planner.Listener(_Reporter(plan), asked.is_enough, asked.is_over))
    except planner.Contradiction as problem:  # somebody's wish, nobody's mistake: the page says it
        fail_plan(plan, PlanFailure.CONTRADICTION, by=None, at=clock.now(), error=str(problem))
        return
    except Exception as problem:
        fail_plan(plan, _cause(problem), by=None, at=clock.now(), error=type(problem).__name__)
        raise
    store_plan(plan, answer, by=None, at=clock.now())


def _cause(problem: Exception) -> PlanFailure:
    return PlanFailure.INVALID if isinstance(problem, planner.InvalidPlan) else PlanFailure.STUMBLED


class _Reporter:
    """Writes how far the calculation is, at most once a second, each time in a transaction of its own."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.last = plan, datetime.min.replace(tzinfo=plan.requested_at.tzinfo)
        self.known: dict[str, Any] = {}

    def __call__(self, progress: dict[str, Any]) -> None:
        """What an earlier stage told (the objective, say) stays while a later one is told."""
        self.known |= progress
        now = clock.now()
        if now - self.last < SIGN_OF_LIFE:
            return
        self.last = now
        told = {**self.known, "at": now.isoformat(timespec="seconds")}
        Plan.objects.filter(pk=self.plan.pk, state__in=AT_WORK).update(progress=told)


@dataclass
class _Asked:
    """Asks the database now and then how the plan stands: the search asks often."""

    plan: UUID
    asked_at: datetime | None = None
    state: str = PlanState.RUNNING

    def is_enough(self) -> bool:
        return self._now() == PlanState.STOPPING

    def is_over(self) -> bool:
        return self._now() not in AT_WORK

    def _now(self) -> str:
        now = clock.now()
        if self.asked_at is None or now - self.asked_at >= SIGN_OF_LIFE:
            self.asked_at = now
            self.state = Plan.objects.values_list("state", flat=True).get(pk=self.plan)
        return self.state
