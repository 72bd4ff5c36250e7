"""The office lays down what the next calculation has to keep, and calculates anew."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from verbundwerk.base import jobs
from verbundwerk.base.verdicts import require
from verbundwerk.catalogue.models import Venue
from verbundwerk.journal.flow import record
from verbundwerk.needs.models import Need
from verbundwerk.network.models import Organisation
from verbundwerk.topics.models import Topic

from ... import queries, rules
from ...models import Plan, Proposal, Steering
from ...terms import SteeringKind
from ..common import day_of, who_is
from .asking import monday_from, take_turn
from .calculating import calculate
from .failing import fail_silent


@dataclass(frozen=True, slots=True, kw_only=True)
class SteeringData:
    """One instruction; which values count depends on the kind (`models.steering.NEEDED`)."""

    kind: str
    proposal: Proposal | None = None
    topic: Topic | None = None
    venue: Venue | None = None
    week_from: date | None = None
    firm: Organisation | None = None
    other_firm: Organisation | None = None
    need: Need | None = None

    @classmethod
    def of_run(cls, kind: str, run: Proposal) -> "SteeringData":
        """About a run of the plan: keep it, or neither its topic nor its room in the week it begins."""
        week = run.starts_on - timedelta(days=run.starts_on.weekday())
        if kind == SteeringKind.KEEP:
            return cls(kind=kind, proposal=run)
        if kind == SteeringKind.NO_WEEK:
            return cls(kind=kind, topic=run.offer.topic, week_from=week)
        return cls(kind=kind, venue=run.venue, week_from=week)

    def columns(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


@transaction.atomic
def steer_plan(plan: Plan, data: SteeringData, *, by: Any, at: datetime) -> Steering:
    """For the next calculation from this plan. Laid down twice it stands there once."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    require(rules.may_steer(plan, who_is(by)), rules.makes_sense(data.kind, data.columns()))
    known = Steering.objects.filter(plan=plan, **data.columns()).first()
    if known is not None and known.wanted:
        return known
    if known is None:
        known = Steering.objects.create(plan=plan, set_by=by, set_at=at, **data.columns())
    else:
        known.wanted = True
        known.save(update_fields=["wanted"])
    record(by, "plan.steered", plan, at=at, kind=data.kind, steering=str(known.pk))
    return known


@transaction.atomic
def unsteer_plan(steering: Steering, *, by: Any, at: datetime) -> None:
    """It no longer counts for the next calculation; what shaped this plan stays readable."""
    plan = steering.plan
    Plan.objects.select_for_update().get(pk=plan.pk)
    require(rules.may_steer(plan, who_is(by)))
    if steering.applied:
        Steering.objects.filter(pk=steering.pk).update(wanted=False)
    else:
        Steering.objects.filter(pk=steering.pk).delete()
    record(by, "plan.unsteered", plan, at=at, kind=steering.kind, steering=str(steering.pk))


@transaction.atomic
def replan(plan: Plan, *, effort: str, by: Any, at: datetime) -> Plan:
    """Calculates anew from this plan, under its instructions; what became a pool stays as it is."""
    fail_silent(at)
    who = who_is(by)
    require(rules.may_request_plan(who, queries.unfinished_plans().exists()), rules.may_steer(plan, who))
    monday = max(plan.horizon_from, monday_from(day_of(at)))
    values = {"horizon_from": monday, "weeks": plan.weeks, "effort": effort, "seed": plan.seed}
    new = take_turn(Plan(requested_by=by, requested_at=at, based_on=plan, **values))
    for wish in queries.steering_wanted(plan):
        wish.plan, wish.applied, wish.trouble = new, True, ""
        _copy(wish)
    record(by, "plan.requested", new, at=at, based_on=str(plan.pk), effort=effort)
    jobs.enqueue(calculate, new.pk)
    return new


def _copy(wish: Steering) -> None:
    columns = {one.attname: getattr(wish, one.attname) for one in Steering._meta.concrete_fields if one.name != "id"}
    Steering.objects.create(**columns)
