"""What is stored about oneself: to read, to take along, to delete."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verbundwerk.base import clock
from verbundwerk.base.downloads import file_name
from verbundwerk.base.http import accepted, get_or_post, render_form, sent, signed_in
from verbundwerk.network.models import Person

from . import exports_own, flow, queries_own
from .forms import DeleteForm


def _here(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


@signed_in
@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    found = queries_own.own_data(_here(request))
    context = {
        "kinds": [(exports_own.KINDS[name], rows) for name, rows in found.items()],
        "deletable": queries_own.deletable(_here(request)),
        "seats": found["seats"],
        "certificates": found["certificates"],
        "crumbs": [(_("Meine Daten"), "")],
    }
    return render(request, "privacy/own_data.html", context)


@signed_in
@require_safe
def own_data_json(request: HttpRequest) -> HttpResponse:
    return _file(exports_own.as_json(_here(request)), "application/json", "json")


@signed_in
@require_safe
def own_data_zip(request: HttpRequest) -> HttpResponse:
    return _file(exports_own.as_zip(_here(request)), "application/zip", "zip")


def _file(content: str | bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{file_name(_("Meine Daten"))}.{ending}"'
    return response


@signed_in
@get_or_post
def delete_own_data(request: HttpRequest) -> HttpResponse:
    person = _here(request)
    form = DeleteForm(sent(request), choices=queries_own.deletable(person))
    if accepted(form, lambda: flow.delete_own_data(form.cleaned_data["what"], by=person, at=clock.now())):
        messages.success(request, _("Gelöscht. Davon ist hier nichts mehr gespeichert."))
        return redirect("privacy:own_data")
    ways = [(_("Meine Daten"), reverse("privacy:own_data")), (_("Löschen"), "")]
    return render_form(request, "privacy/delete_own_data.html", {"form": form, "crumbs": ways})
