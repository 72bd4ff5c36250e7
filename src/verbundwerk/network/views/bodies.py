"""Founding bodies and filling their seats: the coordination office."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from verbundwerk.base import clock
from verbundwerk.base.http import render_form, sent, signed_in
from verbundwerk.base.verdicts import Refused, no, require

from .. import flow, queries, rules
from ..forms import BodyForm, SeatForm
from ..models import Body, Mandate
from ..queries import SignedInRequest
from .common import attempt, get_or_post, to_directory


@signed_in
@get_or_post
def found(request: SignedInRequest, alliance_id: UUID) -> HttpResponse:
    alliance = queries.alliance_for(request.user, alliance_id)
    require(rules.may_coordinate(queries.standing(request.user)))
    form = BodyForm(sent(request))
    if body := attempt(form, lambda data: flow.found_body(alliance, by=request.user, at=clock.now(), **data), "name"):
        messages.success(request, _("Das Gremium ist eingerichtet."))
        return redirect("network:body", body.pk)
    title = _("Gremium einrichten: %(alliance)s") % {"alliance": alliance.name}
    crumbs = [to_directory(), (_("Gremien"), reverse("network:bodies")), (title, "")]
    return render_form(request, "network/form.html", {"form": form, "title": title, "crumbs": crumbs})


@signed_in
@get_or_post
def give_seat(request: SignedInRequest, body_id: UUID) -> HttpResponse:
    body = queries.body_for(request.user, body_id)
    require(rules.may_coordinate(queries.standing(request.user)))
    form = SeatForm(sent(request), organisations=queries.organisations_visible_to(request.user))
    if attempt(form, lambda data: _give(request, body, data), "email"):
        messages.success(request, _("Die Person gehört dem Gremium jetzt an."))
        return redirect("network:body", body.pk)
    title = _("Platz vergeben: %(body)s") % {"body": body.name}
    crumbs = [to_directory(), (body.name, reverse("network:body", args=[body.pk])), (title, "")]
    return render_form(request, "network/form.html", {"form": form, "title": title, "crumbs": crumbs})


def _give(request: SignedInRequest, body: Body, data: dict[str, Any]) -> Mandate:
    person = queries.person_with(data["email"])
    if person is None:
        raise Refused(no(_("Mit dieser Adresse gibt es noch niemanden. Laden Sie die Person zuerst ein.")))
    at = clock.now()
    return flow.give_mandate(person, data["organisation"], data["role"], by=request.user, at=at, body=body)
