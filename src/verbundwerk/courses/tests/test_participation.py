"""How people of a firm take part, by shift: in groups, for the two sides of this firm."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from verbundwerk.base import clock
from verbundwerk.courses import queries
from verbundwerk.courses.models import Seat
from verbundwerk.courses.states import CourseState, SeatState
from verbundwerk.courses.tests import make
from verbundwerk.needs.models import Need
from verbundwerk.needs.terms import Shift
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network

pytestmark = pytest.mark.django_db
YEAR = (date(2020, 1, 1), date(2035, 1, 1))


@pytest.fixture
def firm():
    return make.firm()


def named(firm, people, *, pool=None, **course):
    booked = make.booking(make.course(capacity=40, pool=pool, **course), organisation=firm, seats=people)
    make.name_all(booked)
    return booked


def pool_of(firm, *shifts):
    pool = make.pool(seats=(2,) * len(shifts))
    for member, shift in zip(pool.members.select_related("need").order_by("pk"), shifts, strict=True):
        Need.objects.filter(pk=member.need_id).update(organisation=firm, shift=shift)
    return pool


def counted(firm):
    return {shift: people for shift, people in queries.people_by_shift(firm, *YEAR).items() if people}


def test_people_count_for_the_shift_of_the_need_behind_the_course(firm):
    named(firm, 6, pool=pool_of(firm, Shift.EARLY, Shift.EARLY))
    assert counted(firm) == {Shift.EARLY: 6}


def test_several_shifts_in_one_course_or_no_need_at_all_are_not_guessed(firm):
    named(firm, 4, pool=pool_of(firm, Shift.EARLY, Shift.LATE))
    named(firm, 3)
    assert counted(firm) == {"": 7}


def test_other_firms_free_seats_and_cancelled_courses_do_not_count(firm):
    named(make.firm(), 9)
    named(firm, 5, state=CourseState.CANCELLED_BY_POOL)
    Seat.objects.filter(booking=named(firm, 2)).update(state=SeatState.FREE)
    assert counted(firm) == {}


def test_within_a_month_nothing_changes(firm):
    assert {queries.twelve_months_before(date(2027, 3, number)) for number in (1, 9, 31)} == {
        (date(2026, 3, 1), date(2027, 3, 1))
    }


def page_for(person):
    client = Client()
    client.force_login(person)
    return client.get(reverse("courses:participation"))


@pytest.mark.parametrize("role", [Role.HR, Role.WORKS_COUNCIL])
def test_both_sides_read_groups_and_never_a_small_figure_or_a_name(firm, role):
    with clock.stopped(make.NOW):
        begun = queries.twelve_months_before(clock.today())[0]
        days = {"starts_on": begun, "ends_on": begun, "sessions": False}
        named(firm, 12, pool=pool_of(firm, Shift.EARLY), **days)
        named(firm, 3, pool=pool_of(firm, Shift.LATE), **days)
        text = page_for(network.person(role, firm)).content.decode()
    assert "10 bis 19" in text
    assert text.count("weniger als 5, vielleicht niemand") == len(Shift.values), "late is told like the empty ones"
    assert "Person 1" not in text.partition("<main")[2], "only the frame names who is signed in"


def test_a_small_group_that_could_be_worked_out_takes_all_figures_with_it(firm):
    with clock.stopped(make.NOW):
        begun = queries.twelve_months_before(clock.today())[0]
        named(firm, 1, pool=pool_of(firm, Shift.EARLY), starts_on=begun, ends_on=begun, sessions=False)
        text = page_for(network.person(Role.WORKS_COUNCIL, firm)).content.decode()
    assert "Noch keine Zahlen" in text
    assert "weniger als 5" not in text


def test_without_people_nothing_is_shown(firm):
    text = page_for(network.person(Role.WORKS_COUNCIL, firm)).content.decode()
    assert "Dazu ist noch nichts bekannt" in text
    assert "weniger als 5" not in text
