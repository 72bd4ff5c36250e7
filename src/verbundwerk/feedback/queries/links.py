"""The way from the page of a course to what its people said."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verbundwerk.courses.models import Course
from verbundwerk.courses.queries import FurtherPage
from verbundwerk.network.queries import standing

from .. import rules
from ..models import Round


def link_of(person: Any, course: Course) -> FurtherPage | None:
    """Once something was asked; for those who may read what came of it."""
    if not rules.may_read_results(standing(person), course, getattr(person, "pk", None)):
        return None
    if not Round.objects.filter(course=course).exists():
        return None
    return FurtherPage(_("Rückmeldungen zum Kurs"), reverse("feedback:course", args=[course.pk]))
