"""A span that people read is the span that is counted."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.base.retention import Span

AT = datetime(2028, 2, 29, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "words", "day"),
    [
        (Span(years=1), "1 Jahr", "2027-02-28"),
        (Span(years=4), "4 Jahre", "2024-02-29"),
        (Span(months=24), "24 Monate", "2026-02-28"),
        (Span(months=3), "3 Monate", "2027-11-29"),
        (Span(days=30), "30 Tage", "2028-01-30"),
        (Span(), "sofort", "2028-02-29"),
    ],
)
def test_a_span_reads_as_it_counts(span, words, day):
    assert str(span) == words
    assert span.before(AT).date().isoformat() == day


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.integers(1, 240))  # noqa: DTZ001 - any moment
def test_so_many_months_before_is_the_same_day_or_the_month_s_last(at, months):
    before = Span(months=months).before(at)
    assert (at.year * 12 + at.month) - (before.year * 12 + before.month) == months
    assert before.day == at.day or (before.day < at.day and (before.replace(day=28).month == before.month))
    assert Span(months=months + 1).before(at) < before
