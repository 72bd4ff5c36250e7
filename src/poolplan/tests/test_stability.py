"""Would a group pay less by leaving? Checked against every group there is."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poolplan.errors import ProblemError
from poolplan.game import Demand, Game, RunGame, TableGame, everybody
from poolplan.grouplp import GroupLp
from poolplan.price import PriceRule
from poolplan.shares import Party, per_seat
from poolplan.stability import core_stable, stability
from poolplan.tests.games_made import falling_games, groups, is_stable, paid, run_games, table_games

quick = settings(deadline=None, max_examples=60)
any_games = st.one_of(run_games(), table_games())
SECOND_TRAINER = PriceRule(fixed=120_000, per_seat=0, steps=((13, 120_000),))


def own_costs(game: Game) -> list[Fraction]:
    return [Fraction(game.cost(1 << i)) for i in range(len(game.firms))]


# --- the game and the LP ----------------------------------------------------------------------------
@quick
@given(any_games, st.data())
def test_the_most_tempted_group_is_found_among_all(game: Game, data: st.DataObject) -> None:
    n = len(game.firms)
    pays = data.draw(st.lists(st.integers(-20, 400), min_size=n, max_size=n))
    excess, group = game.worst(pays, 3)
    assert excess == paid(pays, group) - 3 * game.cost(group)
    assert excess == max(paid(pays, one) - 3 * game.cost(one) for one in groups(game))


@quick
@given(any_games, st.data())
def test_the_group_lp_comes_with_its_proof(game: Game, data: st.DataObject) -> None:
    """Stable payments, and a covering of every firm once that costs the same: nobody can do better."""
    n = len(game.firms)
    lp = GroupLp(game, own_costs(game))
    lp.solve()
    lp.caps = [Fraction(cap) for cap in data.draw(st.lists(st.integers(0, 400), min_size=n, max_size=n))]
    most = lp.solve()  # goes on from the first solution
    assert is_stable(game, lp.pays)
    assert all(pay <= cap for pay, cap in zip(lp.pays, lp.caps, strict=True))
    covered = [lp.cap_weights.get(i, 0) + sum(w for group, w in lp.groups if group >> i & 1) for i in range(n)]
    assert covered == [1] * n
    assert all(weight > 0 for _, weight in lp.groups)
    assert all(weight > 0 for weight in lp.cap_weights.values())
    groups_cost = sum(weight * game.cost(group) for group, weight in lp.groups)
    assert most == groups_cost + sum(weight * lp.caps[i] for i, weight in lp.cap_weights.items())


# --- the stable key ---------------------------------------------------------------------------------
@quick
@given(any_games)
def test_the_stable_key_adds_up_with_its_subsidy_and_nobody_would_leave(game: Game) -> None:
    found = core_stable(game)
    whole, cents = game.cost(everybody(game)), list(found.shares.values())
    assert sum(cents) + found.subsidy == whole
    assert is_stable(game, cents)
    assert is_stable(game, list(found.exact.values()))
    assert sum(found.exact.values()) + found.exact_subsidy == whole
    assert found.exact_subsidy == whole - GroupLp(game, own_costs(game)).solve()
    assert found.exact_subsidy <= found.subsidy < found.exact_subsidy + len(cents) + 1


@quick
@given(falling_games())
def test_with_a_falling_price_equal_per_seat_is_the_stable_key_and_needs_no_subsidy(game: RunGame) -> None:
    found = core_stable(game)
    run = game.run(sum(game.seats))
    assert found.subsidy == 0
    assert list(found.exact.values()) == [
        own + Fraction(run * seats, sum(game.seats)) for seats, own in zip(game.seats, game.own, strict=True)
    ]


@quick
@given(any_games)
def test_the_dearest_seat_is_as_cheap_as_stability_allows(game: Game) -> None:
    found = core_stable(game)
    heads = [max(1, seats) for seats in game.seats]
    prices = [(x - own) / n for x, own, n in zip(found.exact.values(), game.own, heads, strict=True)]
    lower = max(prices) - Fraction(1, 1000)
    capped = GroupLp(game, [own + n * lower for own, n in zip(game.own, heads, strict=True)])
    assert capped.solve() < sum(found.exact.values())


@quick
@given(any_games)
def test_the_order_in_which_firms_are_named_does_not_change_the_exact_shares(game: Game) -> None:
    if isinstance(game, RunGame):
        turned = RunGame(game.rule, game.demands[::-1], game.least)
        assert core_stable(turned).exact == core_stable(game).exact


# --- the report -------------------------------------------------------------------------------------
@quick
@given(any_games, st.data())
def test_the_report_says_truly_whether_a_group_would_leave_and_what_keeps_it(game: Game, data: st.DataObject) -> None:
    n = len(game.firms)
    pays = data.draw(st.lists(st.integers(0, 300), min_size=n, max_size=n))
    report = stability(game, dict(zip(game.firms, pays, strict=True)))
    assert report.stable == is_stable(game, pays)
    if report.group is None:
        assert report.stable
        assert report.subsidy == 0
        return
    saves = dict(report.group.saves)
    assert sum(saves.values()) == report.group.pays - report.group.alone > 0
    assert min(saves.values()) >= 0
    low = dict(report.reductions)
    kept = [pay - low.get(firm, 0) for firm, pay in zip(game.firms, pays, strict=True)]
    assert is_stable(game, kept)
    assert report.subsidy == sum(low.values()) > 0
    assert all(cents > 0 for cents in low.values())


@quick
@given(table_games(firms=3, most=7), st.data())
def test_the_subsidy_is_the_smallest_up_to_a_cent_that_cannot_be_halved(game: TableGame, data: st.DataObject) -> None:
    n = len(game.firms)
    pays = data.draw(st.lists(st.integers(0, 6), min_size=n, max_size=n))
    report = stability(game, dict(zip(game.firms, pays, strict=True)))
    ways = product(*[range(-6, pay + 1) for pay in pays])
    least = min(sum(pays) - sum(kept) for kept in ways if is_stable(game, kept))
    assert least <= report.subsidy <= least + 1


def test_equal_per_seat_is_not_stable_when_one_firm_brings_the_second_trainer() -> None:
    # A and B alone need one trainer. All together need two, for 120.00 a seat.
    demands = (Demand("A", 6), Demand("B", 6), Demand("C", 8))
    game = RunGame(SECOND_TRAINER, demands)
    shares = per_seat(240_000, [Party(d.firm, d.seats) for d in demands])
    assert shares == {"A": 72_000, "B": 72_000, "C": 96_000}
    report = stability(game, shares)
    assert report.group is not None
    assert (report.group.firms, report.group.pays, report.group.alone) == (("A", "B"), 144_000, 120_000)
    assert dict(report.group.saves) == {"A": 12_000, "B": 12_000}
    assert (report.subsidy, report.least_subsidy) == (24_000, 0)
    fair = core_stable(game)
    assert (fair.shares, fair.subsidy) == ({"A": 60_000, "B": 60_000, "C": 120_000}, 0)
    assert stability(game, fair.shares).stable


def test_sometimes_no_shares_are_stable_and_the_smallest_subsidy_is_named() -> None:
    # Thirteen single seats: any twelve could do with one trainer, for 100.00 each.
    game = RunGame(SECOND_TRAINER, tuple(Demand(f"firm{i}", 1) for i in range(13)))
    found = core_stable(game)
    assert set(found.shares.values()) == {10_000}
    assert (found.subsidy, found.exact_subsidy) == (110_000, 110_000)
    report = stability(game, per_seat(240_000, [Party(firm, 1) for firm in game.firms]))
    assert (report.stable, report.least_subsidy, report.subsidy) == (False, 110_000, 110_000)


def test_the_worked_run_is_stable_with_equal_shares() -> None:
    demands = tuple(Demand(firm, seats) for firm, seats in zip("ABCDEF", (4, 3, 2, 2, 1, 3), strict=True))
    game = RunGame(PriceRule(480_000, 6_000), demands, least=8)
    shares = per_seat(570_000, [Party(d.firm, d.seats) for d in demands])
    assert stability(game, shares).stable
    assert core_stable(game).shares == shares


def test_twenty_two_firms_with_rooms_and_jumps_are_answered() -> None:
    demands = tuple(Demand(i, 1 + i % 4, 5_000 * (i % 3 == 0), 40_000 * (i % 7 == 0)) for i in range(22))
    game = RunGame(PriceRule(480_000, 6_000, ((13, 300_000), (25, 300_000))), demands, 8)
    found = core_stable(game)
    assert stability(game, found.shares).stable


def test_a_firm_without_a_share_is_refused_by_field() -> None:
    with pytest.raises(ProblemError) as error:
        stability(RunGame(SECOND_TRAINER, (Demand("A", 1),)), {})
    assert error.value.field == "shares"
