"""Alliances, organisations and people for tests. Everything left out is invented and plausible."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from verbundwerk.base import clock
from verbundwerk.network import flow
from verbundwerk.network.models import Alliance, Body, Invitation, Mandate, Membership, Organisation, Person, Site
from verbundwerk.network.queries import hash_of
from verbundwerk.network.rules import ALLIANCE_ROLES, BODY_ROLES
from verbundwerk.network.states import INVITATION
from verbundwerk.network.terms import BodyKind, District, OrganisationKind, Role, SizeClass

# Long ago, so that every mandate counts on every day a test may choose.
AT = datetime(2020, 1, 1, 8, 0, tzinfo=UTC)
_number = count(1)


def alliance(*, name: str = "", slug: str = "", mission: str = "", founded_on: date = date(2021, 11, 1)) -> Alliance:
    n = next(_number)
    return flow.found_alliance(
        slug=slug or f"verbund-{n}", name=name or f"Verbund {n}", mission=mission, founded_on=founded_on, by=None, at=AT
    )


def site_data(**fields: Any) -> flow.SiteData:
    plausible = {
        "name": "Hauptsitz", "street": "Werkstraße 1", "postal_code": "31224", "place": "Peine",
        "district": District.PEINE,
    }  # fmt: skip
    return flow.SiteData(**{**plausible, **fields})


def organisation(
    kind: str = OrganisationKind.COMPANY,
    *,
    name: str = "",
    alliance: Alliance | None = None,
    main_site: flow.SiteData | None = None,
    postal_code: str = "31224",
    **details: Any,
) -> Organisation:
    """With a main site in Peine; `alliance` makes it a member."""
    made = flow.register_organisation(
        name=name or f"Musterwerk {next(_number)} GmbH", kind=kind, by=None, at=AT,
        main_site=main_site or site_data(postal_code=postal_code),
        **{"size_class": SizeClass.MEDIUM, "section": "C", **details},
    )  # fmt: skip
    if alliance:
        flow.join_alliance(made, alliance, by=None, at=AT)
    return made


def site(organisation: Organisation | None = None, **fields: Any) -> Site:
    owner = organisation or globals()["organisation"]()
    return flow.add_site(owner, site_data(**{"name": f"Werk {next(_number)}", **fields}), by=None, at=AT)


def membership(organisation: Organisation, alliance: Alliance) -> Membership:
    return flow.join_alliance(organisation, alliance, by=None, at=AT)


def body(alliance: Alliance | None = None, *, kind: str = BodyKind.WORKING_GROUP, name: str = "") -> Body:
    name = name or f"Arbeitskreis {next(_number)}"
    return flow.found_body(alliance or globals()["alliance"](), kind=kind, name=name, mission="", by=None, at=AT)


def person(
    role: str | None = None,
    organisation: Organisation | None = None,
    alliance: Alliance | None = None,
    body: Body | None = None,
    **fields: Any,
) -> Person:
    """With `role` the person holds that mandate, at an organisation of its own unless one is given."""
    n = next(_number)
    details = {"name": f"Person {n}", "email": f"person{n}@firma.example", **fields}
    made = flow.welcome_person(by=None, at=AT, **details)
    if role:
        mandate(made, organisation, role, alliance=alliance, body=body)
    return made


def mandate(
    person: Person | None = None,
    organisation: Organisation | None = None,
    role: str = Role.HR,
    *,
    alliance: Alliance | None = None,
    body: Body | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
) -> Mandate:
    if role in BODY_ROLES and body is None:
        body = globals()["body"](alliance)
    if role in ALLIANCE_ROLES and alliance is None:
        alliance = globals()["alliance"]()
    return flow.give_mandate(
        person or globals()["person"](), organisation or globals()["organisation"](), role,
        by=None, at=AT, alliance=alliance, body=body, from_on=from_on, until_on=until_on,
    )  # fmt: skip


def coordinator(**fields: Any) -> Person:
    return person(Role.COORDINATION, organisation(OrganisationKind.OTHER), **fields)


def invitation(
    state: str = INVITATION.start,
    *,
    token: str = "",
    organisation: Organisation | None = None,
    invited_by: Person | None = None,
    **fields: Any,
) -> Invitation:
    """Stored as it is, without its letter. Valid for two weeks from now."""
    now, n = clock.now(), next(_number)
    plausible = {
        "email": f"eingeladen{n}@firma.example", "name": f"Eingeladen {n}", "role": Role.EMPLOYEE,
        "invited_at": now, "expires_at": now + timedelta(days=14),
        "closed_at": None if state == INVITATION.start else now,
    }  # fmt: skip
    return Invitation.objects.create(
        organisation=organisation or globals()["organisation"](),
        invited_by=invited_by or person(),
        token_hash=hash_of(token or f"token-{n}"),
        state=state,
        **{**plausible, **fields},
    )


STATEFUL = {INVITATION: invitation}
