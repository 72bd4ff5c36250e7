"""What everybody may look at: organisations, alliances, bodies."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbundwerk.base import clock
from verbundwerk.base.downloads import csv_response, xlsx_response

from .. import queries, rules
from ..exports import directory_table
from ..models import Organisation
from .common import to_directory


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    context = {
        "table": directory_table(request.user, request.GET),
        "may_register": rules.may_coordinate(queries.standing(request.user)),
    }
    return render(request, "network/list.html", context)


@require_safe
def organisations_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(directory_table(request.user, request.GET), _("Organisationen"))


@require_safe
def organisations_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(directory_table(request.user, request.GET), _("Organisationen"))


@require_safe
def organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    one = queries.organisation_for(request.user, organisation_id)
    context = {
        "organisation": one,
        "sites": queries.sites_of(one),
        "alliances": queries.alliances_of(one),
        "crumbs": [to_directory(), (one.name, "")],
        **_inside(request, one),
    }
    return render(request, "network/organisation.html", context)


def _inside(request: HttpRequest, one: Organisation) -> dict[str, Any]:
    who = queries.standing(request.user)
    if not rules.may_see_inside(who, one.pk):
        return {}
    hands_on = rules.roles_to_hand_on(who, one.pk)
    mandates = [(held, held.role in hands_on) for held in queries.mandates_at(one)]
    invitations = [(sent, sent.role in hands_on) for sent in queries.invitations_open(one)] if hands_on else []
    return {
        "inside": True,
        "mandates": mandates,
        "invitations": invitations,
        "may_invite": bool(hands_on),
        "may_keep": rules.may_keep(who, one.pk),
        "may_coordinate": rules.may_coordinate(who),
    }


@require_safe
def alliances(request: HttpRequest) -> HttpResponse:
    context = {"alliances": queries.alliances(), "crumbs": [to_directory(), (_("Verbünde"), "")]}
    return render(request, "network/alliances.html", context)


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    context = {"bodies": queries.bodies(), "crumbs": [to_directory(), (_("Gremien"), "")]}
    return render(request, "network/bodies.html", context)


@require_safe
def body(request: HttpRequest, body_id: UUID) -> HttpResponse:
    one, who = queries.body_for(request.user, body_id), queries.standing(request.user)
    may_see = rules.may_see_members(who, one.pk)
    context = {
        "body": one,
        "members": queries.mandates_in(one) if may_see else [],
        "may_see": may_see,
        "may_coordinate": rules.may_coordinate(who),
        "today": clock.today(),
        "crumbs": [to_directory(), (_("Gremien"), reverse("network:bodies")), (one.name, "")],
    }
    return render(request, "network/body.html", context)
