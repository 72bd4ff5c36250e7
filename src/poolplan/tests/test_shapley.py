"""The Shapley value keeps its axioms, exactly; and its estimate says how far off it may be."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poolplan.errors import ProblemError
from poolplan.game import Demand, RunGame, TableGame, everybody, table_game
from poolplan.price import PriceRule
from poolplan.shapley import shapley, shapley_sampled, shapley_shares
from poolplan.tests.games_made import by_all_orders, falling_games, is_stable, run_games, table_games

quick = settings(deadline=None, max_examples=60)


def as_table(game: RunGame) -> TableGame:
    return TableGame(game.firms, tuple(game.cost(group) for group in range(1 << len(game.firms))), game.seats)


@quick
@given(table_games())
def test_any_game_by_folding_is_the_mean_over_all_orders(game: TableGame) -> None:
    assert list(shapley(game).values()) == by_all_orders(game)


@quick
@given(run_games())
def test_a_run_by_counting_is_the_mean_over_all_orders(game: RunGame) -> None:
    assert list(shapley(game).values()) == by_all_orders(game)


# --- the axioms -------------------------------------------------------------------------------------
@quick
@given(run_games())
def test_it_adds_up_exactly_and_to_the_cent(game: RunGame) -> None:
    whole = game.cost(everybody(game))
    assert sum(shapley(game).values()) == whole
    assert sum(shapley_shares(game).values()) == whole


@quick
@given(run_games(firms=4))
def test_equals_pay_the_same_to_the_cent(game: RunGame) -> None:
    first = game.demands[0]
    twins = RunGame(game.rule, (*game.demands, Demand("twin", first.seats, first.own, first.room)), game.least)
    values, cents = shapley(twins), shapley_shares(twins)
    assert values["twin"] == values[first.firm]
    assert abs(cents["twin"] - cents[first.firm]) <= 1


@quick
@given(run_games(firms=4))
def test_who_causes_nothing_pays_nothing_and_changes_nothing_for_others(game: RunGame) -> None:
    with_idle = RunGame(game.rule, (*game.demands, Demand("idle", 0)), game.least)
    values = shapley(with_idle)
    assert values.pop("idle") == 0
    assert values == shapley(game)


@quick
@given(table_games(firms=4), st.data())
def test_two_bills_split_apart_are_the_sum_split_at_once(game: TableGame, data: st.DataObject) -> None:
    n = len(game.costs)
    more = (0, *data.draw(st.lists(st.integers(0, 60), min_size=n - 1, max_size=n - 1)))
    other = TableGame(game.firms, more, game.seats)
    both = TableGame(game.firms, tuple(a + b for a, b in zip(game.costs, more, strict=True)), game.seats)
    apart = [a + b for a, b in zip(shapley(game).values(), shapley(other).values(), strict=True)]
    assert list(shapley(both).values()) == apart


# --- stable or not ----------------------------------------------------------------------------------
@quick
@given(falling_games())
def test_with_fixed_cost_and_cost_per_seat_no_group_would_leave(game: RunGame) -> None:
    assert is_stable(game, list(shapley(game).values()))


def test_where_the_price_jumps_a_group_may_want_to_leave() -> None:
    game = RunGame(PriceRule(1200, 0, ((13, 1200),)), (Demand("A", 6), Demand("B", 6), Demand("C", 2)))
    assert shapley(game) == {"A": 800, "B": 800, "C": 800}  # A and B alone need one trainer: 600 each
    assert not is_stable(game, list(shapley(game).values()))


# --- to the cent, large, sampled --------------------------------------------------------------------
def test_a_dear_room_is_paid_by_those_who_need_it() -> None:
    demands = (Demand("A", 4), Demand("B", 4, room=30_000), Demand("C", 4, own=9_000, room=90_000))
    shares = shapley_shares(RunGame(PriceRule(120_000, 0), demands))
    assert shares == {"A": 40_000, "B": 40_000 + 15_000, "C": 40_000 + 15_000 + 60_000 + 9_000}


def test_an_invoice_that_came_out_lower_is_split_in_proportion() -> None:
    game = RunGame(PriceRule(100, 0), (Demand("A", 1), Demand("B", 1), Demand("C", 1, room=50)))
    assert sum(shapley_shares(game, 137).values()) == 137


def test_a_big_table_is_folded_exactly_and_equal_to_the_count() -> None:
    demands = tuple(Demand(i, 1 + i % 4, 500 * (i % 3), 9_000 * (i % 5 == 0)) for i in range(16))
    game = RunGame(PriceRule(480_000, 6_000, ((13, 120_000),)), demands, 8)
    assert shapley(as_table(game)) == shapley(game)
    with pytest.raises(ProblemError) as error:
        table_game(range(21), len)
    assert error.value.field == "firms"


def test_sixty_firms_are_counted_exactly() -> None:
    game = RunGame(PriceRule(480_000, 6_000), tuple(Demand(i, 1) for i in range(60)))
    assert set(shapley(game).values()) == {Fraction(480_000 + 60 * 6_000, 60)}


def test_the_estimate_adds_up_repeats_itself_and_names_its_error() -> None:
    demands = tuple(Demand(i, 1 + i % 4, 500 * (i % 3), 90_000 * (i % 5 == 0)) for i in range(12))
    game = RunGame(PriceRule(480_000, 6_000, ((13, 120_000),)), demands, 8)
    exact = shapley(game)

    def cost(group: frozenset[object]) -> int:
        return game.cost(sum(1 << i for i in range(12) if i in group))

    found = shapley_sampled(range(12), cost, pairs=200, seed=7)
    assert found == shapley_sampled(range(12), cost, pairs=200, seed=7)
    assert found != shapley_sampled(range(12), cost, pairs=200, seed=8)
    assert sum(found.shares.values()) == sum(found.means.values()) == game.cost(everybody(game))
    inside = [abs(found.means[i] - exact[i]) <= found.errors[i] for i in range(12)]
    assert sum(inside) >= 10  # each holds in 95 of 100 samples
    more = shapley_sampled(range(12), cost, pairs=1_800, seed=7)
    assert sum(found.errors.values()) > 2 * sum(more.errors.values()) > 0  # nine times the work, a third of the error


def test_where_nothing_depends_on_the_order_the_estimate_is_exact() -> None:
    found = shapley_sampled("ABC", lambda group: 100 * len(group), pairs=2)
    assert (found.shares, found.errors) == ({"A": 100, "B": 100, "C": 100}, {"A": 0, "B": 0, "C": 0})
