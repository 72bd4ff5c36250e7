"""What firms are promised when they say "in, if at most so much per seat"."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from poolplan.commit import Commitment, Outcome, settle_commitments, small_firms_first
from poolplan.price import PriceRule

RULE = PriceRule(fixed=480_000, per_seat=6_000)
WORKED_CASE = {"A": (4, 700), "B": (3, 520), "C": (2, 480), "D": (2, 430), "E": (1, 900), "F": (3, 380)}


def worked_case(**seats: int) -> list[Commitment]:
    """The cascade of the domain paper, seats changed at will."""
    return [
        Commitment(firm, limit * 100, seats.get(firm, n), seats.get(firm, n), order)
        for order, (firm, (n, limit)) in enumerate(WORKED_CASE.items())
    ]


def euros(cents: Fraction | None) -> float:
    assert cents is not None
    return round(float(cents) / 100, 2)


def test_fifteen_seats_cost_380_each_and_all_are_in() -> None:
    outcome = settle_commitments(RULE, worked_case(), 8, 15)
    assert outcome.members == tuple("ABCDEF")
    assert (outcome.total_seats, euros(outcome.price)) == (15, 380.00)
    assert outcome.first_gap is None
    assert outcome.monotone


def test_one_seat_lost_kills_the_run_and_the_first_gap_says_how_little_is_missing() -> None:
    outcome = settle_commitments(RULE, worked_case(A=3), 8, 15)
    assert not outcome.comes_about
    gap = outcome.first_gap
    assert gap is not None
    assert gap.firms == ("F",)
    assert (gap.seats, euros(gap.price), euros(gap.money)) == (14, 402.86, 68.57)
    assert [(firm, euros(cents)) for firm, cents in gap.raise_limits] == [("F", 22.86)]
    assert gap.more_seats == 1
    assert outcome.short_of == 1


def test_a_cap_of_fourteen_fails_from_the_start() -> None:
    outcome = settle_commitments(RULE, worked_case(), 8, 14)
    assert not outcome.comes_about
    assert outcome.first_gap is not None


def test_raising_the_limit_by_the_gap_rescues_the_run() -> None:
    offers = worked_case(A=3)
    offers[-1] = Commitment("F", 38_000 + 2_286, 3, 3, 5)
    outcome = settle_commitments(RULE, offers, 8, 15)
    assert outcome.members == tuple("ABCDEF")


def test_scarce_seats_go_to_the_earlier_commitment_or_by_policy_to_the_smaller_firm() -> None:
    big = Commitment("big", None, 1, 6, order=1, size=900)
    small = Commitment("small", None, 3, 4, order=2, size=9)
    first = settle_commitments(RULE, [small, big], 1, 8)
    assert first.members == ("big",)
    assert [(d.firm, d.reason) for d in first.distances] == [("big", "in"), ("small", "full")]
    fair = settle_commitments(RULE, [small, big], 1, 8, small_firms_first)
    assert dict(fair.seats) == {"small": 4, "big": 4}


def test_a_second_trainer_makes_the_price_jump_and_most_seats_anybody_can_pay_are_taken() -> None:
    rule = PriceRule(fixed=120_000, per_seat=0, steps=((13, 120_000),))
    offers = [Commitment("A", 11_000, 6, 6, 1), Commitment("B", 11_000, 5, 8, 2)]
    outcome = settle_commitments(rule, offers, 4, 20)
    assert not outcome.monotone
    assert dict(outcome.seats) == {"A": 6, "B": 6}
    assert outcome.price == 10_000


def test_too_few_seats_are_told_as_seats_not_as_money() -> None:
    outcome = settle_commitments(RULE, [Commitment("A", None, 3, 3)], 8, 15)
    gap = outcome.first_gap
    assert gap is not None
    assert (gap.firms, gap.money, gap.more_seats) == ((), None, 5)
    assert outcome.short_of == 5


@st.composite
def falling_rules(draw: st.DrawFn) -> PriceRule:
    return PriceRule(draw(st.integers(0, 900_000)), draw(st.integers(0, 30_000)))


@st.composite
def any_rules(draw: st.DrawFn) -> PriceRule:
    step = st.tuples(st.integers(1, 25), st.integers(0, 200_000))
    steps = tuple(draw(st.lists(step, max_size=2)))
    return PriceRule(draw(st.integers(0, 900_000)), draw(st.integers(0, 30_000)), steps)


@st.composite
def promises(draw: st.DrawFn) -> list[Commitment]:
    count = draw(st.integers(1, 7))
    offers = []
    for i in range(count):
        lo = draw(st.integers(1, 4))
        limit = draw(st.one_of(st.none(), st.integers(0, 150_000)))
        offers.append(Commitment(f"firm{i}", limit, lo, lo + draw(st.integers(0, 4)), i))
    return offers


def greatest_fixpoint(rule: PriceRule, offers: list[Commitment], n_min: int) -> dict[object, int]:
    """The mechanism as the paper words it: all in, drop who cannot pay, again."""
    inside = list(offers)
    while inside:
        n = sum(offer.hi for offer in inside)
        staying = [offer for offer in inside if offer.pays(rule.price(n))]
        if len(staying) == len(inside):
            return {offer.firm: offer.hi for offer in inside} if n >= n_min else {}
        inside = staying
    return {}


@settings(deadline=None)
@given(any_rules(), promises(), st.integers(1, 10), st.integers(0, 20))
def test_nobody_ever_pays_above_the_limit(rule: PriceRule, offers: list[Commitment], n_min: int, room: int) -> None:
    outcome = settle_commitments(rule, offers, n_min, n_min + room)
    limits = {offer.firm: offer for offer in offers}
    for firm, seats in outcome.seats:
        assert outcome.price is not None
        assert limits[firm].pays(outcome.price)
        assert limits[firm].lo <= seats <= limits[firm].hi
    assert outcome.total_seats == 0 or n_min <= outcome.total_seats <= n_min + room


@settings(deadline=None)
@given(falling_rules(), promises(), st.integers(1, 10))
def test_with_a_falling_price_it_is_the_greatest_fixpoint(
    rule: PriceRule, offers: list[Commitment], n_min: int
) -> None:
    outcome = settle_commitments(rule, offers, n_min, 100)
    assert outcome.monotone
    assert dict(outcome.seats) == greatest_fixpoint(rule, offers, n_min)


@settings(deadline=None)
@given(any_rules(), promises(), st.integers(1, 10), st.integers(0, 20), st.randoms())
def test_the_order_of_the_list_does_not_matter(
    rule: PriceRule, offers: list[Commitment], n_min: int, room: int, random: object
) -> None:
    shuffled = list(offers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    n_max = n_min + room
    assert settle_commitments(rule, shuffled, n_min, n_max) == settle_commitments(rule, offers, n_min, n_max)


def price_of(outcome: Outcome) -> Fraction:
    return outcome.price if outcome.price is not None else Fraction(10**12)


@settings(deadline=None)
@given(falling_rules(), promises(), st.integers(1, 10), st.integers(0, 150_000))
def test_one_more_firm_never_makes_it_dearer_and_pushes_nobody_out(
    rule: PriceRule, offers: list[Commitment], n_min: int, limit: int
) -> None:
    before = settle_commitments(rule, offers, n_min, 100)
    after = settle_commitments(rule, [*offers, Commitment("new", limit, 1, 3, 99)], n_min, 100)
    assert price_of(after) <= price_of(before)
    assert set(before.members) <= set(after.members)


@settings(deadline=None)
@given(falling_rules(), promises(), st.integers(1, 10), st.integers(0, 50_000))
def test_a_higher_limit_never_puts_anybody_out(
    rule: PriceRule, offers: list[Commitment], n_min: int, more: int
) -> None:
    first = offers[0]
    if first.limit_cents is None:
        return
    raised = [Commitment(first.firm, first.limit_cents + more, first.lo, first.hi, first.order), *offers[1:]]
    before = settle_commitments(rule, offers, n_min, 100)
    after = settle_commitments(rule, raised, n_min, 100)
    assert set(before.members) <= set(after.members)
    assert price_of(after) <= price_of(before)


@settings(deadline=None)
@given(falling_rules(), promises(), st.integers(1, 6))
def test_the_first_gap_really_rescues(rule: PriceRule, offers: list[Commitment], n_min: int) -> None:
    gap = settle_commitments(rule, offers, n_min, 100).first_gap
    if gap is None or gap.money is None:
        return
    raises = dict(gap.raise_limits)
    mended = [
        Commitment(o.firm, None if o.limit_cents is None else o.limit_cents + _up(raises.get(o.firm)), o.lo, o.hi)
        for o in offers
    ]
    assert settle_commitments(rule, mended, n_min, 100).first_gap is None


def _up(cents: Fraction | None) -> int:
    return 0 if cents is None else -(-cents.numerator // cents.denominator)
