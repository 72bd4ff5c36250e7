"""Guarded loaders and lists: who knows of which need, and what may be said about the others."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from verbundwerk.base.words import search_key
from verbundwerk.disclosure.queries import Said, said
from verbundwerk.disclosure.rules import Contribution, Part, Scope, counted
from verbundwerk.journal.sight import EVERY_FIRM, firm, seen
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.queries import organisations_visible_to, standing
from verbundwerk.network.rules import STAFFING_ROLES
from verbundwerk.network.terms import OrganisationKind, Role

from .. import rules
from ..models import ImportBatch, Need
from ..states import OPEN, NeedState
from ..terms import DEMAND

SHOWN = ("organisation", "topic", "site")


# --- one ----------------------------------------------------------------------------
def need_for(person: Person, need_id: UUID) -> Need:
    need = needs_visible_to(person).filter(pk=need_id).select_related(*SHOWN, "raised_by").first()
    if need is None:
        raise Http404
    seen(person, firm(need.organisation_id))
    return need


def import_for(person: Person, batch_id: UUID) -> ImportBatch:
    batch = ImportBatch.objects.filter(pk=batch_id).select_related("organisation").first()
    if batch is None or not rules.may_know_of_import(batch, person):
        raise Http404
    seen(person, firm(batch.organisation_id))
    return batch


# --- lists --------------------------------------------------------------------------
def needs_visible_to(person: Person) -> QuerySet[Need]:
    """Coordination: all but other people's drafts. Firm roles: their firm's. Works council: what was handed in."""
    return Need.objects.filter(_visible_to(person))


def _visible_to(person: Person) -> Q:
    who = standing(person)
    handed_in = ~Q(state=NeedState.DRAFT)
    own = Q(raised_by=person.pk) & (Q() if who.coordinates else Q(organisation__in=who.organisations()))
    staffing = Q(organisation__in=who.organisations(*STAFFING_ROLES))
    seen = own | staffing & (handed_in | Q(source__in=rules.OPEN_TO_THE_FIRM))
    seen |= Q(organisation__in=who.organisations(Role.WORKS_COUNCIL)) & handed_in
    return seen | handed_in if who.coordinates else seen


def sees_lists(person: Any) -> bool:
    """Whether a list of needs makes sense for this person at all."""
    return bool(rules.may_raise_somewhere(person))


def to_check() -> QuerySet[Need]:
    """The coordination's inbox: who waited longest comes first."""
    return Need.objects.filter(state=NeedState.SUBMITTED).select_related(*SHOWN).order_by("submitted_at", "number")


def inbox_of(person: Person) -> QuerySet[Need]:
    """The page of the inbox; the view has asked whether this person coordinates."""
    seen(person, EVERY_FIRM)
    return to_check()


def need_to_check(need_id: str) -> Need | None:
    """For the inbox: what somebody else has checked meanwhile is no longer there."""
    known = _id_in(need_id)
    return to_check().filter(pk=known).first() if known else None


def released_and_waiting(person: Person, ids: Iterable[str]) -> list[Need]:
    """Those of them that can still be taken back; the view has asked whether this person coordinates."""
    seen(person, EVERY_FIRM)
    known = [one for one in map(_id_in, ids) if one]
    return list(Need.objects.filter(pk__in=known, state=NeedState.IN_POOL).order_by("number"))


def poolable() -> QuerySet[Need]:
    """What waits for partners, in a stable order; confidential needs too, the coordination may bundle them."""
    return Need.objects.filter(state=NeedState.IN_POOL, topic__isnull=False).select_related(*SHOWN).order_by("number")


def imports_of(person: Person) -> QuerySet[ImportBatch]:
    batches = ImportBatch.objects.filter(uploaded_by=person.pk).select_related("organisation").defer("content")
    if standing(person).coordinates:
        return batches
    return batches.filter(organisation__in=standing(person).organisations(*STAFFING_ROLES))


def firms_for(person: Person) -> QuerySet[Organisation]:
    """For whom this person may raise a need."""
    if standing(person).coordinates:
        return Organisation.objects.exclude(kind=OrganisationKind.OTHER)
    return Organisation.objects.filter(pk__in=standing(person).organisations(*rules.RAISING_ROLES))


NAMES_AT_MOST = 8


def firms_called(name: str, among: QuerySet[Organisation]) -> list[Organisation]:
    """The firm with exactly this name (case, umlauts and signs do not count), else those whose name holds every word.

    A few at most: nobody is shown the directory this way."""
    key = search_key(name)
    if not key:
        return []
    if exact := among.filter(search_key=key).first():
        return [exact]
    for word in key.split():
        among = among.filter(search_key__contains=word)
    return list(among.order_by("sort_key", "pk")[:NAMES_AT_MOST])


def firms_by_id(ids: Iterable[str], among: QuerySet[Organisation]) -> list[Organisation]:
    """Those of these ids that are firms among these; what is no id is nobody."""
    return list(among.filter(pk__in=[one for one in map(_id_in, ids) if one]).order_by("sort_key", "pk"))


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def firms_kept_out(need: Need, person: Person) -> QuerySet[Organisation]:
    """Who must not learn of it, as far as this person may know of those firms."""
    return organisations_visible_to(person).filter(pk__in=need.hidden_from.values("pk"))


def firm_of(need: Need) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk=need.organisation_id)


def firms_with_needs() -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=Need.objects.order_by().values("organisation"))


def firms_to_import_for(person: Person) -> QuerySet[Organisation]:
    if standing(person).coordinates:
        return firms_for(person)
    return Organisation.objects.filter(pk__in=standing(person).organisations(*STAFFING_ROLES))


# --- what may be said about others --------------------------------------------------
def others_like(need: Need) -> Said | None:
    """What everybody may read this week about open needs in the same topic, this one among them; never who."""
    return said(DEMAND, topic_key(need.topic_id)) if need.topic_id else None


def topic_key(topic_id: UUID | None) -> str:
    return f"topic/{topic_id or 'none'}"


def parts() -> list[Part]:
    """What open needs add to the region's demand, topic by topic; the snapshot asks for it once a week."""
    rows = Need.objects.filter(state__in=OPEN).order_by("number").prefetch_related("hidden_from")
    by_topic: dict[UUID | None, list[Contribution]] = {}
    for one in rows.only("organisation", "topic", "seats", "confidentiality"):
        told = Contribution(one.organisation_id, one.seats, one.confidentiality, walled=bool(one.hidden_from.all()))
        by_topic.setdefault(one.topic_id, []).append(told)
    return [
        Part(topic_key(topic_id), counted(inside, Scope.TOPIC), never=topic_id is None)
        for topic_id, inside in by_topic.items()
    ]
