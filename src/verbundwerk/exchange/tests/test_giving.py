"""A firm gives a seat away: taken over at the locked price, or given back by the staircase."""

from datetime import date, datetime, timedelta

import pytest

from verbundwerk.base.verdicts import Refused
from verbundwerk.courses import flow as courses
from verbundwerk.courses import queries as course_queries
from verbundwerk.courses.models import Booking, Seat
from verbundwerk.courses.rules import REGION
from verbundwerk.courses.states import BookingState, SeatState
from verbundwerk.courses.tests import make as courses_make
from verbundwerk.exchange import flow, queries, rules
from verbundwerk.exchange.models import GivenSeat
from verbundwerk.exchange.states import EntryState, GivenState
from verbundwerk.exchange.terms import Otherwise
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.network.tests import make as network
from verbundwerk.post.models import Letter

from . import make

pytestmark = pytest.mark.django_db
NOW = make.NOW
STAIRS = [{"under_days": None, "percent": 20}, {"under_days": 28, "percent": 75}, {"under_days": 14, "percent": 100}]


@pytest.fixture
def pooled():
    """A course from a pool: three firms, promised seats, everything full."""
    course = courses.course_from_pool(courses_make.pool(seats=(3, 2, 2)), by=None, at=NOW)
    courses.change_capacity(course, 7, by=courses_make.office(course), at=NOW)
    booking = course.bookings.get(seats=3)
    return course, booking, booking.booked_by


def test_a_promised_seat_goes_to_the_next_in_the_list_and_the_giver_pays_nothing_more(pooled):
    course, booking, by = pooled
    entry, hr = make.joined(course)
    given = make.gave(booking, by)[0]
    entry.refresh_from_db()
    assert entry.state == EntryState.OFFERED

    taken = flow.accept_offer(entry, by=hr, at=NOW + timedelta(hours=1))

    course.refresh_from_db()
    booking.refresh_from_db()
    given.refresh_from_db()
    assert (course.taken, booking.seats, taken.seats) == (7, 2, 1)
    assert taken.price_cents == booking.price_cents
    assert (given.state, given.seat.state) == (GivenState.TAKEN, SeatState.HANDED_OVER)
    assert given.seat.left_at == NOW + timedelta(hours=1)
    assert Letter.objects.filter(key=f"given-taken:{entry.pk}", to=by.email).count() == 1
    assert course_queries.wrong_counters() == []


def test_until_somebody_takes_it_the_seat_is_binding_and_named(pooled):
    _course, booking, by = pooled
    make.gave(booking, by)

    courses.name_person(booking.places.get(position=3), name="Mia Muster", by=by, at=NOW)

    booking.refresh_from_db()
    assert (booking.state, booking.seats) == (BookingState.BINDING, 3)


def test_empty_chairs_go_first_and_whoever_sat_on_a_taken_one_is_told(pooled):
    course, booking, by = pooled
    for seat in booking.places.order_by("position")[:2]:
        courses.name_person(seat, name=f"P{seat.position}", email=f"p{seat.position}@werk.example", by=by, at=NOW)
    entry, hr = make.joined(course, 2)

    make.gave(booking, by, 2)
    entry.refresh_from_db()
    flow.accept_offer(entry, by=hr, at=NOW + timedelta(hours=1))

    gone = booking.places.filter(state=SeatState.HANDED_OVER).order_by("position")
    assert [seat.position for seat in gone] == [2, 3]
    assert Letter.objects.filter(key__startswith="seat-released:", to="p2@werk.example").count() == 1
    assert not Letter.objects.filter(key__startswith="seat-released:", to="p1@werk.example").exists()


def test_a_firm_that_gives_its_last_seat_away_has_no_booking_and_its_need_waits_again(pooled):
    course, _booking, _by = pooled
    booking = course.bookings.filter(seats=2).first()
    entry, hr = make.joined(course, 2)

    make.gave(booking, booking.booked_by, 2)
    entry.refresh_from_db()
    flow.accept_offer(entry, by=hr, at=NOW)

    booking.refresh_from_db()
    assert booking.state == BookingState.HANDED_OVER
    assert Need.objects.get(organisation=booking.organisation).state == NeedState.IN_POOL


def test_the_offer_can_be_withdrawn_as_long_as_nobody_took_it(pooled):
    course, booking, by = pooled
    entry, _hr = make.joined(course)
    given = make.gave(booking, by)[0]

    flow.withdraw_given(given, by=by, at=NOW)

    entry.refresh_from_db()
    assert (given.state, entry.state, queries.position_of(entry)) == (GivenState.WITHDRAWN, EntryState.WAITING, 1)
    assert Letter.objects.filter(key__startswith=f"seat-list:taken-back:{entry.pk}").count() == 1
    assert Seat.objects.get(pk=given.seat_id).state == SeatState.FREE


def test_once_taken_it_cannot_be_withdrawn(pooled):
    course, booking, by = pooled
    entry, hr = make.joined(course)
    given = make.gave(booking, by)[0]
    entry.refresh_from_db()
    flow.accept_offer(entry, by=hr, at=NOW)

    with pytest.raises(Refused, match="schon übernommen"):
        flow.withdraw_given(given, by=by, at=NOW)


def test_without_a_list_another_firm_takes_the_seat_over_at_once(pooled):
    course, booking, by = pooled
    make.gave(booking, by)

    entry, hr = make.joined(course)
    assert entry.state == EntryState.OFFERED
    flow.accept_offer(entry, by=hr, at=NOW)

    assert course.bookings.filter(organisation=entry.organisation, state=BookingState.BINDING).exists()


def test_nobody_took_it_and_it_is_given_back_on_the_day_that_was_told(pooled):
    course, booking, by = pooled
    day = make.FIRST_DAY - timedelta(days=14)
    given = make.gave(booking, by, otherwise=Otherwise.RETURN, return_on=day)[0]
    evening = datetime(day.year, day.month, day.day, 23, 0, tzinfo=REGION)

    flow.turn_over_seats(evening)
    given.refresh_from_db()
    assert given.state == GivenState.OPEN
    # The machine was down for two days: what was told still counts.
    flow.turn_over_seats(evening + timedelta(days=2))

    given.refresh_from_db()
    course.refresh_from_db()
    assert (given.state, given.seat.state, course.taken) == (GivenState.RETURNED, SeatState.CANCELLED, 6)
    assert given.seat.left_at.astimezone(REGION).date() == day
    letter = Letter.objects.get(key=f"given-returned:{given.pk}", to=by.email)
    assert "0,00" in letter.text
    assert course_queries.wrong_counters() == []


def test_nobody_took_it_and_the_firm_keeps_it(pooled):
    course, booking, by = pooled
    given = make.gave(booking, by)[0]

    flow.turn_over_seats(course_queries.begins_at(course))

    given.refresh_from_db()
    assert (given.state, given.seat.state) == (GivenState.KEPT, SeatState.FREE)
    assert Letter.objects.filter(key__startswith="given-kept:", to=by.email).count() == 1


def test_giving_back_at_once_frees_the_seat_for_the_list(pooled):
    course, booking, by = pooled
    entry, _hr = make.joined(course)

    flow.give_back_now(booking, 1, by=by, at=NOW)

    entry.refresh_from_db()
    booking.refresh_from_db()
    assert (entry.state, booking.seats) == (EntryState.OFFERED, 2)
    assert booking.places.get(state=SeatState.CANCELLED).left_at == NOW
    assert course_queries.wrong_counters() == []


def test_given_seats_and_free_ones_come_in_one_offer(pooled):
    course, booking, by = pooled
    entry, hr = make.joined(course, 3)
    make.gave(booking, by, 2)
    assert entry.state == EntryState.WAITING

    courses.change_capacity(course, 8, by=courses_make.office(course), at=NOW)
    flow.turn_over_seats(NOW)
    entry.refresh_from_db()
    assert (entry.state, entry.offered) == (EntryState.OFFERED, 3)
    made = flow.accept_offer(entry, by=hr, at=NOW)

    course.refresh_from_db()
    assert (made.seats, made.places.count(), course.taken) == (3, 3, 8)
    assert course_queries.wrong_counters() == []


def test_seats_at_different_prices_never_come_in_one_offer(pooled):
    course, booking, by = pooled
    Booking.objects.filter(pk=booking.pk).update(price_cents=41_000)
    booking.refresh_from_db()
    entry, _hr = make.joined(course, 2)
    make.gave(booking, by)
    courses.change_capacity(course, 8, by=courses_make.office(course), at=NOW)

    flow.turn_over_seats(NOW)

    entry.refresh_from_db()
    assert entry.state == EntryState.WAITING


def test_a_booking_cancelled_while_its_seat_is_offered_leaves_the_other_firm_its_place(pooled):
    course, booking, by = pooled
    entry, hr = make.joined(course)
    given = make.gave(booking, by)[0]
    entry.refresh_from_db()

    courses.cancel_booking(booking, by=network.coordinator(), at=NOW)
    with pytest.raises(Refused, match="behalten Ihren Platz"):
        flow.accept_offer(entry, by=hr, at=NOW)
    flow.turn_over_seats(NOW + timedelta(minutes=1))

    entry.refresh_from_db()
    given.refresh_from_db()
    assert (given.state, entry.state, entry.held is not None) == (GivenState.RETURNED, EntryState.OFFERED, True)
    assert course_queries.wrong_counters() == []


def test_nobody_waits_and_gives_away_in_the_same_course(pooled):
    course, booking, by = pooled
    make.gave(booking, by)
    with pytest.raises(Refused, match="gibt hier gerade"):
        flow.join_list(course, booking.organisation, seats=1, at_least=1, by=by, at=NOW)

    other = course.bookings.filter(seats=2).first()
    flow.join_list(course, other.organisation, seats=2, at_least=2, by=other.booked_by, at=NOW)
    with pytest.raises(Refused, match="wartet hier selbst"):
        make.gave(other, other.booked_by)


@pytest.mark.parametrize("seats", [0, 4, -1])
def test_nobody_gives_away_what_they_do_not_have(pooled, seats):
    _course, booking, by = pooled

    with pytest.raises(Refused, match="So viele"):
        make.gave(booking, by, seats)
    assert not GivenSeat.objects.exists()


def test_the_same_seat_is_not_given_twice(pooled):
    _course, booking, by = pooled
    make.gave(booking, by, 3)

    with pytest.raises(Refused, match="So viele"):
        make.gave(booking, by, 1)


def test_after_the_start_no_seat_changes_hands(pooled):
    course, booking, by = pooled

    with pytest.raises(Refused, match=r"begonnen|Anmeldung"):
        make.gave(booking, by, at=course_queries.begins_at(course))


def test_only_the_firm_itself_gives_its_seats_away(pooled):
    _course, booking, _by = pooled

    for stranger in (courses_make.hr(), network.coordinator(), courses_make.office(booking.course)):
        with pytest.raises(Refused, match="Personalverantwortung"):
            make.gave(booking, stranger)


# -- what it costs ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "percent"),
    [
        (date(2026, 10, 1), 20), (date(2026, 11, 2), 20), (date(2026, 11, 3), 75), (date(2026, 11, 16), 75),
        (date(2026, 11, 17), 100), (date(2026, 11, 30), 100),
    ],
)  # fmt: skip
def test_the_staircase_of_28_and_14_days_costs_20_75_and_100_percent(day, percent):
    assert rules.percent_on(STAIRS, date(2026, 11, 30), day) == percent


@pytest.mark.parametrize(
    ("day", "percent"),
    [(date(2026, 11, 2), 0), (date(2026, 11, 3), 20), (date(2026, 11, 17), 50), (date(2026, 11, 24), 100)],
)
def test_the_staircase_of_four_two_and_one_weeks_is_free_before(day, percent):
    stairs = [{"under_days": 28, "percent": 20}, {"under_days": 14, "percent": 50}, {"under_days": 7, "percent": 100}]
    assert rules.percent_on(stairs, date(2026, 11, 30), day) == percent


def test_the_page_says_until_which_day_which_amount_is_due():
    fees = rules.fee_steps(STAIRS, date(2026, 11, 30), date(2026, 10, 20))

    assert [(fee.until, fee.percent) for fee in fees] == [
        (date(2026, 11, 2), 20), (date(2026, 11, 16), 75), (date(2026, 11, 29), 100),
    ]  # fmt: skip
    assert rules.fee_steps(STAIRS, date(2026, 11, 30), date(2026, 11, 30)) == []


def test_half_a_cent_is_rounded_up():
    assert [rules.fee_cents(cents, 75) for cents in (38_000, 33_333, 1, 2)] == [28_500, 25_000, 1, 2]
