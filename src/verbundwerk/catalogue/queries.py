from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from verbundwerk.base import clock
from verbundwerk.network.models import Organisation, Site
from verbundwerk.network.queries import standing
from verbundwerk.network.terms import Role

from . import rules
from .models import Offer, Venue


def offer_for(person: Any, offer_id: UUID) -> Offer:
    found = offers_visible_to(person).filter(pk=offer_id).first()
    if found is None:
        raise Http404
    return found


def own_offer_for(person: Any, offer_id: UUID) -> Offer:
    """An offer this person may change; for everybody else it does not exist here."""
    found = offer_for(person, offer_id)
    if not rules.may_offer_for(found.provider_id, standing(person)):
        raise Http404
    return found


def offers_visible_to(person: Any) -> QuerySet[Offer]:
    """What everybody sees, and the hidden and expired ones of one's own house."""
    who = standing(person)
    if who.coordinates:
        return _complete(Offer.objects.all())
    own = Q(provider__in=who.organisations(*rules.OFFERING_ROLES))
    return _complete(Offer.objects.filter(_on_show(clock.today()) | own))


def public_offers() -> QuerySet[Offer]:
    return _complete(Offer.objects.filter(_on_show(clock.today())))


def own_offers(person: Any) -> QuerySet[Offer]:
    return _complete(Offer.objects.filter(provider__in=standing(person).organisations(*rules.OFFERING_ROLES)))


def own_offers_on_show(person: Any) -> QuerySet[Offer]:
    return own_offers(person).filter(_on_show(clock.today()))


def offers_for_pooling(day: date) -> QuerySet[Offer]:
    """Offers a plan can build on: on show, with a topic and a price."""
    priced = Q(fixed_cents__isnull=False) | Q(per_seat_cents__isnull=False)
    offers = Offer.objects.filter(_on_show(day), priced, topic__isnull=False)
    return offers.select_related("provider", "topic").prefetch_related("venues").order_by("pk")


def venues() -> QuerySet[Venue]:
    return Venue.objects.select_related("site__organisation").order_by("site__place", "name", "pk")


def offering_organisations(person: Any) -> QuerySet[Organisation]:
    """For whom this person may enter offers."""
    who = standing(person)
    if who.coordinates:
        return Organisation.objects.filter(kind__in=["provider", "university", "chamber", "company"])
    return Organisation.objects.filter(pk__in=who.organisations(*rules.OFFERING_ROLES))


def only(provider: UUID) -> QuerySet[Organisation]:
    """The provider of an offer that came through its guard."""
    return Organisation.objects.filter(pk=provider)


def sites_to_share(person: Any) -> QuerySet[Site]:
    """Where this person may enter rooms."""
    sites = Site.objects.select_related("organisation").order_by("organisation__sort_key", "name", "pk")
    who = standing(person)
    own = who.organisations(Role.HR, *rules.OFFERING_ROLES)
    return sites if who.coordinates else sites.filter(organisation__in=own)


def references_of(provider: Organisation, references: Iterable[str]) -> set[str]:
    """Which of these numbers the provider's list already holds."""
    known = Offer.objects.filter(provider=provider, reference__in=list(references))
    return set(known.values_list("reference", flat=True))


def _on_show(day: date) -> Q:
    return Q(published=True) & (Q(expires_on=None) | Q(expires_on__gte=day))


def _complete(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    return offers.select_related("provider", "topic").prefetch_related("venues__site", "dates")
