"""Plans: asked for, watched while they are calculated, looked at as map, timeline and list, accepted pool by pool."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verbundwerk.base import clock
from verbundwerk.base.charts import Progress
from verbundwerk.base.downloads import csv_response, xlsx_response
from verbundwerk.base.http import accepted, paginate, render_form, signed_in, wants_fragment
from verbundwerk.base.templatetags.ui import Tab
from verbundwerk.base.verdicts import Verdict
from verbundwerk.network.queries import standing

from .. import exports, flow, papers, queries, rules
from ..forms import PlanForm
from ..models import Plan, Proposal
from ..states import PlanState
from .pictures import region_map, timeline
from .tools import plan_crumbs

UNFINISHED = {PlanState.QUEUED, PlanState.RUNNING}
MAP, TIME, LIST, LEFT = "karte", "zeit", "liste", "uebrig"
PER_PAGE = 10


def _office_only(request: HttpRequest) -> None:
    """Plans show who needs what; for everybody else there are none."""
    if not standing(request.user).coordinates:
        raise Http404


@signed_in
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    _office_only(request)
    return _list(request, PlanForm())


def _list(request: HttpRequest, form: PlanForm) -> HttpResponse:
    context = {
        "table": exports.plans_table(request.user, request.GET.dict()),
        "verdict": rules.may_request_plan(standing(request.user), queries.unfinished_plans().exists()),
        "form": form,
        "crumbs": plan_crumbs(),
    }
    return render_form(request, "pooling/plans.html", context)


@signed_in
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    _office_only(request)
    form = PlanForm(request.POST)
    made: list[Plan] = []
    if not accepted(form, lambda: made.append(_requested(request, form))):
        return _list(request, form)
    messages.success(request, _("Die Berechnung ist bestellt. Sie können die Seite verlassen."))
    return redirect("pooling:plan", made[0].pk)


def _requested(request: HttpRequest, form: PlanForm) -> Plan:
    typed = form.cleaned_data
    return flow.request_plan(by=request.user, at=clock.now(), horizon_from=typed["horizon_from"], weeks=typed["weeks"])


@signed_in
@require_POST
def cancel(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    flow.cancel_plan(queries.plan_for(request.user, plan_id), by=request.user, at=clock.now())
    messages.success(request, _("Die Berechnung ist angehalten."))
    return redirect("pooling:plans")


# --- one plan -------------------------------------------------------------------------------------
@signed_in
@require_GET
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan = queries.plan_for(request.user, plan_id)
    if plan.state in UNFINISHED:
        return _still_running(request, plan)
    if wants_fragment(request):  # the page that watched the progress: now show everything
        return HttpResponse(headers={"HX-Refresh": "true"})
    if plan.state != PlanState.DONE:
        return render(request, "pooling/plan_without.html", {"plan": plan, "crumbs": plan_crumbs(plan)})
    return _finished(request, plan)


def _still_running(request: HttpRequest, plan: Plan) -> HttpResponse:
    context = {"plan": plan, "bar": _bar(plan), "crumbs": plan_crumbs(plan)}
    template = "pooling/parts/progress.html" if wants_fragment(request) else "pooling/plan_running.html"
    return render(request, template, context)


STAGES = {"construct": 1, "improve": 2, "explain": 3}


def _bar(plan: Plan) -> Progress:
    """Three stages of equal length: first plan, better plan, reasons for what is left over."""
    told = plan.progress
    done = STAGES.get(told.get("stage", ""), 0)
    within = told.get("step", 0) / told["steps"] if told.get("steps") else 0
    percent = round(100 * max(0, done - 1 + min(within, 1)) / len(STAGES)) if done else 0
    return Progress(title=_("Stand der Berechnung"), value=percent, maximum=100, unit="%")


@dataclass(frozen=True)
class Shown:
    """A proposal on the page: may it be accepted, and what does everybody save?"""

    proposal: Proposal
    verdict: Verdict

    @property
    def saved_cents(self) -> int:
        return self.proposal.cost_alone_cents - self.proposal.cost_cents


def _finished(request: HttpRequest, plan: Plan) -> HttpResponse:
    chosen = request.GET.get("ansicht", LIST)
    chosen = chosen if chosen in {MAP, TIME, LIST, LEFT} else LIST
    proposals = queries.proposals_of(plan)
    context = {
        "plan": plan,
        "saved_cents": exports.saved_cents(plan),
        "quality": papers.quality_of(plan.objective, plan.bound),
        "tabs": _tabs(plan, proposals, chosen),
        "chosen": chosen,
        "runs": len(proposals),
        "crumbs": plan_crumbs(plan),
        **_VIEWS[chosen](request, plan, proposals),
    }
    return render(request, "pooling/plan.html", context)


def _tabs(plan: Plan, proposals: list[Proposal], chosen: str) -> list[Tab]:
    names = {LIST: _("Liste"), MAP: _("Karte"), TIME: _("Zeitstrahl"), LEFT: _("Ohne Platz")}
    counts = {LIST: len(proposals), LEFT: queries.left_over_of(plan).count()}
    return [Tab(name, f"?ansicht={key}", key == chosen, counts.get(key)) for key, name in names.items()]


def _as_list(request: HttpRequest, plan: Plan, proposals: list[Proposal]) -> dict[str, Any]:
    page = paginate(proposals, request, PER_PAGE)
    shown = [Shown(one, rules.may_accept(one, [m.need for m in one.members.all()])) for one in page.object_list]
    return {"page": page, "shown": shown}


def _as_map(request: HttpRequest, plan: Plan, proposals: list[Proposal]) -> dict[str, Any]:
    return {"chart": region_map(proposals)}


def _as_timeline(request: HttpRequest, plan: Plan, proposals: list[Proposal]) -> dict[str, Any]:
    return {"chart": timeline(proposals)}


def _as_left_over(request: HttpRequest, plan: Plan, proposals: list[Proposal]) -> dict[str, Any]:
    return {"table": exports.left_over_table(plan, request.GET.dict())}


_VIEWS = {LIST: _as_list, MAP: _as_map, TIME: _as_timeline, LEFT: _as_left_over}


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
    """Why one need is left over, and everything that would help."""
    plan = queries.plan_for(request.user, plan_id)
    row = queries.left_over_for(plan, need_id)
    context = {
        "plan": plan,
        "left": row,
        "reason": papers.reason_of(row, plan.horizon_from),
        "changes": papers.changes_of(row, plan.horizon_from),
        "crumbs": plan_crumbs(plan),
    }
    return render(request, "pooling/left.html", context)


@signed_in
@require_POST
def accept(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    proposal = queries.proposal_for(request.user, proposal_id)
    pool = flow.accept_proposal(proposal, by=request.user, at=clock.now())
    messages.success(request, _("Aus dem Vorschlag ist das Bündel %(label)s geworden.") % {"label": pool.label})
    return redirect("pooling:pool", pool.pk)
