"""The people and organisations of the demo region, entered through the network's flow."""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from verbundwerk.network import flow as network
from verbundwerk.network.models import Alliance, Body, Organisation, Person
from verbundwerk.network.region import place_of
from verbundwerk.network.terms import Role

from .links import address_of
from .tables import rows

ALLIANCES = {
    "web": (
        "weiterbildungsverbund",
        "Weiterbildungsverbund Okerland",
        "Betriebe, Betriebsräte und Bildungsanbieter der Region organisieren Weiterbildung gemeinsam.",
    ),
    "netz": (
        "transformationsnetzwerk",
        "Transformationsnetzwerk Mobilität Südost",
        "Fahrzeugbau und Zulieferer der Region gestalten den Wandel zusammen mit Wissenschaft und Gewerkschaften.",
    ),
}


@dataclass
class Cast:
    """Everybody, by the short names of the tables."""

    alliances: dict[str, Alliance] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    speakers: dict[str, Person] = field(default_factory=dict)

    @property
    def coordinator(self) -> Person:
        return self.people["Jana Reimers"]

    def speaker(self, organisation: str) -> Person:
        """Who raises needs, answers and books for this organisation."""
        return self.speakers[organisation]

    def speaker_of(self, organisation: Organisation) -> Person:
        return self.speakers[self.key_of(organisation)]

    def lecturer_of(self, provider: Organisation) -> Person | None:
        return self._first(provider, Role.LECTURER)

    def employee_of(self, firm: Organisation) -> Person | None:
        return self._first(firm, Role.EMPLOYEE)

    def _first(self, organisation: Organisation, role: str) -> Person | None:
        key = self.key_of(organisation)
        return next(
            (self.people[row["name"]] for row in rows("people") if (row["organisation"], row["role"]) == (key, role)),
            None,
        )

    def key_of(self, organisation: Organisation) -> str:
        return next(key for key, one in self.organisations.items() if one.pk == organisation.pk)


def assemble(at: datetime, random: Random) -> Cast:
    cast = Cast()
    _found_alliances(cast, at)
    _register_organisations(cast, at)
    _found_bodies(cast, at)
    _welcome_people(cast, at)
    _give_every_organisation_a_speaker(cast, at, random)
    return cast


def _found_alliances(cast: Cast, at: datetime) -> None:
    for key, (slug, name, mission) in ALLIANCES.items():
        cast.alliances[key] = network.found_alliance(
            slug=slug, name=name, mission=mission, founded_on=at.date(), by=None, at=at
        )


def _register_organisations(cast: Cast, at: datetime) -> None:
    for row in rows("organisations"):
        organisation = network.register_organisation(
            name=row["name"],
            kind=row["kind"],
            size_class=int(row["size"]),
            section=row["section"],
            main_site=_main_site(row),
            by=None,
            at=at,
        )
        cast.organisations[row["key"]] = organisation
        for alliance in row["alliances"].split(","):
            network.join_alliance(organisation, cast.alliances[alliance], by=None, at=at)


def _main_site(row: dict[str, str]) -> network.SiteData:
    place = place_of(row["postal_code"])
    return network.SiteData(
        name="Hauptsitz",
        street="",
        postal_code=row["postal_code"],
        place=place.name,
        district=place.district,
        representation=row["representation"],
    )


def _found_bodies(cast: Cast, at: datetime) -> None:
    for row in rows("bodies"):
        cast.bodies[row["key"]] = network.found_body(
            cast.alliances[row["alliance"]], kind=row["kind"], name=row["name"], mission=row["mission"], by=None, at=at
        )


def _welcome_people(cast: Cast, at: datetime) -> None:
    for row in rows("people"):
        organisation = cast.organisations[row["organisation"]]
        person = network.welcome_person(
            name=row["name"], email=address_of(row["name"], row["organisation"]), by=None, at=at
        )
        cast.people[row["name"]] = person
        body = cast.bodies[row["body"]] if row["body"] else None
        network.give_mandate(
            person, organisation, row["role"], by=None, at=at, body=body, alliance=_alliance_of(cast, row["role"])
        )
        if row["role"] in {Role.HR, Role.PROVIDER, Role.COORDINATION}:
            cast.speakers[row["organisation"]] = person


def _alliance_of(cast: Cast, role: str) -> Alliance | None:
    return cast.alliances["web"] if role in {Role.COORDINATION, Role.FINANCE, Role.AUDITOR} else None


def _give_every_organisation_a_speaker(cast: Cast, at: datetime, random: Random) -> None:
    taken = {person.name for person in cast.people.values()}
    for row in rows("organisations"):
        if row["key"] in cast.speakers or row["kind"] != "company":
            continue
        name = _fresh_name(random, taken)
        person = network.welcome_person(name=name, email=address_of(name, row["key"]), by=None, at=at)
        network.give_mandate(person, cast.organisations[row["key"]], Role.HR, by=None, at=at)
        cast.speakers[row["key"]] = person


def _fresh_name(random: Random, taken: set[str]) -> str:
    while (name := invented_name(random)) in taken:
        pass
    taken.add(name)
    return name


def invented_name(random: Random) -> str:
    return f"{random.choice(rows('names'))['first']} {random.choice(rows('names'))['last']}"


def day(anchor: date, offset: int) -> date:
    return date.fromordinal(anchor.toordinal() + offset)
