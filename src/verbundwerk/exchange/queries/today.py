"""What waits for a person in this room."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verbundwerk.base.days import moment_text
from verbundwerk.base.lines import Line
from verbundwerk.courses.rules import BOOKING_ROLES, day_of
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing

from ..models import ListEntry
from ..states import EntryState

SHOWN = 5


def waiting_for(person: Any, at: datetime) -> list[Line]:
    if not isinstance(person, Person):
        return []
    firms = standing(person).organisations(*BOOKING_ROLES)
    return list(_offers(firms)) if firms else []


def _offers(firms: Iterable[Any]) -> Iterable[Line]:
    rows = ListEntry.objects.filter(organisation__in=firms, state=EntryState.OFFERED)
    for one in rows.select_related("course__topic").order_by("offer_until", "pk")[:SHOWN]:
        assert one.offer_until is not None
        text = _("Ein Platz ist frei für Sie: „%(title)s“, bis %(until)s")
        told = text % {"title": one.course.name, "until": moment_text(one.offer_until)}
        yield Line(told, reverse("exchange:list", args=[one.course_id]), day_of(one.offer_until), "waits", 9)
