"""What the pages of this room share."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from verbundwerk.base.verdicts import Refused
from verbundwerk.network.models import Person

from ..models import Course


class PersonRequest(HttpRequest):
    """A request behind `signed_in`."""

    user: Person


Crumbs = list[tuple[str, str]]


def crumbs(*steps: tuple[str, str]) -> Crumbs:
    return [(_("Kurse"), reverse("courses:list")), *steps]


def course_crumbs(course: Course, here: str = "") -> Crumbs:
    if not here:
        return crumbs((course.title, ""))
    return crumbs((course.title, reverse("courses:detail", args=[course.pk])), (here, ""))


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
