"""The tables a plan is built from, and who may do what."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.needs.terms import Block, Shift, Urgency
from verbundwerk.network.terms import SizeClass
from verbundwerk.pooling import rules

MONDAY, TUESDAY, THURSDAY, FRIDAY, SATURDAY = 0, 2, 6, 8, 10
EVENING = 1


@pytest.mark.parametrize(
    ("shift", "weekday", "evening", "saturday"),
    [
        (Shift.DAY, True, True, False),
        (Shift.EARLY, True, True, False),
        (Shift.LATE, True, False, False),
        (Shift.TWO, True, False, False),
        (Shift.THREE, True, False, False),
        (Shift.CONTINUOUS, True, False, True),
        (Shift.WEEKEND, True, True, False),
    ],
)
def test_every_shift_has_its_dayparts(shift, weekday, evening, saturday):
    accepted = rules.accepted_dayparts(shift, Block.ANY)
    for day in (MONDAY, TUESDAY, THURSDAY, FRIDAY):
        assert (day in accepted) is weekday
        assert (day + EVENING in accepted) is evening
    assert (SATURDAY in accepted) is saturday
    assert SATURDAY + EVENING not in accepted


def test_the_table_knows_every_shift_and_every_block():
    assert set(rules.SHIFT_DAYPARTS) == set(Shift)
    assert set(rules.BLOCK_DAYPARTS) == set(Block)


def test_whoever_wants_evenings_gets_only_evenings():
    assert rules.accepted_dayparts(Shift.DAY, Block.EVENINGS) == frozenset({1, 3, 5, 7, 9})


def test_the_late_shift_is_never_taught_in_the_evening_whatever_the_wish():
    assert rules.accepted_dayparts(Shift.LATE, Block.EVENINGS) == frozenset()


def test_a_whole_week_has_no_saturday():
    assert SATURDAY not in rules.accepted_dayparts(Shift.CONTINUOUS, Block.WEEK)


def test_only_weeks_that_lie_whole_in_the_window_count():
    monday = date(2027, 3, 1)
    window = (date(2027, 3, 9), date(2027, 3, 26))
    assert rules.accepted_weeks(window, monday, 8) == frozenset({2, 3})


def test_a_week_full_of_holidays_is_left_out():
    monday = date(2027, 3, 1)
    assert rules.accepted_weeks((monday, date(2027, 3, 26)), monday, 8, closed=[1]) == frozenset({0, 2, 3})


@given(st.integers(0, 200), st.integers(0, 120), st.integers(1, 30))
def test_an_accepted_week_never_leaves_the_window(start, length, weeks):
    monday = date(2027, 1, 4)
    first = monday + timedelta(days=start - 50)
    last = first + timedelta(days=length)
    for week in rules.accepted_weeks((first, last), monday, weeks):
        assert 0 <= week < weeks
        assert first <= monday + timedelta(weeks=week)
        assert monday + timedelta(weeks=week, days=4) <= last


def test_urgent_needs_and_small_firms_weigh_more():
    assert rules.penalty(Urgency.URGENT, SizeClass.LARGE) > rules.penalty(Urgency.NORMAL, SizeClass.LARGE)
    assert rules.penalty(Urgency.NORMAL, SizeClass.SMALL) == 3750
    assert rules.penalty(Urgency.NORMAL, SizeClass.MEDIUM) == rules.penalty(Urgency.NORMAL, None) == 3000


@given(st.fractions(min_value=0, max_value=10**7), st.integers(0, 10**7))
def test_rounding_up_to_the_cent_never_passes_a_limit_the_price_kept(price, limit):
    if price <= limit:
        assert rules.whole_cents(price) <= limit


def test_a_third_of_a_cent_is_rounded_up():
    assert rules.whole_cents(Fraction(100, 3)) == 34
    assert rules.whole_cents(Fraction(34)) == 34
