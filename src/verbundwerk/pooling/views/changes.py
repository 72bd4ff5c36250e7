"""The firm reads one question about its need and answers with one press."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verbundwerk.base import clock
from verbundwerk.base.http import signed_in
from verbundwerk.network.queries import standing

from .. import flow, papers, queries, rules
from .tools import crumbs


@signed_in
@require_GET
def change(request: HttpRequest, change_id: UUID) -> HttpResponse:
    asked = queries.change_for(request.user, change_id)
    context = {
        "asked": asked,
        "question": papers.question_of(asked),
        "verdict": rules.may_answer_change(asked, standing(request.user), clock.today()) & rules.still_stands(asked),
        "crumbs": crumbs((_("Frage zu %(label)s") % {"label": asked.need.label}, "")),
    }
    return render(request, "pooling/change.html", context)


@signed_in
@require_POST
def agree(request: HttpRequest, change_id: UUID) -> HttpResponse:
    asked = queries.change_for(request.user, change_id)
    flow.agree_with_change(asked, by=request.user, at=clock.now())
    messages.success(request, _("Danke. Ihr Bedarf ist geändert, wir suchen weiter."))
    return redirect("pooling:change", asked.pk)


@signed_in
@require_POST
def refuse(request: HttpRequest, change_id: UUID) -> HttpResponse:
    asked = queries.change_for(request.user, change_id)
    flow.refuse_change(asked, by=request.user, at=clock.now())
    messages.success(request, _("Danke für die Antwort. Es bleibt, wie es ist."))
    return redirect("pooling:change", asked.pk)
