"""How the people of one's own firm take part in courses, by shift, working time, age and sex."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from verbundwerk.base import clock
from verbundwerk.base.http import signed_in

from .. import queries
from .tools import PersonRequest, crumbs


@signed_in
@require_GET
def by_group(request: PersonRequest) -> HttpResponse:
    firms = list(queries.firms_in_view(request.user))
    if not firms:
        raise Http404
    today = clock.today()
    first, before = queries.twelve_months_before(today)
    context = {
        "firms": [queries.participation_of(firm, today) for firm in firms],
        "first": first,
        "before": before,
        "crumbs": crumbs((_("Wer zum Zug kommt"), "")),
    }
    return render(request, "courses/participation.html", context)
