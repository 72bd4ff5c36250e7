"""„Heute“ for each role: at most seven lines, figures and doors that lead somewhere."""

from datetime import timedelta

import pytest
from django.urls import reverse

from verbundwerk.base import clock
from verbundwerk.courses.tests import make as courses
from verbundwerk.disclosure.tests.make import snapshot
from verbundwerk.needs.tests import make as needs
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.pooling.tests import make as pooling
from verbundwerk.portal.queries.figures import figures_for
from verbundwerk.portal.queries.panels import panels_for, shortcuts_for
from verbundwerk.portal.queries.today import LINES, lines_for

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _open(client, person):
    client.force_login(person, backend=BACKEND)
    answer = client.get(reverse("portal:today"))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", Role.values)
def test_every_role_finds_a_page_whose_links_all_lead_somewhere(client, role):
    person = network.person(role)
    client.force_login(person, backend=BACKEND)

    urls = [url for _label, url in shortcuts_for(person)]
    urls += [one.url for one in figures_for(person) if one.url]
    urls += [row.url for panel in panels_for(person, clock.now()) for row in panel.rows]

    assert _open(client, person)
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)


def test_nobody_gets_more_than_seven_lines():
    office = network.coordinator()
    for _ in range(3):
        needs.need(state="submitted")
        pooling.pool_with_firms("sounding")
        pooling.pool_with_firms("bid_chosen")
        courses.pool()

    assert 0 < len(lines_for(office, pooling.AT)) <= LINES


def test_a_need_to_check_waits_for_the_coordination_and_is_late_after_a_week(client):
    needs.need(state="submitted")

    with clock.stopped(needs.AT.replace(day=20)):
        page = _open(client, network.coordinator())

    assert "1 Bedarf wartet auf Prüfung" in page
    assert "überfällig" in page


def test_a_planner_sees_the_way_of_her_needs_and_a_door_to_the_form(client):
    firm = network.organisation()
    need = needs.need(organisation=firm, state="in_pool")

    page = _open(client, network.person(Role.HR, firm))

    assert reverse("portal:trail", args=[need.pk]) in page
    assert reverse("needs:new") in page


def test_a_works_council_sees_the_needs_of_its_own_firm_and_no_others(client):
    firm = network.organisation()
    own, other = needs.need(organisation=firm, state="in_pool"), needs.need(state="in_pool")

    page = _open(client, network.person(Role.WORKS_COUNCIL, firm))

    assert own.label in page
    assert other.label not in page


def test_a_lecturer_goes_straight_from_today_to_attendance(client):
    course = courses.course(state="secured")
    lecturer = courses.teacher(course)
    first = course.sessions.first()

    with clock.stopped(first.starts_at):
        page = _open(client, lecturer)

    assert reverse("courses:attendance", args=[first.pk]) in page


def test_steering_reads_bands_and_never_a_single_firm():
    needs.need(state="in_pool", seats=3)
    snapshot(needs.AT)
    figures = {str(one.label): str(one.value) for one in figures_for(network.person(Role.STEERING))}
    assert figures["Gesuchte Plätze"] == "–"

    for _ in range(3):
        needs.need(state="in_pool", seats=3)
    snapshot(needs.AT + timedelta(days=7))
    figures = {str(one.label): str(one.value) for one in figures_for(network.person(Role.STEERING))}
    assert figures["Gesuchte Plätze"] == "11–15"


def test_somebody_without_a_mandate_learns_how_to_get_one(client):
    office = network.coordinator().mandates.get().organisation

    page = _open(client, network.person())

    assert "gehören aber noch zu keinem Betrieb" in page
    assert office.name in page


def test_whoever_has_nothing_to_do_reads_that_kindly(client):
    assert "Für heute ist alles erledigt." in _open(client, network.person(Role.HR))
