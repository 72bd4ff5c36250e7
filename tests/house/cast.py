"""The people of the role matrix: nobody in particular, and one person for every role there is."""

from datetime import UTC, datetime

from verbundwerk.base import clock
from verbundwerk.network.models import Alliance, Body, Mandate, Membership, Organisation, Person, Site
from verbundwerk.network.terms import BodyKind, District, OrganisationKind, Role

ANONYMOUS, NOBODY = "anonymous", "nobody"
EVERYBODY = [ANONYMOUS, NOBODY, *Role.values]
IN_A_BODY = {Role.GROUP_LEAD, Role.GROUP_MEMBER, Role.STEERING}
FOUNDED = datetime(2024, 1, 1, tzinfo=UTC)


def people() -> dict[str, Person | None]:
    """Everybody belongs to one firm of its own, so that whatever a room makes belongs to somebody else."""
    alliance, firm = _alliance(), _firm()
    Membership.objects.create(alliance=alliance, organisation=firm, joined_on=FOUNDED.date())
    body = Body.objects.create(
        alliance=alliance, kind=BodyKind.WORKING_GROUP, name="Matrix-Arbeitskreis", founded_on=FOUNDED.date()
    )
    cast: dict[str, Person | None] = {ANONYMOUS: None, NOBODY: _person(NOBODY)}
    for role in Role.values:
        cast[role] = _person(role)
        Mandate.objects.create(
            person=cast[role],
            organisation=firm,
            role=role,
            alliance=alliance,
            body=body if role in IN_A_BODY else None,
            from_on=FOUNDED.date(),
        )
    return cast


def _alliance() -> Alliance:
    return Alliance.objects.create(slug="matrix", name="Matrixverbund", founded_on=FOUNDED.date())


def _firm() -> Organisation:
    firm = Organisation.objects.create(name="Matrix GmbH", kind=OrganisationKind.COMPANY, created_at=FOUNDED)
    Site.objects.create(organisation=firm, name="Werk", postal_code="31224", place="Peine", district=District.PEINE)
    return firm


def _person(role: str) -> Person:
    person = Person(email=f"{role}@matrix.example", name=f"Matrix {role}", created_at=clock.now())
    person.set_unusable_password()  # as people come: by invitation and code
    person.save()
    return person
