"""Two plans side by side."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from verbundwerk.base.http import signed_in

from ... import exports, papers, queries
from ...states import PlanState
from ..tools import plan_crumbs
from .asking import office_only

TWO = 2


@signed_in
@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """`?plan=…&plan=…`: the older one stands on the left, whatever was ticked first."""
    office_only(request)
    plans = [queries.plan_for(request.user, one) for one in _asked(request)]
    if len(plans) != TWO or any(plan.state != PlanState.DONE for plan in plans):
        messages.warning(request, _("Bitte kreuzen Sie genau zwei fertige Pläne an."))
        return redirect("pooling:plans")
    before, after = sorted(plans, key=lambda plan: plan.requested_at)
    found = queries.compare(before, after)
    context = {
        "found": found,
        "changes": papers.changes_in(found),
        "table": exports.compared_table([before, after]),
        "crumbs": plan_crumbs(here=_("Vergleich")),
    }
    return render(request, "pooling/compare.html", context)


def _asked(request: HttpRequest) -> set[UUID]:
    """What is no id is no plan."""
    found = set()
    for text in request.GET.getlist("plan"):
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return found
