"""For the rooms above: a need is bundled, covered, and comes back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Person
from verbundwerk.post.flow import send_letter

from .. import queries, rules
from ..models import Need
from ..states import NEED, NeedState
from ..terms import Back
from .common import locked, move

# Who waits again is asked afresh whether the need still stands: what was asked before is long answered.
ASKED_AFRESH = {"expiry_asked_at": None}


@transaction.atomic
def bundle_need(need: Need, *, by: Any, at: datetime) -> Need:
    return move(need, "bundle", "bundled", by=by, at=at)


@transaction.atomic
def unbundle_need(need: Need, *, by: Any, at: datetime) -> Need:
    return move(need, "unbundle", "unbundled", by=by, at=at, **ASKED_AFRESH)


@transaction.atomic
def cover_need(need: Need, *, by: Any, at: datetime, seats: int | None = None) -> Need:
    """`seats`: how many of its people have one; all of them when nothing is said."""
    covered = need.seats if seats is None else seats
    return move(need, "cover", "covered", by=by, at=at, closed_at=at, seats_covered=covered)


@transaction.atomic
def note_coverage(need: Need, seats: int, *, by: Any, at: datetime) -> Need:
    """More or fewer of its people have a seat than before; what is not covered at all is given back instead."""
    now = locked(need)
    if now.state == NeedState.COVERED and now.seats_covered != seats:
        now.seats_covered = seats
        now.save(update_fields=["seats_covered"])
        record(by, "need.coverage_changed", now, at=at, seats=seats, of=now.seats)
    return now


@transaction.atomic
def agree_to_change(need: Need, values: dict[str, Any], *, by: Any, at: datetime) -> Need:
    """The firm said yes to another value the office had asked for: it stays released, nobody has to look again."""
    now = locked(need)
    require(rules.may_agree(now, by))
    for name, value in values.items():
        setattr(now, name, value)
    now.edition, now.changed_at = now.edition + 1, at
    now.save(update_fields=[*values, "edition", "changed_at"])
    record(by, "need.changed", now, at=at, fields=sorted(values), agreed=True)
    return now


@dataclass(frozen=True, slots=True)
class Lost:
    """What no longer covers a need. `occasion` names it for the letters: one occasion writes to nobody twice."""

    cause: Back
    course: str
    occasion: str
    reason: str = ""

    def details(self) -> dict[str, str]:
        return {"cause": self.cause, "course": self.course, "reason": self.reason}


@transaction.atomic
def give_back_needs(needs: Iterable[Need], lost: Lost, *, by: Any, at: datetime) -> list[Need]:
    """Back to waiting with their history; whoever raised them reads it in one letter. What is no longer covered stays
    as it is."""
    covered = Need.objects.select_for_update().filter(pk__in=[one.pk for one in needs], state=NeedState.COVERED)
    back = [_give_back(need, lost, by=by, at=at) for need in covered.order_by("number")]
    for person, own in queries.people_to_tell(back):
        _tell(person, own, lost, at)
    return back


def _give_back(need: Need, lost: Lost, *, by: Any, at: datetime) -> Need:
    NEED.advance(need, "give_back", closed_at=None, seats_covered=0, **ASKED_AFRESH)
    record(by, "need.given_back", need, at=at, **lost.details())
    return need


def _tell(person: Person, needs: list[Need], lost: Lost, at: datetime) -> None:
    over = [need for need in needs if need.window_until <= timezone.localdate(at)]
    send_letter(
        key=f"needs-back:{lost.occasion}",
        to=person,
        subject=_("Ihr Bedarf ist wieder im Pool") if len(needs) == 1 else _("Ihre Bedarfe sind wieder im Pool"),
        at=at,
        template="needs/letters/given_back",
        context={"person": person, "needs": needs, "over": over, "why": lazy(queries.lost_text, str)(lost.details())},
    )
