"""Needs become a pool: from a proposal or by hand; it is shown, shrinks, is given up, or tried again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import Verdict, require, yes_if
from verbundwerk.catalogue.models import Venue
from verbundwerk.journal.flow import record
from verbundwerk.needs.flow import bundle_need, unbundle_need
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.topics.models import Topic

from .. import papers, queries, rules
from ..models import Bid, Enquiry, Naming, Pool, PoolMember, PoolNumber, Proposal
from ..states import BID, COMMITMENT, ENQUIRY, POOL, BidState, CommitmentState, EnquiryState
from ..terms import RunFormat
from .common import day_of, lock, path_of, tell, tell_firms, who_is
from .holds import nobody_waits


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolData:
    """What a pool opened by hand is about."""

    title: str
    topic: Topic
    level: int
    starts_on: date
    ends_on: date
    goals: str = ""
    format: str = RunFormat.ONSITE
    days: int = 1
    venue: Venue | None = None
    seats_min: int = 6
    seats_max: int = 15
    firms_min: int = 3


# --- opening --------------------------------------------------------------------------------------
@transaction.atomic
def accept_proposal(proposal: Proposal, *, by: Any, at: datetime) -> Pool:
    """The run becomes a pool with all its needs, or its needs join the pool they were proposed for; or nothing happens
    and the reason is said."""
    require(rules.coordinates(who_is(by)))
    Proposal.objects.select_for_update().get(pk=proposal.pk)
    proposal.refresh_from_db()
    if proposal.grows:
        lock(proposal.grows)
    rows = list(proposal.members.select_related("need").prefetch_related("need__hidden_from"))
    needs = _locked([row.need for row in rows])
    require(rules.may_accept(proposal, needs, day_of(at)))
    seats = {row.need_id: row.seats for row in rows}
    if proposal.grows:
        return _join(proposal, proposal.grows, seats, needs, by=by, at=at)
    pool = _open(_data_of(proposal), seats, needs, by=by, at=at)
    Proposal.objects.filter(pk=proposal.pk).update(pool=pool)
    proposal.pool = pool
    record(by, "pool.opened", pool, at=at, proposal=str(proposal.pk), needs=len(needs))
    return pool


def _join(proposal: Proposal, pool: Pool, seats: dict[UUID, int], needs: list[Need], *, by: Any, at: datetime) -> Pool:
    """Those who are in stay; the newcomers are told."""
    require(rules.may_grow(pool, queries.members_of(pool), needs, proposal.seats))
    _take_in(pool, seats, needs, by=by, at=at)
    Proposal.objects.filter(pk=proposal.pk).update(joined_at=at)
    proposal.joined_at = at
    _tell_members(pool, needs, at=at)
    record(by, "pool.grown", pool, at=at, proposal=str(proposal.pk), needs=len(needs))
    return pool


@transaction.atomic
def open_pool(data: PoolData, needs: Sequence[Need], *, reason: str, by: Any, at: datetime) -> Pool:
    """Merge needs by hand. Firms whose window or level this changes are asked in their letter."""
    require(rules.coordinates(who_is(by)), _says_why(reason))
    locked = _locked(needs)
    require(rules.may_merge(locked))
    pool = _open(data, {need.pk: need.seats for need in locked}, locked, by=by, at=at)
    record(by, "pool.opened", pool, at=at, reason=reason, needs=len(locked))
    return pool


def _says_why(reason: str) -> Verdict:
    return yes_if(bool(reason.strip()), _("Bitte schreiben Sie kurz, warum diese Bedarfe zusammengehören."))


def _locked(needs: Iterable[Need]) -> list[Need]:
    """As they stand now; nobody else can bundle them before we are done. Always in one order: no deadlock."""
    rows = Need.objects.select_for_update().filter(pk__in=[need.pk for need in needs])
    return list(rows.order_by("number").prefetch_related("hidden_from"))


def _data_of(proposal: Proposal) -> PoolData:
    offer = proposal.offer
    assert offer.topic is not None  # plans are made of offers with a topic
    room = proposal.venue.capacity if proposal.venue else offer.seats_max
    return PoolData(
        title=offer.topic.label,
        topic=offer.topic,
        level=offer.level,
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        format=proposal.format,
        days=offer.days,
        venue=proposal.venue,
        seats_min=offer.seats_min,
        seats_max=max(proposal.seats, min(offer.seats_max, room)),
    )


def _open(data: PoolData, seats: dict[UUID, int], needs: list[Need], *, by: Any, at: datetime) -> Pool:
    columns = {name: getattr(data, name) for name in PoolData.__slots__}
    pool = Pool.objects.create(number=_next_number(), opened_by=by, opened_at=at, **columns)
    _take_in(pool, seats, needs, by=by, at=at)
    POOL.advance(pool, "sound_out")
    _tell_members(pool, needs, at=at)
    return pool


def _take_in(pool: Pool, seats: dict[UUID, int], needs: list[Need], *, by: Any, at: datetime) -> None:
    PoolMember.objects.bulk_create(PoolMember(pool=pool, need=need, seats=seats[need.pk]) for need in needs)
    for need in needs:
        bundle_need(need, by=by, at=at)


def _next_number() -> int:
    """Whoever holds this row gives the next number; everybody else waits for the end of the transaction."""
    PoolNumber.objects.get_or_create(pk=1)
    counter = PoolNumber.objects.select_for_update().get(pk=1)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _tell_members(pool: Pool, needs: list[Need], *, at: datetime) -> None:
    changed = {need.organisation_id for need in needs if _is_changed(need, pool)}
    tell(
        sorted({need.organisation_id for need in needs}),
        lambda firm: lambda: papers.bundled(pool, changed=firm in changed),
        key=f"bundled/{pool.pk}/{at.isoformat()}",
        path=path_of(pool),
        at=at,
    )


def _is_changed(need: Need, pool: Pool) -> bool:
    inside = need.window_from <= pool.starts_on and pool.ends_on <= need.window_until
    return need.level != pool.level or not inside


# --- members ----------------------------------------------------------------------------------------
@transaction.atomic
def drop_member(pool: Pool, need: Need, *, by: Any, at: datetime) -> Pool:
    """The need waits for partners again."""
    lock(pool)
    require(rules.may_drop(pool, need.organisation_id, who_is(by)))
    PoolMember.objects.filter(pool=pool, need=need).delete()
    Naming.objects.filter(pool=pool, organisation=need.organisation_id).exclude(
        organisation__in=queries.sits_in(pool)
    ).delete()
    release([need], by=by, at=at)
    record(by, "pool.member_dropped", pool, at=at, need=str(need.pk))
    return pool


@transaction.atomic
def release(needs: Iterable[Need], *, by: Any, at: datetime) -> None:
    """Back to waiting; a need that was withdrawn meanwhile stays withdrawn."""
    for need in Need.objects.filter(pk__in=[one.pk for one in needs], state=NeedState.BUNDLED):
        unbundle_need(need, by=by, at=at)


# --- shown to everybody -------------------------------------------------------------------------------
@transaction.atomic
def publish_pool(pool: Pool, *, by: Any, at: datetime) -> Pool:
    needs = [member.need for member in queries.members_of(pool)]
    require(rules.may_publish(pool, needs, who_is(by)))
    return _show(pool, True, "pool.published", by=by, at=at)


@transaction.atomic
def unpublish_pool(pool: Pool, *, by: Any, at: datetime) -> Pool:
    require(rules.coordinates(who_is(by)))
    return _show(pool, False, "pool.unpublished", by=by, at=at)


def _show(pool: Pool, published: bool, verb: str, *, by: Any, at: datetime) -> Pool:
    Pool.objects.filter(pk=pool.pk).update(published=published)
    pool.published = published
    record(by, verb, pool, at=at)
    return pool


# --- given up and tried again ---------------------------------------------------------------------------
@transaction.atomic
def fail_pool(pool: Pool, *, reason: str, by: Any, at: datetime) -> Pool:
    """Everybody is free again: needs wait for partners, bids lapse, commitments are void."""
    require(rules.coordinates(who_is(by)))
    lock(pool)
    needs = [member.need for member in queries.members_of(pool)]
    POOL.advance(pool, "fail", failure=reason, closed_at=at, published=False)
    tell_firms(pool, lambda: papers.failed(pool), occasion=f"failed/{at.isoformat()}", at=at)
    release(needs, by=by, at=at)
    _void_answers(pool, by=by, at=at)
    pool.namings.all().delete()
    record(by, "pool.failed", pool, at=at, reason=reason)
    return pool


def _void_answers(pool: Pool, *, by: Any, at: datetime) -> None:
    for bid in Bid.objects.filter(enquiry__pool=pool, state__in=[BidState.SUBMITTED, BidState.ACCEPTED]):
        BID.advance(bid, "lapse")
    for enquiry in Enquiry.objects.filter(pool=pool, state__in=[EnquiryState.SENT, EnquiryState.ANSWERED]):
        ENQUIRY.advance(enquiry, "close")
    for word in pool.commitments.filter(state=CommitmentState.STANDING):
        COMMITMENT.advance(word, "miss")
        nobody_waits(word, "over", by=by, at=at)


@transaction.atomic
def revive_pool(pool: Pool, *, by: Any, at: datetime) -> Pool:
    """Sounded out again with those needs that still wait; the history stays."""
    require(rules.coordinates(who_is(by)))
    lock(pool)
    needs = _locked([member.need for member in queries.members_of(pool)])
    waiting = [need for need in needs if need.state == NeedState.IN_POOL]
    require(rules.may_merge(waiting))
    POOL.advance(pool, "revive", failure="", closed_at=None, threshold_at=None, commit_until=None, bids_until=None)
    PoolMember.objects.filter(pool=pool).exclude(need__in=waiting).delete()
    for need in waiting:
        bundle_need(need, by=by, at=at)
    _tell_members(pool, waiting, at=at)
    record(by, "pool.revived", pool, at=at, needs=len(waiting))
    return pool
