from collections.abc import Callable
from typing import Any, TypeVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from verbundwerk.base.http import render_form
from verbundwerk.base.verdicts import Refused

from ..models import Organisation

T = TypeVar("T")
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def attempt(form: Form, act: Callable[[dict[str, Any]], T], field: str | None = None) -> T | None:
    """What the flow answers to a valid form. A refusal appears in the form, with everything typed kept."""
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except Refused as refused:
        form.add_error(field, str(refused.verdict.reason))
        return None


def form_page(request: HttpRequest, form: Form, title: str, one: Organisation, **more: Any) -> HttpResponse:
    """One form about an organisation under its title; the way back leads through it."""
    crumbs = [to_directory(), to_organisation(one), (title, "")]
    context = {"form": form, "title": title, "crumbs": crumbs, **more}
    return render_form(request, "network/form.html", context)


def to_directory() -> tuple[Any, str]:
    return _("Netzwerk"), reverse("network:list")


def to_organisation(one: Organisation) -> tuple[Any, str]:
    return one.name, reverse("network:organisation", args=[one.pk])
