"""The group LP, solved exactly: the most that firms can pay without any group wanting to leave.

    maximise  sum of y_i    subject to  y(group) <= cost(group) for every group,  y_i <= cap_i

Its dual weighs groups so that every firm is covered once, at least cost; the dual prices of that
covering are the stable payments, and the gap to the cost of one joint run is what a funder would have to
add (Bondareva 1963, Shapley 1967; Goemans & Skutella, "Cooperative facility location games", 2004).
Groups are never listed: the game names the most tempted one, and that becomes a column
(revised simplex with column generation). Fractions throughout and the lexicographic ratio test, so it ends,
and the answer is exact and the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from poolplan.game import Game, Mask

Column = tuple[Mask, int | None]  # a group and its cost; None: the cap of the one firm in it


class GroupLp:
    """The LP of a game under caps. Caps may be changed and `solve` called again: it goes on from there.

    A pivot costs O(n^2) fractions and one `Game.worst`; about 2 n to 5 n pivots are usual.
    """

    def __init__(self, game: Game, caps: Sequence[Fraction]) -> None:
        n = len(game.firms)
        self.game, self.caps = game, list(caps)
        self._columns: list[Column] = [(1 << i, None) for i in range(n)]
        self._inverse = [[Fraction(int(i == j)) for j in range(n)] for i in range(n)]
        self._weights = [Fraction(1)] * n
        self.pays: list[Fraction] = []

    def solve(self) -> Fraction:
        """The largest stable sum, exact cents; `pays`, `groups` and `cap_weights` then hold the solution."""
        self.pays = self._prices()
        while (column := self._entering()) is not None:
            self._pivot(column)
            self.pays = self._prices()
        return sum(self.pays, Fraction(0))

    @property
    def groups(self) -> list[tuple[Mask, Fraction]]:
        """The proof: groups and weights that, with `cap_weights`, cover every firm once and cost the same sum."""
        return [
            (column[0], weight)
            for column, weight in zip(self._columns, self._weights, strict=True)
            if weight and column[1] is not None
        ]

    @property
    def cap_weights(self) -> dict[int, Fraction]:
        """By position, the caps that hold the sum down and by how much per cent of theirs."""
        return {
            group.bit_length() - 1: weight
            for (group, cost), weight in zip(self._columns, self._weights, strict=True)
            if weight and cost is None
        }

    def _cost(self, column: Column) -> Fraction:
        group, cost = column
        return self.caps[group.bit_length() - 1] if cost is None else Fraction(cost)

    def _prices(self) -> list[Fraction]:
        pays = [Fraction(0)] * len(self.caps)
        for column, row in zip(self._columns, self._inverse, strict=True):
            if cost := self._cost(column):
                for j, entry in enumerate(row):
                    if entry:
                        pays[j] += cost * entry
        return pays

    def _entering(self) -> Column | None:
        for i, (paid, cap) in enumerate(zip(self.pays, self.caps, strict=True)):
            if paid > cap:
                return 1 << i, None
        scale = lcm(*(paid.denominator for paid in self.pays))
        excess, group = self.game.worst([int(paid * scale) for paid in self.pays], scale)
        return (group, self.game.cost(group)) if excess > 0 else None

    def _pivot(self, column: Column) -> None:
        group = column[0]
        along = [sum((one for j, one in enumerate(row) if group >> j & 1), Fraction(0)) for row in self._inverse]
        out = min(
            (r for r, step in enumerate(along) if step > 0),
            key=lambda r: [self._weights[r] / along[r], *(one / along[r] for one in self._inverse[r])],
        )
        self._columns[out] = column
        self._inverse[out] = [one / along[out] for one in self._inverse[out]]
        self._weights[out] /= along[out]
        for r, step in enumerate(along):
            if r != out and step:
                self._weights[r] -= step * self._weights[out]
                pairs = zip(self._inverse[r], self._inverse[out], strict=True)
                self._inverse[r] = [mine - step * new if new else mine for mine, new in pairs]
