from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbundwerk.base.downloads import csv_response

from . import exports, queries


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    context = {"lines": queries.kept_lines(), "crumbs": [(_("Aufbewahrung"), "")]}
    return render(request, "privacy/kept.html", context)


@require_safe
def kept_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(exports.kept_table({}), _("Aufbewahrung"))
