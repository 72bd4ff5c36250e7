"""The commitment: who stays in, at which price, and what is missing if somebody would fall out.

Firms answer "at most so many cents per seat, between lo and hi seats". With n seats a seat costs
p(n) for everybody; an allocation is *stable* if the run may take place and everybody in it can pay.

**Where p never rises** this is the Moulin mechanism of a cross-monotonic cost share: start with all,
drop who cannot pay, recompute, repeat (greatest fixpoint). If seats are not scarce (n_max holds what
everybody wants) it promises:

* nobody pays above the limit, and whoever can pay is in;
* the order of answers plays no part;
* one more member never makes a seat dearer, nor pushes anybody out; nor does a higher limit;
* no firm and no group gains by naming another limit than its true one (Moulin & Shenker, "Strategyproof
  sharing of submodular costs", Economic Theory 18, 2001). The promise is about limits: whoever asks
  for more seats than it needs pays for them, which may well rescue a run (and is welcome).

If seats are scarce, they go in order (`Policy`): each firm gets the most seats it can have in any
stable allocation that keeps what the firms before it got. Nobody above the limit still holds, and
the run comes about whenever any stable allocation exists; the other promises do not: a firm that
stands before others may leave fewer seats filled, so the price may rise for those behind it, and a
firm may gain by a limit so low that it can only be in together with a bigger one.

**Where p rises somewhere** (a second trainer from 13 on; `Outcome.rises_at`), of all stable
allocations the one with most seats is taken (seats fix the price, so it is also the cheapest of
its size), then the order decides. Nobody above the limit, and "comes about if anything is stable",
hold; the rest does not: naming a lower limit may keep the group small and cheap.

In every case a higher limit of its own never puts a firm out. Each promise that is not made is
shown to fail by a counterexample in the tests.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from poolplan.gaps import Gap, Rescue, Round, cascade, limits_to_join, rescue
from poolplan.price import PriceRule
from poolplan.seating import Seating
from poolplan.types import Id
from poolplan.words import CONDITIONAL, LAPSED, Commitment, Condition, Policy, Terms, by_order, small_firms_first

__all__ = [
    "Commitment",
    "Condition",
    "Distance",
    "Gap",
    "Leaving",
    "Outcome",
    "Policy",
    "Rescue",
    "Round",
    "Terms",
    "above_limits",
    "by_order",
    "if_one_leaves",
    "settle",
    "settle_commitments",
    "small_firms_first",
]


@dataclass(frozen=True, slots=True)
class Distance:
    """A firm's own position: seats it holds, and cents per seat between its limit and the price.

    `cents` above 0 is room left, below 0 is missing, None means no limit. `reason`: "in", "price"
    (limit too low), "full" (no seats left for it), "others" (with it, the price would jump above
    what others can pay), "run_failed" (too few in the end), "condition" (one was not met in time).
    `raise_by`: whole cents per seat by which this firm alone must raise its limit to be in, 0 if it
    is in, None if no raise helps.
    """

    firm: Id
    seats: int
    cents: Fraction | None
    reason: str
    raise_by: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of `settle`; `price` is None and `members` empty if the run fails.

    `seats`: (firm, seats) of every member. `price`: exact cents per seat. `next_threshold`: (seats,
    price) of the next seat count that is possible and cheaper. `first_gap`: the first point where
    somebody would fall out, None if nobody does. `short_of`, `short_of_firms`: seats and firms
    missing to the minimum once all have dropped who could not pay (0 if the run comes about).
    `monotone`: one more seat never makes a seat dearer, so the promises of the mechanism hold;
    `rises_at`: else the seat counts where it does. `cascade`: who would fall in which round.
    `rescue`: for a failed run, the cheapest ways to save it. `conditional`: members who still
    wait for a condition.
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
    short_of_firms: int = 0
    rises_at: tuple[int, ...] = ()
    cascade: tuple[Round, ...] = ()
    rescue: Rescue | None = None
    conditional: tuple[Id, ...] = ()

    @property
    def comes_about(self) -> bool:
        """Whether the run takes place."""
        return self.price is not None


@dataclass(frozen=True, slots=True)
class Leaving:
    """What happens if `firm` leaves: whether the run survives, with how many seats, at which price,
    who falls with it, and the smallest money that would save a run that dies."""

    firm: Id
    comes_about: bool
    seats: int
    price: Fraction | None
    falls: tuple[Id, ...]
    money: Fraction | None


def settle_commitments(
    rule: PriceRule,
    commitments: Iterable[Commitment],
    n_min: int,
    n_max: int,
    policy: Policy = by_order,
    firms_min: int = 1,
) -> Outcome:
    """`settle` with the terms spelt out. Raises `ProblemError` for a firm named twice or n_min > n_max."""
    return settle(Terms(rule, n_min, n_max, policy, firms_min), commitments)


def settle(terms: Terms, commitments: Iterable[Commitment], day: date | None = None) -> Outcome:
    """Who is in with how many seats at which price (see the module's text for the rule).

    With a `day`, commitments with a condition that was not met in time count no more; those whose
    condition is still open count, and are named in `conditional`. Without one, all count.
    Raises `ProblemError` for a firm named twice.
    Complexity: O(n_max * firms * firms_min) operations on n_max-bit integers, plus `rescue` if it fails.
    """
    everybody = terms.in_order(commitments)
    lapsed = [offer for offer in everybody if day is not None and offer.state_on(day) == LAPSED]
    offers = [offer for offer in everybody if offer not in lapsed]
    waiting = [offer.firm for offer in offers if day is not None and offer.state_on(day) == CONDITIONAL]
    found = _Settled(Seating(terms, offers), cascade(terms, offers))
    return found.outcome(waiting, [Distance(offer.firm, 0, None, "condition") for offer in lapsed])


def if_one_leaves(terms: Terms, commitments: Iterable[Commitment], day: date | None = None) -> tuple[Leaving, ...]:
    """For every member in turn: what its leaving would do to the others; () if nobody is in.

    One `settle` per member. `falls` names the other members who would be out as well.
    """
    offers = terms.in_order(commitments)
    now = settle(terms, offers, day)
    return tuple(_without(terms, offers, day, firm, now.members) for firm in now.members)


def above_limits(
    shares: Mapping[Id, int], outcome: Outcome, commitments: Iterable[Commitment]
) -> tuple[tuple[Id, int], ...]:
    """Members whose share of the invoice, in cents, is above limit times seats, and by how much; () if none is.

    Equal per seat never is (the promise of `settle`). Every other key can be, because the limits were
    named for a price per seat: ask before such a key is chosen. O(members).
    """
    limits, seats = {offer.firm: offer.limit_cents for offer in commitments}, dict(outcome.seats)
    most = {firm: limit * seats[firm] for firm, limit in limits.items() if firm in seats and limit is not None}
    over = {firm: shares.get(firm, 0) - most[firm] for firm in seats if firm in most}
    return tuple((firm, cents) for firm, cents in over.items() if cents > 0)


def _without(
    terms: Terms, offers: Sequence[Commitment], day: date | None, firm: Id, members: tuple[Id, ...]
) -> Leaving:
    then = settle(terms, [offer for offer in offers if offer.firm != firm], day)
    falls = tuple(one for one in members if one != firm and one not in then.members)
    money = then.rescue.money if then.rescue else None
    return Leaving(firm, then.comes_about, then.total_seats, then.price, falls, money)


@dataclass(frozen=True, slots=True)
class _Settled:
    seating: Seating
    rounds: tuple[Round, ...]

    def outcome(self, waiting: Sequence[Id], lapsed: Sequence[Distance]) -> Outcome:
        terms, seats = self.seating.terms, self.seating.chosen()
        total, last = sum(seats.values()), self.rounds[-1]
        return Outcome(
            members=tuple(seats),
            seats=tuple(seats.items()),
            total_seats=total,
            price=terms.rule.price(total) if total else None,
            next_threshold=self._next_threshold(total),
            first_gap=self.rounds[0].gap,
            distances=(*(self._distance(i, seats) for i in range(len(self.seating.offers))), *lapsed),
            short_of=0 if total else max(0, terms.n_min - last.seats),
            monotone=not terms.rises_at,
            short_of_firms=0 if total else max(0, terms.firms_min - len(last.members)),
            rises_at=terms.rises_at,
            cascade=self.rounds,
            rescue=rescue(self.seating),
            conditional=tuple(firm for firm in waiting if firm in seats),
        )

    def _next_threshold(self, total: int) -> tuple[int, Fraction] | None:
        """The next possible seat count at which a seat is cheaper than now."""
        terms, now = self.seating.terms, total or self.rounds[0].seats
        for n in range(max(now + 1, terms.n_min), terms.n_max + 1):
            if not now or terms.rule.price(n) < terms.rule.price(now):
                return n, terms.rule.price(n)
        return None

    def _distance(self, i: int, seats: dict[Id, int]) -> Distance:
        """The firm's own position, against the price it pays or would have to pay."""
        offer, terms, total = self.seating.offers[i], self.seating.terms, sum(seats.values())
        mine = seats.get(offer.firm, 0)
        if mine:
            return Distance(offer.firm, mine, _room_left(offer, terms.rule.price(total)), "in", 0)
        joined = min(total + offer.hi, terms.n_max) if total else max(self.rounds[0].seats, 1)
        cents = _room_left(offer, terms.rule.price(joined))
        return Distance(offer.firm, 0, cents, self._reason(offer, cents, total), self._raise_by(i))

    def _reason(self, offer: Commitment, cents: Fraction | None, total: int) -> str:
        if cents is not None and cents < 0:
            return "price"
        if not total:
            return "run_failed"
        return "others" if total + offer.lo <= self.seating.terms.n_max else "full"

    def _raise_by(self, i: int) -> int | None:
        """A higher own limit never puts a firm out, so the least one that brings it in is found by halving."""
        own, limits = self.seating.offers[i].limit_cents, limits_to_join(self.seating, i)
        first = bisect_left(limits, True, key=lambda limit: self._is_in_with(i, limit))
        return None if own is None or first == len(limits) else limits[first] - own

    def _is_in_with(self, i: int, limit: int) -> bool:
        old, offers = self.seating.offers[i], list(self.seating.offers)
        offers[i] = Commitment(old.firm, limit, old.lo, old.hi, old.order, old.size)
        return old.firm in Seating(self.seating.terms, offers).chosen()


def _room_left(offer: Commitment, price: Fraction) -> Fraction | None:
    return None if offer.limit_cents is None else offer.limit_cents - price
