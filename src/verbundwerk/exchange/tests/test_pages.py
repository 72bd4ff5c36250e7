"""What people see and press."""

import pytest
from django.urls import reverse

from verbundwerk.base import clock
from verbundwerk.courses import flow as courses
from verbundwerk.courses.queries import courses_visible_to, upcoming_public
from verbundwerk.courses.tests import make as courses_make
from verbundwerk.exchange import flow, queries
from verbundwerk.exchange.models import GivenSeat, ListEntry
from verbundwerk.exchange.states import EntryState, GivenState
from verbundwerk.network.tests import make as network

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(client):
    """A full course of two firms; somebody of a third one signs in."""
    course, booked = make.full_course(2, 1)
    firm, hr = make.firm_with_hr()
    client.force_login(hr)
    return course, booked, firm, hr


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_from_the_page_of_a_full_course_a_firm_finds_the_list_and_joins(client, scene):
    course, _booked, firm, _hr = scene
    page = client.get(reverse("courses:detail", args=[course.pk]))
    assert reverse("exchange:list", args=[course.pk]) in text_of(page)

    answer = client.post(
        reverse("exchange:list", args=[course.pk]), {"organisation": firm.pk, "seats": 2, "group": "all"}, follow=True
    )

    entry = ListEntry.objects.get()
    assert (entry.organisation, entry.seats, entry.at_least) == (firm, 2, 2)
    assert "Ihre Position" in text_of(answer)
    assert "eingetragen" in text_of(answer)


def test_who_takes_part_of_it_says_how_much(client, scene):
    course, _booked, firm, _hr = scene
    address = reverse("exchange:list", args=[course.pk])
    typed = {"organisation": firm.pk, "seats": 3, "group": "some", "least": ""}

    assert client.post(address, typed).status_code == 422
    assert client.post(address, {**typed, "least": 5}).status_code == 422
    assert not ListEntry.objects.exists()
    assert client.post(address, {**typed, "least": 2}).status_code == 302
    assert ListEntry.objects.get().at_least == 2


@pytest.mark.parametrize("seats", ["", "0", "-3", "100", "1.5", "viele", "999999999999999999999"])
def test_impossible_numbers_are_answered_and_kept(client, scene, seats):
    course, _booked, firm, _hr = scene
    answer = client.post(
        reverse("exchange:list", args=[course.pk]), {"organisation": firm.pk, "seats": seats, "group": "all"}
    )

    assert answer.status_code == 422
    assert not ListEntry.objects.exists()


def test_nobody_joins_for_a_firm_that_is_not_theirs(client, scene):
    course, booked, _firm, _hr = scene
    other = booked[0][0].organisation

    answer = client.post(
        reverse("exchange:list", args=[course.pk]), {"organisation": other.pk, "seats": 1, "group": "all"}
    )

    assert answer.status_code == 422
    assert not ListEntry.objects.exists()


def test_one_press_accepts_and_leads_to_the_names(client, scene):
    course, [(booking, by), _other], firm, hr = scene
    entry = flow.join_list(course, firm, seats=1, at_least=1, by=hr, at=make.NOW)
    make.gave(booking, by)
    page = text_of(client.get(reverse("exchange:list", args=[course.pk])))
    assert "Das ist frei für Sie" in page
    assert booking.organisation.name not in page

    answer = client.post(reverse("exchange:accept", args=[entry.pk]))

    made = course.bookings.get(organisation=firm)
    assert answer.url == reverse("courses:booking", args=[made.pk])
    assert client.post(reverse("exchange:accept", args=[entry.pk])).status_code == 403


def test_today_says_that_a_seat_waits(client, scene):
    course, [(booking, by), _other], firm, hr = scene
    flow.join_list(course, firm, seats=1, at_least=1, by=hr, at=make.NOW)
    make.gave(booking, by)

    [line] = queries.waiting_for(hr, make.NOW)

    assert line.text.startswith("Ein Platz ist frei für Sie")
    assert queries.waiting_for(by, make.NOW) == []


def test_before_a_seat_is_given_away_the_page_says_what_happens_and_what_it_costs(client, scene):
    _course, [(booking, by), _other], _firm, _hr = scene
    client.force_login(by)

    page = text_of(client.get(reverse("exchange:give", args=[booking.pk])))

    assert "zahlen dafür nichts mehr" in page
    assert "380,00" in page  # the whole price from 14 days before
    assert "kostenlos" in page
    assert reverse("exchange:give", args=[booking.pk]) in text_of(
        client.get(reverse("courses:booking", args=[booking.pk]))
    )


def test_a_seat_is_given_away_and_kept_after_all(client, scene):
    _course, [(booking, by), _other], _firm, _hr = scene
    client.force_login(by)
    address = reverse("exchange:give", args=[booking.pk])

    answer = client.post(address, {"seats": 1, "otherwise": "keep"}, follow=True)
    assert "wird angeboten" in text_of(answer)
    given = GivenSeat.objects.get()
    client.post(reverse("exchange:withdraw", args=[given.pk]))

    given.refresh_from_db()
    assert given.state == GivenState.WITHDRAWN


def test_the_day_of_the_form_is_one_of_those_it_showed(client, scene):
    _course, [(booking, by), _other], _firm, _hr = scene
    client.force_login(by)
    address = reverse("exchange:give", args=[booking.pk])

    assert client.post(address, {"seats": 1, "otherwise": "2026-11-05"}).status_code == 422
    assert client.post(address, {"seats": 1, "otherwise": "2026-11-16"}).status_code == 302
    assert GivenSeat.objects.get().return_on.isoformat() == "2026-11-16"


def test_a_seat_to_take_over_stands_in_the_exchange_without_a_name(client, scene):
    course, [(booking, by), _other], _firm, _hr = scene
    make.gave(booking, by)

    page = text_of(client.get(reverse("exchange:home")))

    assert course.title in page
    assert booking.organisation.name not in page


def test_the_office_sees_all_lists_and_joins_none(client, scene):
    course, _booked, firm, hr = scene
    flow.join_list(course, firm, seats=2, at_least=1, by=hr, at=make.NOW)
    client.force_login(network.coordinator())

    assert course.title in text_of(client.get(reverse("exchange:home")))
    page = text_of(client.get(reverse("exchange:list", args=[course.pk])))
    assert firm.name not in page
    assert "Position 1" in page


def test_a_course_with_a_list_has_no_free_seats_for_the_public(scene):
    course, [(booking, by), _other], firm, hr = scene
    flow.join_list(course, firm, seats=3, at_least=3, by=hr, at=make.NOW)
    courses.cancel_booking(booking, by=by, at=make.NOW)

    assert upcoming_public() == []
    assert not courses_visible_to(network.person("employee", courses_make.firm())).exists()


def test_whoever_waits_keeps_finding_the_list_after_registration_is_over(client, scene):
    course, _booked, firm, hr = scene
    entry = flow.join_list(course, firm, seats=1, at_least=1, by=hr, at=make.NOW)
    with clock.stopped(courses_make.AFTERWARDS):
        flow.turn_over_seats(courses_make.AFTERWARDS)
        answer = client.get(reverse("exchange:list", args=[course.pk]))

    entry.refresh_from_db()
    assert entry.state == EntryState.UNSERVED
    assert "kein Platz mehr frei geworden" in text_of(answer)
