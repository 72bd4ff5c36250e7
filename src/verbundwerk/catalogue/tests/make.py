"""Factories of the room: plain functions with sensible defaults."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from verbundwerk.catalogue.models import Offer, Venue
from verbundwerk.catalogue.terms import Pattern
from verbundwerk.network.models import Organisation, Site
from verbundwerk.network.terms import OrganisationKind
from verbundwerk.network.tests import make as network
from verbundwerk.topics.tests import make as topics

AT = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
_next = count(1)


def provider(name: str = "", **fields: Any) -> Organisation:
    return network.organisation(OrganisationKind.PROVIDER, **({"name": name} if name else {}), **fields)


def site(organisation: Organisation, **fields: Any) -> Site:
    return network.site(organisation, name=f"Standort {next(_next)}", **fields)


def venue(*, organisation: Organisation | None = None, capacity: int = 16, **fields: Any) -> Venue:
    where = fields.pop("site", None) or site(organisation or provider())
    return Venue.objects.create(**{"site": where, "name": f"Raum {next(_next)}", "capacity": capacity, **fields})


def offer(*, provider: Organisation | None = None, priced: bool = True, **fields: Any) -> Offer:
    """On show, with a topic, every rhythm, 3,000 euros fixed and 60 per seat, unless told otherwise."""
    prices = {"fixed_cents": 300_000, "per_seat_cents": 6_000} if priced else {}
    values = {"title": f"Kurs {next(_next)}", "patterns": list(Pattern.values), "updated_at": AT, **prices, **fields}
    values.setdefault("topic", None) if "topic" in values else values.update(topic=topics.topic())
    return Offer.objects.create(provider=provider or _new_provider(), **values)


def _new_provider() -> Organisation:
    return provider()
