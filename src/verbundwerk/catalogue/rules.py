"""Who may do what in the catalogue, and what an offer says about its price. Pure."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import Verdict, yes_if
from verbundwerk.network.rules import Standing
from verbundwerk.network.terms import Role

from .models import Offer

# Large companies offer seats of their own courses like a provider.
OFFERING_ROLES = (Role.PROVIDER, Role.HOST)


def may_offer_for(provider: UUID, standing: Standing) -> Verdict:
    """A provider edits its own offers; the coordination office helps everybody."""
    allowed = standing.coordinates or provider in standing.organisations(*OFFERING_ROLES)
    return yes_if(allowed, _("Nur der Anbieter selbst und die Verbundkoordination pflegen diese Angebote."))


def may_share_rooms_of(organisation: UUID, standing: Standing) -> Verdict:
    """Rooms belong to whoever speaks for the organisation; firms share theirs too."""
    own = standing.organisations(Role.HR, *OFFERING_ROLES)
    return yes_if(
        standing.coordinates or organisation in own,
        _("Räume trägt die Organisation selbst oder die Verbundkoordination ein."),
    )


def is_on_show(offer: Offer, day: date) -> bool:
    """Whether everybody may see the offer on this day."""
    return offer.published and (offer.expires_on is None or offer.expires_on >= day)


def price_from(offer: Offer) -> int | None:
    """„ab“: cents per seat in a full group, rounded up; None as long as no price is named."""
    if offer.fixed_cents is None and offer.per_seat_cents is None:
        return None
    return -(-(offer.fixed_cents or 0) // offer.seats_max) + (offer.per_seat_cents or 0)
