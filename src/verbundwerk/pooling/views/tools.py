"""What the pages of this room share."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from verbundwerk.base.verdicts import Refused

from ..models import Plan, Pool

Crumbs = list[tuple[str, str]]


def crumbs(*steps: tuple[str, str]) -> Crumbs:
    return [(_("Bündel"), reverse("pooling:list")), *steps]


def pool_crumbs(pool: Pool, here: str = "") -> Crumbs:
    if not here:
        return crumbs((pool.label, ""))
    return crumbs((pool.label, reverse("pooling:pool", args=[pool.pk])), (here, ""))


def plan_crumbs(plan: Plan | None = None) -> Crumbs:
    steps = [(_("Berechnungen"), reverse("pooling:plans") if plan else "")]
    return crumbs(*steps, *([(_("Bündelvorschläge"), "")] if plan else []))


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; an empty sending is one too and deserves its errors."""
    return request.POST if request.method == "POST" else None


def accepted(form: BaseForm, act: Callable[[], Any]) -> bool:
    """Do it; what the rules refuse is said above the form, and everything typed stays."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refused:
        form.add_error(None, str(refused.verdict.reason))
        return False
    return True
