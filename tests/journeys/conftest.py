"""A small region made through the flows, a calendar one can turn, and people who sit down in front of a screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from tests.journeys.visitors import ByHttp, InBrowser, Visitor

from verbundwerk.base import clock
from verbundwerk.catalogue import flow as catalogue
from verbundwerk.catalogue.terms import Pattern
from verbundwerk.network import flow as network
from verbundwerk.network.models import Alliance, Organisation, Person
from verbundwerk.network.region import place_of
from verbundwerk.network.terms import OrganisationKind, Representation, Role, SizeClass
from verbundwerk.topics import flow as topics
from verbundwerk.topics.models import Topic

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2027, 1, 11)
BACKEND = settings.AUTHENTICATION_BACKENDS[0]


class Calendar:
    """The day of the story, for every thread: the browser's server lives in one of its own."""

    def __init__(self, day: date) -> None:
        self.turn_to(day)

    def turn_to(self, day: date, hour: int = 9) -> None:
        self.at = datetime.combine(day, time(hour), BERLIN)

    def pass_days(self, days: int) -> None:
        self.at += timedelta(days=days)

    @property
    def today(self) -> date:
        return self.at.date()

    def after(self, days: int) -> str:
        """As a calendar field takes it."""
        return (self.today + timedelta(days=days)).isoformat()


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    turned = Calendar(MONDAY)
    monkeypatch.setattr(clock, "now", lambda: turned.at)
    return turned


@dataclass
class Region:
    """One alliance with its office, a provider with a room and a course, and as many firms as the story needs."""

    at: datetime
    alliance: Alliance
    office: Person
    provider: Organisation
    provider_person: Person
    lecturer: Person
    planners: dict[str, Person] = field(default_factory=dict)
    firms: dict[str, Organisation] = field(default_factory=dict)

    def settle(self, name: str, postal_code: str, planner: str) -> Person:
        firm = organisation(self.alliance, name, OrganisationKind.COMPANY, postal_code, self.at)
        person = welcome(planner, firm, Role.HR, self.at)
        self.firms[name], self.planners[name] = firm, person
        return person


def organisation(alliance: Alliance, name: str, kind: str, postal_code: str, at: datetime) -> Organisation:
    place = place_of(postal_code)
    site = network.SiteData(
        name="Hauptsitz", street="", postal_code=postal_code, place=place.name, district=place.district,
        representation=Representation.WORKS_COUNCIL,
    )  # fmt: skip
    made = network.register_organisation(
        name=name, kind=kind, size_class=SizeClass.MEDIUM, section="C", main_site=site, by=None, at=at
    )
    network.join_alliance(made, alliance, by=None, at=at)
    return made


def welcome(name: str, at_organisation: Organisation, role: str, at: datetime, alliance: Any = None) -> Person:
    email = f"{name.lower().replace(' ', '.')}@story.example"
    person = network.welcome_person(name=name, email=email, by=None, at=at)
    network.give_mandate(person, at_organisation, role, by=None, at=at, alliance=alliance)
    return person


@pytest.fixture
def region(transactional_db: None, calendar: Calendar) -> Region:
    at = calendar.at
    topics.load_topics(by=None, at=at)
    alliance = network.found_alliance(
        slug="verbund", name="Weiterbildungsverbund", mission="Gemeinsam lernen.", founded_on=date(2021, 11, 1),
        by=None, at=at,
    )  # fmt: skip
    bureau = organisation(alliance, "Koordinationsbüro", OrganisationKind.OTHER, "38100", at)
    provider = organisation(alliance, "Bildungshaus Fuhse", OrganisationKind.PROVIDER, "31224", at)
    made = Region(
        at=at,
        alliance=alliance,
        office=welcome("Jana Reimers", bureau, Role.COORDINATION, at, alliance),
        provider=provider,
        provider_person=welcome("Carsten Wiegand", provider, Role.PROVIDER, at),
        lecturer=welcome("Hatice Kaya", provider, Role.LECTURER, at),
    )
    _offer_high_voltage(made)
    return made


def _offer_high_voltage(region: Region) -> None:
    room = catalogue.add_venue(
        region.provider.sites.get(), name="Werkstatt 1", capacity=15, rent_cents=0, equipment="", accessible=True,
        by=None, at=region.at,
    )  # fmt: skip
    data = catalogue.OfferData(
        title="Hochvolt Stufe 2 in der Lehrwerkstatt", topic=Topic.objects.get(slug="hochvolt-2"), level=1, days=2,
        teaching_units=16, seats_min=6, seats_max=15, fixed_cents=360_000, per_seat_cents=6_000, onsite=True,
        online=False, patterns=[Pattern.WEEKLY_TUE, Pattern.BLOCK_MON], venues=(room,),
    )  # fmt: skip
    catalogue.publish_offer(data, provider=region.provider, by=region.provider_person, at=region.at)


@pytest.fixture
def tick(calendar: Calendar) -> Callable[[], None]:
    """Everything that falls due, as the installation does it every minute."""
    return lambda: call_command("tick", verbosity=0)


# --- who sits where -----------------------------------------------------------------
BROWSERS = {"browser": True, "browser without JavaScript": False}
Enter = Callable[[Person | None], Visitor]


@pytest.fixture
def enter_by_http() -> Enter:
    """For stories whose pages the browser has seen in another one."""
    return _by_http


def _by_http(person: Person | None) -> Visitor:
    client = Client()
    if person:
        client.force_login(person, backend=BACKEND)
    return ByHttp(client)


def seat(page: Any, server: str, person: Person) -> None:
    """Each person has a session of its own, as on a machine of their own."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server}])


STORIES = [
    pytest.param(one, marks=[pytest.mark.browser, *([pytest.mark.story] if scripts else [])])
    for one, scripts in BROWSERS.items()
]


@pytest.fixture(params=["HTTP", *STORIES])
def enter(request: pytest.FixtureRequest) -> Iterator[Enter]:
    """`enter(person)`: the person in front of a screen, by HTTP, in Chromium, and there without scripts."""
    if request.param == "HTTP":
        yield _by_http
        return
    new_page, server = request.getfixturevalue("new_page"), request.getfixturevalue("live_server")

    def in_browser(person: Person | None) -> Visitor:
        page = new_page(javascript=BROWSERS[request.param])
        if person:
            seat(page, server.url, person)
        return InBrowser(page)

    yield in_browser
