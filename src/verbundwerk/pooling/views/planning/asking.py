"""Plans are asked for and listed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verbundwerk.base import clock
from verbundwerk.base.http import accepted, render_form, signed_in
from verbundwerk.network.queries import standing

from ... import exports, flow, queries, rules
from ...forms import PlanForm
from ...models import Plan
from ..tools import plan_crumbs

TO_COMPARE = 10  # the latest plans are offered


def office_only(request: HttpRequest) -> None:
    """Plans show who needs what; for everybody else there are none."""
    if not standing(request.user).coordinates:
        raise Http404


@signed_in
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    office_only(request)
    return _list(request, PlanForm())


def _list(request: HttpRequest, form: PlanForm) -> HttpResponse:
    running = queries.unfinished_plans().first()
    context = {
        "table": exports.plans_table(request.user, request.GET.dict()),
        "finished": queries.finished_plans()[:TO_COMPARE],
        "running": running,
        "verdict": rules.may_request_plan(standing(request.user), running is not None),
        "form": form,
        "crumbs": plan_crumbs(),
    }
    return render_form(request, "pooling/plans.html", context)


@signed_in
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    office_only(request)
    form = PlanForm(request.POST)
    made: list[Plan] = []
    if not accepted(form, lambda: made.append(_requested(request, form))):
        return to_the_running_one(request) or _list(request, form)
    messages.success(request, _("Die Berechnung ist bestellt. Sie können die Seite verlassen."))
    return redirect("pooling:plan", made[0].pk)


def _requested(request: HttpRequest, form: PlanForm) -> Plan:
    typed = form.cleaned_data
    return flow.request_plan(
        by=request.user,
        at=clock.now(),
        horizon_from=typed["horizon_from"],
        weeks=typed["weeks"],
        effort=typed["effort"],
    )


def to_the_running_one(request: HttpRequest) -> HttpResponse | None:
    """Two pressed at the same moment: both watch the one plan there is."""
    running = queries.unfinished_plans().first()
    if running is None:
        return None
    messages.info(request, _("Eine Berechnung läuft schon. Hier sehen Sie, wie weit sie ist."))
    return redirect("pooling:plan", running.pk)
