"""People learn why they were left over, and every way out we name was tried."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from poolplan import (
    ONLINE,
    ONSITE,
    Change,
    Company,
    Effort,
    Need,
    Plan,
    Problem,
    ProblemError,
    Run,
    TrainerPool,
    Venue,
    alone,
    apply,
    breaches,
    explain,
    mask,
    objective,
    read_instance,
    solve,
    together,
    types,
    what_if,
    whatif,
)
from poolplan.scene import Scene, linked_topics
from poolplan.tests import make


def left_over(**changes: object) -> Need:
    return make.need("me", "mine", persons=1, **changes)


def others(count: int = 3) -> list[Need]:
    return [make.need(i, f"firm{i}", persons=1) for i in range(count)]


def stage(needs: list[Need], **changes: object) -> str:
    problem = make.problem(needs, **changes)
    return explain(problem, solve(problem), "me").stage


def test_who_has_a_seat_is_told_so() -> None:
    assert stage([left_over(), *others()]) == "served"


@pytest.mark.parametrize(
    ("me", "expected"),
    [
        (left_over(topic="sewing"), "no_template"),
        (left_over(days=mask([11])), "no_slot_in_window"),
        (left_over(formats=ONLINE), "format"),
        (left_over(max_travel=1), "travel"),
        (left_over(budget=60), "price_ceiling"),
        (left_over(penalty=10), "not_worth"),
    ],
)
def test_the_first_rule_that_leaves_no_way_is_named(me: Need, expected: str) -> None:
    assert stage([me, *others()], params=replace(make.PARAMS, company_unserved=0)) == expected


def test_a_closed_house_is_named() -> None:
    closed = Venue("hall", 0, 10, closed_weeks=frozenset(range(4)))
    assert stage([left_over(), *others()], venues=(closed,)) == "closed"


def test_too_few_partners_come_with_their_number_and_one_more_person_helps() -> None:
    problem = make.problem([left_over(), make.need("other", "B", persons=1)])
    why = explain(problem, solve(problem), "me")
    assert why.stage == "too_few_partners"
    assert (why.numbers["persons"], why.numbers["needed"], why.numbers["missing"]) == (2, 3, 1)
    assert [(p.change.kind, p.change.amount) for p in why.changes] == [("more_persons", 1)]


def test_a_full_run_is_named() -> None:
    needs = [left_over(penalty=2000), *[replace(n, penalty=9000) for n in others(4)]]
    assert stage(needs, templates=(make.course(max_size=4),)) == "run_full"


def test_a_wall_is_named_and_taking_it_down_helps() -> None:
    firms = (Company("mine", 9, 0, frozenset(["firm0"])), *(Company(f"firm{i}", 9, 0) for i in range(3)))
    needs = [left_over(weeks=1, penalty=1500), *[replace(n, penalty=9000, weeks=1) for n in others()]]
    problem = make.problem(needs, companies=firms)
    why = explain(problem, solve(problem), "me")
    assert why.stage == "competitor"
    assert [p.change.kind for p in why.changes] == ["no_wall"]


def test_a_room_taken_by_another_course_is_named() -> None:
    sewing = [make.need(f"s{i}", f"tailor{i}", persons=2, penalty=9000, weeks=1, topic="sewing") for i in range(2)]
    welding = [replace(n, weeks=1, penalty=2500) for n in others(2)]
    courses = (make.course(), make.course(id="sew", covers=frozenset(["sewing"]), trainer_pool="tailors"))
    pools = (TrainerPool("trainers", 1), TrainerPool("tailors", 1))
    needs = [left_over(weeks=1, penalty=2500), *welding, *sewing]
    assert stage(needs, templates=courses, trainer_pools=pools) == "slot_taken"


def test_the_missing_euros_are_exact() -> None:
    needs = [left_over(budget=400), *others()]
    problem = make.problem(needs)
    why = explain(problem, solve(problem), "me")
    budget = next(p for p in why.changes if p.change.kind == "budget")
    assert budget.price == Fraction(2000 + 200, 4) + 50 == 600
    assert budget.change.amount == 200


def test_an_online_seat_is_proposed_where_one_exists() -> None:
    courses = (make.course(), make.course(id="remote", modes=ONLINE))
    needs = [left_over(formats=ONSITE, max_travel=1), *[replace(n, formats=ONLINE) for n in others()]]
    problem = make.problem(needs, templates=courses)
    why = explain(problem, solve(problem), "me")
    assert why.stage == "travel"
    assert why.changes[0].change.kind == "online"


def test_every_proposal_on_a_real_instance_holds_when_it_is_really_made() -> None:
    problem = read_instance(make.instance("n60_s21.json"))
    plan = solve(problem, effort=Effort(steps=10))
    tried = 0
    for left in plan.unserved:
        for proposal in explain(problem, plan, left.need).changes:
            after = with_run(plan, proposal.run)
            assert breaches(apply(problem, proposal.change), after) == []
            assert after.served(left.need) == plan.served(left.need) + proposal.persons > plan.served(left.need)
            tried += 1
    assert tried > 5


def with_run(plan: Plan, run: Run) -> Plan:
    """The plan with this run instead of the one at the same place and time, or besides all others."""
    others = [old for old in plan.runs if replace(old, members=()) != replace(run, members=())]
    return Plan((*others, run))


TRIED = {
    "later": 2, "earlier": 2, "more_persons": 2, "travel": 30, "budget": 500, "online": 0, "split": 0, "no_wall": 0,
}  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_looking_again_after_a_change_finds_what_a_fresh_look_finds(seed: int) -> None:
    problem = make.tiny(seed)
    plan = solve(problem)
    for need in problem.needs:
        first = Scene(problem, plan, need.id)
        for kind, amount in TRIED.items():
            changed = apply(problem, Change(kind, need.id, amount))
            again, fresh = Scene(changed, plan, need.id, before=first), Scene(changed, plan, need.id)
            assert _seen(again) == _seen(fresh)


def _seen(scene: Scene) -> tuple[object, ...]:
    way = scene.best_way_in()
    places = [(run.template, run.start_week, run.venue) for run in scene.public.values()]
    return scene.left, list(scene.slots()), places, way and (way.run.candidate, way.group)


def test_what_was_checked_once_is_not_checked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = read_instance(make.instance("n60_s21.json"))
    plan = solve(problem, effort=Effort(steps=0))
    left = next(need for need in problem.needs if explain(problem, plan, need.id).left)
    checked: list[Problem] = []
    monkeypatch.setattr(types, "_check_references", checked.append)
    explain(problem, plan, left.id)
    assert checked == []


def test_an_unknown_need_is_refused_by_name() -> None:
    problem = make.problem(others())
    with pytest.raises(ProblemError) as error:
        explain(problem, solve(problem), "nobody")
    assert error.value.field == "needs"


def test_a_closed_room_moves_the_course_and_the_difference_is_told() -> None:
    rooms = (Venue("hall", 0, 10, 1, 100), Venue("annex", 0, 10, 1, 300))
    problem = make.problem(others(), venues=rooms)
    plan = solve(problem)
    assert plan.runs[0].venue == "hall"
    delta = what_if(problem, plan, Change("room_closed", thing="hall", weeks=frozenset(range(4))))
    assert [run.venue for run in delta.closed] == ["hall"]
    assert [run.venue for run in delta.opened] == ["annex"]
    assert (delta.persons_gained, delta.saved) == (0, -400)


def test_a_newcomer_takes_a_free_seat_and_nobody_else_moves() -> None:
    problem = make.problem(others(), companies=tuple(Company(f"firm{i}", 9, 0) for i in range(4)))
    plan = solve(problem)
    delta = what_if(problem, plan, Change("new_need", new_need=make.need("new", "firm3", persons=2)))
    assert [(s.need, s.before, s.after) for s in delta.served] == [("new", 0, 2)]
    assert delta.opened == delta.closed == ()


@pytest.mark.parametrize("seed", range(60))
def test_whatever_one_need_changes_the_plan_after_it_breaks_no_rule(seed: int) -> None:
    problem = make.tiny_confirmed(seed) or make.tiny(seed)
    plan = solve(problem)
    confirmed = {member.need for run in problem.frozen_runs for member in run.members}
    for need in problem.needs:
        for kind, amount in {**TRIED, "persons": 1, "withdrawn": 0}.items():
            if kind in ("persons", "withdrawn") and need.id in confirmed:
                continue
            delta = what_if(problem, plan, Change(kind, need.id, amount))
            assert breaches(delta.problem, delta.plan) == []
            assert delta.plan.objective == objective(delta.problem, delta.plan).total


def test_a_change_of_one_need_plans_nothing_but_its_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = read_instance(make.instance("n60_s21.json"))
    plan = solve(problem, effort=Effort(steps=0))
    monkeypatch.setattr(whatif, "solve", lambda *_args, **_more: pytest.fail("everything was planned anew"))
    for need in problem.needs:
        after = what_if(problem, plan, Change("persons", need.id, 1)).plan
        linked = linked_topics(problem, need.topic)
        apart = {run for run in plan.runs if not problem.template(run.template).covers & linked}
        assert apart
        assert apart <= set(after.runs)


def test_an_unknown_change_is_refused() -> None:
    with pytest.raises(ProblemError):
        apply(make.problem(others()), Change("magic"))


def joint() -> Problem:
    return make.problem([make.need(i, f"firm{i}", persons=1, formats=ONSITE) for i in range(4)])


def test_alone_a_firm_pays_the_whole_course_and_together_its_share() -> None:
    problem = joint()
    plan = solve(problem)
    single, shared = alone(problem, 0), together(problem, plan, 0)
    assert single is not None
    assert (single.cost.fixed, single.cost.per_person, single.runs) == (2200, 50, 1)
    assert shared.fixed == Fraction(2200, 4)
    assert shared.price_per_seat == 600
    assert single.per_head > shared.per_head
    assert single.in_window


def test_shares_of_all_needs_add_up_to_the_cost_of_the_plan() -> None:
    problem = joint()
    plan = solve(problem)
    paid = sum(together(problem, plan, need.id).total for need in problem.needs)
    assert paid == plan.objective - plan.cost.unserved - plan.cost.company_unserved


def test_alone_without_any_date_falls_back_to_any_date_and_says_so() -> None:
    cost = alone(make.problem([left_over(days=mask([11]))]), "me")
    assert cost is not None
    assert not cost.in_window
    assert alone(make.problem([left_over(topic="sewing")]), "me") is None
