from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbundwerk.base.downloads import csv_response
from verbundwerk.base.http import signed_in
from verbundwerk.base.tables import Table
from verbundwerk.base.templatetags.ui import Tab
from verbundwerk.base.verdicts import require
from verbundwerk.network.queries import SignedInRequest, standing

from . import exports, queries, rules


# --- what is kept ------------------------------------------------------------------------
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    context = {"lines": queries.kept_lines(), "crumbs": [(_("Aufbewahrung"), "")]}
    return render(request, "privacy/kept.html", context)


@require_safe
def kept_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(exports.kept_table({}), _("Aufbewahrung"))


@signed_in
@require_safe
def forgotten(request: SignedInRequest) -> HttpResponse:
    require(rules.may_see_all_looks(standing(request.user)))
    return _page(request, exports.forgotten_table(request.GET), _("Wie weit die Fristen geprüft sind"), "checked")


@signed_in
@require_safe
def deletions(request: SignedInRequest) -> HttpResponse:
    require(rules.may_see_all_looks(standing(request.user)))
    return _page(request, exports.deletions_table(request.GET), _("Was gelöscht wurde"), "deleted")


@signed_in
@require_safe
def deletions_csv(request: SignedInRequest) -> HttpResponseBase:
    require(rules.may_see_all_looks(standing(request.user)))
    return csv_response(exports.deletions_table(request.GET), _("Löschprotokoll"))


# --- who looked --------------------------------------------------------------------------
@signed_in
@require_safe
def own_looks(request: SignedInRequest) -> HttpResponse:
    return _page(request, exports.own_looks_table(request.user, request.GET), _("Wer hat auf meine Daten geschaut?"))


@signed_in
@require_safe
def firm_looks(request: SignedInRequest) -> HttpResponse:
    require(rules.may_see_looks_at_firm(standing(request.user)))
    title = _("Wer hat auf Daten unserer Organisation geschaut?")
    return _page(request, exports.firm_looks_table(request.user, request.GET), title)


@signed_in
@require_safe
def firm_looks_csv(request: SignedInRequest) -> HttpResponseBase:
    require(rules.may_see_looks_at_firm(standing(request.user)))
    return csv_response(exports.firm_looks_table(request.user, request.GET), _("Einsichten"))


@signed_in
@require_safe
def all_looks(request: SignedInRequest) -> HttpResponse:
    require(rules.may_see_all_looks(standing(request.user)))
    return _page(request, exports.all_looks_table(request.user, request.GET), _("Wer hat wo hingeschaut?"))


@signed_in
@require_safe
def all_looks_csv(request: SignedInRequest) -> HttpResponseBase:
    require(rules.may_see_all_looks(standing(request.user)))
    return csv_response(exports.all_looks_table(request.user, request.GET), _("Einsichten"))


def _page(request: SignedInRequest, table: Table, title: str, about: str = "looks") -> HttpResponse:
    context = {"table": table, "title": title, "tabs": _tabs(request), "crumbs": [(title, "")], "about": about}
    return render(request, "privacy/looks.html", context)


def _tabs(request: SignedInRequest) -> list[Tab]:
    who, here = standing(request.user), request.path
    pages = [(_("Meine Daten"), "privacy:own_looks")]
    if rules.may_see_looks_at_firm(who):
        pages.append((_("Unsere Organisation"), "privacy:firm_looks"))
    if rules.may_see_all_looks(who):
        pages += [
            (_("Alle"), "privacy:all_looks"),
            (_("Löschprotokoll"), "privacy:deletions"),
            (_("Stand der Fristen"), "privacy:forgotten"),
        ]
    addresses = [(label, reverse(name)) for label, name in pages]
    return [Tab(label, url, url == here) for label, url in addresses] if len(pages) > 1 else []
