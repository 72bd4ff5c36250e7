"""„Dabei bis … € je Platz“: firms commit, the price falls, the threshold binds, the close locks.

A locked price per seat is the exact price rounded up to the cent. Limits are whole cents, so nobody ever pays more
than the limit; the exact split of the invoice to the cent comes with the settlement and is never above these prices.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NotRequired, TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from verbundwerk.base import jobs
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused, no, require
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Organisation

from .. import papers, planner, queries, rules
from ..models import Bid, Commitment, Pool
from ..states import ANSWERING, COMMITMENT, POOL, CommitmentState, PoolState
from ..terms import Hold
from .common import day_of, lock, path_of, tell, tell_councils, tell_firms, who_is
from .holds import ask_works_council, conditions_of, nobody_waits, settle_hold, settle_holds, stays_free
from .pools import release


class Limits(TypedDict):
    """The words of `commit`: at most so many cents per seat, between `low` and `high` seats.

    `hold`, `hold_until`: what the firm itself waits for (`terms.Hold`) and until when; until then the word
    does not count."""

    limit_cents: int
    low: int
    high: int
    hold: NotRequired[str]
    hold_until: NotRequired[date | None]


# --- asking -----------------------------------------------------------------------------------------
@transaction.atomic
def open_commitments(pool: Pool, *, commit_until: date, by: Any, at: datetime) -> Pool:
    lock(pool)
    bid = queries.chosen_bid(pool)
    require(rules.may_open_commitments(pool, bid, commit_until, day_of(at), who_is(by)))
    POOL.advance(pool, "open_commitments", commit_until=commit_until)
    assert bid is not None
    tell_firms(pool, lambda: papers.commit_now(pool, bid), occasion=f"commit/{at.isoformat()}", at=at)
    tell_councils(pool, queries.firms_concerned(pool), by=by, at=at)
    record(by, "pool.commitments_opened", pool, at=at, until=commit_until.isoformat())
    return pool


@transaction.atomic
def extend_commitments(pool: Pool, *, commit_until: date, by: Any, at: datetime) -> Pool:
    lock(pool)
    require(rules.may_extend(pool, queries.chosen_bid(pool), commit_until, day_of(at), who_is(by)))
    POOL.advance(pool, "extend", commit_until=commit_until)
    tell_firms(pool, lambda: papers.extended(pool), occasion=f"extended/{commit_until}", at=at)
    record(by, "pool.commitments_extended", pool, at=at, until=commit_until.isoformat())
    return pool


# --- answering ----------------------------------------------------------------------------------------
@transaction.atomic
def commit(pool: Pool, organisation: Organisation, *, by: Any, at: datetime, **limits: Unpack[Limits]) -> Commitment:
    """In, if a seat costs at most `limit_cents`, with `low` to `high` seats. Says it again: the word is changed."""
    lock(pool)
    old = queries.commitment_of(pool, organisation.pk)
    standing = old if old is not None and old.state == CommitmentState.STANDING else None
    low, high, limit = limits["low"], limits["high"], limits["limit_cents"]
    belongs = queries.belongs(pool, organisation.pk)
    require(
        rules.may_commit(pool, belongs, _speaks_for(organisation, by), day_of(at)),
        rules.may_join(belongs, queries.is_walled(pool)),
        rules.is_a_word(limit, low, high, pool.seats_max),
        rules.may_change_word(pool, standing, limit, low, high, hold=limits.get("hold", "")),
    )
    _require_conditions(pool, organisation, old, limits, by=by, at=at)
    word = _write_down(pool, organisation, old, limits, by=by, at=at)
    _involve_works_council(word, by=by, at=at)
    record(by, "commitment.made", word, at=at, pool=str(pool.pk), limit_cents=limit, low=low, high=high)
    _tell_once_when_reached(pool, at)
    return word


def _require_conditions(
    pool: Pool, organisation: Organisation, old: Commitment | None, limits: Limits, *, by: Any, at: datetime
) -> None:
    hold, until = limits.get("hold", ""), limits.get("hold_until")
    own_people = _is_one_of(organisation, by)
    consented = queries.works_council_has_no_say_open(pool, organisation.pk)
    represented = queries.is_represented(organisation.pk)
    require(
        rules.may_untie(old, hold, own_people=own_people, consented=consented),
        rules.may_tie(pool, hold, until, day_of(at), own_people=own_people, represented=represented),
    )


def _involve_works_council(word: Commitment, *, by: Any, at: datetime) -> None:
    """Asked for its yes when the firm has tied its word to it; told in any other case."""
    if word.hold != Hold.COUNCIL or word.hold_until is None:
        tell_councils(word.pool, [word.organisation_id], by=by, at=at)
        return
    ask_works_council(word.pool, word.organisation, word.hold_until, by=by, at=at)
    if not rules.counts(word) and queries.condition_is_met(word):
        settle_hold(word, at)


@transaction.atomic
def withdraw_commitment(word: Commitment, *, by: Any, at: datetime) -> Commitment:
    """Possible until the threshold: then others rely on it."""
    pool = word.pool
    lock(pool)
    word.refresh_from_db()
    require(rules.may_withdraw_commitment(pool, _speaks_for(word.organisation, by), relied_on=rules.counts(word)))
    COMMITMENT.advance(word, "withdraw")
    nobody_waits(word, "withdrawn", by=by, at=at)
    record(by, "commitment.withdrawn", word, at=at, pool=str(pool.pk))
    return word


def _speaks_for(organisation: Organisation, by: Any) -> bool:
    return who_is(by).coordinates or _is_one_of(organisation, by)


def _is_one_of(organisation: Organisation, by: Any) -> bool:
    return organisation.pk in who_is(by).organisations(*rules.COMMITTING_ROLES)


def _write_down(
    pool: Pool, organisation: Organisation, old: Commitment | None, limits: Limits, *, by: Any, at: datetime
) -> Commitment:
    """A better word keeps its place in the order; who asks for more seats than before stands behind the others."""
    columns = {
        "limit_cents": limits["limit_cents"],
        "seats_low": limits["low"],
        "seats_high": limits["high"],
        "made_by": by,
        "made_at": at,
        **conditions_of(limits),
        "freed_at": stays_free(old, limits.get("hold", "")),
    }
    if old is None:
        return Commitment.objects.create(pool=pool, organisation=organisation, **columns)
    if old.state != CommitmentState.STANDING:
        COMMITMENT.advance(old, "renew", seats=0, price_cents=None, **columns)
        return old
    if limits["high"] <= old.seats_high:
        columns["made_at"] = old.made_at
    for name, value in columns.items():
        setattr(old, name, value)
    old.save(update_fields=list(columns))
    return old


def _tell_once_when_reached(pool: Pool, at: datetime) -> None:
    """The first commitment that makes it enough sets the moment; nobody else ever does (compare and set)."""
    if pool.threshold_at is not None:
        return
    now = _standing(pool)
    if not now.reached or not Pool.objects.filter(pk=pool.pk, threshold_at=None).update(threshold_at=at):
        return
    pool.threshold_at = at
    tell_firms(pool, lambda: papers.threshold(pool, now), occasion="threshold", at=at)
    record(None, "pool.threshold_reached", pool, at=at, seats=now.total, price_cents=now.price_cents)


def _standing(pool: Pool) -> planner.Standing:
    return planner.standing_of(pool, _bid(pool), queries.standing_commitments(pool))


def _bid(pool: Pool) -> Bid:
    bid = queries.chosen_bid(pool)
    if bid is None:
        raise Refused(rules.fits_deadline(None, day_of(pool.opened_at), day_of(pool.opened_at)))
    return bid


# --- the end --------------------------------------------------------------------------------------------
@transaction.atomic
def close_commitments(pool: Pool, *, by: Any, at: datetime) -> Pool:
    """Enough: the pool comes about and the price is locked. Not enough: the gap is named, nobody is dropped."""
    lock(pool)
    settle_holds(pool, at)
    words = queries.standing_commitments(pool)
    now = planner.standing_of(pool, _bid(pool), words)
    answered = queries.everybody_answered(pool, words) or now.total >= pool.seats_max
    require(rules.may_close(pool, who_is(by), day_of(at), everybody_answered=answered))
    if now.reached:
        return _come_about(pool, words, now, by=by, at=at)
    return _find_gap(pool, now, by=by, at=at)


def _come_about(pool: Pool, words: list[Commitment], now: planner.Standing, *, by: Any, at: datetime) -> Pool:
    POOL.advance(pool, "come_about", price_cents=now.price_cents, closed_at=at, published=False)
    for word in words:
        if seats := now.seats.get(word.organisation_id):
            COMMITMENT.advance(word, "meet", seats=seats, price_cents=now.price_cents)
        else:
            COMMITMENT.advance(word, "miss")
    held = _leave_out_held(pool, by=by, at=at)
    _free_the_others(pool, now, by=by, at=at)
    _tell_outcome(pool, [*words, *held], at)
    record(by, "pool.came_about", pool, at=at, seats=now.total, price_cents=now.price_cents)
    return pool


def _leave_out_held(pool: Pool, *, by: Any, at: datetime) -> list[Commitment]:
    """Whose own condition is open at the end is not in."""
    held = queries.held_commitments(pool)
    for word in held:
        COMMITMENT.advance(word, "miss")
        nobody_waits(word, "over", by=by, at=at)
    return held


def _free_the_others(pool: Pool, now: planner.Standing, *, by: Any, at: datetime) -> None:
    outside = [member.need for member in queries.members_of(pool) if member.need.organisation_id not in now.seats]
    release(outside, by=by, at=at)


def _outcome(pool: Pool, word: Commitment, _firm: UUID) -> Callable[[], papers.Words]:
    if word.state == CommitmentState.MET:
        return lambda: papers.came_about(pool, word)
    if not rules.counts(word):
        return lambda: papers.held_out(pool)
    return lambda: papers.not_met(pool)


def _tell_outcome(pool: Pool, words: list[Commitment], at: datetime) -> None:
    for word in words:
        tell(
            [word.organisation_id],
            partial(_outcome, pool, word),
            key=f"outcome/{pool.pk}/{at.isoformat()}",
            path=path_of(pool),
            at=at,
        )


def _find_gap(pool: Pool, now: planner.Standing, *, by: Any, at: datetime) -> Pool:
    """A week to mend it; afterwards the office decides, nobody else."""
    if pool.state == PoolState.GAP:
        raise Refused(no(" ".join(papers.gap_of(now))))
    until = day_of(at) + timedelta(days=rules.GAP_DAYS)
    POOL.advance(pool, "find_gap", commit_until=until)
    tell(
        sorted(queries.firms_concerned(pool)),
        lambda firm: lambda: papers.gap(pool, now, firm),
        key=f"gap/{at.isoformat()}/{pool.pk}",
        path=path_of(pool),
        at=at,
    )
    record(by, "pool.gap_found", pool, at=at, seats_missing=now.seats_missing, firms_missing=now.firms_missing)
    return pool


@jobs.due
def settle_held_commitments(at: datetime) -> int:
    """Looks whether what firms wait for has come: their words count from then on, or are over after their day."""
    return sum(_settle_in(pool, at) for pool in queries.pools_with_held_commitments())


@transaction.atomic
def _settle_in(pool: Pool, at: datetime) -> int:
    lock(pool)
    if pool.state not in ANSWERING:
        return 0
    settled = settle_holds(pool, at)
    if settled:
        _tell_once_when_reached(pool, at)
    return settled


@jobs.due
def close_due_commitments(at: datetime) -> int:
    """Phases whose last day has passed end by themselves, each in its own transaction."""
    return sum(_close_due(pool, at) for pool in queries.commitments_to_close(day_of(at)))


def _close_due(pool: Pool, at: datetime) -> bool:
    try:
        close_commitments(pool, by=None, at=at)
    except (AlreadyMoved, Refused):
        return False
    return True
