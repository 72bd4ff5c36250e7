"""A need comes into the world, and is put right by those it belongs to."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Membership, Organisation, Person, Site
from verbundwerk.topics.models import Topic

from .. import rules
from ..draft import NeedDraft
from ..models import Need, NeedNumber
from ..places import district_of
from ..states import NeedState
from .common import expiry, move


@transaction.atomic
def raise_need(draft: NeedDraft, *, organisation: Organisation, by: Person, at: datetime) -> Need:
    """A new draft. The same `draft.once` from the same person gives the same need again."""
    require(rules.may_raise(organisation.pk, by))
    return store(draft, organisation=organisation, by=by, at=at, once=_key(by, draft.once))


@transaction.atomic
def raise_and_submit(draft: NeedDraft, *, organisation: Organisation, by: Person, at: datetime) -> Need:
    """Both at once, as most people want it; pressing twice changes nothing."""
    need = raise_need(draft, organisation=organisation, by=by, at=at)
    return submit_need(need, by=by, at=at) if need.state == NeedState.DRAFT else need


@transaction.atomic
def change_need(need: Need, draft: NeedDraft, *, by: Person, at: datetime) -> Need:
    need = Need.objects.select_for_update().get(pk=need.pk)
    require(rules.may_edit(need, by))
    values = {**draft.columns(), **_place(draft, need.organisation_id)}
    changed = sorted(name for name, value in values.items() if getattr(need, name) != value)
    for name in changed:
        setattr(need, name, values[name])
    need.save()
    need.hidden_from.set(Organisation.objects.filter(pk__in=draft.hidden_from))
    record(by, "need.changed", need, at=at, fields=changed)
    return need


@transaction.atomic
def choose_topic(need: Need, topic: Topic, *, by: Person, at: datetime) -> Need:
    """The firm says which of the suggested topics it means; the coordination still looks at it."""
    need = Need.objects.select_for_update().get(pk=need.pk)
    require(rules.may_edit(need, by))
    need.topic = topic
    need.save(update_fields=["topic"])
    record(by, "need.topic_chosen", need, at=at, topic=str(topic.pk))
    return need


@transaction.atomic
def submit_need(need: Need, *, by: Person, at: datetime) -> Need:
    require(rules.may_act(need, by), rules.still_ahead(need, timezone.localdate(at)))
    return move(need, "submit", "submitted", by=by, at=at, submitted_at=at, expires_on=expiry(at))


# --- inside -------------------------------------------------------------------------
@transaction.atomic
def store(draft: NeedDraft, *, organisation: Organisation, by: Person, at: datetime, once: UUID | None) -> Need:
    counter = _locked_counter()
    if once and (known := Need.objects.filter(once=once).first()):
        return known
    need = Need.objects.create(
        **draft.columns(),
        **_place(draft, organisation.pk),
        number=_next(counter),
        organisation=organisation,
        alliance=_only_alliance(organisation, timezone.localdate(at)),
        raised_by=by,
        source=rules.source_of(organisation.pk, by),
        created_at=at,
        expires_on=expiry(at),
        once=once,
    )
    need.hidden_from.set(Organisation.objects.filter(pk__in=draft.hidden_from))
    record(by, "need.raised", need, at=at, number=need.number)
    return need


def _locked_counter() -> NeedNumber:
    """Whoever holds this row gives the next number; everybody else waits for the end of the transaction."""
    NeedNumber.objects.get_or_create(pk=1)
    return NeedNumber.objects.select_for_update().get(pk=1)


def _next(counter: NeedNumber) -> int:
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _key(by: Person, once: UUID | None) -> UUID | None:
    """Nobody can meet somebody else's key, not even on purpose."""
    return uuid5(by.pk, str(once)) if once else None


def _place(draft: NeedDraft, organisation: UUID) -> dict[str, Any]:
    site = Site.objects.filter(organisation=organisation, postal_code=draft.postal_code).first()
    return {"site": site, "district": district_of(draft.postal_code)}


def _only_alliance(organisation: Organisation, on: date) -> Any:
    """Attribution for reports: clear only when the firm belongs to exactly one alliance."""
    found = Membership.objects.filter(organisation=organisation, joined_on__lte=on, left_on=None).select_related(
        "alliance"
    )[:2]
    return found[0].alliance if len(found) == 1 else None
