"""Guarded loaders and lists of what the workforce says."""

from collections.abc import Iterable
from dataclasses import dataclass
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
from verbundwerk.journal.sight import EVERY_FIRM, seen
from verbundwerk.network.models import Mandate, Organisation, Person
from verbundwerk.network.queries import in_force, standing
from verbundwerk.network.terms import Role
from verbundwerk.pooling.queries import PublicPool, published_pools

from .. import rules, rules_talks
from ..models import Talk, Wish
from ..states import TalkState, WishState
from .surveys import survey_lines

NEWS = timedelta(days=14)
ANSWERED_WITHIN = timedelta(days=14)
LINES = 5  # of one kind on somebody's page of today


# --- wishes -----------------------------------------------------------------------------
def wish_for(person: Any, wish_id: UUID) -> Wish:
    """One's own; or one that its owner has released to the firm whose HR this is."""
    found = Wish.objects.filter(_visible_to(person), pk=wish_id).select_related(
        "person", "organisation", "need", "pool"
    )
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


def pools_to_choose(person: Any) -> list[tuple[PublicPool, Wish | None]]:
    """What everybody may read of the pools on their way, each with one's own interest in it."""
    mine = {one.pool_id: one for one in wishes_of(person) if one.pool_id}
    return [(pool, mine.get(pool.id)) for pool in published_pools()]


def employers_of(person: Any) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=standing(person).organisations(*rules.WISHING))


def firm_of(wish: Wish) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk=wish.organisation_id)


def people_who_answer(organisation: UUID) -> list[Person]:
    held = Mandate.objects.filter(in_force(clock.today()), organisation=organisation, role__in=rules.ANSWERING)
    return list(Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("sort_key", "pk"))


# --- talks ------------------------------------------------------------------------------
@dataclass(slots=True)
class Heard:
    """All open talks about one topic in one firm, whoever of its mentors noted them; `talk` stands for them."""

    talk: Talk
    people: int
    passed_on: bool


def talk_for(person: Any, talk_id: UUID) -> Talk:
    """For the mentors of its firm; for nobody else, not for HR and not for the office."""
    found = talks_of(person).filter(pk=talk_id).select_related("organisation").first()
    if found is None:
        raise Http404
    return found


def talks_of(person: Any) -> QuerySet[Talk]:
    rows = Talk.objects.filter(organisation__in=standing(person).organisations(Role.MENTOR))
    return rows.select_related("topic", "organisation", "need")


def open_talks_like(talk: Talk) -> QuerySet[Talk]:
    rows = Talk.objects.filter(organisation=talk.organisation_id, topic=talk.topic_id, state__in=rules_talks.OPEN)
    return rows.select_related("topic").order_by("noted_at", "pk")


def people_like(talk: Talk) -> int:
    return sum(open_talks_like(talk).values_list("people", flat=True))


def heard_by(person: Any) -> list[Heard]:
    """Topic by topic what is open in the firms this person is a mentor of."""
    return _together(talks_of(person).filter(state__in=rules_talks.OPEN))


def _together(talks: Iterable[Talk]) -> list[Heard]:
    found: dict[tuple[UUID, UUID], Heard] = {}
    for one in talks:
        heard = found.setdefault((one.organisation_id, one.topic_id), Heard(one, 0, passed_on=True))
        heard.people += one.people
        if one.state == TalkState.NOTED:
            heard.talk, heard.passed_on = one, False
    return list(found.values())


def own_talks(person: Any) -> QuerySet[Talk]:
    """What this mentor noted, the latest first."""
    return talks_of(person).filter(mentor=person).order_by("-noted_at", "pk")


def firms_mentored_by(person: Any) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=standing(person).organisations(Role.MENTOR))


def hints(person: Any) -> list[Heard]:
    """What mentors showed to the coordination office alone; the view has asked whether this person coordinates."""
    seen(person, EVERY_FIRM)
    rows = Talk.objects.filter(state=TalkState.PASSED_ON).select_related("topic", "organisation")
    return _together(rows.order_by("topic__sort_key", "organisation__sort_key", "pk"))


def wishes_untouched_since(before: datetime) -> QuerySet[Wish]:
    return Wish.objects.filter(touched_at__lt=before)


# --- for the page of today ----------------------------------------------------------------
def waiting_for(person: Any, at: datetime) -> list[Line]:
    """What waits for this person in this room."""
    firm = [*_released_line(person, at), *survey_lines(person, at)]
    return [*_answered_lines(person, at), *firm, *_heard_lines(person), *_hint_line(person, at)]


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


def _heard_lines(person: Any) -> list[Line]:
    """Enough people said the same: one press makes a need of it."""
    if not rules_talks.may_mentor(person):
        return []
    text = _("Aus Ihren Gesprächen kann ein Bedarf werden: %(topic)s")
    enough = (one for one in heard_by(person) if rules_talks.enough_people(one.people))
    return [
        Line(text % {"topic": one.talk.topic.name}, reverse("wishes:talks"), weight=3) for one in list(enough)[:LINES]
    ]


def _hint_line(person: Any, at: datetime) -> list[Line]:
    if not standing(person).coordinates:
        return []
    count = Talk.objects.filter(state=TalkState.PASSED_ON, passed_at__gt=at - NEWS).count()
    text = ngettext(
        "%(n)s neuer Hinweis aus Gesprächen im Betrieb", "%(n)s neue Hinweise aus Gesprächen im Betrieb", count
    )
    return [Line(text % {"n": count}, reverse("wishes:hints"), kind="news", weight=3)] if count else []
