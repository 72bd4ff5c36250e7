"""The only writer of the network: alliances, organisations, people, mandates."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from verbundwerk.journal.flow import record

from .models import Alliance, Body, Mandate, Membership, Organisation, Person, Site
from .terms import Representation


@dataclass(frozen=True, slots=True)
class SiteData:
    """A place of work as people enter it."""

    name: str
    postal_code: str
    place: str
    district: str
    street: str = ""
    representation: str = Representation.NONE


@transaction.atomic
def found_alliance(*, slug: str, name: str, mission: str, founded_on: date, by: Any, at: datetime) -> Alliance:
    alliance = Alliance.objects.create(slug=slug, name=name, mission=mission, founded_on=founded_on)
    record(by, "alliance.founded", alliance, at=at)
    return alliance


@transaction.atomic
def register_organisation(
    *, name: str, kind: str, main_site: SiteData, by: Any, at: datetime, **fields: Any
) -> Organisation:
    """Further fields: size_class, section, website, public."""
    organisation = Organisation.objects.create(name=name, kind=kind, created_at=at, **fields)
    Site.objects.create(organisation=organisation, main=True, **asdict(main_site))
    record(by, "organisation.registered", organisation, at=at, kind=kind)
    return organisation


@transaction.atomic
def add_site(organisation: Organisation, site: SiteData, *, by: Any, at: datetime) -> Site:
    added = Site.objects.create(organisation=organisation, main=False, **asdict(site))
    record(by, "site.added", organisation, at=at, site=str(added.pk))
    return added


@transaction.atomic
def join_alliance(organisation: Organisation, alliance: Alliance, *, by: Any, at: datetime) -> Membership:
    joined = Membership.objects.create(alliance=alliance, organisation=organisation, joined_on=at.date())
    record(by, "alliance.joined", organisation, at=at, alliance=str(alliance.pk))
    return joined


@transaction.atomic
def found_body(alliance: Alliance, *, kind: str, name: str, mission: str, by: Any, at: datetime) -> Body:
    body = Body.objects.create(alliance=alliance, kind=kind, name=name, mission=mission, founded_on=at.date())
    record(by, "body.founded", body, at=at, kind=kind)
    return body


@transaction.atomic
def welcome_person(*, name: str, email: str, by: Any, at: datetime, language: str = "de", phone: str = "") -> Person:
    person = Person(name=name, email=email, language=language, phone=phone, created_at=at)
    person.set_unusable_password()
    person.save()
    record(by, "person.welcomed", person, at=at)
    return person


@transaction.atomic
def give_mandate(
    person: Person, organisation: Organisation, role: str, *, by: Any, at: datetime, **scope: Any
) -> Mandate:
    """Scope: alliance, body, from_on (today unless told), until_on."""
    scope.setdefault("from_on", at.date())
    mandate = Mandate.objects.create(person=person, organisation=organisation, role=role, **scope)
    record(by, "mandate.given", person, at=at, role=role, organisation=str(organisation.pk))
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, by: Any, at: datetime, on: date) -> Mandate:
    mandate.until_on = on
    mandate.save(update_fields=["until_on"])
    record(by, "mandate.ended", mandate.person, at=at, role=mandate.role, organisation=str(mandate.organisation_id))
    return mandate
