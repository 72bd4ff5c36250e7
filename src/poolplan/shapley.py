"""The Shapley value: each firm pays what it adds on average, over all orders of joining.

The only key that adds up, treats equals equally, charges nothing to whom causes nothing and adds up over
parts of the cost (Shapley, "A value for n-person games", 1953). Where a bigger group is never
charged more for one more firm than a smaller one (falling price without jumps), it is also stable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, factorial, sqrt
from random import Random

from poolplan.errors import require, require_whole
from poolplan.game import RunGame, TableGame, everybody
from poolplan.shares import Shares, round_shares, split_cents
from poolplan.types import Id

CONFIDENCE = 1.96  # standard errors that hold the truth in 95 of 100 cases


def shapley(game: RunGame | TableGame) -> dict[Id, Fraction]:
    """The exact value, in cents per firm.

    A `RunGame` of any size by counting groups by size and seats, O(distinct seats * firms * seats); a
    `TableGame` by folding its table once per firm, O(2^n) in all (Python integers, no rounding).
    """
    values = _of_run(game) if isinstance(game, RunGame) else _of_table(game)
    return dict(zip(game.firms, values, strict=True))


def shapley_shares(game: RunGame | TableGame, total: int | None = None) -> Shares:
    """The value in whole cents, adding up to the cost of all; or an invoice of `total` cents in its proportion.

    Raises `ProblemError` for a total other than that cost where a firm's value is below 0.
    """
    values = shapley(game)
    whole = game.cost(everybody(game))
    if total is None or total == whole:
        return dict(zip(values, round_shares(list(values.values())), strict=True))
    return dict(zip(values, split_cents(total, list(values.values())), strict=True))


@dataclass(frozen=True, slots=True)
class Sampled:
    """An estimate: whole cents that add up; each firm's exact mean over the sample; and how many cents its
    true value may be away (95 of 100 samples are within `errors`), whole cents rounded up."""

    shares: Shares
    means: dict[Id, Fraction]
    errors: dict[Id, int]


def shapley_sampled(
    firms: Iterable[Id], cost: Callable[[frozenset[Id]], int], pairs: int = 500, seed: int = 0
) -> Sampled:
    """The value estimated from `pairs` random orders of joining, each walked forwards and backwards.

    Adds up exactly, because every single order does. The pairs (antithetic sampling) cancel much of
    the chance: who comes early in one comes late in the other. The same seed gives the same cents.
    Asks `cost` 2 * pairs * n times. Raises `ProblemError` for fewer than two pairs.
    """
    names = tuple(firms)
    require_whole(pairs, "pairs", 2)
    require(len(set(names)) == len(names), "firms", "a firm stands there twice")
    order, random = list(names), Random(seed)  # noqa: S311 - a sample, not a secret
    added: dict[Id, list[int]] = {firm: [] for firm in names}
    for _ in range(pairs):
        random.shuffle(order)
        there, back = _walk(order, cost), _walk(order[::-1], cost)
        for firm in names:
            added[firm].append(there[firm] + back[firm])
    means = {firm: Fraction(sum(sums), 2 * pairs) for firm, sums in added.items()}
    shares = dict(zip(names, round_shares(list(means.values())), strict=True))
    return Sampled(shares, means, {firm: _error(sums) for firm, sums in added.items()})


def _walk(order: Sequence[Id], cost: Callable[[frozenset[Id]], int]) -> dict[Id, int]:
    inside: frozenset[Id] = frozenset()
    before, added = 0, {}
    for firm in order:
        inside |= {firm}
        now = cost(inside)
        added[firm] = now - before
        before = now
    return added


def _error(sums: Sequence[int]) -> int:
    """From the spread of the pairs' means (half of the sums)."""
    n, total = len(sums), sum(sums)
    spread = Fraction(n * sum(one * one for one in sums) - total * total, n * (n - 1))
    return ceil(CONFIDENCE * sqrt(spread / n) / 2)


# --- exact ------------------------------------------------------------------------------------------
def _of_table(game: TableGame) -> list[Fraction]:
    """n! * value = sum over groups with i of a(group) - sum over all of w0 * cost, w0 = k! (n - 1 - k)!.

    a adds the weight a group has with i in it to the one it has without; the sums for all i come
    from folding the table in halves.
    """
    n = len(game.firms)
    without = [factorial(k) * factorial(n - 1 - k) for k in range(n)] + [0]
    within = [0, *without[:-1]]
    sizes = [group.bit_count() for group in range(1 << n)]
    both = [a + b for a, b in zip(within, without, strict=True)]
    table = [cost * both[k] for cost, k in zip(game.costs, sizes, strict=True)]
    outside = sum(cost * without[k] for cost, k in zip(game.costs, sizes, strict=True))
    values = []
    while len(table) > 1:  # the highest bit is the last firm
        half = len(table) // 2
        values.append(Fraction(sum(table[half:]) - outside, factorial(n)))
        table = [a + b for a, b in zip(table[:half], table[half:], strict=True)]
    return values[::-1]


def _of_run(game: RunGame) -> list[Fraction]:
    """Run, room and own cents apart, because the value is additive."""
    runs = {seats: _of_seats(game, seats) for seats in set(game.seats)}
    rooms = _of_rooms([demand.room for demand in game.demands])
    return [runs[seats] + room + own for seats, room, own in zip(game.seats, rooms, game.own, strict=True)]


def _of_seats(game: RunGame, mine: int) -> Fraction:
    """The run's part of a firm with so many seats: groups of the others counted by size and seats."""
    others = list(game.seats)
    others.remove(mine)
    n, most = len(game.seats), sum(others)
    counts = [[0] * (most + 1) for _ in range(n)]  # counts[k][t]: groups of k others with t seats
    counts[0][0] = 1
    for have, seats in enumerate(others):
        for k in range(have, -1, -1):
            for t in range(most - seats + 1):
                counts[k + 1][t + seats] += counts[k][t]
    adds = [game.run(t + mine) - game.run(t) for t in range(most + 1)]
    weighed = sum(
        factorial(k) * factorial(n - 1 - k) * sum(map(int.__mul__, row, adds)) for k, row in enumerate(counts)
    )
    return Fraction(weighed, factorial(n))


def _of_rooms(rooms: Sequence[int]) -> list[Fraction]:
    """Each step to a dearer room is shared equally by all who need at least it (Littlechild & Owen, 1973)."""
    values = [Fraction(0)] * len(rooms)
    paid, before, left = Fraction(0), 0, len(rooms)
    for i in sorted(range(len(rooms)), key=lambda i: rooms[i]):
        paid += Fraction(rooms[i] - before, left)
        values[i], before, left = paid, rooms[i], left - 1
    return values
