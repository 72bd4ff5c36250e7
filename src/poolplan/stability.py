"""Would a group pay less by leaving? A report on any shares, and a key under which no group would.

Shares are *stable* (in the core) if no group of firms pays more together than a run of its own would
cost it. Where one more seat never makes a seat dearer and rooms are no matter, equal per seat is
stable; where the price jumps, or one firm needs a dear room, it often is not, and sometimes no shares
are: then the smallest subsidy that a funder must add is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from poolplan.errors import require
from poolplan.game import Game, Mask, everybody, members_of
from poolplan.grouplp import GroupLp
from poolplan.shares import Shares, split_cents
from poolplan.types import Id


@dataclass(frozen=True, slots=True)
class Group:
    """A group that would pay less on its own: what its firms pay now, what their own run would cost, and
    what each would save if it kept its part of the group's bill. Whole cents that add up."""

    firms: tuple[Id, ...]
    pays: int
    alone: int
    saves: tuple[tuple[Id, int], ...]


@dataclass(frozen=True, slots=True)
class Stability:
    """The report. `group`: the one that would save most together, None if `stable`.

    `subsidy`: cents that make these shares stable, given to the firms in `reductions`. `least_subsidy`:
    cents any shares would need, 0 if stable shares exist (`core_stable` finds them).
    """

    stable: bool
    group: Group | None
    subsidy: int
    reductions: tuple[tuple[Id, int], ...]
    least_subsidy: int


@dataclass(frozen=True, slots=True)
class CoreShares:
    """Shares no group would leave; with `subsidy` cents from outside they add up to the cost of the run.

    `exact`: the shares before rounding. `exact_subsidy`: what no stable shares can do without (0 if
    the core is not empty). `subsidy` is that rounded up; where the price jumps, a few cents more may be
    needed, because whole cents cannot meet every group's cost.
    """

    shares: Shares
    subsidy: int
    exact: dict[Id, Fraction]
    exact_subsidy: Fraction


def core_stable(game: Game) -> CoreShares:
    """Of all stable shares those nearest to equal per seat: the dearest seat is as cheap as it can be, then
    the next dearest, and so on (each firm's own cents apart). Equal per seat itself, where that is stable.

    The largest stable sum from the group LP; then the price per seat is lowered evenly until the sum
    would shrink (Newton steps on a concave, piecewise linear function), firms that hold it up are fixed,
    and the others go on. At most n rounds of a few warm-started LPs, exact.
    """
    lp = GroupLp(game, [Fraction(game.cost(1 << i)) for i in range(len(game.firms))])
    most = lp.solve()
    exact = _evenly(lp, most)
    whole = game.cost(everybody(game))
    cents = _whole_cents(game, exact, [whole] * len(exact), floor(most))
    return CoreShares(
        shares=dict(zip(game.firms, cents, strict=True)),
        subsidy=whole - sum(cents),
        exact=dict(zip(game.firms, exact, strict=True)),
        exact_subsidy=whole - most,
    )


def stability(game: Game, shares: Mapping[Id, int]) -> Stability:
    """Whether a group would leave, what it would save, and what would keep it; `shares` in whole cents.

    They need not add up to the cost (somebody else may pay a part). Raises `ProblemError` for a firm
    without a share or a share without a firm. One `Game.worst`; two group LPs if it is not stable.
    """
    require(set(shares) == set(game.firms), "shares", "must name each firm of the game once")
    for firm, cents in shares.items():
        require(type(cents) is int, f"shares[{firm!r}]", f"must be whole cents, not {cents!r}")
    pays = [shares[firm] for firm in game.firms]
    excess, group = game.worst(pays, 1)
    least = _least_subsidy(game)
    if excess <= 0:
        return Stability(True, None, 0, (), least)
    lp = GroupLp(game, [Fraction(cents) for cents in pays])
    target = floor(lp.solve())
    kept = _whole_cents(game, lp.pays, pays, target)
    reductions = tuple((firm, paid - low) for firm, paid, low in zip(game.firms, pays, kept, strict=True) if paid > low)
    return Stability(False, _tempted(game, pays, group), sum(cents for _, cents in reductions), reductions, least)


def _least_subsidy(game: Game) -> int:
    lp = GroupLp(game, [Fraction(game.cost(1 << i)) for i in range(len(game.firms))])
    return ceil(game.cost(everybody(game)) - lp.solve())


def _tempted(game: Game, pays: Sequence[int], group: Mask) -> Group:
    inside = [i for i in range(len(pays)) if group >> i & 1]
    now, alone = sum(pays[i] for i in inside), game.cost(group)
    saves = split_cents(now - alone, [max(0, pays[i]) for i in inside])
    return Group(
        members_of(game, group), now, alone, tuple((game.firms[i], c) for i, c in zip(inside, saves, strict=True))
    )


# --- as even as stability allows --------------------------------------------------------------------
def _evenly(lp: GroupLp, most: Fraction) -> list[Fraction]:
    free = set(range(len(lp.caps)))
    while free:
        held = _lower(lp, most, free)
        free -= held
    return list(lp.caps)


def _lower(lp: GroupLp, most: Fraction, free: set[int]) -> set[int]:
    """Put the free caps at the lowest even price per seat that keeps the sum; who cannot go below it."""
    heads = {i: max(1, lp.game.seats[i]) for i in free}
    fixed = sum((cap for i, cap in enumerate(lp.caps) if i not in free), Fraction(0))
    price = (most - fixed - sum(lp.game.own[i] for i in free)) / sum(heads.values())
    held = set(free)
    while True:
        for i in free:
            lp.caps[i] = lp.game.own[i] + price * heads[i]
        lack = most - lp.solve()
        if lack <= 0:
            return held
        slopes = {i: weight for i, weight in lp.cap_weights.items() if i in free}
        held = set(slopes)
        price += lack / sum(weight * heads[i] for i, weight in slopes.items())


def _whole_cents(game: Game, exact: Sequence[Fraction], most: Sequence[int], target: int) -> list[int]:
    """Stable whole cents at or above the rounded-down shares, as near to the target sum as single cents come.

    Cents go to the largest remainders first, then to anybody, but only where no group gets tempted.
    Where the cost is submodular (a falling price without jumps) the target is always reached: whole
    cents that cannot be raised any more have the largest sum there is (integral polymatroid; Edmonds 1970).
    """
    cents = [floor(share) for share in exact]
    by_remainder = sorted(range(len(cents)), key=lambda i: (cents[i] - exact[i], i))
    raised = True
    while raised and sum(cents) < target:
        raised = False
        for i in by_remainder:
            if sum(cents) < target and cents[i] < most[i] and _stays_stable(game, cents, i):
                cents[i] += 1
                raised = True
    return cents


def _stays_stable(game: Game, cents: Sequence[int], i: int) -> bool:
    more = [paid + (j == i) for j, paid in enumerate(cents)]
    return game.worst(more, 1)[0] <= 0
