from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import YES, Verdict, no, require, yes_if
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Organisation, Site
from verbundwerk.network.queries import standing
from verbundwerk.topics.models import Topic
from verbundwerk.topics.terms import Level

from . import rules
from .models import Offer, OfferDate, Venue
from .terms import OfferKind, Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferData:
    """What a provider says about one offer. Money in cents; None means: no price named yet."""

    title: str
    topic: Topic | None = None
    level: int = Level.APPLY
    kind: str = OfferKind.COURSE
    description: str = ""
    days: int = 1
    teaching_units: int | None = None
    seats_min: int = 6
    seats_max: int = 15
    fixed_cents: int | None = None
    per_seat_cents: int | None = None
    online_cents: int = 0
    onsite: bool = True
    online: bool = False
    patterns: tuple[str, ...] = ()
    venues: tuple[Venue, ...] = ()
    reference: str = ""
    expires_on: date | None = None
    published: bool = True


@dataclass(frozen=True, slots=True)
class EntryDate:
    """A date a catalogue file names."""

    starts_on: date
    ends_on: date
    place: str = ""
    postal_code: str = ""
    price_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One course of a provider's catalogue file, as far as we read it."""

    reference: str
    title: str
    description: str = ""
    days: int = 1
    teaching_units: int | None = None
    seats_min: int = 1
    seats_max: int = 15
    price_cents: int | None = None
    onsite: bool = True
    online: bool = False
    dates: tuple[EntryDate, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """How many entries were new, changed, and already as they are."""

    new: int
    changed: int
    same: int


class Room(TypedDict, total=False):
    """The words of `add_venue`: name and capacity are needed, rent is per day."""

    name: str
    capacity: int
    rent_cents: int
    equipment: str
    accessible: bool


@transaction.atomic
def publish_offer(data: OfferData, *, provider: Organisation, by: Any, at: datetime) -> Offer:
    require(_may_offer(provider, by), _can_be_held(data), _number_is_free(data, provider, None))
    offer = Offer(provider=provider, updated_at=at, **_columns(data))
    offer.save(force_insert=True)
    offer.venues.set(data.venues)
    record(by, "offer.published", offer, at=at)
    return offer


@transaction.atomic
def change_offer(offer: Offer, data: OfferData, *, by: Any, at: datetime) -> Offer:
    stored = Offer.objects.select_for_update().get(pk=offer.pk)
    require(_may_offer(stored.provider, by), _can_be_held(data), _number_is_free(data, stored.provider, stored))
    _set(stored, {**_columns(data), "updated_at": at})
    stored.venues.set(data.venues)
    record(by, "offer.changed", stored, at=at)
    return stored


@transaction.atomic
def add_venue(site: Site, *, by: Any, at: datetime, **room: Unpack[Room]) -> Venue:
    require(_may_share_rooms(site, by))
    venue = Venue.objects.create(site=site, **room)
    record(by, "venue.added", venue, at=at, capacity=venue.capacity)
    return venue


@transaction.atomic
def take_over_catalogue(entries: Iterable[Entry], *, provider: Organisation, by: Any, at: datetime) -> Taken:
    """All entries or none. The provider's own number decides what is the same course; what a person added
    here (topic, level, rooms, rhythm) stays."""
    require(_may_offer(provider, by))
    done = [_take_over(entry, provider, at) for entry in entries]
    taken = Taken(done.count("new"), done.count("changed"), done.count("same"))
    record(by, "catalogue.taken_over", provider, at=at, **asdict(taken))
    return taken


def _take_over(entry: Entry, provider: Organisation, at: datetime) -> str:
    offers = Offer.objects.select_for_update().filter(provider=provider, reference=entry.reference)
    stored = offers.first()
    words = _words_of(entry)
    if stored is None:
        stored = Offer(provider=provider, reference=entry.reference, source="openqcat", updated_at=at, **words)
        stored.save(force_insert=True)
        _set_dates(stored, entry)
        return "new"
    if _is_same(stored, words, entry):
        return "same"
    _set(stored, {**words, "updated_at": at})
    _set_dates(stored, entry)
    return "changed"


def _words_of(entry: Entry) -> dict[str, Any]:
    kept = ("title", "description", "days", "teaching_units", "seats_min", "seats_max", "onsite", "online")
    return {**{name: getattr(entry, name) for name in kept}, "per_seat_cents": entry.price_cents}


def _is_same(offer: Offer, words: dict[str, Any], entry: Entry) -> bool:
    dates = {_date_of(one) for one in offer.dates.all()}
    return dates == set(entry.dates) and all(getattr(offer, name) == value for name, value in words.items())


def _date_of(row: OfferDate) -> EntryDate:
    return EntryDate(row.starts_on, row.ends_on, row.place, row.postal_code, row.price_cents)


def _set_dates(offer: Offer, entry: Entry) -> None:
    offer.dates.all().delete()
    OfferDate.objects.bulk_create(OfferDate(offer=offer, **asdict(one)) for one in entry.dates)


def _columns(data: OfferData) -> dict[str, Any]:
    names = [one.name for one in fields(data) if one.name not in {"venues", "patterns"}]
    return {**{name: getattr(data, name) for name in names}, "patterns": sorted(set(data.patterns))}


def _set(offer: Offer, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(offer, name, value)
    offer.save()


def _may_offer(provider: Organisation, by: Any) -> Verdict:
    return YES if by is None else rules.may_offer_for(provider.pk, standing(by))


def _may_share_rooms(site: Site, by: Any) -> Verdict:
    return YES if by is None else rules.may_share_rooms_of(site.organisation_id, standing(by))


def _can_be_held(data: OfferData) -> Verdict:
    if not (data.onsite or data.online):
        return no(_("Ein Angebot findet in Präsenz statt oder online. Bitte wählen Sie mindestens eines."))
    if not 1 <= data.seats_min <= data.seats_max:
        return no(_("Die kleinste Gruppe darf nicht größer sein als die größte."))
    strange = set(data.patterns) - set(Pattern.values)
    return yes_if(not strange, _("Dieser Rhythmus ist nicht bekannt."))


def _number_is_free(data: OfferData, provider: Organisation, own: Offer | None) -> Verdict:
    same = Offer.objects.filter(provider=provider, reference=data.reference)
    if own is not None:
        same = same.exclude(pk=own.pk)
    taken = bool(data.reference) and same.exists()
    return yes_if(not taken, _("Diese Angebotsnummer gibt es schon. Bitte nehmen Sie eine andere."))
