"""Two at once. Each of these begins where the other one could slip in between."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import close_old_connections, connections

from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused
from verbundwerk.courses import flow as courses
from verbundwerk.courses.models import Booking, Course, Seat
from verbundwerk.courses.queries import wrong_counters
from verbundwerk.courses.states import BookingState, SeatState
from verbundwerk.exchange import flow
from verbundwerk.exchange.models import GivenSeat, ListEntry
from verbundwerk.exchange.states import EntryState
from verbundwerk.network.tests import make as network
from verbundwerk.post.models import Letter

from . import make

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NOW, LATER = make.NOW, make.NOW + timedelta(hours=48)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What came of each: ok, or the kind of refusal."""
    together = Barrier(len(acts), timeout=30)

    def do(act: Callable[[], object]) -> str:
        close_old_connections()
        try:
            with make.stopped():
                together.wait()
                act()
                return "ok"
        except (Refused, AlreadyMoved):
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def offered(count: int = 1):
    """A freed seat offered to the first of several who wait."""
    course, [(booking, by), _other] = make.full_course(1, 1, sessions=True)
    entries = [make.joined(course) for _ in range(count)]
    courses.cancel_booking(booking, by=by, at=NOW)
    flow.turn_over_seats(NOW)
    return course, [(ListEntry.objects.get(pk=one.pk), hr) for one, hr in entries]


def holds(course: Course) -> bool:
    return wrong_counters() == [] and Course.objects.get(pk=course.pk).taken <= course.capacity


@pytest.mark.parametrize("_trial", range(3))
def test_of_twelve_who_press_for_one_freed_seat_exactly_one_gets_it(_trial):
    """Twelve firms; the seat is given away while all of them try to come in."""
    course, [(booking, by)] = make.full_course(1)
    firms = [make.firm_with_hr() for _ in range(11)]

    def join(firm, hr):
        return lambda: flow.join_list(
            Course.objects.get(pk=course.pk), firm, seats=1, at_least=1, by=hr, at=NOW
        )  # fmt: skip

    came = at_once(lambda: make.gave(Booking.objects.get(pk=booking.pk), by), *(join(*one) for one in firms))

    assert came.count("ok") == 12
    assert ListEntry.objects.filter(state=EntryState.OFFERED).count() == 1
    entry = ListEntry.objects.get(state=EntryState.OFFERED)
    assert entry.place == 1
    assert sorted(ListEntry.objects.values_list("place", flat=True)) == list(range(1, 12))
    assert holds(course)


def test_twelve_presses_on_the_same_offer_make_one_booking():
    course, [(entry, hr)] = offered()

    came = at_once(*[lambda: flow.accept_offer(ListEntry.objects.get(pk=entry.pk), by=hr, at=NOW)] * 12)

    assert came.count("ok") == 1
    assert Booking.objects.filter(organisation=entry.organisation, state=BookingState.BINDING).count() == 1
    assert Seat.objects.filter(booking__organisation=entry.organisation).count() == 1
    assert holds(course)


@pytest.mark.parametrize("_trial", range(5))
def test_accepting_and_expiring_at_once_give_the_seat_to_one_firm(_trial):
    course, [(entry, hr), (second, _hr)] = offered(2)
    last_moment = LATER - timedelta(seconds=1)

    at_once(
        lambda: flow.accept_offer(ListEntry.objects.get(pk=entry.pk), by=hr, at=last_moment),
        lambda: flow.turn_over_seats(LATER),
    )

    entry.refresh_from_db()
    second.refresh_from_db()
    assert (entry.state, second.state) in {
        (EntryState.SEATED, EntryState.WAITING), (EntryState.EXPIRED, EntryState.OFFERED),
    }  # fmt: skip
    assert holds(course)


@pytest.mark.parametrize("_trial", range(3))
def test_a_seat_given_away_and_its_booking_cancelled_at_once_is_counted_once(_trial):
    course, [(booking, by), _other] = make.full_course(3, 2)
    entry, hr = make.joined(course)
    make.gave(booking, by)
    office = network.coordinator()

    at_once(
        lambda: courses.cancel_booking(Booking.objects.get(pk=booking.pk), by=office, at=NOW),
        lambda: flow.accept_offer(ListEntry.objects.get(pk=entry.pk), by=hr, at=NOW),
    )
    flow.turn_over_seats(NOW + timedelta(minutes=1))

    assert holds(course)
    assert Seat.objects.filter(booking=booking, left_at=None).count() == 0


def test_giving_and_withdrawing_and_accepting_at_once_leave_one_owner():
    course, [(booking, by), _other] = make.full_course(1, 2)
    entry, hr = make.joined(course)
    given = make.gave(booking, by)[0]

    came = at_once(
        lambda: flow.withdraw_given(GivenSeat.objects.get(pk=given.pk), by=by, at=NOW),
        lambda: flow.accept_offer(ListEntry.objects.get(pk=entry.pk), by=hr, at=NOW),
    )

    assert sorted(came) == ["ok", "refused"]
    seat = Seat.objects.get(pk=given.seat_id)
    taken = Booking.objects.filter(organisation=entry.organisation, state=BookingState.BINDING).exists()
    assert taken == (seat.state == SeatState.HANDED_OVER)
    assert holds(course)


def test_two_ticks_at_once_ask_the_next_once_and_tell_it_once():
    course, [(first, _hr), (second, hr), _third] = offered(3)

    at_once(*[lambda: flow.turn_over_seats(LATER)] * 4)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (EntryState.EXPIRED, EntryState.OFFERED)
    assert Letter.objects.filter(key__startswith="seat-list:offered:", to=hr.email).count() == 1
    assert ListEntry.objects.filter(state=EntryState.OFFERED).count() == 1
    assert holds(course)


def test_whoever_books_while_the_seat_is_being_offered_does_not_get_past_the_list():
    course, [(booking, by), _other] = make.full_course(1, 1)
    entry, _hr = make.joined(course)
    courses.cancel_booking(booking, by=by, at=NOW)
    others = [make.firm_with_hr() for _ in range(6)]

    def book(firm, hr):
        return lambda: courses.book_seats(
            Course.objects.get(pk=course.pk), firm, 1, key=str(firm.pk), by=hr, at=NOW
        )  # fmt: skip

    came = at_once(lambda: flow.turn_over_seats(NOW), *(book(*one) for one in others))

    entry.refresh_from_db()
    assert came == ["ok", *["refused"] * 6]
    assert entry.state == EntryState.OFFERED
    assert holds(course)
