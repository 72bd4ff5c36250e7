"""A plan is asked for, stopped, called off; one calculation at a time."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from verbundwerk.base import jobs
from verbundwerk.base.verdicts import Refused, require
from verbundwerk.journal.flow import record

from ... import queries, rules
from ...models import Plan
from ...states import PLAN
from ...terms import Effort
from ..common import day_of, who_is
from .calculating import calculate
from .failing import fail_silent

MY_TURN = 1


@transaction.atomic
def request_plan(
    *, by: Any, at: datetime, horizon_from: date | None = None, weeks: int = 26, effort: str = Effort.COUNTED
) -> Plan:
    """The calculation begins after the commit, in a worker. Of two who press at once one is refused: the database
    gives the turn to one."""
    fail_silent(at)
    require(rules.may_request_plan(who_is(by), queries.unfinished_plans().exists()))
    monday = monday_from(horizon_from or day_of(at) + timedelta(weeks=2))
    plan = take_turn(Plan(requested_by=by, requested_at=at, horizon_from=monday, weeks=weeks, effort=effort))
    record(by, "plan.requested", plan, at=at, weeks=weeks, effort=effort)
    jobs.enqueue(calculate, plan.pk)
    return plan


def take_turn(plan: Plan) -> Plan:
    plan.turn = MY_TURN
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
    except IntegrityError as taken:
        if not queries.unfinished_plans().exists():
            raise
        raise Refused(rules.ONE_AT_A_TIME) from taken
    return plan


@transaction.atomic
def stop_plan(plan: Plan, *, by: Any, at: datetime) -> Plan:
    """Enough: the best found so far becomes the plan."""
    require(rules.coordinates(who_is(by)))
    PLAN.advance(plan, "stop")
    record(by, "plan.stopped", plan, at=at)
    return plan


@transaction.atomic
def cancel_plan(plan: Plan, *, by: Any, at: datetime) -> Plan:
    require(rules.coordinates(who_is(by)))
    PLAN.advance(plan, "cancel", finished_at=at, turn=None)
    record(by, "plan.cancelled", plan, at=at)
    return plan


def monday_from(day: date) -> date:
    """This day if it is a Monday, else the next one."""
    return day + timedelta(days=-day.weekday() % 7)
