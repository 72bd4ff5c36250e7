"""Organisations and their sites."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from verbundwerk.journal.flow import record

from .. import rules
from ..models import Organisation, Person, Site
from ..queries import standing
from ..terms import Representation
from .common import ask, once


@dataclass(frozen=True, slots=True)
class SiteData:
    """A place of work as people enter it."""

    name: str
    postal_code: str
    place: str
    district: str
    street: str = ""
    representation: str = Representation.NONE


class OrganisationDetails(TypedDict, total=False):
    size_class: int | None
    section: str
    website: str
    public: bool


class OrganisationChanges(OrganisationDetails, total=False):
    name: str
    kind: str


@transaction.atomic
def register_organisation(
    *,
    name: str,
    kind: str,
    main_site: SiteData,
    by: Person | None,
    at: datetime,
    **details: Unpack[OrganisationDetails],
) -> Organisation:
    ask(rules.may_coordinate(standing(by)), by)
    with once(_("Eine Organisation mit diesem Namen gibt es schon.")):
        organisation = Organisation.objects.create(name=name, kind=kind, created_at=at, **details)
    Site.objects.create(organisation=organisation, main=True, **asdict(main_site))
    record(by, "organisation.registered", organisation, at=at)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation, *, by: Person | None, at: datetime, **changes: Unpack[OrganisationChanges]
) -> Organisation:
    """Change name, kind, size class, section, website, or whether it stands in the public directory."""
    ask(rules.may_keep(standing(by), organisation.pk), by)
    if {"kind", "public"} & changes.keys():
        ask(rules.may_coordinate(standing(by)), by)
    for field, value in changes.items():
        setattr(organisation, field, value)
    with once(_("Eine Organisation mit diesem Namen gibt es schon.")):
        organisation.save()
    record(by, "organisation.changed", organisation, at=at, fields=sorted(changes))
    return organisation


@transaction.atomic
def add_site(organisation: Organisation, site: SiteData, *, by: Person | None, at: datetime) -> Site:
    """The first site of an organisation is its main site."""
    ask(rules.may_keep(standing(by), organisation.pk), by)
    first = not Site.objects.select_for_update().filter(organisation=organisation, main=True).exists()
    added = Site.objects.create(organisation=organisation, main=first, **asdict(site))
    record(by, "site.added", organisation, at=at, site=str(added.pk))
    return added


@transaction.atomic
def change_site(site: Site, data: SiteData, *, by: Person | None, at: datetime) -> Site:
    ask(rules.may_keep(standing(by), site.organisation_id), by)
    for field, value in asdict(data).items():
        setattr(site, field, value)
    site.save()
    record(by, "site.changed", site.organisation, at=at, site=str(site.pk))
    return site
