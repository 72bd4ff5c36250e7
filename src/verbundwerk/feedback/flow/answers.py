"""Somebody answers: the ticket is spent and the numbers grow in one transaction, and nothing joins the two."""

from collections.abc import Sequence
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import require, yes_if
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Person
from verbundwerk.topics.terms import Level

from .. import queries, rules
from ..models import Round, SelfCheck, Ticket
from ..rules import Said
from ..states import ROUND, TICKET
from ..terms import Kind


@transaction.atomic
def answer_round(ticket: Ticket, said: Said, *, at: datetime) -> None:
    """Adds to numbers, once per ticket. Nobody is noted, and the journal knows the day, not the minute.

    The ticket's row and the round's row are written together, but the round's is written anew by every answer: what
    a database knows about rows (place, version, time of writing) leads at most to the last one, and there to sums.
    """
    found = _open_round(ticket, at)
    TICKET.advance(ticket, "spend")
    found.counts, found.texts = rules.added(found.counts, found.texts, said)
    found.answers += 1
    found.save(update_fields=["counts", "texts", "answers"])
    record(None, "feedback.answered", found, at=_day_of(at))


def _open_round(ticket: Ticket, at: datetime) -> Round:
    """Locked, so that of two answers at once none is lost."""
    found = Round.objects.select_for_update(of=("self",)).get(pk=ticket.round_id)
    if not rules.takes_answers(found, timezone.localdate(at)):
        raise AlreadyMoved(found, ROUND["close"])
    return found


def _day_of(at: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(at), time()))


# -- the self-check belongs to its owner ------------------------------------------------------
@transaction.atomic
def keep_check(ticket: Ticket, levels: Sequence[int], *, at: datetime) -> SelfCheck:
    """May be put right as long as the round runs."""
    found = _open_round(ticket, at)
    require(yes_if(found.kind == Kind.CHECK and len(levels) == len(found.items), ""))
    require(yes_if(all(one in Level.values for one in levels), ""))
    check, _new = SelfCheck.objects.update_or_create(ticket=ticket, defaults={"levels": list(levels)})
    record(None, "feedback.check_kept", found, at=_day_of(at))
    return check


@transaction.atomic
def drop_check(ticket: Ticket, *, at: datetime) -> None:
    """At any time. A group's picture that was made already stays: it is nobody's."""
    if SelfCheck.objects.filter(ticket=ticket).delete()[0]:
        record(None, "feedback.check_dropped", ticket.round, at=_day_of(at))


@transaction.atomic
def delete_own_checks(*, by: Person, at: datetime) -> int:
    """All of one person's, for whoever deletes what they gave freely."""
    gone = queries.own_checks(by).order_by().delete()[0]
    if gone:
        record(by, "feedback.own_checks_deleted", by, at=at)
    return gone
