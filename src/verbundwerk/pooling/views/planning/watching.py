"""A calculation is watched, stopped with the best so far, or called off."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbundwerk.base import clock
from verbundwerk.base.charts import Progress
from verbundwerk.base.http import signed_in, wants_fragment
from verbundwerk.network.queries import standing

from ... import flow, papers, planner, queries, rules
from ...forms import PlanForm
from ...models import Plan
from ..tools import plan_crumbs


@signed_in
@require_POST
def stop(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    flow.stop_plan(queries.plan_for(request.user, plan_id), by=request.user, at=clock.now())
    messages.success(request, _("Die Suche hört auf. Der beste Plan bis hierher wird fertig gemacht."))
    return redirect("pooling:plan", plan_id)


@signed_in
@require_POST
def cancel(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    flow.cancel_plan(queries.plan_for(request.user, plan_id), by=request.user, at=clock.now())
    messages.success(request, _("Die Berechnung ist abgebrochen."))
    return redirect("pooling:plans")


def still_running(request: HttpRequest, plan: Plan) -> HttpResponse:
    if request.GET.get("stand", plan.state) != plan.state:  # other buttons now: the whole page once more
        return HttpResponse(headers={"HX-Refresh": "true"})
    now = clock.now()
    context = {
        "plan": plan,
        "bar": _bar(plan, now),
        "lines": papers.so_far(plan),
        "silent": _is_silent(plan, now),
        "crumbs": plan_crumbs(plan),
    }
    template = "pooling/parts/progress.html" if wants_fragment(request) else "pooling/plan_running.html"
    return render(request, template, context)


def without_result(request: HttpRequest, plan: Plan) -> HttpResponse:
    form = PlanForm(initial={"horizon_from": plan.horizon_from, "weeks": plan.weeks, "effort": plan.effort})
    context = {"plan": plan, "form": form, "verdict": _may_again(request), "crumbs": plan_crumbs(plan)}
    return render(request, "pooling/plan_without.html", context)


def _may_again(request: HttpRequest) -> Any:
    return rules.may_request_plan(standing(request.user), queries.unfinished_plans().exists())


def _is_silent(plan: Plan, now: datetime) -> bool:
    """Whether the worker has said nothing for so long that it will be given up."""
    last = plan.progress.get("at") or (plan.started_at.isoformat() if plan.started_at else "")
    return bool(last) and now - datetime.fromisoformat(last) > rules.STALE_AFTER


def _bar(plan: Plan, now: datetime) -> Progress:
    """The share of the time that was granted, and of the reasons that were found; never full before the end."""
    return Progress(
        title=_("Stand der Berechnung"), value=_percent(plan, now), maximum=100, unit=_("Prozent"), of_hundred=True
    )


SEARCH = 85  # the rest is for the reasons of what is left over


def _percent(plan: Plan, now: datetime) -> int:
    told = plan.progress
    steps = told.get("steps")
    within = min(1.0, told.get("step", 0) / steps) if steps else 0.0
    if told.get("stage") == "explain":
        return round(SEARCH + (99 - SEARCH) * within)
    if steps or plan.started_at is None:
        return round(SEARCH * within)
    return round(SEARCH * min(1.0, (now - plan.started_at).total_seconds() / planner.seconds_of(plan)))
