"""The only writer of this room. Every verb checks its rule, moves the state, and writes one line."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.jobs import due
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Membership, Organisation, Person, Site
from verbundwerk.post.flow import send_letter
from verbundwerk.topics.models import Topic

from . import queries, rules
from .draft import NeedDraft
from .models import ImportBatch, Need, NeedNumber
from .places import district_of
from .states import IMPORT, NEED, NeedState

__all__ = ["NeedDraft"]


# --- a need comes into the world ----------------------------------------------------
@transaction.atomic
def raise_need(draft: NeedDraft, *, organisation: Organisation, by: Person, at: datetime) -> Need:
    """A new draft. The same `draft.once` from the same person gives the same need again."""
    require(rules.may_raise(organisation.pk, by))
    return _store(draft, organisation=organisation, by=by, at=at, once=_key(by, draft.once))


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
    return _move(need, "submit", "submitted", by=by, at=at, submitted_at=at, expires_on=_expiry(at))


# --- the coordination looks at it ---------------------------------------------------
@transaction.atomic
def check_need(need: Need, *, topic: Topic, by: Person, at: datetime) -> Need:
    require(rules.coordinates(by))
    return _move(need, "check", "checked", by=by, at=at, topic=topic, reason="", closed_at=None)


@transaction.atomic
def release_need(need: Need, *, by: Person, at: datetime) -> Need:
    require(rules.coordinates(by), rules.has_topic(need))
    return _move(need, "release", "released", by=by, at=at, reason="", closed_at=None)


@transaction.atomic
def check_and_release(need: Need, *, topic: Topic, by: Person, at: datetime) -> Need:
    check_need(need, topic=topic, by=by, at=at)
    return release_need(need, by=by, at=at)


@transaction.atomic
def set_aside_need(need: Need, *, reason: str, by: Person, at: datetime) -> Need:
    require(rules.coordinates(by), rules.gives_reason(reason))
    return _move(need, "set_aside", "set_aside", by=by, at=at, reason=reason)


# --- it is no longer needed ---------------------------------------------------------
@transaction.atomic
def withdraw_need(need: Need, *, reason: str, by: Person, at: datetime) -> Need:
    require(rules.may_act(need, by), rules.gives_reason(reason))
    return _move(need, "withdraw", "withdrawn", by=by, at=at, reason=reason, closed_at=at)


@transaction.atomic
def cover_elsewhere(need: Need, *, reason: str, by: Person, at: datetime) -> Need:
    require(rules.may_act(need, by), rules.gives_reason(reason))
    return _move(need, "cover_elsewhere", "covered_elsewhere", by=by, at=at, reason=reason, closed_at=at)


@transaction.atomic
def keep_need(need: Need, *, by: Person, at: datetime) -> Need:
    """Still wanted: another year."""
    need = Need.objects.select_for_update().get(pk=need.pk)
    require(rules.may_keep(need, by))
    need.expires_on, need.expiry_asked_at = _expiry(at), None
    need.save(update_fields=["expires_on", "expiry_asked_at"])
    record(by, "need.kept", need, at=at)
    return need


# --- nothing lies for ever ----------------------------------------------------------
@due
def ask_before_expiry(at: datetime) -> int:
    """Ask by letter, thirty days before, whether a need is still wanted. Who was asked late gets the full time."""
    return sum(_ask(need, at) for need in queries.due_to_ask(timezone.localdate(at)))


@due
def expire_needs(at: datetime) -> int:
    """Close what nobody wanted to keep; never without having asked."""
    return sum(_expire(need, at) for need in queries.due_to_expire(at))


# --- for the rooms above ------------------------------------------------------------
@transaction.atomic
def bundle_need(need: Need, *, by: Any, at: datetime) -> Need:
    return _move(need, "bundle", "bundled", by=by, at=at)


@transaction.atomic
def unbundle_need(need: Need, *, by: Any, at: datetime) -> Need:
    return _move(need, "unbundle", "unbundled", by=by, at=at)


@transaction.atomic
def cover_need(need: Need, *, by: Any, at: datetime) -> Need:
    return _move(need, "cover", "covered", by=by, at=at, closed_at=at)


# --- lists people bring -------------------------------------------------------------
@transaction.atomic
def upload_import(
    content: dict[str, Any], *, organisation: Organisation | None, file_name: str, by: Person, at: datetime
) -> ImportBatch:
    """Keep a list as it was understood; no need exists before it is taken over."""
    require(rules.may_import_for(organisation.pk if organisation else None, by))
    rows = content["rows"]
    batch = ImportBatch.objects.create(
        organisation=organisation,
        uploaded_by=by,
        uploaded_at=at,
        file_name=file_name[-200:],
        content=content,
        row_count=len(rows),
        wrong_count=sum(bool(row["errors"]) for row in rows),
    )
    record(by, "import.uploaded", batch, at=at, rows=batch.row_count, wrong=batch.wrong_count)
    return batch


@transaction.atomic
def take_over_import(batch: ImportBatch, *, only_correct: bool, by: Person, at: datetime) -> list[Need]:
    """Every correct row becomes a submitted need; rows with mistakes are left out only on purpose."""
    require(rules.may_take(batch, by), rules.leaves_out_on_purpose(batch, only_correct))
    good = [row for row in batch.content["rows"] if not row["errors"]]
    IMPORT.advance(batch, "take", taken_at=at, taken_count=len(good))
    firms = Organisation.objects.in_bulk({UUID(row["organisation"]) for row in good})
    needs = [_take_row(batch, row, firms[UUID(row["organisation"])], by=by, at=at) for row in good]
    record(by, "import.taken", batch, at=at, needs=len(needs))
    return needs


@transaction.atomic
def discard_import(batch: ImportBatch, *, by: Person, at: datetime) -> ImportBatch:
    require(rules.may_discard(batch, by))
    IMPORT.advance(batch, "discard")
    record(by, "import.discarded", batch, at=at)
    return batch


@due
@transaction.atomic
def forget_old_imports(at: datetime) -> int:
    """Uploaded lists are gone after two weeks, whatever became of them."""
    old = ImportBatch.objects.filter(uploaded_at__lt=at - rules.IMPORTS_KEPT_FOR)
    for batch in old:
        record(None, "import.forgotten", batch, at=at)
    return old.delete()[0]


# --- inside: expiry -----------------------------------------------------------------
@transaction.atomic
def _ask(need: Need, at: datetime) -> bool:
    latest = max(need.expires_on, timezone.localdate(at) + rules.ASKED_BEFORE)
    still = Need.objects.filter(pk=need.pk, expiry_asked_at=None, state__in=rules.KEEPABLE)
    if not still.update(expiry_asked_at=at, expires_on=latest):
        return False
    need.expires_on = latest
    for person in queries.people_to_ask(need):
        _write_expiry_letter(need, person, at)
    record(None, "need.asked", need, at=at)
    return True


def _write_expiry_letter(need: Need, person: Person, at: datetime) -> None:
    token = queries.letter_token(need, person)
    send_letter(
        key=f"need-expiry:{need.pk}:{need.expires_on}",
        to=person,
        subject=format_lazy(_("Noch aktuell? Ihr Bedarf {label}"), label=need.label),
        at=at,
        template="needs/letters/expiry",
        context={"need": need, "person": person, "path": reverse("needs:letter", args=[token])},
        secret=True,
    )


@transaction.atomic
def _expire(need: Need, at: datetime) -> bool:
    try:
        _move(need, "expire", "expired", by=None, at=at, closed_at=at)
    except AlreadyMoved:
        return False
    return True


# --- inside -------------------------------------------------------------------------
def _move(need: Need, name: str, verb: str, *, by: Any, at: datetime, **changes: Any) -> Need:
    NEED.advance(need, name, **changes)
    told = {key: _plain(changes[key]) for key in ("reason", "topic") if changes.get(key)}
    record(by, f"need.{verb}", need, at=at, **told)
    return need


def _plain(value: Any) -> str:
    return str(value.pk if isinstance(value, Model) else value)


def _store(draft: NeedDraft, *, organisation: Organisation, by: Person, at: datetime, once: UUID | None) -> Need:
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
        expires_on=_expiry(at),
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


def _take_row(batch: ImportBatch, row: dict[str, Any], firm: Organisation, *, by: Person, at: datetime) -> Need:
    once = uuid5(batch.pk, str(row["line"]))
    need = _store(NeedDraft.from_json(row["draft"]), organisation=firm, by=by, at=at, once=once)
    # A list may lie for days: what has passed meanwhile stays a draft and can be given a new date.
    ahead = rules.still_ahead(need, timezone.localdate(at))
    return submit_need(need, by=by, at=at) if ahead else need


def _place(draft: NeedDraft, organisation: UUID) -> dict[str, Any]:
    site = Site.objects.filter(organisation=organisation, postal_code=draft.postal_code).first()
    return {"site": site, "district": district_of(draft.postal_code)}


def _only_alliance(organisation: Organisation, on: date) -> Any:
    """Attribution for reports: clear only when the firm belongs to exactly one alliance."""
    found = Membership.objects.filter(organisation=organisation, joined_on__lte=on, left_on=None).select_related(
        "alliance"
    )[:2]
    return found[0].alliance if len(found) == 1 else None


def _expiry(at: datetime) -> date:
    return timezone.localdate(at) + rules.KEPT_FOR
