"""Made-up words of firms, and every stable allocation by brute force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from poolplan.commit import Commitment, Outcome, Terms
from poolplan.price import PriceRule
from poolplan.types import Id

DEAR = Fraction(10**12)


@st.composite
def falling_rules(draw: st.DrawFn, most: int = 900_000) -> PriceRule:
    """Fixed cost, cost per seat, perhaps a discount: a seat never gets dearer."""
    fixed = draw(st.integers(0, most))
    steps = draw(st.lists(st.tuples(st.integers(1, 25), st.integers(-fixed // 2, 0)), max_size=1))
    return PriceRule(fixed, draw(st.integers(0, most // 30)), tuple(steps))


@st.composite
def any_rules(draw: st.DrawFn, most: int = 900_000) -> PriceRule:
    step = st.tuples(st.integers(1, 25), st.integers(0, most // 4))
    steps = tuple(draw(st.lists(step, max_size=2)))
    return PriceRule(draw(st.integers(0, most)), draw(st.integers(0, most // 30)), steps)


@st.composite
def promises(draw: st.DrawFn, firms: int = 7, seats: int = 4, limit: int = 150_000) -> list[Commitment]:
    offers = []
    for i in range(draw(st.integers(1, firms))):
        lo = draw(st.integers(1, seats))
        most = draw(st.one_of(st.none(), st.integers(0, limit)))
        offers.append(Commitment(f"firm{i}", most, lo, lo + draw(st.integers(0, seats)), i, draw(st.integers(1, 99))))
    return offers


def wanted(offers: Sequence[Commitment]) -> int:
    """Seats if everybody got all: with so much room, seats are not scarce."""
    return sum(offer.hi for offer in offers)


def allocations(terms: Terms, offers: Sequence[Commitment]) -> Iterator[tuple[int, ...]]:
    """Every stable allocation, seat by seat, in the policy's order."""
    ways = [(0, *range(offer.lo, offer.hi + 1)) for offer in offers]
    for seats in product(*ways):
        n, firms = sum(seats), sum(1 for mine in seats if mine)
        if n and terms.enough(n, firms):
            price = terms.rule.price(n)
            if all(offer.pays(price) for offer, mine in zip(offers, seats, strict=True) if mine):
                yield seats


def best_allocation(terms: Terms, commitments: Sequence[Commitment]) -> dict[Id, int]:
    """What the mechanism promises to take, found by looking at everything."""
    offers = sorted(commitments, key=terms.policy)
    found = list(allocations(terms, offers))
    if not found:
        return {}
    best = max(found, key=lambda seats: (sum(seats) if terms.rises_at else 0, seats))
    return {offer.firm: mine for offer, mine in zip(offers, best, strict=True) if mine}


def price_of(outcome: Outcome) -> Fraction:
    return outcome.price if outcome.price is not None else DEAR


def changed(offer: Commitment, **values: object) -> Commitment:
    """The same word with other values."""
    return Commitment(**{name: values.get(name, getattr(offer, name)) for name in Commitment.__slots__})  # type: ignore[arg-type]


def whole(cents: Fraction) -> int:
    return -(-cents.numerator // cents.denominator)
