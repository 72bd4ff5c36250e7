"""A person finds everything earned in one place."""

import pytest
from django.urls import reverse

from verbundwerk.courses import flow
from verbundwerk.courses.models import Certificate, Seat
from verbundwerk.courses.states import SeatState
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network

from . import make

pytestmark = pytest.mark.django_db
PAGE = "/kurse/meine-bescheinigungen/"


@pytest.fixture(autouse=True)
def _today():
    with make.stopped():
        yield


@pytest.fixture
def firm():
    return make.firm()


@pytest.fixture
def mia(firm):
    return network.person(Role.EMPLOYEE, firm, name="Mia Muster")


def earned(firm, person=None, email="", **fields):
    """A certificate for this person, or for this address."""
    course = make.course(state="completed", **fields)
    seat = make.seat(make.booking(course, organisation=firm, seats=1), state=SeatState.CERTIFIED, person=person,
                     email=email)  # fmt: skip
    return make.certificate(seat)


def page(client, person):
    client.force_login(person)
    return client.get(PAGE).content.decode()


def parts_of_today(client, person):
    """(frame, content)"""
    client.force_login(person)
    frame, _main, rest = client.get("/heute/").content.decode().partition("<main")
    return frame, rest.partition("</main>")[0]


def test_all_certificates_stand_on_one_page_with_number_paper_and_check_page(client, firm, mia):
    both = [earned(firm, mia), earned(make.firm(), mia)]
    told = page(client, mia)

    for one in both:
        assert one.number in told
        assert reverse("courses:certificate", args=[one.pk]) in told
        assert reverse("courses:check", args=[one.code]) in told


def test_the_page_is_one_press_from_today_and_stands_in_the_navigation_of_employees(client, firm, mia):
    frame, today = parts_of_today(client, mia)
    assert PAGE in frame
    assert PAGE in today
    frame, today = parts_of_today(client, make.hr(firm))
    assert PAGE in frame
    assert PAGE not in today


def test_what_was_earned_before_there_was_an_account_is_found_by_its_address(client, firm, mia):
    one = earned(firm, email=mia.email)

    assert one.number in page(client, mia)
    assert client.get(reverse("courses:certificate", args=[one.pk])).status_code == 200


def test_nobody_reads_a_colleagues_certificates_here(client, firm, mia):
    other = earned(firm, network.person(Role.EMPLOYEE, firm))
    nameless = earned(firm)

    assert other.number not in page(client, mia)
    assert nameless.number not in page(client, mia)
    assert client.get(reverse("courses:certificate", args=[other.pk])).status_code == 404


def test_whoever_has_changed_the_firm_keeps_what_was_earned(client, firm, mia):
    one = earned(firm, mia)
    mia.mandates.all().delete()

    assert one.number in page(client, mia)
    assert client.get(reverse("courses:certificate", args=[one.pk])).status_code == 200


def test_an_empty_page_says_when_something_will_stand_here(client, mia):
    assert "Noch ist keine Bescheinigung für Sie ausgestellt" in page(client, mia)


def test_a_certificate_that_was_just_issued_is_there(client):
    course, by, _booking = make.finished(people=1)
    seat = Seat.objects.get(booking__course=course)
    person = network.person(Role.EMPLOYEE, seat.booking.organisation)
    Seat.objects.filter(pk=seat.pk).update(person=person)
    flow.issue_certificates(course, by=by, at=make.AFTERWARDS)

    assert Certificate.objects.get().number in page(client, person)
