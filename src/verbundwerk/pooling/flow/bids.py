"""Providers are asked, answer with a price, and one bid is chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import Verdict, no, require, yes_if
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Organisation

from .. import papers, rules
from ..models import Bid, EarlierBid, Enquiry, Pool, Price
from ..papers import Words
from ..states import BID, ENQUIRY, POOL, BidState, EnquiryState, PoolState
from .common import day_of, lock, path_of, tell, tell_office, who_is


@dataclass(frozen=True, slots=True, kw_only=True)
class BidData:
    """A provider's answer. Money in cents; dates: [{"date": "2027-03-02", "part": "day"}]."""

    fixed_cents: int
    per_seat_cents: int = 0
    seats_min: int
    seats_max: int
    starts_on: date
    ends_on: date
    dates: tuple[dict[str, str], ...] = ()
    place: str = ""
    teaching_units: int | None = None
    vat: str
    valid_until: date
    note: str = ""


@transaction.atomic
def ask_providers(
    pool: Pool, providers: Sequence[Organisation], *, answer_until: date, by: Any, at: datetime
) -> list[Enquiry]:
    """Each provider once; further ones can be asked as long as no bid is chosen."""
    lock(pool)
    require(rules.may_ask(pool, who_is(by), answer_until, day_of(at)), _somebody(providers))
    if pool.state == PoolState.SOUNDING:
        POOL.advance(pool, "enquire", bids_until=answer_until)
    else:
        Pool.objects.filter(pk=pool.pk).update(bids_until=answer_until)
        pool.bids_until = answer_until
    asked = _asked_already(pool)
    new = [one for one in providers if one.pk not in asked]
    enquiries = [_ask(pool, one, answer_until, at) for one in new]
    record(by, "pool.providers_asked", pool, at=at, providers=[str(one.pk) for one in new])
    return enquiries


def _somebody(providers: Sequence[Organisation]) -> Verdict:
    return yes_if(bool(providers), _("Bitte wählen Sie mindestens einen Anbieter."))


def _asked_already(pool: Pool) -> set[Any]:
    standing = Enquiry.objects.filter(pool=pool, state__in=[EnquiryState.SENT, EnquiryState.ANSWERED])
    return set(standing.values_list("provider", flat=True))


def _ask(pool: Pool, provider: Organisation, until: date, at: datetime) -> Enquiry:
    enquiry = Enquiry.objects.create(pool=pool, provider=provider, sent_at=at, answer_until=until)
    tell(
        [provider.pk],
        lambda _firm: lambda: papers.asked(pool, until),
        key=f"asked/{enquiry.pk}",
        path=path_of(pool),
        at=at,
    )
    return enquiry


@transaction.atomic
def enter_bid(enquiry: Enquiry, data: BidData, *, by: Any, at: datetime) -> Bid:
    """By the provider, or by the office on its behalf."""
    lock(enquiry.pool)
    enquiry.refresh_from_db(fields=["state"])
    require(rules.may_answer(enquiry, who_is(by), day_of(at)), _is_sound(data, day_of(at)))
    bid = Bid(enquiry=enquiry, entered_by=by, entered_at=at, **_columns(data))
    ENQUIRY.advance(enquiry, "answer")
    bid.save(force_insert=True)
    record(by, "bid.entered", bid, at=at, provider=str(enquiry.provider_id))
    return bid


def _columns(data: BidData) -> dict[str, Any]:
    columns = {name: getattr(data, name) for name in BidData.__slots__}
    return {**columns, "dates": list(data.dates)}


def _is_sound(data: BidData, today: date) -> Verdict:
    if not 1 <= data.seats_min <= data.seats_max:
        return no(_("Die kleinste Gruppe darf nicht größer sein als die größte."))
    if data.ends_on < data.starts_on:
        return no(_("Der letzte Kurstag liegt vor dem ersten."))
    if data.starts_on <= today:
        return no(_("Der erste Kurstag muss in der Zukunft liegen."))
    if data.fixed_cents + data.per_seat_cents < 1:
        return no(_("Bitte nennen Sie einen Preis: einen festen Betrag, einen Betrag je Platz oder beides."))
    return yes_if(data.valid_until >= today, _("Das Angebot wäre schon abgelaufen."))


@transaction.atomic
def correct_bid(bid: Bid, data: BidData, *, by: Any, at: datetime, seen: int | None = None) -> Bid:
    """The bid says something else from now on; what it said before is kept. `seen`: the version somebody changed."""
    pool = _locked(bid)
    require(rules.may_correct(bid, who_is(by), day_of(at)), rules.is_as_seen(bid, seen), _is_sound(data, day_of(at)))
    before = EarlierBid.objects.create(bid=bid, **{one.name: getattr(bid, one.name) for one in Price._meta.fields})
    BID.advance(bid, "correct", **_columns(data), entered_by=by, entered_at=at, version=bid.version + 1)
    record(by, "bid.corrected", bid, at=at, provider=str(bid.enquiry.provider_id), version=bid.version)
    key = f"bid-corrected/{bid.pk}/{bid.version}"
    _tell_the_other_side(bid, lambda: papers.corrected(pool, bid, before), key=key, by=by, at=at)
    return bid


@transaction.atomic
def withdraw_bid(bid: Bid, *, by: Any, at: datetime) -> Bid:
    """The provider is out, until the office asks it again."""
    pool = _locked(bid)
    require(rules.may_withdraw_bid(bid, who_is(by)))
    BID.advance(bid, "withdraw")
    ENQUIRY.advance(bid.enquiry, "withdraw")
    record(by, "bid.withdrawn", bid, at=at, provider=str(bid.enquiry.provider_id))
    key = f"bid-withdrawn/{bid.pk}"
    _tell_the_other_side(bid, lambda: papers.bid_withdrawn(pool, bid), key=key, by=by, at=at)
    return bid


def _locked(bid: Bid) -> Pool:
    """The pool nobody else changes meanwhile; the bid is fresh."""
    pool = bid.enquiry.pool
    lock(pool)
    bid.refresh_from_db()
    bid.enquiry.pool = pool
    return pool


def _tell_the_other_side(bid: Bid, words: Callable[[], Words], *, key: str, by: Any, at: datetime) -> None:
    """The office learns what a provider does, and a provider what the office writes down for it."""
    path = path_of(bid.enquiry.pool)
    if who_is(by).coordinates:
        tell([bid.enquiry.provider_id], lambda _firm: words, key=key, path=path, at=at)
    else:
        tell_office(words, key=key, path=path, at=at)


@transaction.atomic
def decline_enquiry(enquiry: Enquiry, *, by: Any, at: datetime) -> Enquiry:
    require(rules.may_answer(enquiry, who_is(by), day_of(at)))
    ENQUIRY.advance(enquiry, "decline")
    record(by, "enquiry.declined", enquiry, at=at)
    return enquiry


@transaction.atomic
def choose_bid(bid: Bid, *, by: Any, at: datetime, seen: int | None = None) -> Pool:
    """The pool takes on the bid's seats and dates; the other bids are answered with thanks."""
    pool = _locked(bid)
    require(rules.may_choose(bid, who_is(by), day_of(at)), rules.is_as_seen(bid, seen))
    BID.advance(bid, "accept")
    POOL.advance(pool, "choose_bid", **_taken_on(bid))
    others = _close_the_others(pool)
    _tell_providers(pool, bid, others, at)
    record(by, "bid.chosen", bid, at=at, pool=str(pool.pk))
    return pool


def _taken_on(bid: Bid) -> dict[str, Any]:
    names = ("seats_min", "seats_max", "starts_on", "ends_on", "dates")
    return {name: getattr(bid, name) for name in names}


def _close_the_others(pool: Pool) -> list[Bid]:
    others = list(Bid.objects.filter(enquiry__pool=pool, state=BidState.SUBMITTED).select_related("enquiry"))
    for other in others:
        BID.advance(other, "reject")
    for enquiry in Enquiry.objects.filter(pool=pool, state__in=[EnquiryState.SENT, EnquiryState.ANSWERED]):
        ENQUIRY.advance(enquiry, "close")
    return others


def _tell_providers(pool: Pool, bid: Bid, others: list[Bid], at: datetime) -> None:
    path = path_of(pool)
    tell(
        [bid.enquiry.provider_id],
        lambda _firm: lambda: papers.chosen(pool),
        key=f"bid-chosen/{bid.pk}",
        path=path,
        at=at,
    )
    for other in others:
        tell(
            [other.enquiry.provider_id],
            lambda _firm: lambda: papers.not_chosen(pool),
            key=f"bid-not-chosen/{other.pk}",
            path=path,
            at=at,
        )
