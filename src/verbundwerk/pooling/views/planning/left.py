"""What a plan leaves over: why, what would help, and one press to ask the firm."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verbundwerk.base import clock
from verbundwerk.base.downloads import csv_response, xlsx_response
from verbundwerk.base.http import signed_in
from verbundwerk.base.verdicts import Verdict
from verbundwerk.network.queries import standing

from ... import exports, flow, papers, planner, queries, rules
from ...models import ChangeRequest, LeftOver, Plan
from ..tools import plan_crumbs


@signed_in
@require_GET
def left_csv(request: HttpRequest, plan_id: UUID) -> HttpResponseBase:
    plan = queries.plan_for(request.user, plan_id)
    return csv_response(exports.left_over_table(plan, request.GET.dict()), _("Bedarfe ohne Platz"))


@signed_in
@require_GET
def left_xlsx(request: HttpRequest, plan_id: UUID) -> HttpResponseBase:
    plan = queries.plan_for(request.user, plan_id)
    return xlsx_response(exports.left_over_table(plan, request.GET.dict()), _("Bedarfe ohne Platz"))


@signed_in
@require_GET
def left(request: HttpRequest, plan_id: UUID, need_id: UUID) -> HttpResponse:
    """Why one need is left over, everything that would help, and a button to ask the firm."""
    plan = queries.plan_for(request.user, plan_id)
    row = queries.left_over_for(plan, need_id)
    context = {
        "plan": plan,
        "left": row,
        "reason": papers.reason_of(row, plan.horizon_from),
        "offers": _offers(request, plan, row),
        "crumbs": plan_crumbs(plan, row.need.label),
    }
    return render(request, "pooling/left.html", context)


@dataclass(frozen=True)
class Offer:
    """A change that helps; `label` when the firm can be asked, `asked` when it was."""

    sentence: str
    number: int
    label: str = ""
    verdict: Verdict | None = None
    asked: ChangeRequest | None = None


def _offers(request: HttpRequest, plan: Plan, row: LeftOver) -> list[Offer]:
    asked = {(one.kind, one.value): one for one in queries.changes_asked([row.need_id])}
    who, horizon = standing(request.user), planner.horizon_of(plan)
    offers = []
    for number, (change, sentence) in enumerate(papers.offers_of(row, plan.horizon_from)):
        value = rules.new_value(change, row.need, horizon)
        known = asked.get((change["kind"], rules.value_text(value))) or _answered(asked.values(), plan, change["kind"])
        if known is not None:
            offers.append(Offer(sentence, number, asked=known))
        elif value is None:
            offers.append(Offer(sentence, number))
        else:
            verdict = rules.may_ask_for_change(plan, row.need, value, False, who)
            offers.append(Offer(sentence, number, papers.button_for(change), verdict))
    return offers


def _answered(asked: Iterable[ChangeRequest], plan: Plan, kind: str) -> ChangeRequest | None:
    """After a yes the need has the new value, so the question is recognised by its plan."""
    return next((one for one in asked if one.plan_id == plan.pk and one.kind == kind), None)


@signed_in
@require_POST
def ask_change(request: HttpRequest, plan_id: UUID, need_id: UUID) -> HttpResponse:
    """`change`: which of the changes on the page, counted from 0."""
    plan = queries.plan_for(request.user, plan_id)
    row = queries.left_over_for(plan, need_id)
    offers = papers.offers_of(row, plan.horizon_from)
    number = request.POST.get("change", "")
    if not (number.isdecimal() and int(number) < len(offers)):
        messages.warning(request, _("Bitte wählen Sie eine der Änderungen auf dieser Seite."))
        return redirect("pooling:left", plan.pk, row.need_id)
    flow.ask_for_change(row, dict(offers[int(number)][0]), by=request.user, at=clock.now())
    messages.success(request, _("Der Betrieb ist gefragt. Seine Antwort steht dann hier."))
    return redirect("pooling:left", plan.pk, row.need_id)
