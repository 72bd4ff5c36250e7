"""The commitment: who stays in, at which price, and what is missing if somebody would fall out.

Firms answer "at most so many cents per seat, between lo and hi seats". Greatest fixpoint: start
with all, drop the seats whose limit lies below the price, recompute, repeat. Where the price never
rises with one more seat this is the Moulin mechanism of a cross-monotonic cost share (Moulin &
Shenker 2001): nobody pays above the limit, one more member never makes it dearer for another, the
order of answers plays no part, and no group gains by understating. Where the price can rise (a
second trainer from 13 on) that promise does not hold; then, among the stable sets of members that
keep "nobody above the limit", the one with most seats is taken, then the cheapest per seat, and
`Outcome.monotone` is False.

In one sentence, for every price rule: the largest n such that the firms that can pay p(n), seated
in order up to n seats, fill exactly n. Seats above `lo` are given up only where seats are short
(n_max) or where fewer seats are what keeps the price bearable. Earlier commitments are seated first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from poolplan.errors import require, require_whole
from poolplan.price import PriceRule
from poolplan.types import Id


@dataclass(frozen=True, slots=True)
class Commitment:
    """A firm's word: at most `limit_cents` per seat (None: whatever it costs), lo to hi seats.

    `order` is when it came in (for scarce seats), `size` the firm's heads (for "small firms first").
    """

    firm: Id
    limit_cents: int | None
    lo: int
    hi: int
    order: int = 0
    size: int = 0

    def __post_init__(self) -> None:
        where = f"commitments[{self.firm!r}]"
        require_whole(self.lo, f"{where}.lo", 1)
        require_whole(self.hi, f"{where}.hi", 1)
        require(self.lo <= self.hi, f"{where}.hi", "is below lo")
        if self.limit_cents is not None:
            require_whole(self.limit_cents, f"{where}.limit_cents")

    def pays(self, price: Fraction) -> bool:
        """Whether the firm stays in at this price per seat."""
        return self.limit_cents is None or price <= self.limit_cents


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing at one point of the way down, in the three currencies that could mend it.

    `firms` would fall out at `price` (with `seats` in); any ONE of the following keeps them in:
    `money` cents put into the pool, `more_seats` further seats (None: no number of seats up to
    n_max helps), or each firm's limit raised by `raise_limits` (exact cents per seat, per firm).
    With no `firms`, seats are short of the minimum: only `more_seats` helps, `money` is None.
    Amounts are exact; round them up when you ask for them.
    """

    firms: tuple[Id, ...]
    seats: int
    price: Fraction
    money: Fraction | None
    more_seats: int | None
    raise_limits: tuple[tuple[Id, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Distance:
    """A firm's own position: seats it holds, and cents per seat between its limit and the price.

    `cents` above 0 is room left, below 0 is missing, None means no limit. `reason`: "in",
    "price" (limit too low), "full" (no seats left for it), "run_failed" (too few in the end).
    """

    firm: Id
    seats: int
    cents: Fraction | None
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of `settle_commitments`; `price` is None and `members` empty if the run fails.

    `seats`: (firm, seats) of every member. `price`: exact cents per seat. `next_threshold`: (seats,
    price) of the next seat count that is possible and cheaper. `first_gap`: the first point where
    somebody would fall out, None if nobody does. `short_of`: seats missing to n_min once all have
    dropped who could not pay (0 if the run comes about). `monotone`: one more seat never makes a
    seat dearer, so the promises of the mechanism hold in full.
    """

    members: tuple[Id, ...]
    seats: tuple[tuple[Id, int], ...]
    total_seats: int
    price: Fraction | None
    next_threshold: tuple[int, Fraction] | None
    first_gap: Gap | None
    distances: tuple[Distance, ...]
    short_of: int
    monotone: bool

    @property
    def comes_about(self) -> bool:
        """Whether the run takes place."""
        return self.price is not None


Policy = Callable[[Commitment], tuple[object, ...]]


def by_order(commitment: Commitment) -> tuple[object, ...]:
    """Scarce seats in order of commitment."""
    return (commitment.order, repr(commitment.firm))


def small_firms_first(commitment: Commitment) -> tuple[object, ...]:
    """Scarce seats to the smaller firm first, then in order of commitment."""
    return (commitment.size, commitment.order, repr(commitment.firm))


def settle_commitments(
    rule: PriceRule,
    commitments: Iterable[Commitment],
    n_min: int,
    n_max: int,
    policy: Policy = by_order,
) -> Outcome:
    """Who is in with how many seats at which price (see the module's text for the rule).

    Raises `ProblemError` for a firm named twice or n_min > n_max. O(n_max * firms).
    """
    offers = _in_order(commitments, policy)
    _require_sizes(offers, n_min, n_max)
    table = _Table(rule, offers, n_min, n_max)
    seats = table.stable()
    total = sum(seats.values())
    price = rule.price(total) if total else None
    return Outcome(
        members=tuple(seats),
        seats=tuple(seats.items()),
        total_seats=total,
        price=price,
        next_threshold=table.next_threshold(total),
        first_gap=table.first_gap(),
        distances=tuple(table.distance(offer, seats) for offer in offers),
        short_of=0 if total else n_min - table.last_standing(),
        monotone=rule.falls_up_to(n_max),
    )


def _in_order(commitments: Iterable[Commitment], policy: Policy) -> list[Commitment]:
    return sorted(commitments, key=policy)


def _require_sizes(offers: list[Commitment], n_min: int, n_max: int) -> None:
    require_whole(n_min, "n_min", 1)
    require_whole(n_max, "n_max", 1)
    require(n_min <= n_max, "n_max", "is below n_min")
    firms = {offer.firm for offer in offers}
    require(len(firms) == len(offers), "commitments", "a firm stands there twice")


@dataclass(frozen=True, slots=True)
class _Table:
    """The commitments, seated in order, against the price."""

    rule: PriceRule
    offers: list[Commitment]
    n_min: int
    n_max: int

    def stable(self) -> dict[Id, int]:
        """The largest seat count that fills itself at its own price; {} if there is none."""
        wanted = min(self.n_max, sum(offer.hi for offer in self.offers))
        for n in range(wanted, self.n_min - 1, -1):
            price = self.rule.price(n)
            seats = _seated([offer for offer in self.offers if offer.pays(price)], n)
            if sum(seats.values()) == n:
                return seats
        return {}

    def everybody(self) -> dict[Id, int]:
        """Seats if price were no object."""
        return _seated(self.offers, self.n_max)

    def first_gap(self) -> Gap | None:
        """Who would fall out first, before anybody is dropped."""
        seats = self.everybody()
        n = sum(seats.values())
        if n < self.n_min:
            price = self.rule.price(max(n, 1))
            return Gap((), n, price, None, self.n_min - n, ())
        price = self.rule.price(n)
        missing = {
            offer.firm: price - offer.limit_cents
            for offer in self.offers
            if offer.firm in seats and offer.limit_cents is not None and not offer.pays(price)
        }
        if not missing:
            return None
        money = sum((cents * seats[firm] for firm, cents in missing.items()), Fraction(0))
        return Gap(tuple(missing), n, price, money, self._rescuing_seats(n), tuple(missing.items()))

    def last_standing(self) -> int:
        """Seats left when everybody has dropped who could not pay, minimum or not."""
        payers = self.offers
        while True:
            seats = _seated(payers, self.n_max)
            n = sum(seats.values())
            staying = [o for o in payers if n and o.pays(self.rule.price(n))]
            if len(staying) == len(payers) or n < self.n_min:
                return min(n, self.n_min)
            payers = staying

    def next_threshold(self, total: int) -> tuple[int, Fraction] | None:
        """The next possible seat count at which a seat is cheaper than now."""
        now = total or sum(self.everybody().values())
        for n in range(max(now + 1, self.n_min), self.n_max + 1):
            if not now or self.rule.price(n) < self.rule.price(now):
                return n, self.rule.price(n)
        return None

    def distance(self, offer: Commitment, seats: dict[Id, int]) -> Distance:
        """The firm's own position, against the price it pays or would have to pay."""
        mine, total = seats.get(offer.firm, 0), sum(seats.values())
        if not total:
            return self._distance_in_failed_run(offer)
        joined = total if mine else min(total + offer.hi, self.n_max)
        cents = _room_left(offer, self.rule.price(joined))
        if mine:
            return Distance(offer.firm, mine, cents, "in")
        fits = total + offer.lo <= self.n_max
        return Distance(offer.firm, 0, cents, "price" if fits or (cents or 0) < 0 else "full")

    def _distance_in_failed_run(self, offer: Commitment) -> Distance:
        everybody = sum(self.everybody().values())
        cents = _room_left(offer, self.rule.price(max(everybody, 1)))
        return Distance(offer.firm, 0, cents, "price" if (cents or 0) < 0 else "run_failed")

    def _rescuing_seats(self, n: int) -> int | None:
        inside = self.everybody()
        offers = [offer for offer in self.offers if offer.firm in inside]
        for more in range(1, self.n_max - n + 1):
            price = self.rule.price(n + more)
            if all(offer.pays(price) for offer in offers):
                return more
        return None


def _seated(offers: Iterable[Commitment], most: int) -> dict[Id, int]:
    """In order, everybody gets up to `hi` seats while at least `lo` are left for them."""
    seats: dict[Id, int] = {}
    left = most
    for offer in offers:
        mine = min(offer.hi, left)
        if mine >= offer.lo:
            seats[offer.firm] = mine
            left -= mine
    return seats


def _room_left(offer: Commitment, price: Fraction) -> Fraction | None:
    return None if offer.limit_cents is None else offer.limit_cents - price
