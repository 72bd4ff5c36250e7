"""Invoices are split to the cent."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poolplan.errors import ProblemError
from poolplan.shares import (
    Party,
    base_and_seat,
    by_hours,
    per_seat,
    round_shares,
    size_weighted,
    split_cents,
    sponsor_first,
)


@pytest.mark.parametrize(
    ("total", "seats", "shares"),
    [
        (570_000, [4, 3, 2, 2, 1, 3], [152_000, 114_000, 76_000, 76_000, 38_000, 114_000]),
        (547_777, [4, 3, 2, 2], [199_191, 149_394, 99_596, 99_596]),
        (100_000, [1, 1, 1], [33_334, 33_333, 33_333]),
    ],
)
def test_the_worked_invoices_come_out_to_the_cent(total: int, seats: list[int], shares: list[int]) -> None:
    parties = [Party(f"firm{i}", n) for i, n in enumerate(seats)]
    assert list(per_seat(total, parties).values()) == shares


@settings(deadline=None)
@given(st.integers(0, 10**9), st.lists(st.integers(0, 1000), min_size=1, max_size=30).filter(any))
def test_shares_add_up_to_the_cent_and_lie_within_a_cent_of_exact(total: int, weights: list[int]) -> None:
    cents = split_cents(total, weights)
    assert sum(cents) == total
    for share, weight in zip(cents, weights, strict=True):
        assert abs(share - Fraction(total * weight, sum(weights))) < 1


@st.composite
def parties(draw: st.DrawFn) -> list[Party]:
    one = st.tuples(st.integers(1, 6), st.fractions(1, 80, max_denominator=4), st.integers(1, 900))
    return [Party(f"firm{i}", *values) for i, values in enumerate(draw(st.lists(one, min_size=1, max_size=8)))]


@settings(deadline=None)
@given(st.integers(0, 10**8), parties(), st.integers(0, 10**8), st.integers(0, 10**8))
def test_every_key_adds_up_to_the_cent(total: int, people: list[Party], base: int, given_by: int) -> None:
    for shares in (
        per_seat(total, people),
        by_hours(total, people),
        size_weighted(total, people),
        base_and_seat(total, min(base, total), people),
        sponsor_first(total, [("fund", given_by), ("firm0", base)], people, by_hours),
    ):
        assert sum(shares.values()) == total
        assert min(shares.values()) >= 0


@settings(deadline=None)
@given(st.lists(st.fractions(-1000, 1000, max_denominator=60), min_size=1, max_size=8))
def test_rounding_keeps_the_sum_also_below_zero(exact: list[Fraction]) -> None:
    exact.append(1 - sum(exact) % 1)
    cents = round_shares(exact)
    assert sum(cents) == sum(exact)
    assert all(abs(one - share) < 1 for one, share in zip(cents, exact, strict=True))


def test_what_is_no_whole_number_of_cents_is_not_rounded_in_silence() -> None:
    with pytest.raises(ProblemError) as error:
        round_shares([Fraction(1, 2)])
    assert error.value.field == "shares"


def test_a_base_fee_is_equal_and_the_rest_goes_by_seats() -> None:
    parties = [Party("A", 3), Party("B", 1)]
    assert base_and_seat(100_000, 20_000, parties) == {"A": 70_000, "B": 30_000}


def test_hours_and_size_weigh_as_they_say() -> None:
    parties = [Party("A", 2, hours=16, size=100), Party("B", 2, hours=48, size=300)]
    assert by_hours(40_000, parties) == {"A": 10_000, "B": 30_000}
    assert size_weighted(40_000, parties) == {"A": 10_000, "B": 30_000}


def test_a_sponsor_pays_first_and_never_more_than_it_said() -> None:
    parties = [Party("A", 3), Party("B", 1)]
    assert sponsor_first(100_000, [("fund", 60_000)], parties) == {"fund": 60_000, "A": 30_000, "B": 10_000}
    assert sponsor_first(50_000, [("fund", 60_000)], parties) == {"fund": 50_000, "A": 0, "B": 0}
    assert sponsor_first(100_000, [("A", 20_000)], parties) == {"A": 80_000, "B": 20_000}


def test_nobody_to_pay_is_said_by_field() -> None:
    with pytest.raises(ProblemError) as error:
        split_cents(100, [0, 0])
    assert error.value.field == "weights"
