"""Seats: taken once, given back, never oversold."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from verbundwerk.base.verdicts import Refused
from verbundwerk.courses import flow, queries
from verbundwerk.courses.flow import PersonName
from verbundwerk.courses.models import Booking, Course
from verbundwerk.courses.states import CourseState, SeatState
from verbundwerk.journal.models import JournalEntry
from verbundwerk.network.tests import make as network
from verbundwerk.post.models import Letter

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with make.stopped():
        yield


def book(course, seats=1, *, firm=None, key=None):
    firm = firm or make.firm()
    return flow.book_seats(course, firm, seats, key=key or uuid4(), by=make.hr(firm), at=make.NOW)


def test_a_firm_books_three_seats_at_the_price_of_the_course():
    course = make.course(capacity=12)

    booking = book(course, 3)

    course.refresh_from_db()
    assert (course.taken, booking.price_cents, booking.places.count()) == (3, 38_000, 3)
    assert JournalEntry.objects.filter(verb="booking.made", subject=booking.pk).count() == 1


def test_when_too_few_seats_are_left_the_firm_hears_so_but_not_how_many():
    course = make.course(capacity=3)
    book(course, 1)

    with pytest.raises(Refused, match=r"^So viele Plätze sind nicht mehr frei\. \D+$"):
        book(course, 3)

    assert Booking.objects.count() == 1
    with pytest.raises(Refused, match="Es ist kein Platz mehr frei"):
        book(course, 2) and book(course, 1)


def test_pressing_twice_books_once():
    course, firm, key = make.course(), make.firm(), uuid4()

    first, again = book(course, 2, firm=firm, key=key), book(course, 2, firm=firm, key=key)

    course.refresh_from_db()
    assert first == again
    assert course.taken == 2


def test_nobody_finds_the_booking_of_another_firm_by_its_key():
    course, key = make.course(), uuid4()
    book(course, 2, key=key)

    with pytest.raises(Refused):
        book(course, 2, key=key)


@pytest.mark.parametrize("seats", [0, -1, 100])
def test_no_seat_and_too_many_seats_are_no_booking(seats):
    with pytest.raises(Refused, match="mindestens einen"):
        book(make.course(capacity=500), seats)


@pytest.mark.parametrize("state", [CourseState.PLANNED, CourseState.RUNNING, CourseState.COMPLETED])
def test_a_course_that_is_not_open_takes_no_booking(state):
    with pytest.raises(Refused, match="gerade keine Anmeldung"):
        book(make.course(state=state))


def test_after_the_last_day_of_registration_nobody_books():
    with pytest.raises(Refused, match="geschlossen"):
        book(make.course(bookable_until=make.NOW.date() - timedelta(days=1)))


def test_a_foreman_cannot_spend_the_firms_money():
    firm = make.firm()

    with pytest.raises(Refused, match="Personalverantwortung"):
        flow.book_seats(make.course(), firm, 1, key=uuid4(), by=network.person("foreman", firm), at=make.NOW)


def test_the_database_itself_refuses_one_seat_too_many():
    course = make.course(capacity=2)

    with pytest.raises(IntegrityError), transaction.atomic():
        Course.objects.filter(pk=course.pk).update(taken=3)


# -- back ---------------------------------------------------------------------------------
def test_seats_given_back_are_free_for_others():
    course = make.course(capacity=2)
    booking = book(course, 2)

    flow.cancel_booking(booking, by=booking.booked_by, at=make.NOW)

    course.refresh_from_db()
    assert course.taken == 0
    assert set(booking.places.values_list("state", flat=True)) == {SeatState.CANCELLED}
    book(course, 2)


def test_promised_seats_are_binding_for_the_firm_but_the_coordination_can_release_them():
    course = flow.course_from_pool(make.pool(seats=(3,)), by=None, at=make.NOW)
    booking = course.bookings.get()

    with pytest.raises(Refused, match="verbindlich zugesagt"):
        flow.cancel_booking(booking, by=booking.booked_by, at=make.NOW)
    flow.cancel_booking(booking, by=network.coordinator(), at=make.NOW)


def test_two_weeks_before_the_beginning_seats_cannot_be_given_back_any_more():
    booking = book(make.course())
    late = make.NOW + timedelta(days=20)

    with pytest.raises(Refused, match="14 Tage"):
        flow.cancel_booking(booking, by=booking.booked_by, at=late)


def test_capacity_never_falls_below_what_is_taken():
    course = make.course(capacity=12)
    book(course, 5)

    with pytest.raises(Refused, match="5 Plätze sind schon vergeben"):
        flow.change_capacity(course, 4, by=make.office(course), at=make.NOW)

    flow.change_capacity(course, 5, by=make.office(course), at=make.NOW)


# -- names --------------------------------------------------------------------------------
def test_a_firm_names_ten_people_in_one_go_and_each_gets_an_invitation():
    booking = book(make.course(), 10)
    names = [PersonName(n, f"Person {n}", f"person{n}@werk.example") for n in range(1, 11)]

    flow.name_people(booking, names, by=booking.booked_by, at=make.NOW)

    assert booking.places.filter(state=SeatState.NAMED).count() == 10
    letters = Letter.objects.filter(key__startswith="seat-named:")
    assert letters.count() == 10
    assert letters[0].attachments[0]["mime"] == "text/calendar"
    assert JournalEntry.objects.filter(verb="booking.people_named").count() == 1


def test_the_journal_knows_positions_but_no_names():
    booking = book(make.course())
    flow.name_people(booking, [PersonName(1, "Mia Muster")], by=booking.booked_by, at=make.NOW)

    assert "Mia" not in str(JournalEntry.objects.get(verb="booking.people_named").details)


def test_a_replaced_person_is_told_and_the_new_one_invited():
    booking = book(make.course())
    seat = booking.places.get()
    flow.name_person(seat, name="Mia Muster", email="mia@werk.example", by=booking.booked_by, at=make.NOW)

    flow.name_person(
        seat, name="Ali Neu", email="ali@werk.example", by=booking.booked_by, at=make.NOW + timedelta(hours=1)
    )

    assert Letter.objects.filter(key__startswith="seat-released:", to="mia@werk.example").exists()
    assert Letter.objects.filter(key__startswith="seat-named:", to="ali@werk.example").exists()


def test_an_empty_name_sets_the_seat_free():
    booking = book(make.course())
    seat = booking.places.get()
    flow.name_person(seat, name="Mia Muster", email="mia@werk.example", by=booking.booked_by, at=make.NOW)

    flow.clear_person(seat, by=booking.booked_by, at=make.NOW)

    seat.refresh_from_db()
    assert (seat.state, seat.name, seat.email) == (SeatState.FREE, "", "")


def test_once_the_course_has_begun_nobody_is_exchanged():
    booking = book(make.course())

    with pytest.raises(Refused, match="hat begonnen"):
        flow.name_people(booking, [PersonName(1, "Mia")], by=booking.booked_by, at=make.AFTERWARDS)


def test_the_same_address_sits_on_one_seat_only():
    booking = book(make.course(), 2)
    twice = [PersonName(n, f"Mia {n}", "mia@werk.example") for n in (1, 2)]

    with pytest.raises(Refused, match="schon benannt"):
        flow.name_people(booking, twice, by=booking.booked_by, at=make.NOW)

    assert not booking.places.filter(state=SeatState.NAMED).exists()


def test_a_colleague_with_an_account_finds_the_course():
    booking = book(make.course())
    colleague = network.person("employee", booking.organisation)

    flow.name_person(booking.places.get(), name="K", email=colleague.email, by=booking.booked_by, at=make.NOW)

    assert queries.course_for(colleague, booking.course_id) == booking.course


def test_the_provider_cannot_name_a_firms_people():
    booking = book(make.course())

    with pytest.raises(Refused):
        flow.name_people(booking, [PersonName(1, "X")], by=make.office(booking.course), at=make.NOW)


def test_a_person_named_in_two_courses_at_once_shows_as_a_clash():
    firm = make.firm()
    here, there = book(make.course(), firm=firm), book(make.course(), firm=firm)
    for one in (here, there):
        flow.name_person(one.places.get(), name="Mia", email="mia@werk.example", by=make.hr(firm), at=make.NOW)

    assert [seat.booking for seat, _session in queries.clashes(here)] == [there]


# -- the nightly check ------------------------------------------------------------------------
def test_a_wrong_counter_is_told_to_the_coordination():
    course = make.course()
    book(course, 2)
    coordinator = network.coordinator()
    assert flow.check_counters(make.NOW) == 0
    Course.objects.filter(pk=course.pk).update(taken=3)

    assert flow.check_counters(make.NOW) == 1
    assert Letter.objects.filter(to=coordinator.email, key__startswith="counters-wrong:").exists()


class TestCounter(TestCase):
    """Whatever firms book and return, the one number is the sum of the binding bookings."""

    @settings(max_examples=25, deadline=None)
    @given(
        capacity=st.integers(1, 9), steps=st.lists(st.tuples(st.booleans(), st.integers(1, 5)), min_size=1, max_size=9)
    )
    def test_taken_is_always_the_sum_of_the_binding_bookings(self, capacity, steps):
        with make.stopped():
            course, firm = make.course(capacity=capacity, sessions=False), make.firm()
            by, made = make.hr(firm), []
            for take, seats in steps:
                if take or not made:
                    try:
                        made.append(flow.book_seats(course, firm, seats, key=uuid4(), by=by, at=make.NOW))
                    except Refused:
                        assert seats > course.capacity - sum(one.seats for one in made)
                else:
                    flow.cancel_booking(made.pop(), by=by, at=make.NOW)
                course.refresh_from_db()
                assert course.taken == sum(one.seats for one in made) <= capacity
            assert queries.wrong_counters() == []
