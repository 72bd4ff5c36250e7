"""The list of pools and the page of one pool, as much of it as each person may see."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from verbundwerk.base import clock
from verbundwerk.base.downloads import csv_response, xlsx_response
from verbundwerk.base.http import render_form, signed_in
from verbundwerk.base.verdicts import Verdict
from verbundwerk.codetermination.models import Case
from verbundwerk.codetermination.rules import SIDES, on_the_side_of
from verbundwerk.network.models import Organisation
from verbundwerk.network.queries import standing

from .. import exports, papers, planner, queries, rules
from ..forms import CommitForm
from ..models import Bid, Commitment, Enquiry, Pool, PoolMember
from ..states import ANSWERING, CommitmentState
from ..terms import Hold
from .names import own_names
from .pictures import how_far, price_curve
from .tools import crumbs, pool_crumbs

TEMPLATES = {
    "office": "pooling/pool_office.html",
    "firm": "pooling/pool_firm.html",
    "provider": "pooling/pool_provider.html",
    "public": "pooling/pool_firm.html",
}


@signed_in
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    context = {
        "table": exports.pools_table(request.user, request.GET.dict()),
        "office": standing(request.user).coordinates,
    }
    return render(request, "pooling/list.html", context)


@signed_in
@require_GET
def as_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(exports.pools_table(request.user, request.GET.dict()), _("Bündel"))


@signed_in
@require_GET
def as_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(exports.pools_table(request.user, request.GET.dict()), _("Bündel"))


@signed_in
@require_GET
def pool(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    return show_pool(request, queries.pool_for(request.user, pool_id))


def show_pool(request: HttpRequest, pool: Pool, form: CommitForm | None = None) -> HttpResponse:
    """The page, also with a commit form that was refused."""
    view = queries.view_of(request.user, pool)
    context = _OF[view](request, pool)
    if form is not None:
        context["form"] = form
    shared = {
        "pool": pool,
        "view": view,
        "crumbs": pool_crumbs(pool),
        "tone": exports.TONES.get(pool.state, "neutral"),
        "outcome": queries.outcome_of(request.user, pool),
    }
    return render_form(request, TEMPLATES[view], {**shared, **context})


# --- how the commitments stand ---------------------------------------------------------------------
def standing_of(pool: Pool, bid: Bid | None) -> planner.Standing | None:
    """Only while firms answer; afterwards the rows say how it went."""
    if bid is None or pool.state not in ANSWERING:
        return None
    return planner.standing_of(pool, bid, queries.standing_commitments(pool))


# --- the office ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Row:
    """A firm in the pool: its needs, its word, and how far its limit is from the price."""

    organisation: Organisation
    members: list[PoolMember]
    word: Commitment | None
    room_cents: int | None

    @property
    def seats(self) -> int:
        return sum(member.seats for member in self.members)

    @property
    def held(self) -> bool:
        """It waits for something in the firm. What that is, the office does not learn."""
        return self.word is not None and self.word.state == CommitmentState.STANDING and not rules.counts(self.word)

    @property
    def short_cents(self) -> int | None:
        """How much the limit lies below the price; None when it does not."""
        return -self.room_cents if self.room_cents is not None and self.room_cents < 0 else None


@dataclass(frozen=True)
class Answer:
    """An enquiry with its bid, and whether it can be chosen."""

    enquiry: Enquiry
    bid: Bid | None
    verdict: Verdict | None

    @property
    def late(self) -> bool:
        return rules.answer_overdue(self.enquiry, clock.today())


def _for_office(request: HttpRequest, pool: Pool) -> dict[str, Any]:
    members, words, bid = queries.members_of(pool), queries.commitments_of(pool), queries.chosen_bid(pool)
    now = standing_of(pool, bid)
    rows = _rows(members, words, now)
    return {
        "rows": rows,
        "seats_wanted": sum(row.seats for row in rows),
        "answers": _answers(request, pool),
        "proposal": queries.proposal_of(pool),
        "bid": bid,
        "now": now,
        "gap": papers.gap_of(now) if now else [],
        "curve": price_curve(pool, bid, now=now) if bid else None,
        "progress": how_far(pool, now.total) if now else None,
        "days_left": _days_left(pool),
        "next": _next_steps(request, pool, [member.need for member in members], words),
        "may_drop": bool(members) and rules.may_drop(pool, members[0].need.organisation_id, standing(request.user)).ok,
        "form": _office_form(request, pool, rows),
    }


def _rows(members: list[PoolMember], words: list[Commitment], now: planner.Standing | None) -> list[Row]:
    firms = {one.need.organisation_id: one.need.organisation for one in members}
    firms |= {word.organisation_id: word.organisation for word in words}
    spoken = {word.organisation_id: word for word in words}
    rooms = now.distance_cents if now else {}
    return [
        Row(firm, [m for m in members if m.need.organisation_id == pk], spoken.get(pk), rooms.get(pk))
        for pk, firm in sorted(firms.items(), key=lambda pair: pair[1].sort_key)
    ]


def _answers(request: HttpRequest, pool: Pool) -> list[Answer]:
    found = []
    for enquiry in queries.enquiries_of(pool):
        bid = getattr(enquiry, "bid", None)
        enquiry.pool = pool
        if bid:
            bid.enquiry = enquiry
        found.append(Answer(enquiry, bid, bid and rules.may_choose(bid, standing(request.user), clock.today())))
    return found


def _days_left(pool: Pool) -> int | None:
    if pool.state not in ANSWERING or pool.commit_until is None:
        return None
    return max(0, (pool.commit_until - clock.today()).days)


def _next_steps(request: HttpRequest, pool: Pool, needs: list[Any], words: list[Commitment]) -> dict[str, Verdict]:
    who = standing(request.user)
    standing_words = [word for word in words if word.state == CommitmentState.STANDING and rules.counts(word)]
    answered = queries.everybody_answered(pool, standing_words)
    return {
        "ask": rules.may_ask(pool, who),
        "open": rules.may_move(pool, "open_commitments", who),
        "close": rules.may_close(pool, who, clock.today(), everybody_answered=answered),
        "extend": rules.may_move(pool, "extend", who),
        "publish": rules.may_publish(pool, needs, who),
        "fail": rules.may_move(pool, "fail", who),
        "revive": rules.may_move(pool, "revive", who),
    }


def _office_form(request: HttpRequest, pool: Pool, rows: list[Row]) -> CommitForm | None:
    """The office writes down what a firm said on the telephone."""
    if pool.state not in ANSWERING or not rows:
        return None
    return CommitForm(firms=queries.firms_that_may_commit(request.user, pool))


# --- a firm, inside or outside -----------------------------------------------------------------------------
def _for_firm(request: HttpRequest, pool: Pool) -> dict[str, Any]:
    own = standing(request.user).organisations(*rules.FIRM_ROLES)
    members, bid = queries.members_of(pool), queries.chosen_bid(pool)
    mine = [member for member in members if member.need.organisation_id in own]
    now, word = standing_of(pool, bid), _own_word(pool, own)
    told = now is not None and rules.price_is_told(pool)
    return {
        "mine": mine,
        "own_seats": sum(member.seats for member in mine),
        "bid": bid,
        "word": word,
        "now": now if told else None,
        "room_cents": now.distance_cents.get(word.organisation_id) if now and told and word else None,
        "curve": price_curve(pool, bid, now=now if told else None, limit_cents=word.limit_cents if word else None)
        if bid
        else None,
        "days_left": _days_left(pool),
        "form": _firm_form(request, pool, mine, word),
        "may_leave": mine and rules.may_drop(pool, mine[0].need.organisation_id, standing(request.user)),
        "may_withdraw": word
        and rules.may_withdraw_commitment(pool, own=_commits_for(request, word), relied_on=rules.counts(word)),
        "held": word is not None and word.state == CommitmentState.STANDING and not rules.counts(word),
        "council_case": _council_case(request, word),
        "disclosed": queries.disclosed(pool),
        "own_names": own_names(request.user, pool),
        "named": queries.others_named(request.user, pool),
    }


def _own_word(pool: Pool, own: frozenset[UUID]) -> Commitment | None:
    found = (word for word in queries.commitments_of(pool) if word.organisation_id in own)
    return next(found, None)


def _council_case(request: HttpRequest, word: Commitment | None) -> Case | None:
    """The way to the case for the two sides it belongs to."""
    case = queries.council_case(word) if word is not None and word.hold == Hold.COUNCIL else None
    return case if case is not None and on_the_side_of(case.organisation_id, request.user, SIDES) else None


def _commits_for(request: HttpRequest, word: Commitment) -> bool:
    return word.organisation_id in standing(request.user).organisations(*rules.COMMITTING_ROLES)


def _firm_form(request: HttpRequest, pool: Pool, mine: list[PoolMember], word: Commitment | None) -> CommitForm | None:
    firms = queries.firms_to_commit(request.user)
    if pool.state not in ANSWERING or not firms.exists() or not (mine or _takes_others(pool)):
        return None
    seats = sum(member.seats for member in mine) or 1
    said = _said_before(word) if word else {}
    holds = queries.holds_open_to(request.user, firms)
    return CommitForm(firms=firms, holds=holds, initial={"low": 1, "high": seats, "hold": "", **said})


def _takes_others(pool: Pool) -> bool:
    return pool.published and rules.may_join(belongs=False, walled=queries.is_walled(pool)).ok


def _said_before(word: Commitment) -> dict[str, Any]:
    said = {"limit_cents": word.limit_cents, "low": word.seats_low, "high": word.seats_high}
    held = word.state == CommitmentState.STANDING and not rules.counts(word)
    return {**said, "hold": word.hold, "hold_until": word.hold_until} if held else said


def _for_public(request: HttpRequest, pool: Pool) -> dict[str, Any]:
    """Who cannot commit, rival providers above all, sees what everybody sees: no bid, no price."""
    if queries.firms_to_commit(request.user).exists():
        return _for_firm(request, pool)
    return {"days_left": _days_left(pool), "disclosed": queries.disclosed(pool)}


# --- a provider -----------------------------------------------------------------------------------------------
def _for_provider(request: HttpRequest, pool: Pool) -> dict[str, Any]:
    asked = [(one, _how_it_stands(one, pool)) for one in queries.own_enquiries(request.user, pool)]
    return {"disclosed": queries.disclosed(pool), "enquiries": asked, "bid": None}


def _how_it_stands(enquiry: Enquiry, pool: Pool) -> str:
    bid = getattr(enquiry, "bid", None)
    return papers.what_follows(bid, pool) if bid else ""


_OF = {"office": _for_office, "firm": _for_firm, "provider": _for_provider, "public": _for_public}

__all__ = ["as_csv", "as_xlsx", "crumbs", "listing", "pool", "show_pool"]
