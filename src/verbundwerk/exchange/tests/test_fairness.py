"""Properties of the list, whatever firms do: nobody is overtaken by one who needs as much, nothing is oversold."""

import contextlib
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused
from verbundwerk.courses import flow as courses
from verbundwerk.courses.models import Booking, Course, Seat
from verbundwerk.courses.queries import begins_at, wrong_counters
from verbundwerk.courses.states import HOLDING
from verbundwerk.courses.tests import make as courses_make
from verbundwerk.exchange import flow, rules
from verbundwerk.exchange.models import GivenSeat, ListEntry
from verbundwerk.exchange.rules import Supply
from verbundwerk.exchange.states import EntryState, GivenState

from . import make

groups = st.tuples(st.integers(1, 6), st.integers(1, 6)).map(lambda pair: (max(pair), min(pair)))
supplies = st.dictionaries(st.integers(1, 5), st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=4)


def walk(entries, stock):
    """As the house walks: what each gets, in order."""
    left = [Supply(price, tuple(f"{price}/{n}" for n in range(given)), free) for price, (given, free) in stock.items()]
    got = []
    for seats, at_least in entries:
        found = rules.share(seats, at_least, left)
        got.append(found)
        if found:
            left = [_without(one, found) if one.price_cents == found.price_cents else one for one in left]
    return got, left


def _without(supply, found):
    return Supply(supply.price_cents, supply.given[len(found.given) :], supply.free - found.free)


@settings(max_examples=300, deadline=None)
@given(entries=st.lists(groups, max_size=8), stock=supplies)
def test_nobody_is_overtaken_by_one_who_came_later_and_needs_the_same_or_more(entries, stock):
    got, _left = walk(entries, stock)
    for later, (_seats, at_least) in enumerate(entries):
        if got[later]:
            passed = [n for n in range(later) if not got[n] and entries[n][1] <= at_least]
            assert passed == []


@settings(max_examples=300, deadline=None)
@given(entries=st.lists(groups, max_size=8), stock=supplies)
def test_everybody_gets_enough_or_nothing_and_together_no_more_than_there_is(entries, stock):
    got, left = walk(entries, stock)
    there = sum(given + free for given, free in stock.values())
    assert sum(one.seats for one in got if one) + sum(one.total for one in left) == there
    assert all(
        one is None or at_least <= one.seats <= seats for one, (seats, at_least) in zip(got, entries, strict=True)
    )
    given_away = [ticket for one in got if one for ticket in one.given]
    assert len(given_away) == len(set(given_away))


@settings(max_examples=200, deadline=None)
@given(
    steps=st.lists(st.tuples(st.none() | st.integers(0, 60), st.integers(0, 100)), max_size=5), days=st.integers(0, 90)
)
def test_a_fee_told_for_a_day_is_the_fee_of_every_day_before_it_back_to_the_last_one(steps, days):
    stairs = [{"under_days": under, "percent": percent} for under, percent in steps]
    first = make.FIRST_DAY
    day = today = first - timedelta(days=days)
    for fee in rules.fee_steps(stairs, first, today):
        while day <= fee.until:
            assert rules.percent_on(stairs, first, day) == fee.percent
            day += timedelta(days=1)
    assert day == first


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["join", "cancel", "give", "back", "accept", "decline", "leave", "keep", "room", "wait"]),
        st.integers(0, 5), st.integers(1, 3),
    ),
    min_size=4, max_size=14,
)  # fmt: skip


class TestEverything(TestCase):
    """Firms do what they like; time passes."""

    @settings(max_examples=30, deadline=None)
    @given(steps=STEPS)
    def test_the_number_is_the_sum_and_the_order_is_kept_whatever_happens(self, steps):
        with make.stopped():
            self.course, self.booked = make.full_course(2, 1, 2)
            self.at, self.waiting = make.NOW, []
            for what, who, seats in steps:
                with contextlib.suppress(Refused, AlreadyMoved, IndexError):
                    getattr(self, f"_{what}")(who, seats)
                self._all_is_well()

    def _join(self, _who, seats):
        self.waiting.append(make.joined(Course.objects.get(pk=self.course.pk), seats, 1 + seats // 2, at=self.at))

    def _cancel(self, who, _seats):
        booking, by = self.booked[who]
        courses.cancel_booking(booking, by=by, at=self.at)

    def _give(self, who, seats):
        booking, by = self.booked[who]
        make.gave(booking, by, seats, at=self.at)

    def _back(self, who, seats):
        booking, by = self.booked[who]
        flow.give_back_now(booking, seats, by=by, at=self.at)

    def _accept(self, who, _seats):
        entry, by = self.waiting[who]
        entry.refresh_from_db()
        self.booked.append((flow.accept_offer(entry, by=by, at=self.at), by))

    def _decline(self, who, _seats):
        entry, by = self.waiting[who]
        entry.refresh_from_db()
        flow.decline_offer(entry, by=by, at=self.at)

    def _leave(self, who, _seats):
        entry, by = self.waiting[who]
        entry.refresh_from_db()
        flow.leave_list(entry, by=by, at=self.at)

    def _keep(self, who, _seats):
        given = list(GivenSeat.objects.order_by("given_at", "pk"))[who]
        flow.withdraw_given(given, by=given.given_by, at=self.at)

    def _room(self, _who, seats):
        course = Course.objects.get(pk=self.course.pk)
        courses.change_capacity(course, course.capacity + seats, by=courses_make.office(course), at=self.at)

    def _wait(self, _who, seats):
        self.at += timedelta(days=seats)
        flow.turn_over_seats(self.at)

    def _all_is_well(self):
        course = Course.objects.get(pk=self.course.pk)
        assert wrong_counters() == []
        assert course.taken <= course.capacity
        assert course.waiting == ListEntry.objects.filter(course=course, state=EntryState.WAITING).count()
        for booking in Booking.objects.filter(course=course, state__in=HOLDING).exclude(places=None):
            assert booking.seats == booking.places.filter(left_at=None).count()
        for entry in ListEntry.objects.filter(course=course, state=EntryState.OFFERED):
            given = GivenSeat.objects.filter(entry=entry, state=GivenState.OFFERED).count()
            assert entry.offered == given + (entry.held.seats if entry.held else 0)
            assert entry.offer_until <= begins_at(course)
        assert not Seat.objects.filter(given__state=GivenState.TAKEN, left_at=None).exists()
