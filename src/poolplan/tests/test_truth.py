"""Does it pay to name another limit than the true one? Every lie of every firm and every group, looked through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poolplan.commit import Commitment, Terms, settle
from poolplan.price import PriceRule
from poolplan.tests.words_made import changed, wanted

Lie = tuple[tuple[int, ...], tuple[int, ...]]  # who lies, what they say

FALLING = PriceRule(fixed=12, per_seat=1)
DISCOUNT = PriceRule(fixed=12, per_seat=1, steps=((4, -4),))
JUMPING = PriceRule(fixed=12, per_seat=0, steps=((3, 12),))


@lru_cache(maxsize=2_000)
def outcome_of(terms: Terms, offers: tuple[Commitment, ...]) -> tuple[Fraction, tuple[int, ...]]:
    outcome = settle(terms, offers)
    seats = dict(outcome.seats)
    return outcome.price or Fraction(0), tuple(seats.get(offer.firm, 0) for offer in offers)


def gains(terms: Terms, offers: Sequence[Commitment], worth: Sequence[int]) -> list[Fraction]:
    """What each firm has from the outcome: seats times (worth of a seat - price). `offers` may lie about it."""
    price, seats = outcome_of(terms, tuple(offers))
    return [mine * (true - price) for mine, true in zip(seats, worth, strict=True)]


def lies(firms: int, limits: Sequence[int], together: int) -> Iterator[Lie]:
    for size in range(1, together + 1):
        for who in combinations(range(firms), size):
            for said in product(limits, repeat=size):
                yield who, said


def paying_lie(terms: Terms, honest: Sequence[Commitment], limits: Sequence[int], together: int) -> Lie | None:
    """A lie with which somebody in the group gains and nobody in it loses."""
    worth = [offer.limit_cents or 0 for offer in honest]
    before = gains(terms, honest, worth)
    for who, said in lies(len(honest), limits, together):
        told = list(honest)
        for i, limit in zip(who, said, strict=True):
            told[i] = changed(honest[i], limit_cents=limit)
        after = gains(terms, told, worth)
        if all(after[i] >= before[i] for i in who) and any(after[i] > before[i] for i in who):
            return who, said
    return None


def firms(seats: Sequence[int], limits: Sequence[int]) -> list[Commitment]:
    return [Commitment(f"f{i}", x, n, n, i) for i, (n, x) in enumerate(zip(seats, limits, strict=True))]


@pytest.mark.parametrize("rule", [FALLING, DISCOUNT], ids=["falling", "discount"])
@pytest.mark.parametrize(("n_min", "firms_min"), [(1, 1), (3, 1), (2, 2)])
def test_no_firm_and_no_group_gains_by_naming_another_limit(rule: PriceRule, n_min: int, firms_min: int) -> None:
    limits = (0, 4, 5, 7, 13)  # on, between and beyond the prices 13, 7, 5, 4
    terms = Terms(rule, n_min, 9, firms_min=firms_min)
    for true in product(limits, repeat=3):
        assert paying_lie(terms, firms((1, 2, 1), true), limits, together=3) is None


@settings(deadline=None, max_examples=25)
@given(
    st.integers(0, 40),
    st.integers(0, 5),
    st.lists(st.tuples(st.integers(1, 3), st.integers(0, 30)), min_size=2, max_size=4),
    st.integers(1, 4),
    st.randoms(use_true_random=False),
)
def test_nor_with_made_up_prices_where_seats_are_not_scarce(
    fixed: int, per_seat: int, words: list[tuple[int, int]], n_min: int, random: object
) -> None:
    honest = firms([n for n, _ in words], [x for _, x in words])
    terms = Terms(PriceRule(fixed, per_seat), n_min, max(n_min, wanted(honest)))
    limits = sorted({0, *random.sample(range(60), 3), *(x for _, x in words)})[:4]  # type: ignore[attr-defined]
    assert paying_lie(terms, honest, limits, together=len(honest)) is None


def test_no_seat_is_worth_less_for_a_firm_that_tells_the_truth() -> None:
    for true in product((0, 4, 5, 7, 13), repeat=3):
        assert min(gains(Terms(FALLING, 2, 9), firms((1, 2, 1), true), true)) >= 0


# --- what is not promised ---------------------------------------------------------------------------
def test_where_the_price_jumps_naming_a_lower_limit_can_pay() -> None:
    # Three in: 24 / 3 = 8 each. If the first says 7, only two can be in: 12 / 2 = 6 each.
    honest = firms((1, 1, 1), (9, 9, 9))
    terms = Terms(JUMPING, 1, 5)
    told = [changed(honest[0], limit_cents=7), *honest[1:]]
    assert gains(terms, honest, (9, 9, 9)) == [1, 1, 1]
    assert gains(terms, told, (9, 9, 9)) == [3, 3, 0]
    assert paying_lie(terms, honest, (7, 9), together=1) is not None


def test_where_seats_are_scarce_a_group_can_gain() -> None:
    # Four seats. The first firm's three leave one empty: 15 / 3 = 5 each. If it steps back, nothing is lost for it
    # (a seat is worth exactly 5 to it), and the others fill all four for 4 each.
    honest = firms((3, 4), (5, 9))
    terms = Terms(PriceRule(15, 0), 1, 4)
    assert gains(terms, honest, (5, 9)) == [0, 0]
    assert gains(terms, [changed(honest[0], limit_cents=0), honest[1]], (5, 9)) == [0, 4 * (9 - Fraction(15, 4))]
    assert paying_lie(terms, honest, (0, 5, 9), together=2) == ((0, 1), (0, 5))


def test_where_seats_are_scarce_even_a_single_firm_can_gain() -> None:
    # Four seats. Honest: the first two are in, 14 / 2 = 7 each; the third does not fit any more. If the first says 4,
    # it can only be in together with the third: 16 / 4 = 4 each, and the second is out.
    honest, terms = firms((1, 1, 3), (13, 13, 4)), Terms(FALLING, 1, 4)
    told = [changed(honest[0], limit_cents=4), *honest[1:]]
    assert gains(terms, honest, (13, 13, 4)) == [6, 6, 0]
    assert gains(terms, told, (13, 13, 4)) == [9, 0, 0]


def test_asking_for_a_seat_more_than_needed_can_rescue_a_run_and_is_paid_for() -> None:
    # Seven seats of worth 100 and a minimum of eight: who says eight pays eight.
    terms = Terms(PriceRule(400, 0), 8, 12)
    assert not settle(terms, [Commitment("A", 100, 7, 7)]).comes_about
    with_empty_seat = settle(terms, [Commitment("A", 100, 8, 8)])
    assert with_empty_seat.price == 50
    assert 7 * 100 - 8 * 50 > 0
