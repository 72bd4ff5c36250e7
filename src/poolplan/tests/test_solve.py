"""What `solve` promises: feasible, honest about its quality, the same every time, confirmed runs kept."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from poolplan import (
    Company,
    Effort,
    FrozenRun,
    Membership,
    NoPlanError,
    Plan,
    Problem,
    ProblemError,
    Progress,
    Venue,
    breaches,
    objective,
    read_instance,
    solve,
)
from poolplan.tests import make
from poolplan.tests.brute import optimum

FEW = Effort(steps=8)
OPTIMA = {"n60_s21.json": 327_967, "n200_s1.json": 1_070_357}


@pytest.mark.parametrize("seed", range(20))
def test_no_plan_beats_the_optimum_and_the_optimum_never_lies_below_the_bound(seed: int) -> None:
    problem = make.tiny(seed)
    plan = solve(problem, effort=FEW)
    best = optimum(problem)
    assert plan.bound <= best <= plan.objective


def test_three_firms_share_one_course_and_the_plan_says_what_it_costs() -> None:
    problem = make.problem([make.need(i, f"firm{i}", persons=1) for i in range(3)])
    plan = solve(problem)
    assert [run.size for run in plan.runs] == [3]
    assert plan.unserved == ()
    assert plan.objective == objective(problem, plan).total
    assert 0 <= plan.gap < 1


def test_too_few_people_are_left_over_with_their_number() -> None:
    plan = solve(make.problem([make.need("a", "firm", persons=2)]))
    assert plan.runs == ()
    assert plan.unserved == (Membership("a", 2),)


def test_nobody_asks_and_nothing_is_planned() -> None:
    plan = solve(make.problem([]))
    assert (plan.runs, plan.objective, plan.bound, plan.gap) == ((), 0, 0, 0)


def test_firms_that_avoid_each_other_do_not_meet() -> None:
    needs = [make.need(i, f"firm{i}", persons=3) for i in range(2)]
    walls = (Company("firm0", 20, 0, frozenset(["firm1"])), Company("firm1", 20, 0))
    plan = solve(make.problem(needs, companies=walls))
    assert sorted(run.size for run in plan.runs) == [3, 3]


def test_one_room_holds_one_course_at_a_time() -> None:
    needs = [make.need(i, f"firm{i}", persons=8, weeks=1) for i in range(2)]
    plan = solve(make.problem(needs))
    assert len(plan.runs) == 1
    rooms = (Venue("hall", 0, 10, 1, 100), Venue("annex", 0, 10, 1, 100))
    more_trainers = (replace(make.problem(needs).trainer_pools[0], headcount=2),)
    assert len(solve(make.problem(needs, venues=rooms, trainer_pools=more_trainers)).runs) == 2


@pytest.mark.parametrize("name", list(OPTIMA))
def test_public_instances_lie_between_the_bound_and_a_good_plan(name: str) -> None:
    path = make.instance(name)
    problem = read_instance(path)
    plan = solve(problem, effort=Effort(steps=8))
    assert plan.bound <= OPTIMA[name] <= plan.objective
    assert plan.objective <= 1.01 * OPTIMA[name]
    checker = make.neutral_checker()
    from poolplan import plan_to

    verdict = checker.check(checker.load(path), plan_to(problem, plan))
    assert verdict["errors"] == []
    assert verdict["objective"] == plan.objective


def test_the_same_seed_gives_the_same_plan() -> None:
    problem = public()
    assert solve(problem, effort=FEW, seed=7) == solve(problem, effort=FEW, seed=7)


def test_shuffled_needs_give_a_feasible_plan_and_the_same_bound() -> None:
    problem = public()
    needs = list(problem.needs)
    random.Random(3).shuffle(needs)
    shuffled = replace(problem, needs=tuple(needs))
    plan = solve(shuffled, effort=FEW)
    assert breaches(problem, plan) == []
    assert plan.bound == pytest.approx(solve(problem, effort=FEW).bound, rel=1e-3)


def test_one_more_room_never_raises_the_bound() -> None:
    problem = public()
    richer = replace(problem, venues=(*problem.venues, replace(problem.venues[0], id="new", rent_per_day=0)))
    none = Effort(steps=0)
    assert solve(richer, effort=none).bound <= solve(problem, effort=none).bound


def public() -> Problem:
    return read_instance(make.instance("n60_s21.json"))


def freeze(problem: Problem, plan: Plan) -> Problem:
    frozen = tuple(
        FrozenRun(f"confirmed {i}", r.template, r.pattern, r.start_week, r.mode, r.venue, r.members)
        for i, r in enumerate(plan.runs[:2])
    )
    return replace(problem, frozen_runs=frozen)


def test_confirmed_runs_survive_a_new_plan_with_all_their_people() -> None:
    problem = public()
    frozen = freeze(problem, solve(problem, effort=FEW))
    plan = solve(frozen, effort=FEW, seed=5)
    assert breaches(frozen, plan) == []
    kept = {run.frozen: run for run in plan.runs if run.frozen is not None}
    for confirmed in frozen.frozen_runs:
        for member in confirmed.members:
            assert kept[confirmed.id].persons_of(member.need) >= member.persons
    assert plan.bound <= plan.objective


def test_a_confirmed_run_may_grow() -> None:
    first = make.problem([make.need(i, f"firm{i}", persons=1) for i in range(3)])
    frozen = freeze(first, solve(first))
    newcomer = make.need("late", "firm9", persons=2)
    grown = replace(frozen, needs=(*frozen.needs, newcomer), companies=(*frozen.companies, Company("firm9", 5, 0)))
    plan = solve(grown)
    assert [(run.frozen, run.size) for run in plan.runs] == [("confirmed 0", 5)]


def test_a_confirmed_run_that_breaks_a_rule_is_named_instead_of_a_wrong_plan() -> None:
    problem = make.problem([make.need("a", "firm", persons=3)])
    frozen = freeze(problem, solve(problem))
    closed = replace(frozen, venues=(replace(frozen.venues[0], closed_weeks=frozenset(range(4))),))
    with pytest.raises(NoPlanError) as error:
        solve(closed)
    assert [breach.code for breach in error.value.breaches] == ["venue_closed"]


def test_a_warm_start_is_never_worse_than_the_plan_it_starts_from() -> None:
    problem = public()
    old = solve(problem, effort=Effort(steps=8), seed=2)
    assert solve(problem, effort=Effort(steps=0), warm=old).objective <= old.objective


def test_a_warm_start_drops_what_no_longer_holds() -> None:
    problem = public()
    old = solve(problem, effort=FEW)
    gone = {run.members[0].need for run in old.runs}
    fewer = replace(problem, needs=tuple(need for need in problem.needs if need.id not in gone))
    assert breaches(fewer, solve(fewer, effort=FEW, warm=old)) == []


def test_cancelling_at_once_still_returns_a_feasible_plan() -> None:
    problem = public()
    plan = solve(problem, cancelled=lambda: True)
    assert breaches(problem, plan) == []


def test_seconds_are_read_from_the_clock_that_was_given() -> None:
    ticks = iter(range(10_000))
    told: list[Progress] = []
    solve(public(), effort=Effort(seconds=150, clock=lambda: float(next(ticks))), progress=told.append)
    assert next(ticks) < 3_000
    assert told[0].stage == "construct"


def test_progress_tells_stage_step_objective_and_bound() -> None:
    told: list[Progress] = []
    plan = solve(public(), effort=Effort(steps=3), progress=told.append)
    assert told[0].stage == "construct"
    assert (told[-1].stage, told[-1].step) == ("improve", 3)
    assert told[-1].objective >= plan.objective
    assert told[-1].bound == plan.bound
    assert 0 < told[-1].served <= sum(need.persons for need in public().needs)


def test_a_contradiction_names_its_field_and_reason() -> None:
    with pytest.raises(ProblemError) as error:
        make.problem([make.need("a", "firm")], companies=())
    assert error.value.field == "needs['a'].company"
    with pytest.raises(ProblemError) as zero:
        make.need("a", "firm", persons=0)
    assert (zero.value.field, zero.value.reason) == ("needs['a'].persons", "must be at least 1, not 0")
