"""Every promise of the mechanism on made-up words, against brute force; and what is not promised, by counterexample."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poolplan.commit import (
    Commitment,
    Policy,
    Terms,
    above_limits,
    by_order,
    settle,
    settle_commitments,
    small_firms_first,
)
from poolplan.price import PriceRule
from poolplan.shares import Party, per_seat
from poolplan.tests.words_made import (
    allocations,
    any_rules,
    best_allocation,
    changed,
    falling_rules,
    price_of,
    promises,
    wanted,
    whole,
)

few = promises(firms=4, seats=2, limit=40)
small_rules = st.one_of(any_rules(most=120), falling_rules(most=120))
quick = settings(deadline=None, max_examples=50)
often = settings(deadline=None, max_examples=150)
policies = st.sampled_from([by_order, small_firms_first])


def greatest_fixpoint(rule: PriceRule, offers: list[Commitment], n_min: int) -> dict[object, int]:
    """The mechanism as the paper words it: all in, drop who cannot pay, again."""
    inside = list(offers)
    while inside:
        n = wanted(inside)
        staying = [offer for offer in inside if offer.pays(rule.price(n))]
        if len(staying) == len(inside):
            return {offer.firm: offer.hi for offer in inside} if n >= n_min else {}
        inside = staying
    return {}


# --- against brute force ----------------------------------------------------------------------------
@often
@given(small_rules, few, st.integers(1, 6), st.integers(0, 12), policies, st.integers(1, 3))
def test_the_allocation_is_the_best_of_all_stable_ones(
    rule: PriceRule, offers: list[Commitment], n_min: int, room: int, policy: Policy, firms_min: int
) -> None:
    terms = Terms(rule, n_min, n_min + room, policy, firms_min)
    assert dict(settle(terms, offers).seats) == best_allocation(terms, offers)


@quick
@given(small_rules, few, st.integers(1, 6))
def test_where_seats_are_not_scarce_no_stable_allocation_seats_more_people(
    rule: PriceRule, offers: list[Commitment], n_min: int
) -> None:
    terms = Terms(rule, n_min, max(n_min, wanted(offers)))
    most = max((sum(seats) for seats in allocations(terms, offers)), default=0)
    assert settle(terms, offers).total_seats == most


@quick
@given(falling_rules(), promises(), st.integers(1, 10))
def test_with_a_falling_price_it_is_the_greatest_fixpoint(
    rule: PriceRule, offers: list[Commitment], n_min: int
) -> None:
    outcome = settle_commitments(rule, offers, n_min, 100)
    assert outcome.monotone
    assert dict(outcome.seats) == greatest_fixpoint(rule, offers, n_min)
    assert outcome.cascade[-1].members == outcome.members or not outcome.comes_about


# --- nobody above the limit -------------------------------------------------------------------------
@quick
@given(any_rules(), promises(), st.integers(1, 10), st.integers(0, 20), policies)
def test_nobody_ever_pays_above_the_limit_not_even_on_the_invoice(
    rule: PriceRule, offers: list[Commitment], n_min: int, room: int, policy: Policy
) -> None:
    outcome = settle_commitments(rule, offers, n_min, n_min + room, policy)
    words = {offer.firm: offer for offer in offers}
    for firm, seats in outcome.seats:
        assert words[firm].pays(price_of(outcome))
        assert words[firm].lo <= seats <= words[firm].hi
    assert outcome.total_seats == 0 or n_min <= outcome.total_seats <= n_min + room
    if outcome.comes_about:
        invoices = per_seat(rule.total(outcome.total_seats), [Party(firm, n) for firm, n in outcome.seats])
        assert sum(invoices.values()) == rule.total(outcome.total_seats)
        assert above_limits(invoices, outcome, offers) == ()
        for firm, seats in outcome.seats:
            limit = words[firm].limit_cents
            assert limit is None or invoices[firm] <= limit * seats


# --- the order of answers ---------------------------------------------------------------------------
@quick
@given(any_rules(), promises(), st.integers(1, 10), st.integers(0, 20), st.randoms())
def test_the_order_of_the_list_does_not_matter(
    rule: PriceRule, offers: list[Commitment], n_min: int, room: int, random: object
) -> None:
    shuffled = list(offers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    n_max = n_min + room
    assert settle_commitments(rule, shuffled, n_min, n_max) == settle_commitments(rule, offers, n_min, n_max)


@quick
@given(falling_rules(), promises(), st.integers(1, 10), st.permutations(range(7)))
def test_who_answered_first_does_not_matter_where_seats_are_not_scarce(
    rule: PriceRule, offers: list[Commitment], n_min: int, orders: list[int]
) -> None:
    again = [changed(offer, order=orders[i]) for i, offer in enumerate(offers)]
    before, after = settle_commitments(rule, offers, n_min, 100), settle_commitments(rule, again, n_min, 100)
    assert (dict(before.seats), before.price) == (dict(after.seats), after.price)


def test_who_answered_first_matters_where_seats_are_scarce() -> None:
    one, other = Commitment("A", None, 3, 3, 1), Commitment("B", None, 3, 3, 2)
    assert settle_commitments(PriceRule(900, 0), [one, other], 1, 5).members == ("A",)
    assert settle_commitments(PriceRule(900, 0), [changed(one, order=3), other], 1, 5).members == ("B",)


# --- one more member, a higher limit ----------------------------------------------------------------
@quick
@given(falling_rules(), promises(), st.integers(1, 10), st.integers(0, 150_000), st.integers(1, 3))
def test_one_more_firm_never_makes_it_dearer_and_pushes_nobody_out(
    rule: PriceRule, offers: list[Commitment], n_min: int, limit: int, firms_min: int
) -> None:
    terms = Terms(rule, n_min, 100, firms_min=firms_min)
    before, after = settle(terms, offers), settle(terms, [*offers, Commitment("new", limit, 1, 3, -1)])
    assert price_of(after) <= price_of(before)
    assert dict(before.seats).items() <= dict(after.seats).items()


@quick
@given(falling_rules(), promises(), st.integers(1, 10), st.integers(0, 50_000), st.integers(0, 6))
def test_a_higher_limit_never_puts_anybody_out(
    rule: PriceRule, offers: list[Commitment], n_min: int, more: int, who: int
) -> None:
    mine = offers[who % len(offers)]
    raised = changed(mine, limit_cents=None if mine.limit_cents is None else mine.limit_cents + more)
    before = settle_commitments(rule, offers, n_min, 100)
    after = settle_commitments(rule, [raised if offer is mine else offer for offer in offers], n_min, 100)
    assert set(before.members) <= set(after.members)
    assert price_of(after) <= price_of(before)


@quick
@given(small_rules, few, st.integers(1, 6), st.integers(0, 12), st.integers(0, 40), policies)
def test_a_higher_own_limit_never_puts_the_firm_itself_out_whatever_the_price_does(
    rule: PriceRule, offers: list[Commitment], n_min: int, room: int, more: int, policy: Policy
) -> None:
    terms = Terms(rule, n_min, n_min + room, policy)
    for mine in offers:
        if mine.firm in settle(terms, offers).members and mine.limit_cents is not None:
            raised = changed(mine, limit_cents=mine.limit_cents + more)
            assert mine.firm in settle(terms, [raised if o is mine else o for o in offers]).members


def test_where_seats_are_scarce_a_small_firm_served_first_may_make_it_dearer_and_push_out() -> None:
    big = Commitment("big", None, 4, 4, size=900)
    terms = Terms(PriceRule(1200, 0), 1, 4, small_firms_first)
    before, after = settle(terms, [big]), settle(terms, [big, Commitment("small", None, 3, 3, size=9)])
    assert (before.price, after.price) == (300, 400)
    assert after.members == ("small",)


def test_where_the_price_jumps_one_more_firm_may_make_it_dearer_and_push_out() -> None:
    terms = Terms(PriceRule(1200, 0, ((13, 1200),)), 1, 20)
    twelve, more = Commitment("A", 150, 12, 12, 1), Commitment("B", 200, 13, 13, 2)
    assert settle(terms, [twelve]).price == 100
    after = settle(terms, [twelve, more])
    assert (after.members, price_of(after) > 150) == (("B",), True)


def test_where_the_price_jumps_a_higher_limit_may_put_another_out() -> None:
    terms = Terms(PriceRule(1200, 0, ((13, 1200),)), 1, 20)
    first, other = Commitment("A", 100, 13, 13, 1), Commitment("B", 150, 12, 12, 2)
    assert settle(terms, [first, other]).members == ("B",)
    assert settle(terms, [changed(first, limit_cents=200), other]).members == ("A",)


# --- the ways out really are ways out ---------------------------------------------------------------
def raised(offers: list[Commitment], raises: dict[object, Fraction]) -> list[Commitment]:
    return [
        changed(
            o, limit_cents=None if o.limit_cents is None else o.limit_cents + whole(raises.get(o.firm, Fraction(0)))
        )
        for o in offers
    ]


@quick
@given(falling_rules(), promises(), st.integers(1, 6))
def test_the_first_gap_really_rescues_by_limits_and_by_seats(
    rule: PriceRule, offers: list[Commitment], n_min: int
) -> None:
    gap = settle_commitments(rule, offers, n_min, 100).first_gap
    if gap is None or gap.money is None:
        return
    assert settle_commitments(rule, raised(offers, dict(gap.raise_limits)), n_min, 100).first_gap is None
    assert gap.money == sum(cents * {o.firm: o.hi for o in offers}[firm] for firm, cents in gap.raise_limits)
    if gap.more_seats is not None:
        joined = [*offers, Commitment("new", None, gap.more_seats, gap.more_seats, 99)]
        assert settle_commitments(rule, joined, n_min, 100).first_gap is None


@often
@given(small_rules, few, st.integers(1, 8), st.integers(0, 8), st.integers(1, 3))
def test_the_rescue_really_rescues_and_nothing_smaller_does(
    rule: PriceRule, offers: list[Commitment], n_min: int, room: int, firms_min: int
) -> None:
    terms = Terms(rule, n_min, n_min + room, firms_min=firms_min)
    outcome = settle(terms, offers)
    assert (outcome.rescue is None) == outcome.comes_about
    if outcome.rescue is None:
        return
    assert outcome.rescue.money == least_money(terms, offers)
    assert outcome.rescue.more_seats == least_seats(terms, offers)
    found = outcome.rescue
    if found.money is not None:
        helped = [*raised(offers, dict(found.raise_limits)), *bought(found.empty_seats)]
        assert settle(Terms(rule, n_min, n_min + room), helped).comes_about
    if found.one_raise is not None:
        firm, cents = found.one_raise
        assert settle(terms, raised(offers, {firm: Fraction(cents)})).comes_about
        assert all(not settle(terms, raised(offers, {o.firm: Fraction(cents - 1)})).comes_about for o in offers)


def bought(empty: int) -> list[Commitment]:
    return [Commitment("empty", None, empty, empty, 99)] if empty else []


def least_money(terms: Terms, offers: list[Commitment]) -> Fraction | None:
    """Every allocation, every number of seats bought empty."""
    best = None
    for seats in product(*[(0, *range(o.lo, o.hi + 1)) for o in offers]):
        for n in range(max(1, sum(seats)), terms.n_max + 1):
            if any(seats) and terms.enough(n, sum(1 for mine in seats if mine)):
                price = terms.rule.price(n)
                money = price * (n - sum(seats))
                for offer, mine in zip(offers, seats, strict=True):
                    money += mine * max(
                        Fraction(0), price - (price if offer.limit_cents is None else offer.limit_cents)
                    )
                best = money if best is None else min(best, money)
    return best


def least_seats(terms: Terms, offers: list[Commitment]) -> int | None:
    for more in range(1, terms.n_max + 1):
        if settle(terms, [*offers, Commitment("new", None, more, more, 99)]).comes_about:
            return more
    return None


@quick
@given(small_rules, few, st.integers(1, 6), st.integers(0, 12))
def test_raising_the_own_limit_as_told_brings_the_firm_in_and_less_does_not(
    rule: PriceRule, offers: list[Commitment], n_min: int, room: int
) -> None:
    terms = Terms(rule, n_min, n_min + room)
    for distance in settle(terms, offers).distances:
        mine = next(offer for offer in offers if offer.firm == distance.firm)
        if not distance.raise_by or mine.limit_cents is None:
            continue
        for more, inside in ((distance.raise_by, True), (distance.raise_by - 1, False)):
            limit = mine.limit_cents + more
            then = settle(terms, [changed(o, limit_cents=limit) if o is mine else o for o in offers])
            assert (mine.firm in then.members) == inside


@pytest.mark.parametrize("policy", [by_order, small_firms_first])
def test_thirty_firms_are_settled_at_once(policy: Policy) -> None:
    offers = [Commitment(i, 20_000 + 997 * (i * 7 % 30), 1 + i % 3, 3 + i % 4, i, i * 13 % 50) for i in range(30)]
    outcome = settle_commitments(PriceRule(900_000, 4_000, ((41, 300_000),)), offers, 20, 80, policy)
    assert outcome.comes_about
    assert outcome.rises_at == (41,)
