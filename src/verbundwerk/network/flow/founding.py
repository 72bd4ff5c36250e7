"""How an installation gets its first alliance, and whoever runs it: from then on people invite each other."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import require, yes_if
from verbundwerk.journal.flow import record
from verbundwerk.post.flow import send_letter

from .. import queries
from ..models import Alliance, Organisation, Person
from ..terms import OrganisationKind, Role
from .alliances import found_alliance, join_alliance
from .common import day_of
from .organisations import SiteData, register_organisation
from .people import give_mandate, welcome_person


@dataclass(frozen=True, slots=True)
class Founding:
    """What must be known: the alliance, the office that coordinates it, the person who begins."""

    slug: str
    name: str
    mission: str
    office: str
    site: SiteData
    coordinator: str
    email: str


@transaction.atomic
def begin_alliance(wanted: Founding, *, by: Person | None, at: datetime) -> Alliance:
    """An alliance with its office and its first coordinator, who is told by letter how to sign in.

    Office and person may be there already: a second alliance of the region shares them.
    """
    require(yes_if(by is None, _("Einen Verbund legt die technische Administration auf dem Server an.")))
    alliance = found_alliance(
        slug=wanted.slug, name=wanted.name, mission=wanted.mission, founded_on=day_of(at), by=None, at=at
    )
    office = queries.organisation_named(wanted.office) or _register(wanted, at)
    join_alliance(office, alliance, by=None, at=at)
    person = queries.person_with(wanted.email) or welcome_person(
        name=wanted.coordinator, email=wanted.email, by=None, at=at
    )
    give_mandate(person, office, Role.COORDINATION, alliance=alliance, by=None, at=at)
    _tell(person, alliance, at)
    record(None, "alliance.begun", alliance, at=at, office=str(office.pk))
    return alliance


def _register(wanted: Founding, at: datetime) -> Organisation:
    return register_organisation(name=wanted.office, kind=OrganisationKind.OTHER, main_site=wanted.site, by=None, at=at)


def _tell(person: Person, alliance: Alliance, at: datetime) -> None:
    send_letter(
        key=f"begun/{alliance.pk}",
        to=person,
        subject=_("Ihr Verbund ist eingerichtet: So melden Sie sich an"),
        template="network/letters/begun",
        context={"person": person, "alliance": alliance, "path": reverse("account_login")},
        at=at,
    )
