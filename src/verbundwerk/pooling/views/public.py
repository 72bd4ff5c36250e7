"""Pools everybody may see: no firms, no figures below the disclosure rule."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from verbundwerk.needs.rules import leads_to_the_form

from .. import exports, queries


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    context = {
        "table": exports.public_table(request.GET.dict()),
        "may_report": leads_to_the_form(request.user),
        "crumbs": [(_("Offene Bündel"), "")],
    }
    return render(request, "pooling/public_list.html", context)


@require_GET
def pool(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    found = queries.public_pool_for(pool_id)
    context = {
        "pool": queries.disclosed(found),
        "goals": found.goals,
        "may_report": leads_to_the_form(request.user),
        "need_url": f"{reverse('needs:report')}?{urlencode({'thema': found.topic.label})}",
        "crumbs": [(_("Offene Bündel"), reverse("pooling:public")), (found.name, "")],
    }
    return render(request, "pooling/public_pool.html", context)
