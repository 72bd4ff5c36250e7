"""A calculation that brings no plan says why."""

from datetime import datetime
from typing import Any

from django.db import transaction

from verbundwerk.base import jobs
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.journal.flow import record

from ... import queries, rules
from ...models import Plan
from ...states import PLAN
from ...terms import PlanFailure


@jobs.due
def fail_stale_plans(at: datetime) -> int:
    """A worker that was killed says nothing any more."""
    with transaction.atomic():
        return fail_silent(at)


def fail_silent(at: datetime) -> int:
    stale = queries.running_since(at - rules.STALE_AFTER)
    return sum(fail_plan(plan, PlanFailure.SILENT, by=None, at=at) for plan in stale)


@transaction.atomic
def fail_plan(plan: Plan, why: PlanFailure, *, by: Any, at: datetime, error: str = "") -> bool:
    try:
        PLAN.advance(plan, "fail", finished_at=at, turn=None, failure=why)
    except AlreadyMoved:
        return False
    record(by, "plan.failed", plan, at=at, failure=str(why), error=error)
    return True
