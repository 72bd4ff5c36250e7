"""The price of a joint run as a function of its seats, exact to the fraction of a cent."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from poolplan.errors import require, require_whole


@dataclass(frozen=True, slots=True)
class PriceRule:
    """Price of a run: `fixed` plus `per_seat` times n, plus every step (from_seats, cents) reached.

    All in whole cents. A step may be negative (a discount from so many seats on), but a run never
    costs less than nothing. Raises `ProblemError` naming the field.
    """

    fixed: int
    per_seat: int
    steps: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        require_whole(self.fixed, "rule.fixed")
        require_whole(self.per_seat, "rule.per_seat")
        for from_seats, cents in self.steps:
            require_whole(from_seats, "rule.steps.from_seats", 1)
            require(type(cents) is int, "rule.steps.cents", f"must be whole cents, not {cents!r}")
        for from_seats, _ in self.steps:  # between two steps the total only grows
            cheap = f"the run would cost less than nothing at {from_seats} seats"
            require(self.total(from_seats) >= 0, "rule.steps", cheap)

    def total(self, seats: int) -> int:
        """Cents for the whole run with so many seats."""
        stepped = sum(cents for from_seats, cents in self.steps if seats >= from_seats)
        return self.fixed + self.per_seat * seats + stepped

    def price(self, seats: int) -> Fraction:
        """Exact cents per seat; `ProblemError` for fewer than one seat."""
        require(seats >= 1, "seats", "a price needs at least one seat")
        return Fraction(self.total(seats), seats)

    def rises_between(self, least: int, most: int) -> tuple[int, ...]:
        """The seat counts n, `least` < n <= `most`, at which a seat is dearer than with n - 1 seats."""
        totals = {n: self.total(n) for n in range(least, most + 1)}  # p(n) > p(n - 1), without fractions
        return tuple(n for n in range(least + 1, most + 1) if totals[n] * (n - 1) > totals[n - 1] * n)
