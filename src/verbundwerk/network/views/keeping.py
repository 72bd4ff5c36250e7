"""Keeping an organisation in order: its data, sites and alliances."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbundwerk.base import clock
from verbundwerk.base.http import render_form, sent, signed_in
from verbundwerk.base.verdicts import require

from .. import flow, queries, rules
from ..flow import SiteData
from ..forms import JoinForm, OrganisationForm, SiteForm
from ..models import Organisation
from ..queries import SignedInRequest
from .common import attempt, form_page, get_or_post, to_directory


@signed_in
@get_or_post
def register(request: SignedInRequest) -> HttpResponse:
    require(rules.may_coordinate(queries.standing(request.user)))
    form, site = OrganisationForm(sent(request), coordinates=True), SiteForm(sent(request), prefix="site")
    if site.is_valid() and (made := attempt(form, lambda data: _register(request, data, site), "name")):
        messages.success(request, _("Die Organisation ist aufgenommen."))
        return redirect("network:organisation", made.pk)
    crumbs = [to_directory(), (_("Organisation aufnehmen"), "")]
    return render_form(request, "network/register.html", {"form": form, "site": site, "crumbs": crumbs})


def _register(request: SignedInRequest, data: dict[str, Any], site: SiteForm) -> Organisation:
    return flow.register_organisation(main_site=SiteData(**site.site), by=request.user, at=clock.now(), **data)


@signed_in
@get_or_post
def change(request: SignedInRequest, organisation_id: UUID) -> HttpResponse:
    one, who = queries.organisation_inside_for(request.user, organisation_id), queries.standing(request.user)
    require(rules.may_keep(who, one.pk))
    form = OrganisationForm(sent(request), initial=OrganisationForm.of(one), coordinates=who.coordinates)
    if attempt(form, lambda data: flow.change_organisation(one, by=request.user, at=clock.now(), **data), "name"):
        messages.success(request, _("Die Angaben sind gespeichert."))
        return redirect("network:organisation", organisation_id)
    return form_page(request, form, _("Angaben ändern"), one)


@signed_in
@get_or_post
def add_site(request: SignedInRequest, organisation_id: UUID) -> HttpResponse:
    one = queries.organisation_inside_for(request.user, organisation_id)
    require(rules.may_keep(queries.standing(request.user), one.pk))
    form = SiteForm(sent(request))
    if attempt(form, lambda _data: flow.add_site(one, SiteData(**form.site), by=request.user, at=clock.now())):
        messages.success(request, _("Der Standort ist eingetragen."))
        return redirect("network:organisation", one.pk)
    return form_page(request, form, _("Standort hinzufügen"), one)


@signed_in
@get_or_post
def change_site(request: SignedInRequest, site_id: UUID) -> HttpResponse:
    site = queries.site_for(request.user, site_id)
    one = site.organisation
    require(rules.may_keep(queries.standing(request.user), one.pk))
    form = SiteForm(sent(request), initial=SiteForm.of(site))
    if attempt(form, lambda _data: flow.change_site(site, SiteData(**form.site), by=request.user, at=clock.now())):
        messages.success(request, _("Der Standort ist gespeichert."))
        return redirect("network:organisation", one.pk)
    return form_page(request, form, _("Standort ändern"), one)


@signed_in
@get_or_post
def join(request: SignedInRequest, organisation_id: UUID) -> HttpResponse:
    one = queries.organisation_inside_for(request.user, organisation_id)
    require(rules.may_coordinate(queries.standing(request.user)))
    form = JoinForm(sent(request), alliances=queries.alliances_open_to(one))
    act = lambda data: flow.join_alliance(one, data["alliance"], by=request.user, at=clock.now())  # noqa: E731
    if attempt(form, act, "alliance"):
        messages.success(request, _("Die Organisation gehört dem Verbund jetzt an."))
        return redirect("network:organisation", one.pk)
    return form_page(request, form, _("In einen Verbund aufnehmen"), one)


@signed_in
@require_POST
def leave(request: SignedInRequest, organisation_id: UUID, alliance_id: UUID) -> HttpResponse:
    one = queries.organisation_inside_for(request.user, organisation_id)
    alliance = queries.alliance_for(request.user, alliance_id)
    flow.leave_alliance(one, alliance, by=request.user, at=clock.now())
    messages.success(request, _("Der Austritt ist eingetragen."))
    return redirect("network:organisation", one.pk)
