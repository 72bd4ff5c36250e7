from collections.abc import Callable
from typing import Any, TypeVar

from django.forms import Form
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from verbundwerk.base.verdicts import Refused

from ..models import Organisation

T = TypeVar("T")
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def sent(request: HttpRequest) -> QueryDict | None:
    """What was typed; a POST without anything is a form that was sent empty."""
    return request.POST if request.method == "POST" else None


def attempt(form: Form, act: Callable[[dict[str, Any]], T], field: str | None = None) -> T | None:
    """What the flow answers to a valid form. A refusal appears in the form, with everything typed kept."""
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except Refused as refused:
        form.add_error(field, str(refused.verdict.reason))
        return None


def to_directory() -> tuple[Any, str]:
    return _("Netzwerk"), reverse("network:list")


def to_organisation(one: Organisation) -> tuple[Any, str]:
    return one.name, reverse("network:organisation", args=[one.pk])
