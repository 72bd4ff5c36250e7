"""Pages of somebody who has signed in."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbundwerk.base import clock
from verbundwerk.base.http import paginate, signed_in
from verbundwerk.needs.queries import need_for
from verbundwerk.needs.rules import leads_to_the_form
from verbundwerk.network.queries import SignedInRequest, coordinating, standing

from .queries import panels
from .queries import search as finding
from .queries import today as day
from .queries import trail as way
from .queries.figures import figures_for


@signed_in
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    person, at = request.user, clock.now()
    context = {
        "day": clock.today(),
        "lines": day.lines_for(person, at),
        "figures": figures_for(person),
        "shortcuts": panels.shortcuts_for(person),
        "panels": panels.panels_for(person, at),
        "has_mandate": bool(standing(person).held),
        "operator": settings.OPERATOR,
        "offices": coordinating(clock.today()),
    }
    return render(request, "portal/today.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[: finding.LONGEST]
    groups = finding.find(request.user, asked) if asked else []
    return render(
        request, "portal/search.html", {"asked": asked, "groups": groups, "may_report": leads_to_the_form(request.user)}
    )


@signed_in
@require_safe
def trails(request: HttpRequest) -> HttpResponse:
    page = paginate(way.needs_on_their_way(request.user), request)
    crumbs = [(_("Was wurde aus meinem Bedarf?"), "")]
    return render(
        request, "portal/trails.html", {"page": page, "crumbs": crumbs, "may_report": leads_to_the_form(request.user)}
    )


@signed_in
@require_safe
def trail(request: SignedInRequest, need_id: UUID) -> HttpResponse:
    need = need_for(request.user, need_id)
    crumbs = [(_("Was wurde aus meinem Bedarf?"), reverse("portal:trails")), (need.label, "")]
    return render(request, "portal/trail.html", {"need": need, "way": way.way_of(need, request.user), "crumbs": crumbs})
