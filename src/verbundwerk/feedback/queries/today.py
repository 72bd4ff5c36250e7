"""What waits for a person: to be answered, or to be read."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from verbundwerk.base.lines import Line
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing
from verbundwerk.network.rules import Standing
from verbundwerk.network.terms import Role

from .. import rules
from ..models import Round, Ticket
from ..states import RoundState
from ..terms import Kind
from .guarded import check_of, own_tickets

NEWS = timedelta(days=14)
LINES = 3


def waiting_for(person: Any, at: datetime) -> list[Line]:
    if not isinstance(person, Person):
        return []
    return [*_to_answer(person, at), *_to_read(person, standing(person), at)]


def _to_answer(person: Person, at: datetime) -> Iterable[Line]:
    """A self-check that is given already is not asked for again."""
    asked = [one for one in own_tickets(person) if rules.takes_answers(one.round, timezone.localdate(at))]
    for one in [one for one in asked if one.round.kind != Kind.CHECK or check_of(one) is None][:LINES]:
        yield Line(_asks(one), reverse("feedback:answer", args=[one.pk]), one.round.closes_on, "news", 5)


def _asks(ticket: Ticket) -> str:
    texts = {
        Kind.CHECK: _("Fünf Minuten vor dem Kurs: Was können Sie schon? „%(title)s“"),
        Kind.EVALUATION: _("Ohne Namen: Wie war „%(title)s“?"),
        Kind.TRANSFER: _("Ohne Namen: Was wurde aus „%(title)s“?"),
    }
    return texts[Kind(ticket.round.kind)] % {"title": ticket.round.course.name}


def _to_read(person: Person, who: Standing, at: datetime) -> Iterable[Line]:
    """Only that there is something to read; a round with too few answers is no news."""
    news = Round.objects.filter(state=RoundState.CLOSED, closed_on__gt=timezone.localdate(at - NEWS))
    told = news.filter(kind=Kind.EVALUATION, answers__gte=rules.LEAST_ANSWERS)
    taught = Q(course__provider__in=who.organisations(Role.PROVIDER)) | Q(course__lecturer=person)
    yield from _lines(told.filter(taught), _("Rückmeldungen liegen vor: „%(title)s“"))
    made = news.filter(kind=Kind.CHECK, profile__isnull=False)
    yield from _lines(made.filter(course__lecturer=person), _("Was Ihre Gruppe schon kann: „%(title)s“"))
    if who.coordinates:
        wide = _("Die Gruppe ist sehr gemischt: „%(title)s“. Teilung oder Vorkurs vorschlagen?")
        ahead = made.filter(profile__wide=True, course__starts_on__gt=timezone.localdate(at))
        yield from _lines(ahead, wide, "waits")


def _lines(found: QuerySet[Round], text: str, kind: Any = "news") -> Iterable[Line]:
    for one in found.select_related("course__topic").order_by("-closed_on", "pk")[:LINES]:
        url = reverse("feedback:course", args=[one.course_id])
        yield Line(text % {"title": one.course.name}, url, one.closed_on, kind, 4 if kind == "news" else 6)
