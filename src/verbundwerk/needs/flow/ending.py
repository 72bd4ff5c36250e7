"""A need is no longer needed, or nobody says that it is: nothing lies for ever."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.jobs import due
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Person
from verbundwerk.post.flow import send_letter

from .. import queries, rules
from ..models import Need
from .common import expiry, locked, move


@transaction.atomic
def withdraw_need(need: Need, *, reason: str, by: Person, at: datetime) -> Need:
    require(rules.may_act(need, by), rules.gives_reason(reason))
    return move(need, "withdraw", "withdrawn", by=by, at=at, reason=reason, closed_at=at)


@transaction.atomic
def cover_elsewhere(need: Need, *, reason: str, by: Person, at: datetime) -> Need:
    require(rules.may_act(need, by), rules.gives_reason(reason))
    return move(need, "cover_elsewhere", "covered_elsewhere", by=by, at=at, reason=reason, closed_at=at)


@transaction.atomic
def keep_need(need: Need, *, by: Person, at: datetime) -> Need:
    """Still wanted: another year."""
    need = locked(need)
    require(rules.may_keep(need, by))
    need.expires_on, need.expiry_asked_at = expiry(at), None
    need.save(update_fields=["expires_on", "expiry_asked_at"])
    record(by, "need.kept", need, at=at)
    return need


# --- asked before it expires ----------------------------------------------------------
@due
def ask_before_expiry(at: datetime) -> int:
    """Ask by letter, thirty days before, whether a need is still wanted. Who was asked late gets the full time."""
    return sum(_ask(need, at) for need in queries.due_to_ask(timezone.localdate(at)))


@due
def expire_needs(at: datetime) -> int:
    """Close what nobody wanted to keep; never without having asked."""
    return sum(_expire(need, at) for need in queries.due_to_expire(at))


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
        move(need, "expire", "expired", by=None, at=at, closed_at=at)
    except AlreadyMoved:
        return False
    return True
