"""Conditions of a firm's own: its word counts only once they are met. Why not, nobody outside the firm ever learns."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from verbundwerk.codetermination.bases import OWN_CONDITION
from verbundwerk.codetermination.flow import CaseData, ask_for_consent, call_off
from verbundwerk.codetermination.terms import SubjectKind
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Organisation

from .. import papers, queries, rules
from ..models import Commitment, Pool
from ..states import COMMITMENT
from ..terms import Hold
from .common import day_of, path_of, tell


@transaction.atomic
def ask_works_council(pool: Pool, organisation: Organisation, until: date, *, by: Any, at: datetime) -> None:
    """The works council of this firm has a case to answer until that day; the yes is looked up, never pushed."""
    data = CaseData(
        kind=SubjectKind.POOL, subject=pool.pk, label=f"{pool.label} {pool.title}",
        details=papers.tied_in_words(until), basis=OWN_CONDITION,
    )  # fmt: skip
    ask_for_consent(data, organisation=organisation, due_on=until, by=by, at=at)


@transaction.atomic
def nobody_waits(word: Commitment, why: str, *, by: Any, at: datetime) -> None:
    """The works council need not answer any more. What it has said stays as it is."""
    if word.hold == Hold.COUNCIL and (case := queries.council_case(word)) is not None:
        call_off(case, reason=papers.no_need_to_answer(why), by=by, at=at)


def settle_hold(word: Commitment, at: datetime) -> bool:
    """Met: the word counts from now on. Its day has passed: the word is over. The pool is locked already."""
    if queries.condition_is_met(word):
        return _count(word, at)
    return day_of(at) > word.hold_until and _let_lapse(word, at) if word.hold_until else False


def settle_holds(pool: Pool, at: datetime) -> int:
    """How many were settled."""
    return sum(settle_hold(word, at) for word in queries.held_commitments(pool))


def _count(word: Commitment, at: datetime) -> bool:
    """It takes its place in the order now: whoever was sure before stands before it."""
    word.freed_at = word.made_at = at
    word.save(update_fields=["freed_at", "made_at"])
    record(None, "commitment.counts", word, at=at, pool=str(word.pool_id))
    _tell(word, "counts", lambda: papers.counts_now(word.pool), at)
    return True


def _let_lapse(word: Commitment, at: datetime) -> bool:
    COMMITMENT.advance(word, "miss")
    record(None, "commitment.not_met", word, at=at, pool=str(word.pool_id))
    _tell(word, "lapsed", lambda: papers.condition_lapsed(word.pool), at)
    return True


def _tell(word: Commitment, occasion: str, words: Any, at: datetime) -> None:
    """Only the firm itself."""
    key = f"{occasion}/{word.pk}/{at.isoformat()}"
    tell([word.organisation_id], lambda _firm: words, key=key, path=path_of(word.pool), at=at)


def conditions_of(typed: Any) -> dict[str, Any]:
    """The columns of a word that tell what it waits for."""
    hold = typed.get("hold", "")
    return {"hold": hold, "hold_until": typed.get("hold_until") if hold else None}


def stays_free(old: Commitment | None, hold: str) -> datetime | None:
    """A changed word keeps the yes it has."""
    if old is None or not rules.counts(old) or old.hold != hold:
        return None
    return old.freed_at
