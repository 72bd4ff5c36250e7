"""Who pays how much of an invoice: keys that are whole cents and add up to the cent.

A key is a weight per firm, or an exact share (`shapley.py`, `stability.py`); cents are dealt out by
largest remainder (Hamilton), ties go to the firm named first, so the same input always gives the
same cents. Two equal firms can differ by the one cent that cannot be halved. Each key is
O(n log n). Travel that only one firm causes is never pooled: bill it beside the shares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from poolplan.errors import require, require_whole
from poolplan.types import Id

Weight = int | Fraction


@dataclass(frozen=True, slots=True)
class Party:
    """A firm's part in a run: seats, hours attended by all its people together, heads of the firm."""

    firm: Id
    seats: int
    hours: Fraction | int = 0
    size: int = 0

    def __post_init__(self) -> None:
        require_whole(self.seats, f"parties[{self.firm!r}].seats")
        require_whole(self.size, f"parties[{self.firm!r}].size")
        require(self.hours >= 0, f"parties[{self.firm!r}].hours", "must not be below 0")


Shares = dict[Id, int]
Key = Callable[[int, Iterable[Party]], Shares]


def split_cents(total: int, weights: Sequence[Weight]) -> list[int]:
    """`total` cents dealt out by weight; whole cents, same order, sum exactly `total`.

    Raises `ProblemError` for a negative total or weight, or if all weights are 0. O(n log n).
    """
    require_whole(total, "total")
    require(all(weight >= 0 for weight in weights), "weights", "must not be below 0")
    whole = sum(Fraction(weight) for weight in weights)
    require(whole > 0, "weights", "at least one must be above 0")
    return round_shares([total * Fraction(weight) / whole for weight in weights])


def round_shares(exact: Sequence[Fraction]) -> list[int]:
    """Exact shares, also negative ones, as whole cents with the same sum, each less than a cent away.

    Raises `ProblemError` if the sum is no whole number. O(n log n).
    """
    total = sum(exact, Fraction(0))
    require(total.denominator == 1, "shares", f"add up to {total}, which is no whole number of cents")
    cents = [floor(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (cents[i] - exact[i], i))
    for i in by_remainder[: int(total) - sum(cents)]:
        cents[i] += 1
    return cents


def per_seat(total: int, parties: Iterable[Party]) -> Shares:
    """Every seat costs the same."""
    return _by(total, list(parties), lambda party: party.seats)


def by_hours(total: int, parties: Iterable[Party]) -> Shares:
    """Every hour attended costs the same."""
    return _by(total, list(parties), lambda party: party.hours)


def size_weighted(total: int, parties: Iterable[Party]) -> Shares:
    """Solidarity: a seat of a firm twice as big costs twice as much."""
    return _by(total, list(parties), lambda party: party.seats * party.size)


def base_and_seat(total: int, base: int, parties: Iterable[Party]) -> Shares:
    """`base` cents of the total in equal parts per firm with a seat, the rest per seat.

    Raises `ProblemError` if base is above the total.
    """
    people = list(parties)
    require_whole(base, "base")
    require(base <= total, "base", f"{base} is above the total of {total}")
    equal = _by(base, people, lambda party: 1 if party.seats else 0)
    rest = per_seat(total - base, people)
    return {firm: equal[firm] + rest[firm] for firm in rest}


def sponsor_first(
    total: int, sponsors: Iterable[tuple[Id, int]], parties: Iterable[Party], key: Key = per_seat
) -> Shares:
    """Sponsors (who, at most so many cents) pay first, in their order; the rest goes by `key`.

    A sponsor may be a party as well and then pays both. Raises `ProblemError` for a negative amount
    or a sponsor named twice.
    """
    shares: Shares = {}
    left = total
    for sponsor, most in sponsors:
        require_whole(most, f"sponsors[{sponsor!r}]")
        require(sponsor not in shares, f"sponsors[{sponsor!r}]", "stands there twice")
        shares[sponsor] = min(most, left)
        left -= shares[sponsor]
    for firm, cents in key(left, parties).items():
        shares[firm] = shares.get(firm, 0) + cents
    return shares


def _by(total: int, parties: list[Party], weight: Callable[[Party], Weight]) -> Shares:
    firms = [party.firm for party in parties]
    require(len(set(firms)) == len(firms), "parties", "a firm stands there twice")
    return dict(zip(firms, split_cents(total, [weight(party) for party in parties]), strict=True))
