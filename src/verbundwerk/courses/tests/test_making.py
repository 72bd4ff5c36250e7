"""A pool that came about becomes a course."""

import pytest

from verbundwerk.base.verdicts import Refused
from verbundwerk.courses import flow
from verbundwerk.courses.models import Booking, Course, Seat
from verbundwerk.courses.states import CourseState
from verbundwerk.journal.models import JournalEntry
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.network.tests import make as network
from verbundwerk.pooling.states import CommitmentState, PoolState
from verbundwerk.post.models import Letter

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with make.stopped():
        yield


def test_a_pool_becomes_a_course_with_every_promised_seat_at_the_locked_price():
    pool = make.pool(seats=(3, 2, 2))

    course = flow.course_from_pool(pool, by=network.coordinator(), at=make.NOW)

    assert course.state == CourseState.SECURED
    assert (course.taken, course.capacity, course.price_cents) == (7, 12, 38_000)
    assert sorted(course.bookings.values_list("seats", flat=True)) == [2, 2, 3]
    assert set(course.bookings.values_list("price_cents", flat=True)) == {38_000}
    assert Seat.objects.filter(booking__course=course).count() == 7


def test_the_days_are_those_of_the_accepted_bid():
    course = flow.course_from_pool(make.pool(), by=network.coordinator(), at=make.NOW)

    assert [one.half for one in course.sessions.all()] == ["morning", "afternoon"] * 2
    assert (course.starts_on, course.ends_on) == (make.FIRST_DAY, make.SECOND_DAY)


def test_asking_twice_gives_the_same_course_and_books_nothing_twice():
    pool, by = make.pool(), network.coordinator()
    first = flow.course_from_pool(pool, by=by, at=make.NOW)

    again = flow.course_from_pool(pool, by=by, at=make.NOW)

    assert again == first
    assert Course.objects.count() == 1
    assert Booking.objects.count() == 3
    assert JournalEntry.objects.filter(verb="course.made_from_pool").count() == 1


def test_needs_of_firms_that_are_in_are_covered_and_the_others_wait():
    pool = make.pool(seats=(3, 2))
    _promise, left = make.member(pool, 4, commitment_state=CommitmentState.NOT_MET)

    flow.course_from_pool(pool, by=None, at=make.NOW)

    left.refresh_from_db()
    assert left.state == NeedState.BUNDLED
    assert Need.objects.filter(state=NeedState.COVERED).count() == 2


def test_firms_and_provider_get_one_letter_with_the_days():
    flow.course_from_pool(make.pool(seats=(3, 2)), by=None, at=make.NOW)

    letters = Letter.objects.filter(key__startswith="course-made:")
    assert letters.count() == 2
    assert all(one.attachments[0]["mime"] == "text/calendar" for one in letters)


def test_a_pool_that_did_not_come_about_becomes_nothing():
    with pytest.raises(Refused):
        flow.course_from_pool(make.pool(state=PoolState.COMMITTING), by=network.coordinator(), at=make.NOW)

    assert not Course.objects.exists()


def test_a_firm_cannot_turn_a_pool_into_a_course():
    with pytest.raises(Refused):
        flow.course_from_pool(make.pool(), by=make.hr(), at=make.NOW)


def test_the_nightly_work_makes_all_courses_and_one_bad_pool_stops_none():
    make.pool()
    make.pool().enquiries.all()[0].bid.__class__.objects.filter(enquiry__pool__number__gt=0).first()
    bad = make.pool()
    bad.enquiries.get().bid.delete()

    assert flow.courses_from_new_pools(make.NOW) == 2
    assert flow.courses_from_new_pools(make.NOW) == 0


def test_courses_are_numbered_one_after_the_other():
    numbers = [flow.course_from_pool(make.pool(), by=None, at=make.NOW).number for _ in range(3)]

    assert numbers == [1, 2, 3]
