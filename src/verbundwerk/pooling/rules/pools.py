"""Who may do what with pools, enquiries and bids. Pure."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.days import span_text
from verbundwerk.base.verdicts import YES, Verdict, no, yes_if
from verbundwerk.needs.models import Need
from verbundwerk.needs.terms import Confidentiality
from verbundwerk.network.rules import Standing

from ..models import Bid, Enquiry, Pool
from ..states import ANSWERING, BID, OPEN, POOL, BidState, EnquiryState, PoolState
from .common import COMMITTING_ROLES, OFFICE_ONLY, PROVIDER_ROLES, coordinates

COMPARED = _(
    "Die Antwortfrist ist abgelaufen, und die Angebote werden verglichen. "
    "Stimmt etwas nicht, rufen Sie bitte die Verbundkoordination an."
)
CHOSEN = _(
    "Das Angebot ist gewählt, und die Betriebe werden damit gefragt. Es lässt sich deshalb nicht mehr ändern. "
    "Stimmt etwas nicht, rufen Sie bitte die Verbundkoordination an."
)
RELIED_ON = _(
    "Die Betriebe sagen auf dieses Angebot hin schon zu. Es lässt sich deshalb nicht mehr ändern. "
    "Stimmt etwas nicht, rufen Sie bitte die Verbundkoordination an."
)


def may_move(pool: Pool, move: str, standing: Standing) -> Verdict:
    return coordinates(standing) & POOL.may(pool.state, move)


def may_publish(pool: Pool, needs: Iterable[Need], standing: Standing) -> Verdict:
    """The public learns the topic only when at least one firm agreed to that."""
    if not standing.coordinates:
        return no(OFFICE_ONLY)
    if pool.state not in OPEN:
        return no(_("Veröffentlicht wird nur, solange noch Betriebe dazukommen können."))
    told = (need.confidentiality != Confidentiality.CONFIDENTIAL and not need.hidden_from.all() for need in needs)
    return yes_if(any(told), _("Alle Bedarfe in diesem Bündel sind vertraulich. Es bleibt deshalb unter uns."))


def may_drop(pool: Pool, organisation: UUID, standing: Standing) -> Verdict:
    """Until commitments begin; the office, or the firm itself when the pool no longer suits it."""
    if not (standing.coordinates or organisation in standing.organisations(*COMMITTING_ROLES)):
        return no(OFFICE_ONLY)
    early = pool.state in {PoolState.SOUNDING, PoolState.ENQUIRY, PoolState.BID_CHOSEN}
    return yes_if(early, _("Die Zusagen laufen schon. Wer nicht mehr dabei sein will, sagt einfach nicht zu."))


def may_ask(pool: Pool, standing: Standing, until: date | None = None, today: date | None = None) -> Verdict:
    if not standing.coordinates:
        return no(OFFICE_ONLY)
    if pool.state not in {PoolState.SOUNDING, PoolState.ENQUIRY}:
        return POOL.may(pool.state, "enquire")
    if until and today and until < today:
        return no(_("Die Antwortfrist liegt in der Vergangenheit."))
    if until and until >= pool.ends_on:
        text = _("Bis zu dieser Antwortfrist müsste der Kurs schon vorbei sein: %(when)s.")
        return no(text % {"when": span_text(pool.starts_on, pool.ends_on)})
    return YES


# --- bids -----------------------------------------------------------------------------------
def may_answer(enquiry: Enquiry, standing: Standing, today: date) -> Verdict:
    """The provider until the last day; the office may still enter what came by telephone."""
    own = enquiry.provider_id in standing.organisations(*PROVIDER_ROLES)
    if not (own or standing.coordinates):
        return no(_("Diese Anfrage beantwortet der angefragte Anbieter."))
    if enquiry.state != EnquiryState.SENT:
        return no(_("Diese Anfrage ist schon beantwortet oder geschlossen."))
    in_time = standing.coordinates or today <= enquiry.answer_until
    return yes_if(in_time, _("Die Antwortfrist ist abgelaufen. Bitte rufen Sie die Verbundkoordination an."))


def may_correct(bid: Bid, standing: Standing, today: date) -> Verdict:
    """As long as it lies there unread by others: until the last day for answers. What the office writes down by
    telephone it may put right until it chooses."""
    verdict = _is_own(bid, standing) & _is_open(bid, "correct")
    if not verdict or standing.coordinates:
        return verdict
    return yes_if(today <= bid.enquiry.answer_until, COMPARED)


def may_withdraw_bid(bid: Bid, standing: Standing) -> Verdict:
    """Until one is chosen, also after the last day for answers: a price nobody stands for helps nobody."""
    return _is_own(bid, standing) & _is_open(bid, "withdraw")


def _is_own(bid: Bid, standing: Standing) -> Verdict:
    own = bid.enquiry.provider_id in standing.organisations(*PROVIDER_ROLES)
    return yes_if(own or standing.coordinates, _("Das entscheidet der Anbieter, der das Angebot abgegeben hat."))


def _is_open(bid: Bid, move: str) -> Verdict:
    if bid.state != BidState.ACCEPTED:
        return BID.may(bid.state, move)
    return no(RELIED_ON if bid.enquiry.pool.state in ANSWERING else CHOSEN)


def is_as_seen(bid: Bid, seen: int | None) -> Verdict:
    """Whoever changes or chooses a bid means the one that stood on the page."""
    same = seen is None or seen == bid.version
    return yes_if(same, _("Das Angebot wurde inzwischen geändert. Bitte sehen Sie es noch einmal an."))


def may_choose(bid: Bid, standing: Standing, today: date) -> Verdict:
    verdict = may_move(bid.enquiry.pool, "choose_bid", standing) & BID.may(bid.state, "accept")
    if not verdict:
        return verdict
    return yes_if(bid.valid_until >= today, _("Dieses Angebot gilt nicht mehr. Bitte fragen Sie den Anbieter erneut."))


# --- what is late ---------------------------------------------------------------------------
def is_overdue(pool: Pool, today: date) -> bool:
    """The last day has passed, for bids or for commitments, and the pool still stands where it stood."""
    last = pool.commit_until if pool.state in ANSWERING else None
    if pool.state == PoolState.ENQUIRY:
        last = pool.bids_until
    return last is not None and last < today


def answer_overdue(enquiry: Enquiry, today: date) -> bool:
    return enquiry.state == EnquiryState.SENT and enquiry.answer_until < today
