"""Our check and the neutral checker give the same verdict, on good plans and on damaged ones."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from poolplan import (
    Effort,
    FrozenRun,
    Membership,
    Plan,
    Problem,
    Run,
    breaches,
    instance_from,
    instance_to,
    objective,
    plan_from,
    plan_to,
    read_instance,
    solve,
)
from poolplan.tests import make

Data = dict[str, Any]


def damage_week(run: Data, _: Data, rng: random.Random) -> None:
    run["start_week"] = rng.randint(-1, 25)


def damage_venue(run: Data, data: Data, rng: random.Random) -> None:
    run["venue"] = rng.choice([None, rng.randrange(len(data["venues"]))])


def damage_mode(run: Data, _: Data, rng: random.Random) -> None:
    run["mode"] = rng.choice([1, 2, 4, 3])


def damage_pattern(run: Data, data: Data, rng: random.Random) -> None:
    run["pattern"] = rng.randrange(len(data["patterns"]))


def damage_template(run: Data, data: Data, rng: random.Random) -> None:
    run["template"] = rng.randrange(len(data["templates"]))


def damage_persons(run: Data, _: Data, rng: random.Random) -> None:
    rng.choice(run["members"])[1] += rng.choice([-1, 1, 2])


def damage_guest(run: Data, data: Data, rng: random.Random) -> None:
    run["members"].append([rng.randrange(len(data["needs"])), rng.randint(1, 2)])


def damage_leave(run: Data, _: Data, rng: random.Random) -> None:
    run["members"].pop(rng.randrange(len(run["members"])))


DAMAGES: list[Callable[[Data, Data, random.Random], None]] = [
    damage_week, damage_venue, damage_mode, damage_pattern, damage_template, damage_persons, damage_guest,
    damage_leave,
]  # fmt: skip


def damaged(plan: Data, data: Data, rng: random.Random) -> Data:
    """A copy with one to three things broken, or a run lost or doubled."""
    worse = copy.deepcopy(plan)
    kind = rng.random()
    if kind < 0.08:
        worse["runs"].append(copy.deepcopy(rng.choice(worse["runs"])))
    elif kind < 0.16:
        worse["runs"].pop(rng.randrange(len(worse["runs"])))
    else:
        for _ in range(rng.randint(1, 3)):
            run = rng.choice(worse["runs"])
            if run["members"]:
                rng.choice(DAMAGES)(run, data, rng)
    return worse


@pytest.fixture(scope="module", params=["n60_s21.json", "n200_s1.json"])
def solved(request: pytest.FixtureRequest) -> tuple[Data, Problem, Data]:
    """Instance data with two confirmed runs, the problem, and a plan for it."""
    path = make.instance(request.param)
    data = json.loads(path.read_text(encoding="utf-8"))
    free = instance_from(data)
    data["frozen_runs"] = plan_to(free, solve(free, effort=Effort(steps=5)))["runs"][:2]
    problem = instance_from(data)
    return data, problem, plan_to(problem, solve(problem, effort=Effort(steps=5)))


def test_both_agree_on_a_good_plan_to_the_euro(solved: tuple[Data, Problem, Data]) -> None:
    data, problem, plan = solved
    verdict = make.neutral_checker().check(data, plan)
    ours = objective(problem, plan_from(plan))
    assert verdict["errors"] == [] == breaches(problem, plan_from(plan))
    assert verdict["objective"] == ours.total
    assert (verdict["unserved_penalty"], verdict["company_unserved_penalty"]) == (ours.unserved, ours.company_unserved)
    assert (verdict["run_fixed"], verdict["run_admin"]) == (ours.run_fixed, ours.run_admin)
    assert (verdict["per_person"], verdict["travel"], verdict["absence"]) == (
        ours.per_person, ours.travel, ours.absence,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_both_agree_on_damaged_plans(solved: tuple[Data, Problem, Data], seed: int) -> None:
    data, problem, plan = solved
    checker, rng = make.neutral_checker(), random.Random(seed)
    feasible = 0
    for _ in range(120):
        worse = damaged(plan, data, rng)
        verdict = checker.check(data, worse)
        ours = plan_from(worse)
        assert verdict["feasible"] == (breaches(problem, ours) == []), (verdict["errors"], worse)
        if verdict["feasible"]:
            feasible += 1
            assert verdict["objective"] == objective(problem, ours).total
    assert feasible > 0


def test_a_problem_with_other_ids_is_written_so_that_the_neutral_checker_can_read_it() -> None:
    numbered = read_instance(make.instance("n60_s21.json"))
    named = renamed(numbered)
    plan = solve(named, effort=Effort(steps=5))
    verdict = make.neutral_checker().check(instance_to(named), plan_to(named, plan))
    assert verdict["errors"] == []
    assert verdict["objective"] == plan.objective


def renamed(problem: Problem) -> Problem:
    """Every id as a string."""
    companies = tuple(replace(c, id=f"c{c.id}", avoid=frozenset(f"c{o}" for o in c.avoid)) for c in problem.companies)
    templates = tuple(
        replace(
            t,
            id=f"t{t.id}",
            trainer_pool=f"p{t.trainer_pool}",
            venues=None if t.venues is None else frozenset(f"v{v}" for v in t.venues),
        )
        for t in problem.templates
    )
    return replace(
        problem,
        companies=companies,
        templates=templates,
        needs=tuple(replace(n, id=f"n{n.id}", company=f"c{n.company}") for n in problem.needs),
        venues=tuple(replace(v, id=f"v{v.id}") for v in problem.venues),
        trainer_pools=tuple(replace(p, id=f"p{p.id}") for p in problem.trainer_pools),
    )


RUN = Run("course", 0, 0, 1, "hall", (Membership("a", 2), Membership("b", 1)))


def codes(run: Run, problem: Problem | None = None) -> set[str]:
    return {breach.code for breach in breaches(problem or two_firms(), Plan((run,)))}


def two_firms() -> Problem:
    return make.problem([make.need("a", "A"), make.need("b", "B")])


@pytest.mark.parametrize(
    ("run", "code"),
    [
        (replace(RUN, template="other"), "unknown_id"),
        (replace(RUN, pattern=1), "pattern"),
        (replace(RUN, start_week=9), "horizon"),
        (replace(RUN, mode=2), "mode"),
        (replace(RUN, venue=None), "venue"),
        (replace(RUN, members=(Membership("a", 2),)), "too_small"),
        (replace(RUN, members=(Membership("a", 12),)), "too_big"),
        (replace(RUN, members=(Membership("a", 2), Membership("a", 1))), "need_twice"),
        (replace(RUN, members=(Membership("a", 0), Membership("b", 3))), "persons"),
        (replace(RUN, members=(Membership("a", 2), Membership("b", 3))), "overserved"),
    ],
)
def test_every_broken_rule_has_its_name(run: Run, code: str) -> None:
    assert codes(RUN) == set()
    assert code in codes(run)


def test_a_lost_member_of_a_confirmed_run_is_found() -> None:
    frozen = FrozenRun("f", "course", 0, 0, 1, "hall", RUN.members)
    problem = replace(two_firms(), frozen_runs=(frozen,))
    assert codes(RUN, problem) == {"frozen_missing"}
    kept = replace(RUN, frozen="f")
    assert codes(kept, problem) == set()
    assert "frozen_member" in codes(replace(kept, members=(Membership("a", 1), Membership("b", 2))), problem)
    assert "frozen_moved" in codes(replace(kept, start_week=1), problem)
