"""The list of a full course: in order, with a deadline, and nobody jumps it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from verbundwerk.base.verdicts import Refused
from verbundwerk.courses import flow as courses
from verbundwerk.courses import queries as course_queries
from verbundwerk.courses.models import Booking, Course
from verbundwerk.courses.states import BookingState, CourseState, SeatState
from verbundwerk.courses.tests import make as courses_make
from verbundwerk.exchange import flow, queries
from verbundwerk.exchange.models import ListEntry
from verbundwerk.exchange.states import EntryState
from verbundwerk.exchange.terms import StepKind
from verbundwerk.journal.models import JournalEntry
from verbundwerk.post.models import Letter

from . import make

pytestmark = pytest.mark.django_db
NOW = make.NOW


def fresh(entry: ListEntry) -> ListEntry:
    entry.refresh_from_db()
    return entry


def kinds(course: Course) -> list[tuple[int, str]]:
    return [(one.position, one.kind) for one in course.steps.order_by("pk")]


def letters(word: str) -> int:
    return Letter.objects.filter(key__startswith=f"seat-list:{word}:").count()


def test_a_cancelled_booking_goes_to_the_first_who_waits_and_to_nobody_else():
    course, [(booking, by), _other] = make.full_course(1, 1)
    first, hr = make.joined(course)
    second, _hr = make.joined(course)

    courses.cancel_booking(booking, by=by, at=NOW)
    assert flow.turn_over_seats(NOW) == 1

    assert (fresh(first).state, fresh(second).state) == (EntryState.OFFERED, EntryState.WAITING)
    assert first.offer_until == NOW + timedelta(hours=48)
    assert Letter.objects.filter(key__startswith="seat-list:offered:", to=hr.email).count() == 1


def test_the_offered_seat_is_held_so_that_nobody_can_book_it_meanwhile():
    course, [(booking, by), _other] = make.full_course(1, 1)
    make.joined(course)
    courses.cancel_booking(booking, by=by, at=NOW)
    flow.turn_over_seats(NOW)

    course.refresh_from_db()
    firm, hr = make.firm_with_hr()
    assert (course.taken, course.waiting) == (2, 0)
    with pytest.raises(Refused, match="kein Platz mehr frei"):
        courses.book_seats(course, firm, 1, key=uuid4(), by=hr, at=NOW)
    assert course_queries.wrong_counters() == []


def test_accepting_is_one_press_and_the_seats_are_binding_at_the_price_of_the_offer():
    course, [(booking, by), _other] = make.full_course(2, 1)
    entry, hr = make.joined(course, 2)
    courses.cancel_booking(booking, by=by, at=NOW)
    flow.turn_over_seats(NOW)

    made = flow.accept_offer(fresh(entry), by=hr, at=NOW + timedelta(hours=47))

    course.refresh_from_db()
    assert (made.state, made.seats, made.price_cents, made.places.count()) == (BookingState.BINDING, 2, 38_000, 2)
    assert (made.organisation, course.taken, fresh(entry).state) == (entry.organisation, 3, EntryState.SEATED)
    assert JournalEntry.objects.filter(verb="entry.accepted").count() == 1


def test_whoever_does_not_answer_in_two_days_loses_the_offer_to_the_next():
    course, [(booking, by), _other] = make.full_course(1, 1)
    first, hr = make.joined(course)
    second, _hr = make.joined(course)
    courses.cancel_booking(booking, by=by, at=NOW)
    flow.turn_over_seats(NOW)

    later = NOW + timedelta(hours=48)
    flow.turn_over_seats(later)

    assert (fresh(first).state, fresh(second).state) == (EntryState.EXPIRED, EntryState.OFFERED)
    with pytest.raises(Refused):
        flow.accept_offer(fresh(first), by=hr, at=later)
    assert kinds(course) == [
        (1, StepKind.JOINED), (2, StepKind.JOINED), (1, StepKind.OFFERED), (1, StepKind.EXPIRED), (1, StepKind.OFFERED),
    ]  # fmt: skip


def test_too_late_is_too_late_even_before_the_house_has_looked():
    course, [(booking, by), _other] = make.full_course(1, 1)
    entry, hr = make.joined(course)
    courses.cancel_booking(booking, by=by, at=NOW)
    flow.turn_over_seats(NOW)

    with pytest.raises(Refused, match="Frist ist abgelaufen"):
        flow.accept_offer(fresh(entry), by=hr, at=NOW + timedelta(hours=48))


def test_a_refusal_asks_the_next_at_once():
    course, [(booking, by), _other] = make.full_course(1, 1)
    first, hr = make.joined(course)
    second, _hr = make.joined(course)
    courses.cancel_booking(booking, by=by, at=NOW)
    flow.turn_over_seats(NOW)

    flow.decline_offer(fresh(first), by=hr, at=NOW)

    assert (fresh(first).state, fresh(second).state) == (EntryState.DECLINED, EntryState.OFFERED)


def test_a_group_that_does_not_fit_keeps_its_place_and_is_told_so():
    course, [(booking, by), _other] = make.full_course(1, 2)
    group, hr = make.joined(course, 3)
    single, _hr = make.joined(course, 1)

    courses.cancel_booking(booking, by=by, at=NOW)
    flow.turn_over_seats(NOW)
    flow.turn_over_seats(NOW + timedelta(minutes=5))

    assert (fresh(group).state, fresh(single).state) == (EntryState.WAITING, EntryState.OFFERED)
    assert queries.position_of(group) == 1
    assert Letter.objects.filter(key__startswith="seat-list:skipped:", to=hr.email).count() == 1
    assert (1, StepKind.SKIPPED) in kinds(course)


def test_who_takes_part_of_what_they_want_is_offered_what_there_is():
    course, [(booking, by), _other] = make.full_course(2, 2)
    entry, _hr = make.joined(course, 4, at_least=2)

    courses.cancel_booking(booking, by=by, at=NOW)
    flow.turn_over_seats(NOW)

    assert (fresh(entry).state, entry.offered) == (EntryState.OFFERED, 2)


def test_more_room_in_the_course_goes_to_the_list_first():
    course, _booked = make.full_course(2)
    entry, _hr = make.joined(course, 1)
    firm, hr = make.firm_with_hr()

    courses.change_capacity(course, 4, by=courses_make.office(course), at=NOW)
    with pytest.raises(Refused, match="warten schon Betriebe"):
        courses.book_seats(course, firm, 1, key=uuid4(), by=hr, at=NOW)
    flow.turn_over_seats(NOW)

    assert fresh(entry).state == EntryState.OFFERED
    courses.book_seats(Course.objects.get(pk=course.pk), firm, 1, key=uuid4(), by=hr, at=NOW)


def test_while_seats_are_free_nobody_needs_the_list():
    course = courses_make.course(capacity=3)

    with pytest.raises(Refused, match="noch genug Plätze frei"):
        make.joined(course, 2)


def test_a_firm_stands_in_the_list_once():
    course, _booked = make.full_course(2)
    entry, hr = make.joined(course)

    with pytest.raises(Refused, match="steht schon"):
        flow.join_list(course, entry.organisation, seats=1, at_least=1, by=hr, at=NOW)


@pytest.mark.parametrize(("seats", "at_least"), [(0, 0), (1, 2), (100, 1), (2, 0), (-1, -1)])
def test_nobody_waits_for_impossible_numbers(seats, at_least):
    course, _booked = make.full_course(2)

    with pytest.raises(Refused, match="1 bis 99"):
        make.joined(course, seats, at_least)


def test_whoever_leaves_makes_room_for_those_behind():
    course, _booked = make.full_course(1)
    first, hr = make.joined(course)
    second, _hr = make.joined(course)

    flow.leave_list(first, by=hr, at=NOW)

    course.refresh_from_db()
    assert (queries.position_of(fresh(second)), course.waiting) == (1, 1)


def test_needing_less_keeps_the_place_and_needing_more_does_not():
    course, [(booking, by), _other] = make.full_course(1, 2)
    group, hr = make.joined(course, 3)
    courses.cancel_booking(booking, by=by, at=NOW)
    flow.turn_over_seats(NOW)

    with pytest.raises(Refused, match="am Ende der Liste"):
        flow.ask_for_fewer(fresh(group), seats=4, at_least=4, by=hr, at=NOW)
    flow.ask_for_fewer(fresh(group), seats=3, at_least=1, by=hr, at=NOW)

    assert (fresh(group).state, group.offered) == (EntryState.OFFERED, 1)


def test_an_offer_never_runs_past_the_start_of_the_course():
    course, [(booking, _by), _other] = make.full_course(1, 1)
    entry, _hr = make.joined(course)
    begins = course_queries.begins_at(course)
    office = courses_make.network.coordinator()
    evening = begins - timedelta(hours=15)

    courses.cancel_booking(booking, by=office, at=evening)
    flow.turn_over_seats(evening)
    assert fresh(entry).offer_until == begins

    flow.turn_over_seats(begins)
    assert fresh(entry).state == EntryState.EXPIRED


def test_nor_past_the_end_of_registration():
    course, [(booking, by), _other] = make.full_course(1, 1, bookable_until=NOW.date())
    entry, _hr = make.joined(course)

    courses.cancel_booking(booking, by=by, at=NOW)
    flow.turn_over_seats(NOW)

    assert fresh(entry).offer_until == (NOW + timedelta(days=1)).replace(hour=0)


def test_nobody_is_promoted_after_the_start():
    course, [(booking, _by), _other] = make.full_course(1, 1, state=CourseState.SECURED)
    entry, hr = make.joined(course)
    begins = course_queries.begins_at(course)
    Booking.objects.filter(pk=booking.pk).update(state=BookingState.CANCELLED)
    Course.objects.filter(pk=course.pk).update(taken=1)

    flow.turn_over_seats(begins)

    assert fresh(entry).state == EntryState.UNSERVED
    assert Letter.objects.filter(key__startswith="seat-list:unserved:", to=hr.email).count() == 1


def test_when_the_course_is_called_off_everybody_who_waits_hears_it():
    course, _booked = make.full_course(1)
    entry, _hr = make.joined(course)

    courses.cancel_course(course, by_provider=True, reason="Krankheit", by=courses_make.office(course), at=NOW)
    flow.turn_over_seats(NOW)

    assert fresh(entry).state == EntryState.UNSERVED
    assert course_queries.wrong_counters() == []


def test_a_course_called_off_with_an_open_offer_leaves_no_seat_behind():
    course, [(booking, by), _other] = make.full_course(1, 1)
    entry, hr = make.joined(course)
    courses.cancel_booking(booking, by=by, at=NOW)
    flow.turn_over_seats(NOW)

    courses.cancel_course(course, by_provider=True, reason="Krankheit", by=courses_make.office(course), at=NOW)
    with pytest.raises(Exception, match=r"bind|not open"):
        flow.accept_offer(fresh(entry), by=hr, at=NOW)
    flow.turn_over_seats(NOW)

    assert fresh(entry).state == EntryState.UNSERVED
    assert course_queries.wrong_counters() == []


def test_everybody_in_the_list_reads_what_happened_without_a_name():
    course, [(booking, by), _other] = make.full_course(1, 1)
    first, _hr = make.joined(course)
    _second, hr = make.joined(course)
    courses.cancel_booking(booking, by=by, at=NOW)
    flow.turn_over_seats(NOW)

    read = queries.steps_seen_by(hr, course)
    assert [(step.position, mine) for step, mine in read] == [(1, False), (2, True), (1, False)]
    assert queries.steps_seen_by(by, course) == []
    assert first.organisation.name not in str([step.get_kind_display() for step, _mine in read])


def test_one_tick_more_tells_nobody_twice():
    course, [(booking, by), _other] = make.full_course(1, 1)
    make.joined(course)
    courses.cancel_booking(booking, by=by, at=NOW)

    for _ in range(3):
        flow.turn_over_seats(NOW)

    assert letters("offered") == 1


def test_only_who_books_for_the_firm_joins_accepts_and_leaves():
    course, [(booking, by), _other] = make.full_course(1, 1)
    entry, _hr = make.joined(course)
    stranger = courses_make.hr()
    courses.cancel_booking(booking, by=by, at=NOW)
    flow.turn_over_seats(NOW)

    for act in (flow.accept_offer, flow.decline_offer):
        with pytest.raises(Refused, match="Personalverantwortung"):
            act(fresh(entry), by=stranger, at=NOW)
    with pytest.raises(Refused, match="Personalverantwortung"):
        flow.join_list(course, entry.organisation, seats=1, at_least=1, by=stranger, at=NOW)


def test_the_seats_of_whoever_accepted_can_be_filled_at_once():
    course, [(booking, by), _other] = make.full_course(1, 1)
    entry, hr = make.joined(course)
    courses.cancel_booking(booking, by=by, at=NOW)
    flow.turn_over_seats(NOW)
    made = flow.accept_offer(fresh(entry), by=hr, at=NOW)

    courses.name_person(made.places.get(), name="Mia Muster", by=hr, at=NOW)

    assert made.places.get().state == SeatState.NAMED
