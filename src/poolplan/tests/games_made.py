"""Made-up games, small enough to look at every group and every order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations
from math import factorial

from hypothesis import strategies as st

from poolplan.game import Demand, Game, Mask, RunGame, TableGame
from poolplan.price import PriceRule
from poolplan.tests.words_made import any_rules, falling_rules


@st.composite
def demands(draw: st.DrawFn, firms: int = 5) -> tuple[Demand, ...]:
    one = st.tuples(st.integers(0, 4), st.sampled_from([0, 0, 7, 40]), st.sampled_from([0, 0, 11, 60]))
    return tuple(
        Demand(f"firm{i}", *values) for i, values in enumerate(draw(st.lists(one, min_size=1, max_size=firms)))
    )


@st.composite
def run_games(draw: st.DrawFn, firms: int = 5) -> RunGame:
    rule = draw(st.one_of(any_rules(most=300), falling_rules(most=300)))
    return RunGame(rule, draw(demands(firms)), draw(st.integers(1, 6)))


@st.composite
def falling_games(draw: st.DrawFn, firms: int = 5) -> RunGame:
    """Fixed cost and cost per seat only, and no room: submodular."""
    one = st.tuples(st.integers(1, 4), st.sampled_from([0, 0, 7, 40]))
    people = draw(st.lists(one, min_size=1, max_size=firms))
    rule = PriceRule(draw(st.integers(0, 300)), draw(st.integers(0, 20)))
    return RunGame(rule, tuple(Demand(f"firm{i}", n, own) for i, (n, own) in enumerate(people)))


@st.composite
def table_games(draw: st.DrawFn, firms: int = 4, most: int = 60) -> TableGame:
    n = draw(st.integers(1, firms))
    costs = draw(st.lists(st.integers(0, most), min_size=(1 << n) - 1, max_size=(1 << n) - 1))
    seats = draw(st.lists(st.integers(1, 4), min_size=n, max_size=n))
    return TableGame(tuple(f"firm{i}" for i in range(n)), (0, *costs), tuple(seats))


def groups(game: Game) -> Iterator[Mask]:
    return iter(range(1, 1 << len(game.firms)))


def paid(pays: Sequence[Fraction | int], group: Mask) -> Fraction:
    return sum((Fraction(one) for i, one in enumerate(pays) if group >> i & 1), Fraction(0))


def is_stable(game: Game, pays: Sequence[Fraction | int]) -> bool:
    return all(paid(pays, group) <= game.cost(group) for group in groups(game))


def by_all_orders(game: Game) -> list[Fraction]:
    """The Shapley value as it is defined."""
    n = len(game.firms)
    sums = [0] * n
    for order in permutations(range(n)):
        inside = 0
        for i in order:
            sums[i] += game.cost(inside | 1 << i) - game.cost(inside)
            inside |= 1 << i
    return [Fraction(one, factorial(n)) for one in sums]
