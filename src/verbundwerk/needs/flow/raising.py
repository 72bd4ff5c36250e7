"""A need comes into the world, and is put right by those it belongs to."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Membership, Organisation, Person, Site
from verbundwerk.post.flow import send_letter
from verbundwerk.topics.models import Topic

from .. import queries, rules
from ..draft import NeedDraft
from ..facts import words_of
from ..models import Need, NeedNumber
from ..places import district_of
from ..states import NEED, NeedState
from ..terms import Source
from .common import ChangedMeanwhile, expiry, locked, move


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
def raise_from_staff(
    draft: NeedDraft, source: Source, *, organisation: Organisation, by: Person, at: datetime, submit: bool = True
) -> Need:
    """What the workforce itself said, written down by whoever may raise needs for the firm; it names nobody."""
    require(rules.may_raise(organisation.pk, by))
    need = store(draft, organisation=organisation, by=by, at=at, once=_key(by, draft.once), source=source)
    return submit_need(need, by=by, at=at) if submit and need.state == NeedState.DRAFT else need


@transaction.atomic
def change_need(
    need: Need, draft: NeedDraft, *, by: Person, at: datetime, seen: int | None = None, reason: str = ""
) -> Need:
    """Put its words right. `seen` is the edition the form was filled from: whoever comes second is told.

    When the firm changes what the office had checked, the office looks again; the office itself says why it
    changes the words of a firm. Raises ChangedMeanwhile; nothing is written when nothing is different."""
    now = locked(need)
    require(
        rules.may_edit(now, by), rules.says_why(now, by, reason), rules.keeps_a_topic(now, draft.topic, by)
    )  # fmt: skip
    changed = _differences(now, draft)
    if seen is not None and seen != now.edition:
        raise ChangedMeanwhile(now, changed)
    if not changed:
        return now
    corrects, again = rules.corrects(now, by), rules.asks_for_another_look(now, changed, by)
    _write(now, draft, at, still_wanted=not corrects)
    if again:
        NEED.advance(now, "check_again", submitted_at=at, reason="")
    if corrects:
        _tell_of_correction(now, changed, reason, at)
    why = {"reason": reason} if corrects else {"again": True} if again else {}
    record(by, "need.corrected" if corrects else "need.changed", now, at=at, fields=changed, **why)
    return now


def _differences(need: Need, draft: NeedDraft) -> list[str]:
    other = {name for name, value in draft.columns().items() if getattr(need, name) != value}
    hidden = {one.pk for one in need.hidden_from.all()} != set(draft.hidden_from)
    return sorted(other | ({"hidden_from"} if hidden else set()))


def _write(need: Need, draft: NeedDraft, at: datetime, *, still_wanted: bool) -> None:
    """Whoever puts a need right still wants it: its year begins again."""
    for name, value in {**draft.columns(), **_place(draft, need.organisation_id)}.items():
        setattr(need, name, value)
    need.edition, need.changed_at = need.edition + 1, at
    if still_wanted:
        need.expires_on, need.expiry_asked_at = expiry(at), None
    need.save()
    need.hidden_from.set(Organisation.objects.filter(pk__in=draft.hidden_from))


def _tell_of_correction(need: Need, changed: list[str], reason: str, at: datetime) -> None:
    for person in queries.people_to_ask(need):
        send_letter(
            key=f"need-corrected:{need.pk}:{need.edition}",
            to=person,
            subject=format_lazy(_("Die Koordination hat Ihren Bedarf {label} berichtigt"), label=need.label),
            at=at,
            template="needs/letters/corrected",
            context={"need": need, "person": person, "fields": words_of(changed), "reason": reason,
                     "path": reverse("needs:detail", args=[need.pk])},
        )  # fmt: skip


@transaction.atomic
def choose_topic(need: Need, topic: Topic, *, by: Person, at: datetime) -> Need:
    """The firm says which of the suggested topics it means; the coordination still looks at it."""
    need = locked(need)
    require(rules.may_choose_topic(need, by))
    need.topic = topic
    need.edition, need.changed_at = need.edition + 1, at
    need.save(update_fields=["topic", "edition", "changed_at"])
    record(by, "need.topic_chosen", need, at=at, topic=str(topic.pk))
    return need


@transaction.atomic
def submit_need(need: Need, *, by: Person, at: datetime) -> Need:
    require(rules.may_act(need, by), rules.still_ahead(need, timezone.localdate(at)))
    return move(need, "submit", "submitted", by=by, at=at, submitted_at=at, expires_on=expiry(at))


# --- inside -------------------------------------------------------------------------
@transaction.atomic
def store(
    draft: NeedDraft, *, organisation: Organisation, by: Person, at: datetime, once: UUID | None,
    source: Source | None = None,
) -> Need:  # fmt: skip
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
        source=source or rules.source_of(organisation.pk, by),
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
