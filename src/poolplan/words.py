"""What firms say ("in, if at most so much per seat") and the terms a pool puts to them.

Dates are values: nothing here asks a clock. All limits are whole cents per seat.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from poolplan.errors import require, require_whole
from poolplan.price import PriceRule
from poolplan.types import Id

MET, OPEN, LAPSED = "met", "open", "lapsed"
BINDING, CONDITIONAL = "binding", "conditional"


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must be true by a date: a grant, the works council's consent. Both days count.

    `kind` is the caller's own word for it. What is met after `until` is lapsed all the same, so that
    others need not wait for a "maybe". `refused_on`: somebody said no before the date.
    """

    kind: Hashable
    until: date
    met_on: date | None = None
    refused_on: date | None = None

    def state_on(self, day: date) -> str:
        """`MET`, `OPEN` or `LAPSED` at the end of this day; once not open, it stays so."""
        if self.refused_on is not None and self.refused_on <= min(day, self.met_on or day):
            return LAPSED
        if self.met_on is not None and self.met_on <= min(day, self.until):
            return MET
        return OPEN if day <= self.until else LAPSED


@dataclass(frozen=True, slots=True)
class Commitment:
    """A firm's word: at most `limit_cents` per seat (None: whatever it costs), lo to hi seats.

    `order` is when it came in (for scarce seats), `size` the firm's heads (for "small firms first").
    With `conditions` the word counts while they are met or may still be met.
    """

    firm: Id
    limit_cents: int | None
    lo: int
    hi: int
    order: int = 0
    size: int = 0
    conditions: tuple[Condition, ...] = ()

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

    def state_on(self, day: date) -> str:
        """`BINDING`, `CONDITIONAL` (a condition is still open) or `LAPSED` (one was not met in time)."""
        states = {condition.state_on(day) for condition in self.conditions}
        if LAPSED in states:
            return LAPSED
        return CONDITIONAL if OPEN in states else BINDING


Policy = Callable[[Commitment], tuple[object, ...]]


def by_order(commitment: Commitment) -> tuple[object, ...]:
    """Scarce seats in order of commitment."""
    return (commitment.order, repr(commitment.firm))


def small_firms_first(commitment: Commitment) -> tuple[object, ...]:
    """Scarce seats to the smaller firm first, then in order of commitment."""
    return (commitment.size, commitment.order, repr(commitment.firm))


@dataclass(frozen=True, slots=True)
class Terms:
    """What the pool puts to the firms: price rule, n_min to n_max seats, at least `firms_min` firms.

    `policy` sorts the firms where not everybody can have a seat. Raises `ProblemError`.
    """

    rule: PriceRule
    n_min: int
    n_max: int
    policy: Policy = by_order
    firms_min: int = 1

    def __post_init__(self) -> None:
        require_whole(self.n_min, "n_min", 1)
        require_whole(self.n_max, "n_max", 1)
        require_whole(self.firms_min, "firms_min", 1)
        require(self.n_min <= self.n_max, "n_max", "is below n_min")

    @property
    def rises_at(self) -> tuple[int, ...]:
        """The possible seat counts at which one more seat makes every seat dearer."""
        return self.rule.rises_between(self.n_min, self.n_max)

    def enough(self, seats: int, firms: int) -> bool:
        """Whether a run with so many seats and firms may take place."""
        return self.n_min <= seats <= self.n_max and firms >= self.firms_min

    def in_order(self, commitments: Iterable[Commitment]) -> list[Commitment]:
        """Sorted by the policy; `ProblemError` for a firm named twice."""
        offers = sorted(commitments, key=self.policy)
        require(len({offer.firm for offer in offers}) == len(offers), "commitments", "a firm stands there twice")
        return offers
