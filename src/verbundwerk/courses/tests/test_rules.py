"""Dates and shares, as plain values."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.base.holidays import date_warnings
from verbundwerk.courses import rules
from verbundwerk.courses.terms import Half, Presence

DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 10, 31), "Feiertag: Reformationstag"),
        (date(2026, 10, 14), "Schulferien: Herbstferien"),
        (date(2026, 11, 8), "Sonntag"),
    ],
)
def test_holidays_of_lower_saxony_and_sundays_are_named(day, text):
    assert text in [one.text for one in date_warnings([day])]


def test_an_ordinary_working_day_has_no_warning():
    assert date_warnings([date(2026, 11, 30)]) == []


@given(st.lists(DAYS, max_size=20))
def test_warnings_come_in_order_and_never_for_other_days(days):
    warned = [one.day for one in date_warnings(days)]

    assert warned == sorted(warned)
    assert set(warned) <= set(days)


@given(DAYS, st.integers(0, 40), st.sampled_from(["day", "morning", "afternoon", "evening"]))
def test_half_days_follow_each_other_without_overlap(first, length, part):
    days = rules.working_days(first, first + timedelta(days=length))
    halves = rules.half_days([{"date": day.isoformat(), "part": part} for day in days], first, first)

    assert all(earlier.ends_at <= later.starts_at for earlier, later in pairwise(halves))
    assert len(halves) == len(days) * (2 if part == "day" else 1)


def test_without_dates_every_working_day_of_the_span_is_a_course_day():
    halves = rules.half_days([], date(2026, 11, 27), date(2026, 11, 30))

    assert {one.starts_at.date() for one in halves} == {date(2026, 11, 27), date(2026, 11, 30)}


def test_a_half_day_keeps_its_hour_over_the_change_of_the_clocks():
    summer, winter = (rules.half_day(day, Half.MORNING) for day in (date(2026, 10, 23), date(2026, 10, 26)))

    assert summer.starts_at.hour == winter.starts_at.hour == 8
    assert summer.starts_at.utcoffset() != winter.starts_at.utcoffset()


@given(st.lists(st.sampled_from(list(Presence)), max_size=40), st.integers(0, 40))
def test_attended_means_three_quarters_and_never_more_than_that(presences, half_days):
    there = sum(one in {Presence.PRESENT, Presence.DIGITAL} for one in presences)

    assert rules.has_attended(presences, half_days) == (half_days > 0 and 4 * there >= 3 * half_days)


def test_less_than_eleven_hours_of_rest_is_noticed():
    evening = rules.half_day(date(2026, 11, 30), Half.EVENING)
    early = datetime(2026, 12, 1, 6, 0, tzinfo=rules.REGION)
    morning = rules.half_day(date(2026, 12, 1), Half.MORNING)

    assert rules.too_little_rest([(evening.starts_at, evening.ends_at), (early, early + timedelta(hours=3))]) == [early]
    assert rules.too_little_rest([(evening.starts_at, evening.ends_at), (morning.starts_at, morning.ends_at)]) == []
