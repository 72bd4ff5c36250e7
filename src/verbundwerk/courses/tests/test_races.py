"""Many people press at once. The negative control comes first: if counting and inserting does not oversell
here, the tests below would prove nothing."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import close_old_connections, connections
from django.db.models import Sum

from verbundwerk.base.verdicts import Refused
from verbundwerk.courses import flow, queries
from verbundwerk.courses.models import Booking, Certificate, Course
from verbundwerk.courses.states import BookingState

from . import make

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
THREADS = 12


def all_at_once(act: Callable[[int], str], times: int, threads: int = THREADS) -> Counter[str]:
    """What came of each press."""

    def press(n: int) -> str:
        close_old_connections()
        try:
            with make.stopped():
                return act(n)
        except Refused as refused:
            return str(refused)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return Counter(pool.map(press, range(times)))


@pytest.fixture
def firm():
    """(firm, who books for it)."""
    organisation = make.firm()
    return organisation, make.hr(organisation)


def booking_into(course: Course, firm, seats: int = 1, key: str = "") -> Callable[[int], str]:
    organisation, by = firm

    def act(_n: int) -> str:
        one = Course.objects.get(pk=course.pk)
        flow.book_seats(one, organisation, seats, key=key or uuid4(), by=by, at=make.NOW)
        return "booked"

    return act


def test_counting_and_inserting_oversells_the_negative_control(firm):
    course = make.course(capacity=1, sessions=False)
    everybody_has_counted = threading.Barrier(THREADS, timeout=30)

    def naive(_n: int) -> str:
        free = course.capacity - Booking.objects.filter(course=course, state=BookingState.BINDING).count()
        everybody_has_counted.wait()
        if free < 1:
            return "full"
        Booking.objects.create(
            course=course, organisation=firm[0], key=uuid4(), seats=1, price_cents=0, booked_at=make.NOW
        )
        return "booked"

    assert all_at_once(naive, THREADS)["booked"] > 1


@pytest.mark.parametrize("_trial", range(5))
def test_the_last_seat_goes_to_exactly_one_of_twelve(firm, _trial):
    course = make.course(capacity=1, sessions=False)

    came = all_at_once(booking_into(course, firm), THREADS)

    assert came == {"booked": 1, "Es ist kein Platz mehr frei.": THREADS - 1}
    course.refresh_from_db()
    assert course.taken == Booking.objects.filter(course=course).count() == 1


def test_of_160_presses_for_60_seats_exactly_60_are_booked(firm):
    course = make.course(capacity=60, sessions=False)

    came = all_at_once(booking_into(course, firm), 160)

    assert came == {"booked": 60, "Es ist kein Platz mehr frei.": 100}
    assert queries.wrong_counters() == []


def test_bookings_of_three_never_end_between_two_seats(firm):
    course = make.course(capacity=10, sessions=False)

    came = all_at_once(booking_into(course, firm, seats=3), 24)

    assert came["booked"] == 3
    assert came["So viele Plätze sind nicht mehr frei. Bitte buchen Sie weniger, oder melden Sie einen Bedarf."] == 21


def test_the_same_key_pressed_twelve_times_books_once(firm):
    course = make.course(capacity=60, sessions=False)

    came = all_at_once(booking_into(course, firm, seats=2, key=str(uuid4())), THREADS)

    course.refresh_from_db()
    assert came == {"booked": THREADS}
    assert (course.taken, Booking.objects.filter(course=course).count()) == (2, 1)


def test_whoever_books_while_the_course_is_cancelled_has_no_seat(firm):
    course = make.course(capacity=60, sessions=False)
    office, book = make.office(course), booking_into(course, firm)

    def act(n: int) -> str:
        if n != 6:
            return book(n)
        one = Course.objects.get(pk=course.pk)
        flow.cancel_course(one, by_provider=True, reason="Krankheit", by=office, at=make.NOW)
        return "cancelled"

    came = all_at_once(act, THREADS)

    binding = Booking.objects.filter(course=course, state=BookingState.BINDING).aggregate(n=Sum("seats"))["n"]
    assert came["cancelled"] == 1
    assert binding is None
    assert Course.objects.get(pk=course.pk).taken == 0


def test_two_courses_certified_at_once_never_share_a_number():
    finished = [make.finished(people=3) for _ in range(4)]

    def act(n: int) -> str:
        course, by, _booking = finished[n % 4]
        one = Course.objects.get(pk=course.pk)
        return str(len(flow.issue_certificates(one, by=by, at=make.AFTERWARDS)))

    all_at_once(act, 8, threads=8)

    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    assert numbers == [f"VW-2026-{n:06d}" for n in range(1, 13)]


def test_a_pool_pressed_eight_times_becomes_one_course():
    pool = make.pool(seats=(3, 2))

    def act(_n: int) -> str:
        return str(flow.course_from_pool(pool, by=None, at=make.NOW).pk)

    came = all_at_once(act, 8, threads=8)

    assert len(came) == 1
    assert Course.objects.get().taken == 5
