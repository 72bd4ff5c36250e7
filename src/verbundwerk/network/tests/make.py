"""Factories: the shortest way to somebody with a role somewhere."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from verbundwerk.base.ids import new_id
from verbundwerk.network.models import Alliance, Body, Invitation, Mandate, Membership, Organisation, Person, Site
from verbundwerk.network.states import INVITATION
from verbundwerk.network.terms import BodyKind, OrganisationKind, Role, SizeClass

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
LONG_AGO = date(2020, 1, 1)
_number = count(1)


def alliance(**fields: Any) -> Alliance:
    n = next(_number)
    return Alliance.objects.create(**{"slug": f"verbund-{n}", "name": f"Verbund {n}", "founded_on": LONG_AGO, **fields})


def organisation(kind: str = OrganisationKind.COMPANY, *, postal_code: str = "31224", **fields: Any) -> Organisation:
    n = next(_number)
    defaults = {"name": f"Musterwerk {n} GmbH", "size_class": SizeClass.MEDIUM, "section": "C", "created_at": NOW}
    made = Organisation.objects.create(kind=kind, **{**defaults, **fields})
    site(made, postal_code=postal_code)
    return made


def site(organisation: Organisation, **fields: Any) -> Site:
    defaults = {"name": "Hauptsitz", "postal_code": "31224", "place": "Peine", "district": "03157"}
    main = not organisation.sites.filter(main=True).exists()
    return Site.objects.create(organisation=organisation, **{**defaults, "main": main, **fields})


def membership(organisation: Organisation, alliance: Alliance, **fields: Any) -> Membership:
    return Membership.objects.create(organisation=organisation, alliance=alliance, **{"joined_on": LONG_AGO, **fields})


def body(alliance: Alliance, kind: str = BodyKind.WORKING_GROUP, **fields: Any) -> Body:
    name = f"Arbeitskreis {next(_number)}"
    return Body.objects.create(alliance=alliance, kind=kind, **{"name": name, "founded_on": LONG_AGO, **fields})


def person(role: str | None = None, organisation: Organisation | None = None, **fields: Any) -> Person:
    """Somebody; with a role also the mandate (in `alliance` or `body` when given)."""
    scope = {name: fields.pop(name) for name in ("alliance", "body") if name in fields}
    n = next(_number)
    made = Person(**{"name": f"Person {n}", "email": f"person{n}@firma.example", "created_at": NOW, **fields})
    made.set_unusable_password()
    made.save()
    if role:
        mandate(made, organisation or globals()["organisation"](), role, **scope)
    return made


def mandate(person: Person, organisation: Organisation, role: str, **fields: Any) -> Mandate:
    return Mandate.objects.create(
        person=person, organisation=organisation, role=role, **{"from_on": LONG_AGO, **fields}
    )


def coordinator(**fields: Any) -> Person:
    return person(Role.COORDINATION, organisation(OrganisationKind.OTHER), **fields)


def invitation(state: str = INVITATION.start, **fields: Any) -> Invitation:
    defaults: dict[str, Any] = {
        "organisation": fields.pop("organisation", None) or organisation(),
        "email": f"gast{next(_number)}@firma.example",
        "name": "Neue Kollegin",
        "role": Role.HR,
        "invited_by": fields.pop("invited_by", None) or person(),
        "invited_at": NOW,
        "expires_at": NOW + timedelta(days=14),
        "token_hash": new_id().hex * 2,
    }
    return Invitation.objects.create(state=state, **{**defaults, **fields})


STATEFUL = {INVITATION: lambda state: invitation(state=state)}
