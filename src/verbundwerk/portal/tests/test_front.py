"""What everybody may read: the front page and the pages a public site owes."""

import re
from datetime import date

import pytest
from django.test import override_settings
from django.urls import reverse

from verbundwerk.courses.states import CourseState
from verbundwerk.courses.tests import make as courses
from verbundwerk.disclosure.tests.make import snapshot
from verbundwerk.network.tests import make as network
from verbundwerk.pooling.states import PoolState
from verbundwerk.pooling.tests import make as pooling
from verbundwerk.portal.queries import start as front
from verbundwerk.settings.operator import Operator

pytestmark = pytest.mark.django_db
KNOWN = Operator(
    name="Muster e. V.", address=("Weg 1", "38100 Braunschweig"), email="post@muster.example",
    security_email="loch@muster.example",
)  # fmt: skip


def _read(client, name="start", **headers):
    answer = client.get(reverse(f"portal:{name}"), headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_front_page_opens_in_an_empty_installation(client):
    page = _read(client)

    assert "Bedarf melden" in page
    assert "Gerade ist kein Kurs mit freien Plätzen geplant." in page


def test_members_are_counted_by_district_without_those_who_do_not_want_to_be_listed():
    network.organisation(postal_code="31224")
    network.organisation(main_site=network.site_data(postal_code="38640", place="Goslar", district="03153"))
    network.organisation(public=False)

    assert dict(front.members_by_district()) == {"03157": 1, "03153": 1}


def test_the_map_names_every_district_and_its_members():
    chart = front.region_map({"03157": 4, "03153": 1})

    told = dict(chart.table()[1])
    assert len(told) == 8
    assert told["Peine"] == "4"
    assert told["Gifhorn"] == "0"


def test_the_example_on_the_front_page_adds_up():
    bars = front.example().bars

    assert [round(bar.value * people) for bar, people in zip(bars, (3, 12), strict=True)] == [3600, 3600]


def test_the_next_course_stands_on_the_front_page_without_who_comes(client):
    with courses.stopped():
        made = courses.course(state=CourseState.OPEN, capacity=12)
        booked = courses.booking(made, organisation=network.organisation(name="Geheimwerk GmbH"), seats=3)
        page = _read(client)

    assert made.title in page
    assert "noch 6–11 freie Plätze" in page
    assert booked.organisation.name not in page


@pytest.mark.parametrize(("role", "leads_on"), [("hr", True), ("coordination", True), ("auditor", False)])
def test_the_next_course_leads_only_those_on_who_may_open_it(client, role, leads_on):
    with courses.stopped():
        made = courses.course(state=CourseState.OPEN, capacity=12)
        client.force_login(network.person(role))
        page = _read(client)
        opened = client.get(f"/kurse/{made.pk}/").status_code

    assert (f"/kurse/{made.pk}/" in page, opened == 200) == (leads_on, leads_on)


def test_a_published_pool_shows_a_band_and_no_firm(client):
    made = pooling.pool_with_firms(PoolState.SOUNDING, firms=4, seats=3, published=True)
    snapshot()

    page = _read(client)

    assert made.title in page
    assert "11–15 Plätze gesucht" in page
    assert not [firm.name for firm in pooling.firms_of(made) if firm.name in page]


def test_a_pool_of_two_firms_shows_no_number_at_all(client):
    pooling.pool_with_firms(PoolState.SOUNDING, firms=2, seats=4, published=True)

    assert "Plätze gesucht" not in _read(client)


def test_the_demo_doors_stay_shut_for_everybody_who_is_not_at_this_machine(client):
    for headers in ({}, {"x-forwarded-for": "198.51.100.7"}):
        with override_settings(DEMO=not headers):
            assert "Als … ansehen" not in _read(client, **headers)


def test_the_front_page_tells_newcomers_whom_to_call(client):
    person = network.coordinator()
    office = person.mandates.get().organisation

    assert office.name in _read(client)


@pytest.mark.parametrize("name", ["imprint", "privacy", "accessibility"])
def test_a_page_that_waits_for_the_operator_says_so(client, name):
    with override_settings(OPERATOR=Operator()):
        assert "Hier fehlen noch Angaben." in _read(client, name)
    with override_settings(OPERATOR=KNOWN):
        page = _read(client, name)
    assert "Hier fehlen noch Angaben." not in page
    assert "post@muster.example" in page


def test_every_page_leads_to_the_pages_a_public_site_owes(client):
    page = _read(client)

    for name in ("imprint", "privacy", "accessibility"):
        assert f'href="{reverse(f"portal:{name}")}"' in page


def test_security_notes_name_a_reader_only_when_there_is_one(client):
    with override_settings(OPERATOR=Operator()):
        assert client.get("/.well-known/security.txt").status_code == 404
    with override_settings(OPERATOR=KNOWN):
        text = _read(client, "security")
    assert "Contact: mailto:loch@muster.example" in text
    assert re.search(r"^Expires: 20\d\d-", text, re.MULTILINE)


def test_robots_stay_out_of_what_is_personal(client):
    assert "Disallow: /heute/" in _read(client, "robots")


def test_a_program_that_asks_for_a_mark_is_led_to_ours(client):
    assert client.get("/favicon.ico")["Location"].endswith("base/verbund.svg")


def test_dates_of_the_alliances_do_not_depend_on_the_order_of_entry(client):
    network.alliance(name="Zweiter Verbund", founded_on=date(2022, 1, 1))
    network.alliance(name="Erster Verbund", founded_on=date(2021, 1, 1))

    page = _read(client)

    assert page.index("Erster Verbund") < page.index("Zweiter Verbund")


def test_a_button_is_shown_only_to_those_it_leads_somewhere(client):
    person = network.person("finance")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert f'href="{reverse("needs:new")}"' not in _read(client)
    assert f'href="{reverse("portal:today")}"' in _read(client)


def test_the_rooms_stand_in_the_order_of_the_way_of_a_need(client):
    client.force_login(network.coordinator(), backend="allauth.account.auth_backends.AuthenticationBackend")

    labels = [str(link.label) for link in client.get(reverse("portal:today")).context["frame"].navigation]

    assert labels == ["Heute", "Bedarfe", "Bündel", "Kurse", "Angebote", "Netzwerk"]


def test_only_heute_itself_is_marked_as_heute(client):
    client.force_login(network.coordinator(), backend="allauth.account.auth_backends.AuthenticationBackend")

    marked = [link.current for link in client.get(reverse("portal:search")).context["frame"].navigation]

    assert set(marked) == {""}
