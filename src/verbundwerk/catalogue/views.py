from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from verbundwerk.base import clock
from verbundwerk.base.downloads import csv_response, xlsx_response
from verbundwerk.base.http import accepted, get_or_post, render_form, sent, signed_in
from verbundwerk.network.queries import standing

from . import exports, flow, queries, rules
from .forms import OfferForm, TakeForm, UploadForm, VenueForm, initial_of, packed
from .models import Offer

PREVIEWED = 50


# --- everybody -----------------------------------------------------------------------------------
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    context = {
        "table": exports.offers_table(request.user, request.GET.dict()),
        "offers": queries.offering_organisations(request.user).exists(),
        "shares": queries.sites_to_share(request.user).exists(),
        "crumbs": _crumbs(),
    }
    return render(request, "catalogue/list.html", context)


@require_GET
def as_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(exports.offers_table(request.user, request.GET.dict()), _("Angebote"))


@require_GET
def as_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(exports.offers_table(request.user, request.GET.dict()), _("Angebote"))


@require_GET
def detail(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    offer = queries.offer_for(request.user, offer_id)
    context = {
        "offer": offer,
        "price": exports.price_text(offer),
        "places": exports.places_text(offer),
        "may_edit": rules.may_offer_for(offer.provider_id, standing(request.user)),
        "on_show": rules.is_on_show(offer, clock.today()),
        "crumbs": _crumbs(offer.title),
    }
    return render(request, "catalogue/detail.html", context)


# --- providers -----------------------------------------------------------------------------------
@signed_in
@get_or_post
def new(request: HttpRequest) -> HttpResponse:
    form = OfferForm(sent(request), providers=_providers(request), venues=queries.venues())
    made: list[Offer] = []
    if accepted(form, lambda: made.append(_published(request, form))):
        messages.success(request, _("Das Angebot steht im Katalog."))
        return redirect("catalogue:detail", made[0].pk)
    return _form_page(request, form, _("Angebot eintragen"), reverse("catalogue:list"))


def _published(request: HttpRequest, form: OfferForm) -> Offer:
    provider = form.cleaned_data["provider"]
    return flow.publish_offer(form.offer_data(), provider=provider, by=request.user, at=clock.now())


@signed_in
@get_or_post
def edit(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    offer = queries.own_offer_for(request.user, offer_id)
    form = OfferForm(
        sent(request), providers=queries.only(offer.provider_id), venues=queries.venues(), initial=initial_of(offer)
    )

    def change() -> None:
        flow.change_offer(offer, form.offer_data(), by=request.user, at=clock.now())

    if accepted(form, change):
        messages.success(request, _("Das Angebot ist geändert."))
        return redirect("catalogue:detail", offer.pk)
    return _form_page(request, form, _("Angebot bearbeiten"), reverse("catalogue:detail", args=[offer.pk]))


@signed_in
@get_or_post
def venue(request: HttpRequest) -> HttpResponse:
    sites = queries.sites_to_share(request.user)
    if not sites.exists():
        raise Http404
    form = VenueForm(sent(request), sites=sites)

    def add() -> None:
        typed: dict[str, Any] = {**form.cleaned_data, "rent_cents": form.cleaned_data["rent_cents"] or 0}
        flow.add_venue(typed.pop("site"), by=request.user, at=clock.now(), **typed)

    if accepted(form, add):
        messages.success(request, _("Der Raum ist eingetragen."))
        return redirect("catalogue:list")
    return _form_page(request, form, _("Raum eintragen"), reverse("catalogue:list"))


# --- a catalogue file: look first, then take over ---------------------------------------------------
@signed_in
@get_or_post
def upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(sent(request), request.FILES or None, providers=_providers(request))
    if form.is_bound and form.is_valid():
        return _preview(request, form)
    return render_form(request, "catalogue/upload.html", {"form": form, "crumbs": _crumbs(_("Katalog hochladen"))})


def _preview(request: HttpRequest, form: UploadForm) -> HttpResponse:
    provider, entries = form.cleaned_data["provider"], form.cleaned_data["file"]
    known = queries.references_of(provider, [entry.reference for entry in entries])
    take = TakeForm(providers=_providers(request), initial={"provider": provider.pk, "entries": packed(entries)})
    context = {
        "provider": provider,
        "rows": [(entry, entry.reference in known) for entry in entries[:PREVIEWED]],
        "count": len(entries),
        "known": len(known),
        "hidden": len(entries) - PREVIEWED if len(entries) > PREVIEWED else 0,
        "form": take,
        "crumbs": _crumbs(_("Katalog hochladen")),
    }
    return render(request, "catalogue/preview.html", context)


@signed_in
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    form = TakeForm(request.POST, providers=_providers(request))
    if not form.is_valid():
        again = UploadForm(providers=_providers(request))
        context = {"form": again, "wrong": form, "crumbs": _crumbs(_("Katalog hochladen"))}
        return render_form(request, "catalogue/upload.html", context)
    typed = form.cleaned_data
    taken = flow.take_over_catalogue(typed["entries"], provider=typed["provider"], by=request.user, at=clock.now())
    messages.success(request, _told(taken))
    return redirect("catalogue:list")


def _told(taken: flow.Taken) -> str:
    new = ngettext("%(count)d Angebot ist neu", "%(count)d Angebote sind neu", taken.new) % {"count": taken.new}
    rest = _("%(changed)d geändert, %(same)d unverändert.") % {"changed": taken.changed, "same": taken.same}
    return f"{new}, {rest}"


# --- shared ---------------------------------------------------------------------------------------------
def _providers(request: HttpRequest) -> Any:
    """Whoever acts for no provider finds no such page."""
    found = queries.offering_organisations(request.user)
    if not found.exists():
        raise Http404
    return found


def _form_page(request: HttpRequest, form: Any, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "crumbs": _crumbs(title)}
    return render_form(request, "catalogue/form.html", context)


def _crumbs(here: str = "") -> list[tuple[str, str]]:
    steps = [(_("Angebote"), reverse("catalogue:list") if here else "")]
    return [*steps, (here, "")] if here else steps
