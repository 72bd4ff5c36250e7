"""Whoever sits in a course finds on „Heute“ that its days were moved, until they have seen it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from verbundwerk.base import clock
from verbundwerk.courses import flow, queries, rules
from verbundwerk.courses.states import CourseState
from verbundwerk.courses.terms import Half
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network

from . import make

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(hours=1)
NEW = rules.half_day(make.FIRST_DAY + timedelta(days=3), Half.MORNING)


@pytest.fixture(autouse=True)
def _stopped():
    with clock.stopped(LATER):
        yield


@pytest.fixture
def course():
    return make.course(state=CourseState.SECURED)


@pytest.fixture
def mia(course):
    """Named by her firm before anything moved."""
    booking = make.booking(course, seats=2)
    person = network.person(Role.EMPLOYEE, booking.organisation, name="Mia Muster")
    by = network.person(Role.HR, booking.organisation)
    flow.name_person(booking.places.first(), name=person.name, email=person.email, by=by, at=make.NOW)
    return person


def move(course, new=NEW):
    moved = rules.Moved(course.sessions.first(), new.starts_at, new.ends_at, "")
    return flow.move_session(moved, by=make.office(course), at=LATER)


def lines(person, at=LATER):
    return [line.text for line in queries.waiting_for(person, at) if "erlegt" in line.text or "ällt aus" in line.text]


def today(client, person):
    client.force_login(person)
    return client.get(reverse("portal:today")).content.decode()


def test_a_participant_reads_the_new_day_until_the_page_of_the_course_was_opened(client, course, mia):
    assert lines(mia) == []
    move(course)
    assert "Verlegt auf" in today(client, mia)
    assert "Verlegt auf Do., 3. Dezember 2026, 08:30 Uhr" in lines(mia)[0]
    page = client.get(reverse("courses:detail", args=[course.pk])).content.decode()
    assert "verlegt" in page
    assert "Verlegt auf" not in today(client, mia)


def test_a_second_move_is_told_again(client, course, mia):
    move(course)
    client.force_login(mia)
    client.get(reverse("courses:detail", args=[course.pk]))
    with clock.stopped(LATER + timedelta(hours=1)):
        session = course.sessions.get(starts_at=NEW.starts_at)
        flow.cancel_session(session, by=make.office(course), at=clock.now())
    assert lines(mia)[0].startswith("Fällt aus: ")


def test_nobody_is_told_of_it_once_the_day_has_passed(course, mia):
    move(course)
    assert lines(mia, NEW.starts_at - timedelta(minutes=1))
    assert lines(mia, NEW.starts_at) == []


def test_whoever_is_named_afterwards_has_only_ever_known_the_new_day(course, mia):
    move(course)
    booking = course.bookings.first()
    late = network.person(Role.EMPLOYEE, booking.organisation)
    by = network.person(Role.HR, booking.organisation)
    at = LATER + timedelta(minutes=5)
    flow.name_person(booking.places.last(), name="Ole Spät", email=late.email, by=by, at=at)
    assert lines(late) == []


def test_a_colleague_who_looks_at_the_page_does_not_take_the_line_from_her(client, course, mia):
    move(course)
    client.force_login(network.person(Role.HR, course.bookings.first().organisation))
    client.get(reverse("courses:detail", args=[course.pk]))
    assert lines(mia)
