"""What a provider reads after its bid: never who else was asked, nor who in the pool has said what."""

from django.utils.translation import gettext as _

from verbundwerk.base.days import day_text

from ..models import Bid, Pool
from ..states import ANSWERING, BidState, PoolState


def what_follows(bid: Bid, pool: Pool) -> str:
    """How a bid stands and what happens next, in a sentence or two."""
    if pool.state == PoolState.FAILED:
        return _("Der gemeinsame Kurs kommt nicht zustande. Ihr Angebot bindet Sie nicht mehr.")
    if bid.state == BidState.SUBMITTED:
        return _("Die Verbundkoordination wählt unter den Angeboten. Sie bekommen in jedem Fall Bescheid.")
    return _after_the_choice(pool) if bid.state == BidState.ACCEPTED else _not_ours(bid)


def _not_ours(bid: Bid) -> str:
    if bid.state == BidState.REJECTED:
        return _("Für diesen Kurs wurde ein anderes Angebot gewählt. Danke für Ihre Mühe.")
    if bid.state == BidState.WITHDRAWN:
        return _("Dieses Angebot ist zurückgezogen. Die Verbundkoordination kann Sie erneut fragen.")
    return _("Dieses Angebot gilt nicht mehr.")


def _after_the_choice(pool: Pool) -> str:
    chosen = _("Ihr Angebot ist gewählt.")
    if pool.state == PoolState.CAME_ABOUT:
        return _("Der Kurs kommt zustande. Ihr Angebot ist damit verbindlich.")
    if pool.state not in ANSWERING or pool.commit_until is None:
        return " ".join([chosen, _("Als Nächstes werden die Betriebe gefragt, ob sie dabei sind.")])
    until = _("Die Betriebe sagen bis %(day)s zu.") % {"day": day_text(pool.commit_until)}
    enough = [_("Schon jetzt reicht es: Der Kurs kommt zustande.")] if pool.threshold_at else []
    return " ".join([chosen, until, *enough])
