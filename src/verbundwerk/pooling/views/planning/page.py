"""One plan: looked at as map, timeline and list, accepted pool by pool."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verbundwerk.base import clock
from verbundwerk.base.http import paginate, render_form, signed_in, wants_fragment
from verbundwerk.base.templatetags.ui import Tab
from verbundwerk.base.verdicts import Verdict
from verbundwerk.network.queries import standing

from ... import exports, flow, papers, queries, rules
from ...forms import ApartForm, EffortForm, LeaveOutForm
from ...models import Plan, Proposal
from ...states import UNFINISHED, PlanState
from ..pictures import region_map, timeline
from ..tools import plan_crumbs
from .watching import still_running, without_result

MAP, TIME, LIST, LEFT, STEER = "karte", "zeit", "liste", "uebrig", "vorgaben"
PER_PAGE = 10


# --- one plan -------------------------------------------------------------------------------------
@signed_in
@require_GET
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan = queries.plan_for(request.user, plan_id)
    if plan.state in UNFINISHED:
        return still_running(request, plan)
    if wants_fragment(request):  # the page that watched the progress: now show everything
        return HttpResponse(headers={"HX-Refresh": "true"})
    if plan.state != PlanState.DONE:
        return without_result(request, plan)
    chosen = request.GET.get("ansicht", LIST)
    return show_plan(request, plan, chosen if chosen in _VIEWS else LIST)


@dataclass(frozen=True)
class Shown:
    """A proposal on the page: may it be accepted, and what does everybody save?"""

    proposal: Proposal
    verdict: Verdict

    @property
    def saved_cents(self) -> int:
        return self.proposal.cost_alone_cents - self.proposal.cost_cents


def show_plan(request: HttpRequest, plan: Plan, chosen: str, **forms: BaseForm) -> HttpResponse:
    """`forms`: those that were sent and are wrong stay as they were typed."""
    proposals = queries.proposals_of(plan)
    runs = proposals.count()
    context = {
        "plan": plan,
        "saving": papers.against_alone(plan),
        "saving_by_hand": papers.against_by_hand(plan),
        "by_hand": papers.by_hand_of(plan),
        "changes": _changes(plan),
        "not_kept": [(papers.instruction(one), one.get_trouble_display()) for one in queries.steering_in_trouble(plan)],
        "quality": papers.quality_of(plan.objective, plan.bound),
        "tabs": _tabs(plan, runs, chosen),
        "chosen": chosen,
        "runs": runs,
        "joint": queries.joint_among(proposals).count(),
        "alone": queries.alone_among(proposals).count(),
        "of_which_alone": papers.saved_alone(queries.alone_among(proposals)),
        "left": papers.left_without_seat(queries.left_over_of(plan)) if chosen == LEFT else "",
        "crumbs": plan_crumbs(plan),
        **_VIEWS[chosen](request, plan, proposals),
    }
    return render_form(request, "pooling/plan.html", context | forms)


def _tabs(plan: Plan, runs: int, chosen: str) -> list[Tab]:
    names = {
        LIST: _("Liste"),
        MAP: _("Karte"),
        TIME: _("Zeitstrahl"),
        LEFT: _("Bedarfe ohne Platz"),
        STEER: _("Vorgaben"),
    }
    counts = {LIST: runs, LEFT: queries.left_over_of(plan).count(), STEER: len(queries.steering_of(plan))}
    return [Tab(name, f"?ansicht={key}", key == chosen, counts.get(key)) for key, name in names.items()]


def _as_list(request: HttpRequest, plan: Plan, proposals: QuerySet[Proposal]) -> dict[str, Any]:
    page = paginate(proposals, request, PER_PAGE)
    return {"page": page, "shown": [Shown(one, _may_accept(one)) for one in page.object_list]}


def _may_accept(proposal: Proposal) -> Verdict:
    needs = [member.need for member in proposal.members.all()]
    verdict = rules.may_accept(proposal, needs, clock.today())
    if not verdict or proposal.grows is None:
        return verdict
    return rules.may_grow(proposal.grows, proposal.grows.members.all(), needs, proposal.seats)


def _as_map(request: HttpRequest, plan: Plan, proposals: QuerySet[Proposal]) -> dict[str, Any]:
    return {"chart": region_map(list(proposals))}


def _as_timeline(request: HttpRequest, plan: Plan, proposals: QuerySet[Proposal]) -> dict[str, Any]:
    return {"chart": timeline(list(proposals))}


def _as_left_over(request: HttpRequest, plan: Plan, proposals: QuerySet[Proposal]) -> dict[str, Any]:
    return {"table": exports.left_over_table(plan, request.GET.dict())}


def _as_steering(request: HttpRequest, plan: Plan, proposals: QuerySet[Proposal]) -> dict[str, Any]:
    """What shaped this plan, what shall shape the next one, and the button for it."""
    who = standing(request.user)
    wishes = [(one, papers.instruction(one), papers.status_of(one)) for one in queries.steering_of(plan)]
    return {
        "wishes": wishes,
        "apart": ApartForm(plan=plan),
        "leave_out": LeaveOutForm(plan=plan),
        "effort": EffortForm(),
        "may_replan": rules.may_request_plan(who, queries.unfinished_plans().exists()),
    }


_VIEWS = {LIST: _as_list, MAP: _as_map, TIME: _as_timeline, LEFT: _as_left_over, STEER: _as_steering}


def _changes(plan: Plan) -> str:
    """What became different from the plan this one started from."""
    if plan.based_on is None or plan.based_on.state != PlanState.DONE:
        return ""
    return papers.changes_in(queries.compare(plan.based_on, plan))


@signed_in
@require_POST
def accept(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    proposal = queries.proposal_for(request.user, proposal_id)
    pool = flow.accept_proposal(proposal, by=request.user, at=clock.now())
    new = _("Aus dem Vorschlag ist das Bündel %(label)s geworden.")
    said = _("Das Bündel %(label)s ist größer geworden.") if proposal.grows else new
    messages.success(request, said % {"label": pool.label})
    return redirect("pooling:pool", pool.pk)
