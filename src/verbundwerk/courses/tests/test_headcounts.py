"""A firm counts how many of its people belong to which group; nobody reads of one person."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.base.verdicts import Refused
from verbundwerk.courses import flow, queries, rules
from verbundwerk.courses.models import Headcount
from verbundwerk.courses.states import BookingState
from verbundwerk.courses.terms import GROUPS, Group, Trait
from verbundwerk.courses.tests import make
from verbundwerk.journal.models import JournalEntry
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network

YEAR = (date(2020, 1, 1), date(2035, 1, 1))
with_database = pytest.mark.django_db


@pytest.fixture
def firm():
    return make.firm()


@pytest.fixture
def hr(firm):
    return make.hr(firm)


def named(firm, people):
    booked = make.booking(make.course(capacity=40), organisation=firm, seats=people)
    make.name_all(booked)
    return booked


def told(firm, trait):
    return {group: people for group, people in queries.people_by_group(firm, *YEAR)[trait].items() if people}


@with_database
def test_what_a_firm_counts_adds_up_over_its_courses_and_the_rest_is_not_known(firm, hr):
    flow.count_groups(named(firm, 6), {Group.PART_TIME: 2, Group.FULL_TIME: 4}, by=hr, at=make.NOW)
    flow.count_groups(named(firm, 5), {Group.PART_TIME: 1}, by=hr, at=make.NOW)
    named(firm, 3)
    assert told(firm, Trait.WORKING_TIME) == {Group.FULL_TIME: 4, Group.PART_TIME: 3, "": 7}
    assert told(firm, Trait.SEX) == {"": 14}


@with_database
def test_counting_again_replaces_what_was_counted(firm, hr):
    booking = named(firm, 6)
    flow.count_groups(booking, {Group.WOMEN: 4}, by=hr, at=make.NOW)
    flow.count_groups(booking, {Group.MEN: 2}, by=hr, at=make.NOW)
    assert queries.counted_in(booking) == {Group.MEN: 2}
    assert {one.details.get("people") for one in JournalEntry.objects.filter(verb="booking.counted")} == {None}


@with_database
def test_more_people_than_are_named_cannot_be_counted(firm, hr):
    with pytest.raises(Refused, match="nur 3 Personen"):
        flow.count_groups(named(firm, 3), {Group.UNDER_25: 2, Group.FROM_55: 2}, by=hr, at=make.NOW)


@with_database
def test_what_was_counted_for_people_who_left_is_not_guessed_further(firm, hr):
    booking = named(firm, 6)
    flow.count_groups(booking, {Group.WOMEN: 6}, by=hr, at=make.NOW)
    for seat in list(booking.places.all())[:2]:
        flow.clear_person(seat, by=hr, at=make.NOW)
    assert told(firm, Trait.SEX) == {"": 4}


@with_database
@pytest.mark.parametrize("role", [Role.WORKS_COUNCIL, Role.EMPLOYEE, Role.MENTOR])
def test_only_who_names_people_counts_them(firm, role):
    with pytest.raises(Refused):
        flow.count_groups(named(firm, 3), {Group.WOMEN: 1}, by=network.person(role, firm), at=make.NOW)


@with_database
def test_seats_that_were_given_back_are_not_counted_any_more(firm, hr):
    booking = named(firm, 3)
    type(booking).objects.filter(pk=booking.pk).update(state=BookingState.CANCELLED)
    with pytest.raises(Refused, match="zurückgegeben"):
        flow.count_groups(booking, {Group.WOMEN: 1}, by=hr, at=make.NOW)


@with_database
def test_the_numbers_are_typed_beside_the_names_and_a_slip_keeps_them(firm, hr):
    client, booking = Client(), named(firm, 6)
    client.force_login(hr)
    with make.stopped():
        wrong = client.post(reverse("courses:count", args=[booking.pk]), {"women": "5", "men": "2", "part_time": "x"})
        assert wrong.status_code == 422
        assert "benannt sind in dieser Buchung aber nur 6" in wrong.content.decode()
        assert 'value="5"' in wrong.content.decode()
        right = client.post(reverse("courses:count", args=[booking.pk]), {"women": "4", "men": "2"})
    assert right.status_code == 302
    assert queries.counted_in(booking) == {"women": 4, "men": 2}


@with_database
def test_a_booking_without_names_asks_for_no_numbers(firm, hr):
    client = Client()
    client.force_login(hr)
    with make.stopped():
        booking = make.booking(make.course(), organisation=firm)
        assert "Teilzeit" not in client.get(reverse("courses:booking", args=[booking.pk])).content.decode()


@with_database
def test_the_provider_and_the_office_never_read_the_numbers(firm, hr):
    booking = named(firm, 6)
    flow.count_groups(booking, {Group.DIVERSE: 1}, by=hr, at=make.NOW)
    for stranger in (network.coordinator(), network.person(Role.PROVIDER, booking.course.provider)):
        client = Client()
        client.force_login(stranger)
        page = client.get(reverse("courses:booking", args=[booking.pk]))
        assert "divers" not in page.content.decode()


@with_database
def test_numbers_end_eighteen_months_after_the_course(firm, hr):
    flow.count_groups(named(firm, 6), {Group.WOMEN: 4}, by=hr, at=make.NOW)
    assert flow.forget_headcounts(make.NOW, 10) == 0
    assert flow.forget_headcounts(make.AFTERWARDS.replace(year=2030), 10) == 1
    assert not Headcount.objects.exists()


@given(st.dictionaries(st.sampled_from(Group.values), st.integers(0, 9)), st.integers(0, 20))
def test_a_person_is_in_at_most_one_group_of_each_trait(counts, people):
    verdicts = rules.counts_fit(counts, people)
    assert set(verdicts) == set(Trait)
    for trait, groups in GROUPS.items():
        assert bool(verdicts[trait]) == (sum(counts.get(one, 0) for one in groups) <= people)
