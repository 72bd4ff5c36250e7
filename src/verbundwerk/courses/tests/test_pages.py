"""Every page opens for those it is meant for."""

import pytest
from django.urls import reverse

from verbundwerk.courses import flow
from verbundwerk.courses.models import Booking, Certificate
from verbundwerk.network.tests import make as network

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with make.stopped():
        yield


FILES = {"attendance_list", "certificate", "check_paper"}


def seen(client, person, name, *args, status=200):
    if person:
        client.force_login(person)
    response = client.get(reverse(f"courses:{name}", args=args))
    assert response.status_code == status, (name, response.status_code)
    return "" if response.streaming or name in FILES else response.content.decode()


def test_a_firm_finds_the_open_course_and_books_it(client):
    course = make.course(capacity=3)
    by = make.hr()
    page = seen(client, by, "detail", course.pk)
    once = page.split('name="once" value="')[1].split('"')[0]

    answer = client.post(
        reverse("courses:book", args=[course.pk]), {"once": once, "organisation": str(network_of(by)), "seats": "2"}
    )

    booking = Booking.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("courses:booking", args=[booking.pk])
    seen(client, by, "booking", booking.pk)


def network_of(person):
    return person.mandates.get().organisation_id


@pytest.mark.parametrize("name", ["list", "own_calendar", "csv", "xlsx"])
def test_general_pages_open(client, name):
    make.booking(make.course())

    seen(client, make.hr(), name)


@pytest.mark.parametrize("name", ["detail", "edit", "cancel", "add_day", "attendance_list", "certificates", "calendar"])
def test_the_provider_opens_every_page_of_its_course(client, name):
    course = make.course()
    make.name_all(make.booking(course))

    seen(client, make.office(course), name, course.pk)


@pytest.mark.parametrize("name", ["attendance", "move_day", "make_up_day"])
def test_the_provider_opens_every_page_of_a_half_day(client, name):
    course = make.course()
    make.name_all(make.booking(course))

    seen(client, make.office(course), name, course.sessions.first().pk)


def test_the_coordination_sees_pools_that_wait_and_turns_one_into_a_course(client):
    pool = make.pool()
    coordinator = network.coordinator()
    assert pool.title in seen(client, coordinator, "from_pools")

    answer = client.post(reverse("courses:from_pool", args=[pool.pk]))

    assert answer.url == reverse("courses:detail", args=[pool.course.pk])
    seen(client, coordinator, "detail", pool.course.pk)
    seen(client, coordinator, "plan")


def test_whoever_holds_the_paper_can_check_it(client):
    course, by, _booking = make.finished()
    flow.issue_certificates(course, by=by, at=make.AFTERWARDS)
    certificate = Certificate.objects.first()

    page = seen(client, None, "check", certificate.code)
    seen(client, None, "check_paper", certificate.code)
    seen(client, None, "check_form")
    seen(client, by, "certificates", course.pk)
    seen(client, by, "certificate", certificate.pk)

    assert certificate.number in page
    assert certificate.content["name"] in page


def test_an_unknown_code_is_explained(client):
    assert "kennen wir nicht" in seen(client, None, "check", "nie-gesehen", status=404)


def test_a_firm_with_empty_seats_finds_the_button_to_name_people_on_the_page_of_the_course(client):
    booking = make.booking(make.course())
    by, address = make.hr(booking.organisation), reverse("courses:booking", args=[booking.pk])

    page = seen(client, by, "detail", booking.course_id)
    assert "Für 2 Plätze" in page
    assert "Personen benennen" in page
    make.name_all(booking)
    page = seen(client, by, "detail", booking.course_id)
    assert "Benannte Personen ändern" in page
    assert f'href="{address}"' in page


def test_nobody_is_asked_for_names_once_the_course_has_begun(client):
    booking = make.booking(make.course(state="running"))

    assert "Personen benennen" not in seen(client, make.hr(booking.organisation), "detail", booking.course_id)


def test_the_page_of_a_pool_leads_everybody_with_a_part_in_it_to_its_course(client):
    pool = make.pool()
    course = flow.course_from_pool(pool, by=None, at=make.NOW)
    address = reverse("courses:detail", args=[course.pk])
    inside = pool.members.select_related("need__organisation").first().need.organisation

    for person in (network.coordinator(), make.hr(inside), make.office(course)):
        client.force_login(person)
        page = client.get(reverse("pooling:pool", args=[pool.pk])).content.decode()
        assert f'href="{address}"' in page
    enquiry = pool.enquiries.get()
    assert f'href="{address}"' in client.get(reverse("pooling:enquiry", args=[enquiry.pk])).content.decode()
