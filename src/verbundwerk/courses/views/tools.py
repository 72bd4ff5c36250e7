"""What the pages of this room share."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

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
        return crumbs((course.name, ""))
    return crumbs((course.name, reverse("courses:detail", args=[course.pk])), (here, ""))
