"""The machinery keeps its promises: right bounds, valid plans, the same result however many hands."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poolplan import (
    Effort,
    Forbidden,
    Membership,
    Plan,
    Problem,
    ProblemError,
    Run,
    Steering,
    breaches,
    compare,
    instance_to,
    plan_to,
    read_instance,
    solve,
    steer,
)
from poolplan.__main__ import main
from poolplan.solver.bound import Bounder
from poolplan.solver.dive import case_of
from poolplan.solver.greedy import greedy
from poolplan.solver.ground import Ground
from poolplan.solver.groups import Haste, Pricer
from poolplan.solver.highs import Limits
from poolplan.solver.master import Generator
from poolplan.solver.neighbourhood import Explorer
from poolplan.solver.packing import best_packing
from poolplan.solver.pricing import Prices
from poolplan.solver.seating import best_seating, options_of
from poolplan.solver.sheet import Sheet
from poolplan.solver.slots import Component
from poolplan.tests import make
from poolplan.tests.brute import optimum

FEW = Effort(steps=8)


def bound_of(problem: Problem) -> float:
    """The lowest cost the bound leaves possible."""
    ground = Ground(problem)
    bounder = Bounder(ground, Sheet(ground), np.zeros(ground.count), np.zeros(ground.firms, bool))
    for _ in bounder.steps(lambda: False):
        pass
    return ground.nothing() - bounder.gain


@pytest.mark.parametrize("seed", range(100, 160))
def test_the_bound_never_lies_above_the_optimum_nor_the_plan_below(seed: int) -> None:
    problem = make.tiny(seed)
    plan, best = solve(problem, effort=FEW), optimum(problem)
    assert bound_of(problem) <= best + 1e-6
    assert plan.bound <= best <= plan.objective


def test_nearly_all_tiny_problems_are_solved_to_the_optimum() -> None:
    hit = sum(solve(p := make.tiny(seed), effort=FEW).objective == optimum(p) for seed in range(200, 240))
    assert hit >= 38


def test_the_bound_of_each_component_alone_is_valid_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("poolplan.solver.bound.JOINT", 0)
    for seed in range(30):
        problem = make.tiny(seed)
        assert bound_of(problem) <= optimum(problem) + 1e-6


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_every_plan_passes_the_neutral_checker_and_costs_what_we_say(seed: int) -> None:
    checker = make.neutral_checker()
    problem = make.tiny(seed)
    plan = solve(problem, effort=FEW)
    verdict = checker.check(instance_to(problem), plan_to(problem, plan))
    assert verdict["errors"] == []
    assert verdict["objective"] == plan.objective


@given(seed=st.integers(0, 10_000), spoil=st.integers(0, 3))
@settings(max_examples=20, deadline=None)
def test_our_check_and_the_neutral_one_agree_on_broken_plans(seed: int, spoil: int) -> None:
    checker, problem = make.neutral_checker(), make.tiny(seed)
    plan = solve(problem, effort=FEW)
    if not plan.runs:
        return
    first = plan.runs[0]
    broken = [
        replace(first, start_week=first.start_week + 1),
        replace(first, members=first.members[1:]),
        replace(first, members=tuple(Membership(m.need, m.persons + 1) for m in first.members)),
        replace(first, members=(*first.members, first.members[0])),
    ][spoil]
    spoiled = Plan((broken, *plan.runs[1:]))
    verdict = checker.check(instance_to(problem), plan_to(problem, spoiled))
    assert verdict["feasible"] == (breaches(problem, spoiled) == [])


@given(seed=st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_more_rooms_never_hurt_and_money_scales(seed: int) -> None:
    problem = make.tiny(seed)
    twice = replace(problem, venues=tuple(replace(v, rooms=2 * v.rooms) for v in problem.venues))
    assert optimum(twice) <= solve(problem, effort=FEW).objective
    assert bound_of(twice) <= optimum(problem) + 1e-6


@given(seed=st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_one_more_need_costs_at_most_its_penalty_and_its_firm(seed: int) -> None:
    problem = make.tiny(seed)
    fewer = replace(problem, needs=problem.needs[:-1])
    extra = problem.needs[-1]
    most = extra.persons * extra.penalty + problem.params.company_unserved
    assert bound_of(problem) <= solve(fewer, effort=FEW).objective + most


def test_names_and_order_play_no_part_in_the_bound() -> None:
    problem = read_instance(make.instance("n60_s21.json"))
    needs = [replace(need, id=f"need {need.id}") for need in problem.needs]
    random.Random(4).shuffle(needs)
    assert bound_of(replace(problem, needs=tuple(needs))) == pytest.approx(bound_of(problem), rel=2e-3)


def test_two_processes_make_the_same_plan_as_one() -> None:
    problem = read_instance(make.instance("n60_s21.json"))
    one, two = (solve(problem, effort=Effort(steps=8, workers=w), seed=3) for w in (1, 2))
    assert one == two


def test_a_neighbourhood_whose_run_was_taken_away_meanwhile_is_planned_without_it() -> None:
    ground = Ground(read_instance(make.instance("n60_s21.json")))
    sheet, explorer = Sheet(ground), Explorer(ground)
    for number in range(ground.components):
        greedy(sheet, explorer.component(number), lambda: False)
    hood = explorer.choose(sheet, random.Random(1))
    sheet.close(hood.runs[0])
    move = explorer.repair(sheet, hood)
    assert hood.runs[0] not in move.runs
    assert sheet.attempt(move.runs, move.columns) == max(move.gain, 0)


def test_people_seated_one_by_one_find_the_optimum_that_whole_groups_miss() -> None:
    problem = read_instance(make.instance("n60_s21.json"))
    ground = Ground(problem)
    case = case_of(Sheet(ground), [Component(ground, number) for number in range(ground.components)])
    generator = Generator(case)
    generator.run(60, 1e-6, lambda: False)
    everywhere = [field.where(spot) for field in case.fields for batch in field.batches for spot in batch.spot]
    plans = {
        "groups": best_packing(case, generator.master.columns, Limits()),
        "persons": best_seating(case, options_of(case, everywhere), Limits(gap=1e-9)),
    }
    cost = {}
    for name, columns in plans.items():
        sheet = Sheet(ground)
        sheet.replace((), columns)
        cost[name] = ground.nothing() - sheet.gain
    assert cost["persons"] == 327_967 < cost["groups"]


def test_exact_prices_never_lie_above_the_quick_bound() -> None:
    ground = Ground(read_instance(make.instance("n60_s21.json")))
    rng = np.random.default_rng(1)
    for number in range(ground.components):
        case = case_of(Sheet(ground), [Component(ground, number)])
        for field in case.fields:
            price = rng.uniform(0, 2500, len(case.demand))
            none = np.zeros(len(case.demand))
            prices = Prices(price, none, none, np.zeros(case.rooms.shape), np.zeros(case.heads.shape))
            found = Pricer(ground, field).price(prices, Haste(1000, 0.01, True))
            raised = prices._replace(person=price + found.over + 0.01)
            assert Pricer(ground, field).price(raised, Haste(1000, 0.01, True)).columns == []
        if case.fields:
            outcome = Generator(case).run(60, 1e-3, lambda: False)
            assert outcome.bound >= outcome.value - 1e-6


def test_a_pinned_run_stays_and_a_forbidden_week_stays_empty() -> None:
    problem = read_instance(make.instance("n60_s21.json"))
    plan = solve(problem, effort=FEW)
    pinned, other = plan.runs[0], plan.runs[1]
    steered = steer(problem, Steering(pinned=(pinned,), forbidden=(Forbidden(other.start_week, None, other.template),)))
    after = solve(steered, effort=FEW, warm=plan)
    kept = [run for run in after.runs if run.frozen == ("pinned", 0)]
    assert [(r.template, r.start_week, r.venue) for r in kept] == [(pinned.template, pinned.start_week, pinned.venue)]
    assert not [r for r in after.runs if (r.template, r.start_week) == (other.template, other.start_week)]
    assert "date_forbidden" in {breach.code for breach in breaches(steered, plan)}


def test_firms_forced_apart_no_longer_meet() -> None:
    problem = make.problem([make.need(i, f"firm{i}", persons=2) for i in range(3)])
    apart = steer(problem, Steering(apart=(("firm0", "firm1"),)))
    for run in solve(apart, effort=FEW).runs:
        assert not {0, 1} <= {member.need for member in run.members}
    with pytest.raises(ProblemError):
        steer(problem, Steering(apart=(("firm0", "nobody"),)))
    with pytest.raises(ProblemError):
        steer(problem, Steering(forbidden=(Forbidden(99),)))


def test_two_plans_are_compared_run_by_run() -> None:
    problem = make.problem([make.need(i, f"firm{i}", persons=1) for i in range(3)])
    plan = solve(problem, effort=FEW)
    found = compare(problem, Plan(()), plan)
    assert (found.persons_gained, len(found.opened), found.kept) == (3, 1, 0)
    assert found.saved == found.before.total - plan.objective > 0
    assert isinstance(plan.runs[0], Run)


def test_the_command_line_compares_and_shows_progress(tmp_path, capsys) -> None:
    instance = str(make.instance("n60_s21.json"))
    one, two = str(tmp_path / "one.json"), str(tmp_path / "two.json")
    assert main(["solve", instance, one, "--steps", "4", "--seed", "2"]) == 0
    told = capsys.readouterr()
    assert "cost" in told.err
    assert told.out.count("\n") == 1
    assert main(["solve", instance, two, "--seconds", "2", "--workers", "2", "--quiet"]) == 0
    assert capsys.readouterr().err == ""
    assert main(["compare", instance, one, two]) == 0
    assert main(["solve", instance, str(tmp_path / "no" / "where.json"), "--steps", "0"]) == 2
