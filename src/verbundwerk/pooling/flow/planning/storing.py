"""A calculated plan is kept: whole, or not at all."""

from datetime import datetime
from typing import Any

from django.db import transaction

from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.journal.flow import record

from ... import planner
from ...models import LeftOver, Plan, Proposal, ProposalMember, Steering
from ...states import PLAN


@transaction.atomic
def store_plan(plan: Plan, answer: planner.Calculated, *, by: Any, at: datetime) -> None:
    """All or nothing; nothing when the plan was cancelled meanwhile."""
    try:
        PLAN.advance(plan, "finish", finished_at=at, turn=None, **_columns(answer))
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
    for wish, trouble in answer.trouble.items():
        Steering.objects.filter(pk=wish).update(trouble=trouble)
    record(by, "plan.finished", plan, at=at, runs=len(answer.runs), left=len(answer.left))


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
        "by_hand": answer.by_hand,
    }


def _store_run(plan: Plan, position: int, run: planner.Drawn) -> None:
    proposal = Proposal.objects.create(
        plan=plan,
        position=position,
        offer_id=run.offer,
        grows_id=run.grows,
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
