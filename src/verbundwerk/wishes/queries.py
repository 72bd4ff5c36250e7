"""Guarded loaders and lists of what the workforce says."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbundwerk.base import clock
from verbundwerk.base.lines import Line
from verbundwerk.journal.sight import seen
from verbundwerk.network.models import Mandate, Organisation, Person
from verbundwerk.network.queries import in_force, standing

from . import rules
from .models import Wish
from .states import WishState

NEWS = timedelta(days=14)
ANSWERED_WITHIN = timedelta(days=14)
LINES = 5  # of one kind on somebody's page of today


# --- wishes -----------------------------------------------------------------------------
def wish_for(person: Any, wish_id: UUID) -> Wish:
    """One's own; or one that its owner has released to the firm whose HR this is."""
    found = Wish.objects.filter(_visible_to(person), pk=wish_id).select_related("person", "organisation", "need")
    wish = found.first()
    if wish is None:
        raise Http404
    seen(person, [(wish.organisation_id, wish.person_id)])
    return wish


def own_wish_for(person: Any, wish_id: UUID) -> Wish:
    wish = wish_for(person, wish_id)
    if wish.person_id != getattr(person, "pk", None):
        raise Http404
    return wish


def _visible_to(person: Any) -> Q:
    return Q(person=getattr(person, "pk", None)) | released_to(person)


def released_to(person: Any) -> Q:
    """What HR may read: released, by somebody who still works there. Nothing else exists for it, not as a number."""
    still_there = Mandate.objects.filter(
        in_force(clock.today()), person=OuterRef("person"), organisation=OuterRef("organisation")
    )
    firms = standing(person).organisations(*rules.ANSWERING)
    return Q(organisation__in=firms, state__in=rules.SHOWN) & Q(Exists(still_there))


def wishes_of(person: Any) -> QuerySet[Wish]:
    """One's own, by topic."""
    return Wish.objects.filter(person=getattr(person, "pk", None)).select_related("organisation", "need", "topic")


def released_wishes(person: Any) -> QuerySet[Wish]:
    """For HR: what was released to it, by topic."""
    return Wish.objects.filter(released_to(person)).select_related("person", "organisation", "need")


def employers_of(person: Any) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=standing(person).organisations(*rules.WISHING))


def firm_of(wish: Wish) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk=wish.organisation_id)


def people_who_answer(organisation: UUID) -> list[Person]:
    held = Mandate.objects.filter(in_force(clock.today()), organisation=organisation, role__in=rules.ANSWERING)
    return list(Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("sort_key", "pk"))


def wishes_untouched_since(before: datetime) -> QuerySet[Wish]:
    return Wish.objects.filter(touched_at__lt=before)


# --- for the page of today ----------------------------------------------------------------
def waiting_for(person: Any, at: datetime) -> list[Line]:
    return [*_answered_lines(person, at), *_released_line(person, at)]


def _answered_lines(person: Any, at: datetime) -> list[Line]:
    """Somebody gets an answer: one reads it, nothing has to be done."""
    answered = wishes_of(person).filter(state__in=(WishState.TAKEN, WishState.DECLINED), answered_at__gt=at - NEWS)
    text = _("Ihr Betrieb hat auf Ihren Wunsch „%(topic)s“ geantwortet")
    return [
        Line(text % {"topic": one.topic_text}, reverse("wishes:wish", args=[one.pk]), kind="news", weight=5)
        for one in answered[:LINES]
    ]


def _released_line(person: Any, at: datetime) -> list[Line]:
    if not rules.may_answer_wishes(person):
        return []
    rows = Wish.objects.filter(released_to(person), state=WishState.RELEASED).order_by()
    found = rows.aggregate(count=Count("pk"), first=Min("released_at"))
    if not found["count"]:
        return []
    text = ngettext(
        "%(count)s Wunsch aus der Belegschaft wartet auf Ihre Antwort",
        "%(count)s Wünsche aus der Belegschaft warten auf Ihre Antwort",
        found["count"],
    )
    due = timezone.localdate(found["first"] + ANSWERED_WITHIN)
    late = due < timezone.localdate(at)
    return [Line(text % found, reverse("wishes:released"), due, "late" if late else "waits", 5)]
