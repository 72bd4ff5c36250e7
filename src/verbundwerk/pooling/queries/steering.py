"""What the office laid down for a plan, and what two plans differ in."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from verbundwerk.needs.models import Need
from verbundwerk.network.models import Organisation
from verbundwerk.network.queries import standing

from ..models import Plan, Steering

THINGS = ("plan", "topic", "venue__site", "firm", "other_firm", "need__organisation", "proposal__offer")


def steering_for(person: Any, steering_id: UUID) -> Steering:
    """Plans are for the office only, and so is what shapes them."""
    found = Steering.objects.select_related("plan").filter(pk=steering_id).first()
    if found is None or not standing(person).coordinates:
        raise Http404
    return found


def steering_of(plan: Plan) -> list[Steering]:
    return list(Steering.objects.filter(plan=plan).select_related(*THINGS))


def steering_in_trouble(plan: Plan) -> list[Steering]:
    """Instructions this plan could not keep."""
    return list(Steering.objects.filter(plan=plan).exclude(trouble="").select_related(*THINGS))


def steering_applied(plan: Plan) -> list[Steering]:
    """With the runs to be kept and their members."""
    rows = Steering.objects.filter(plan=plan, applied=True).select_related(*THINGS)
    return list(rows.prefetch_related("proposal__members"))


def steering_wanted(plan: Plan) -> list[Steering]:
    return list(Steering.objects.filter(plan=plan, wanted=True))


def needs_in(plan: Plan) -> QuerySet[Need]:
    """Everybody the plan spoke about: with a seat or left over. The plan came through its guard."""
    seated = Need.objects.filter(pk__in=plan.proposals.values("members__need"))
    over = Need.objects.filter(pk__in=plan.left_over.values("need"))
    return (seated | over).select_related("organisation", "topic").order_by("number")


def firms_in_plan(plan: Plan) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=needs_in(plan).order_by().values("organisation")).order_by("sort_key")
