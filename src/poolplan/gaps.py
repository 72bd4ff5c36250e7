"""What is missing, before anybody is dropped: the first gap, the cascade, and the cheapest rescue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from poolplan.seating import Seating, seated
from poolplan.types import Id
from poolplan.words import Commitment, Terms


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing at one point of the way down, in the three currencies that could mend it.

    `firms` would fall out at `price` (with `seats` in); any ONE of the following keeps them in:
    `money` cents put into the pool, `more_seats` further seats (None: no number of seats up to
    n_max helps), or each firm's limit raised by `raise_limits` (exact cents per seat, per firm).
    With no `firms`, seats or firms (`more_firms`) are short of the minimum: `money` is None.
    Amounts are exact; round them up when you ask for them.
    """

    firms: tuple[Id, ...]
    seats: int
    price: Fraction
    money: Fraction | None
    more_seats: int | None
    raise_limits: tuple[tuple[Id, Fraction], ...]
    more_firms: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """One round of the cascade: who is in, the price that makes, and the gap (None: nobody falls)."""

    members: tuple[Id, ...]
    seats: int
    price: Fraction | None
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Rescue:
    """What would make a failed run come about, each way enough on its own; amounts in cents.

    `money`: the smallest sum from outside, exact, among ALL ways to fill the run; it then has
    `seats` at `price`, of which `empty_seats` are bought and stay free (they can still be sold), and
    `raise_limits` names who is helped by how much per seat (or would raise its own limit by that).
    `more_seats`: the fewest further seats of one more firm that pays any price. `one_raise`: the
    firm that alone can rescue the run by the smallest raise of its limit, and that raise in whole
    cents per seat. None where this way does not exist.
    """

    money: Fraction | None
    seats: int
    price: Fraction | None
    empty_seats: int
    raise_limits: tuple[tuple[Id, Fraction], ...]
    more_seats: int | None
    one_raise: tuple[Id, int] | None


def cascade(terms: Terms, offers: Sequence[Commitment]) -> tuple[Round, ...]:
    """Who would fall in which round at which price, if one only dropped who cannot pay; `offers` in order.

    The last round holds who is left (`gap` None), or the minimum they no longer reach (a gap
    without firms). Where the price never rises and seats are not scarce, the last round is the
    outcome; else it may drop more than needed. At most one round per firm, O(firms * n_max) each.
    """
    rounds = []
    while True:
        one = _round(terms, offers)
        rounds.append(one)
        if one.gap is None or not one.gap.firms:
            return tuple(rounds)
        offers = [offer for offer in offers if offer.firm not in one.gap.firms]


def _round(terms: Terms, offers: Sequence[Commitment]) -> Round:
    seats = seated(offers, terms.n_max)
    n = sum(seats.values())
    inside = [offer for offer in offers if offer.firm in seats]
    return Round(tuple(seats), n, terms.rule.price(n) if n else None, _gap(terms, inside, seats))


def _gap(terms: Terms, inside: Sequence[Commitment], seats: dict[Id, int]) -> Gap | None:
    n = sum(seats.values())
    price = terms.rule.price(max(n, 1))
    if not terms.enough(n, len(seats)):
        short = terms.n_min - n
        return Gap((), n, price, None, short if short > 0 else None, (), max(0, terms.firms_min - len(seats)))
    missing = _missing(inside, price)
    if not missing:
        return None
    money = sum((cents * seats[firm] for firm, cents in missing.items()), Fraction(0))
    return Gap(tuple(missing), n, price, money, _rescuing_seats(terms, inside, n), tuple(missing.items()))


def _missing(inside: Sequence[Commitment], price: Fraction) -> dict[Id, Fraction]:
    return {
        offer.firm: price - offer.limit_cents
        for offer in inside
        if offer.limit_cents is not None and price > offer.limit_cents
    }


def _rescuing_seats(terms: Terms, inside: Sequence[Commitment], n: int) -> int | None:
    for more in range(1, terms.n_max - n + 1):
        if not _missing(inside, terms.rule.price(n + more)):
            return more
    return None


# --- the cheapest rescue of a failed run ------------------------------------------------------------
def rescue(seating: Seating) -> Rescue | None:
    """The smallest money, seats and raise that would make the run come about; None if it does.

    Money is a knapsack over all allocations, exact in whole units of 1/n cent; seat counts whose
    relaxed price is no better than the best found are skipped. Worst case
    O(n_max^2 * sum of (hi - lo + 1) * firms_min), usually two or three knapsacks.
    """
    if seating.stable_counts():
        return None
    best = _cheapest_filling(seating)
    more, one = seating.fewest_more(), _one_raise(seating)
    if best is None:
        return Rescue(None, 0, None, 0, (), more, one)
    price = seating.terms.rule.price(best.n)
    inside = [offer for offer in seating.offers if offer.firm in best.seats]
    empty = best.n - sum(best.seats.values())
    return Rescue(best.money, best.n, price, empty, tuple(_missing(inside, price).items()), more, one)


@dataclass(frozen=True, slots=True)
class _Filling:
    n: int
    money: Fraction
    seats: dict[Id, int]


def _cheapest_filling(seating: Seating) -> _Filling | None:
    terms, best = seating.terms, None
    floors = sorted((_at_least(seating, n), -n) for n in range(terms.n_min, terms.n_max + 1))
    for floor, minus_n in floors:
        if best is not None and floor >= best.money:
            break
        found = _filling(seating, -minus_n)
        if found is not None and (best is None or found.money < best.money):
            best = found
    return best


def _short(offer: Commitment, total: int, n: int) -> int:
    """What the firm's limit lacks per seat, in 1/n cents."""
    return 0 if offer.limit_cents is None else max(0, total - offer.limit_cents * n)


def _at_least(seating: Seating, n: int) -> Fraction:
    """No filling of n seats is cheaper: the cheapest seats first, minimum sizes forgotten."""
    total, left, money = seating.terms.rule.total(n), n, 0
    for short, most in sorted((_short(offer, total, n), offer.hi) for offer in seating.offers):
        money += short * min(most, left)
        left -= min(most, left)
    return Fraction(money + left * total, n)


State = tuple[int, int]  # seats filled, firms in (capped at firms_min)


def _filling(seating: Seating, n: int) -> _Filling | None:
    """The cheapest filling of n seats, empty seats bought at the full price; the first firms win ties."""
    total, cap = seating.terms.rule.total(n), seating.terms.firms_min
    paid: dict[State, int] = {(0, 0): 0}
    steps: list[dict[State, int]] = []
    for offer in seating.offers:
        paid, step = _with_offer(paid, offer, _short(offer, total, n), (n, cap))
        steps.append(step)
    full = [(money + (n - t) * total, -t, k) for (t, k), money in paid.items() if k == cap and t]
    if not full:
        return None
    money, minus_t, firms = min(full)
    return _Filling(n, Fraction(money, n), dict(_back(seating.offers, steps, (-minus_t, firms))))


def _with_offer(
    paid: dict[State, int], offer: Commitment, short: int, most: State
) -> tuple[dict[State, int], dict[State, int]]:
    """Every state with or without the firm; and, for each state, seats * (cap + 1) + firms before."""
    n, cap = most
    best, step = dict(paid), {state: state[1] for state in paid}
    for (t, k), money in paid.items():
        for mine in range(offer.lo, min(offer.hi, n - t) + 1):
            state = (t + mine, min(k + 1, cap))
            if money + mine * short < best.get(state, money + mine * short + 1):
                best[state] = money + mine * short
                step[state] = mine * (cap + 1) + k
    return best, step


def _back(offers: Sequence[Commitment], steps: list[dict[State, int]], state: State) -> Iterator[tuple[Id, int]]:
    cap = state[1]
    for offer, step in zip(reversed(offers), reversed(steps), strict=True):
        mine, before = divmod(step[state], cap + 1)
        if mine:
            yield offer.firm, mine
        state = (state[0] - mine, before)


def _one_raise(seating: Seating) -> tuple[Id, int] | None:
    raises = [
        (up - offer.limit_cents, i, offer.firm)
        for i, offer in enumerate(seating.offers)
        if offer.limit_cents is not None
        for up in limits_to_join(seating, i)[:1]
    ]
    return min(raises, key=lambda one: one[:2])[::-2] if raises else None


def limits_to_join(seating: Seating, i: int) -> list[int]:
    """Limits in whole cents, above its own, at which some stable allocation would hold firm i; ascending."""
    prices = {seating.terms.rule.price(n) for n in seating.rows if seating.could_join(i, n)}
    return sorted({-(-price.numerator // price.denominator) for price in prices})
