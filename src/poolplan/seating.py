"""Which seats can stand at their own price: an exact search over all stable allocations.

An allocation gives every firm no seat or lo to hi seats. With n seats in all it is *stable* if the
run may take place (`Terms.enough`) and everybody in it can pay p(n). Which n the payers of p(n) can
fill exactly is a subset sum over intervals; sets of seat counts are kept as bits of one integer, so
the whole search is O(n_max * firms * firms_min) operations on integers of n_max bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from poolplan.types import Id
from poolplan.words import Commitment, Terms

Bits = int  # bit t: exactly t seats can be filled
Layers = tuple[Bits, ...]  # by number of firms 0, 1 ... firms_min (the last one: or more)


@dataclass(frozen=True, slots=True)
class Seating:
    """The commitments in the policy's order against the price. `rows[n][i]`: what firms i, i + 1 ...
    that can pay p(n) can fill."""

    terms: Terms
    offers: Sequence[Commitment]
    rows: dict[int, list[Layers]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        most = min(self.terms.n_max, sum(offer.hi for offer in self.offers))
        for n in range(1, most + 1):
            if n >= self.terms.n_min:
                self.rows[n] = self._fillable(n)

    def pays(self, offer: Commitment, n: int) -> bool:
        """Whether the firm can pay the price of n seats; whole numbers only."""
        return offer.limit_cents is None or self.terms.rule.total(n) <= offer.limit_cents * n

    def stable_counts(self) -> list[int]:
        """Every n with a stable allocation of n seats."""
        return [n for n, rows in self.rows.items() if rows[0][-1] >> n & 1]

    def chosen(self) -> dict[Id, int]:
        """The allocation the mechanism takes; {} if none is stable.

        Falling price: firm by firm in order, each gets the most seats it can have in a stable
        allocation that keeps what the earlier ones got. Rising somewhere: first the most seats in all.
        """
        counts = self.stable_counts()
        if not counts:
            return {}
        return self._in_turn(counts[-1:] if self.terms.rises_at else counts)

    def could_join(self, i: int, n: int) -> bool:
        """Whether n seats could be filled with firm i among them, if only firm i paid any price."""
        offer, rows = self.offers[i], self.rows.get(n)
        if rows is None or self.pays(offer, n):
            return False
        others = rows[0][-2] | rows[0][-1]
        return any(others >> (n - seats) & 1 for seats in range(offer.lo, min(offer.hi, n) + 1))

    def fewest_more(self) -> int | None:
        """Further seats, of one more firm that pays any price, with which a run comes about."""
        reach = {n: self._fillable(n)[0] for n in range(self.terms.n_min, self.terms.n_max + 1)}
        more = [n - t for n, layers in reach.items() for t in [_highest(layers[-2] | layers[-1], n - 1)] if t >= 0]
        return min(more, default=None)

    def _fillable(self, n: int) -> list[Layers]:
        layers: Layers = (1, *[0] * self.terms.firms_min)
        rows = [layers]
        for offer in reversed(self.offers):
            if self.pays(offer, n):
                layers = _with_firm(layers, offer, n)
            rows.append(layers)
        return rows[::-1]

    def _in_turn(self, counts: list[int]) -> dict[Id, int]:
        seats: dict[Id, int] = {}
        for i, offer in enumerate(self.offers):
            for mine in (*range(offer.hi, offer.lo - 1, -1), 0):
                given, firms = sum(seats.values()) + mine, len(seats) + (mine > 0)
                fitting = [n for n in counts if self._fits(n, i, given, firms) and (not mine or self.pays(offer, n))]
                if fitting:
                    break
            counts = fitting
            if mine:
                seats[offer.firm] = mine
        return seats

    def _fits(self, n: int, i: int, given: int, firms: int) -> bool:
        """Whether firms after i can fill what is left of n."""
        missing = max(0, self.terms.firms_min - firms)
        return given <= n and any(bits >> (n - given) & 1 for bits in self.rows[n][i + 1][missing:])


def seated(offers: Iterable[Commitment], most: int) -> dict[Id, int]:
    """If price were no object: in order, up to `hi` seats each, while at least `lo` are left."""
    seats: dict[Id, int] = {}
    left = most
    for offer in offers:
        mine = min(offer.hi, left)
        if mine >= offer.lo:
            seats[offer.firm] = mine
            left -= mine
    return seats


def _with_firm(layers: Layers, offer: Commitment, most: int) -> Layers:
    inside = [_spread(bits, offer.lo, offer.hi) & ((1 << most + 1) - 1) for bits in layers]
    last = len(layers) - 1
    return tuple(bits | (inside[k - 1] if k else 0) | (inside[k] if k == last else 0) for k, bits in enumerate(layers))


def _spread(bits: Bits, lo: int, hi: int) -> Bits:
    """Every sum of a marked count and lo ... hi; the width doubles, so O(log(hi - lo)) steps."""
    bits, have = bits << lo, 1
    while have < hi - lo + 1:
        step = min(have, hi - lo + 1 - have)
        bits |= bits << step
        have += step
    return bits


def _highest(bits: Bits, most: int) -> int:
    """The highest marked count up to `most`; -1 if there is none."""
    return (bits & ((1 << most + 1) - 1)).bit_length() - 1
