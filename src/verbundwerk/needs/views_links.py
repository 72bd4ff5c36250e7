"""Links and QR codes that need no account: make them, print them, take them back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verbundwerk.base import clock
from verbundwerk.base.http import accepted, get_or_post, render_form, sent, signed_in
from verbundwerk.base.pdf import pdf_response
from verbundwerk.base.qr import qr_svg
from verbundwerk.base.verdicts import require
from verbundwerk.network.models import Person
from verbundwerk.network.queries import alliance_for, alliances

from . import exports, flow, papers, queries, rules, rules_quick
from .forms import LinkForm
from .views import here


@signed_in
@require_GET
def links(request: HttpRequest) -> HttpResponse:
    person = here(request)
    require(rules_quick.may_make_links(person))
    context = {
        "table": exports.links_table(person, request.GET),
        "doors": _doors() if rules.coordinates(person) else [],
        "crumbs": [(_("Bedarfe"), reverse("needs:list")), (_("Melden ohne Konto"), "")],
    }
    return render(request, "needs/links.html", context)


def _doors() -> list[dict[str, object]]:
    """Each alliance with its link on the start page, if it wants one."""
    opened = {door.alliance_id: door for door in queries.doors()}
    return [{"alliance": one, "link": opened.get(one.pk)} for one in alliances()]


@signed_in
@get_or_post
def link_new(request: HttpRequest) -> HttpResponse:
    person = here(request)
    require(rules_quick.may_make_links(person))
    form = LinkForm(sent(request), firms=queries.firms_to_link(person), coordinates=bool(rules.coordinates(person)))
    if accepted(form, lambda: _made(request, form, person)):
        return redirect("needs:links")
    title = _("Link oder QR-Code machen")
    context = {"form": form, "title": title, "crumbs": _crumbs(title)}
    return render_form(request, "needs/link_new.html", context)


def _made(request: HttpRequest, form: LinkForm, person: Person) -> None:
    link = flow.make_link(form.link(), by=person, at=clock.now())
    messages.success(request, _("Der Link „%(name)s“ gilt ab jetzt.") % {"name": link.name})


def _crumbs(here: str) -> list[tuple[str, str]]:
    ways = [(_("Bedarfe"), reverse("needs:list")), (_("Melden ohne Konto"), reverse("needs:links"))]
    return [*ways, (here, "")]


@signed_in
@require_GET
def link(request: HttpRequest, link_id: UUID) -> HttpResponse:
    person = here(request)
    found = queries.own_link_for(person, link_id)
    address = papers.address_of(found)
    context = {
        "link": found,
        "address": address,
        "readable": papers.readable(found),
        "qr": mark_safe(qr_svg(address)),  # noqa: S308 - drawn by us, from an address of ours
        "open": rules_quick.takes_reports(found, clock.today()),
        "may_revoke": rules_quick.may_revoke(found, person),
        "crumbs": _crumbs(found.name),
    }
    return render(request, "needs/link.html", context)


@signed_in
@require_GET
def poster(request: HttpRequest, link_id: UUID) -> HttpResponse:
    found = queries.own_link_for(here(request), link_id)
    require(rules_quick.takes_reports(found, clock.today()))
    return pdf_response(papers.poster_pdf(found, clock.today()), f"{_('Aushang')} {found.name}")


@signed_in
@require_POST
def link_revoke(request: HttpRequest, link_id: UUID) -> HttpResponse:
    found = queries.own_link_for(here(request), link_id)
    flow.revoke_link(found, by=here(request), at=clock.now())
    messages.success(request, _("Der Link „%(name)s“ gilt nicht mehr.") % {"name": found.name})
    return redirect("needs:links")


@signed_in
@require_POST
def door(request: HttpRequest, alliance_id: UUID) -> HttpResponse:
    """On or off: whether the start page lets everybody report for this alliance."""
    person = here(request)
    alliance = alliance_for(person, alliance_id)
    require(rules.coordinates(person))
    if "open" in request.POST:
        flow.open_door(alliance, by=person, at=clock.now())
        text = _("Auf der Startseite steht jetzt ein Weg ohne Konto für „%(name)s“.")
    else:
        flow.close_door(alliance, by=person, at=clock.now())
        text = _("Auf der Startseite steht kein Weg ohne Konto mehr für „%(name)s“.")
    messages.success(request, text % {"name": alliance.name})
    return redirect("needs:links")
