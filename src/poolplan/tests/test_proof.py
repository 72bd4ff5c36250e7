"""The bound of big problems, component by component: valid from the first moment, at whatever prices it starts from."""

from __future__ import annotations

import time

import numpy as np
import pytest

from poolplan import Effort, Problem, breaches, read_instance, solve
from poolplan.expand import Market
from poolplan.solver.bound import Bounder
from poolplan.solver.bridge import seats_in_confirmed, sheet_of
from poolplan.solver.crew import Crew
from poolplan.solver.dive import case_of
from poolplan.solver.greedy import greedy
from poolplan.solver.ground import Ground
from poolplan.solver.groups import Haste, Pricer
from poolplan.solver.master import SAFETY, Case, Prices, lagrangian
from poolplan.solver.parts import Part, suggested
from poolplan.solver.raising import Raiser
from poolplan.solver.sheet import Sheet
from poolplan.solver.slots import Component
from poolplan.start import with_frozen
from poolplan.tests import make
from poolplan.tests.brute import optimum

ROUNDING = 1e-3  # of a euro, as where the bound becomes a whole number


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small problems take the way of big ones."""
    monkeypatch.setattr("poolplan.solver.bound.JOINT", 0)
    monkeypatch.setattr("poolplan.search.JOINT", 0)
    monkeypatch.setattr("poolplan.solver.neighbourhood.MANY", 0)


def bounds(problem: Problem, several: np.ndarray, plan: Sheet | None = None) -> list[float]:
    """Every bound on the cost that is ever told, in order."""
    ground = Ground(problem)
    state = with_frozen(Market(problem)) if problem.frozen_runs else None
    floor = seats_in_confirmed(ground, state)
    bounder = Bounder(ground, sheet_of(ground, state), floor, several, plan)
    return [ground.nothing() - gain for gain in bounder.steps(lambda: False)]


@pytest.mark.parametrize("seed", range(300, 420))
def test_no_bound_ever_told_lies_above_the_optimum(seed: int) -> None:
    problem = make.tiny(seed)
    rng, best = np.random.default_rng(seed), optimum(problem)
    told = bounds(problem, rng.random(len(problem.companies)) < 0.5)
    assert max(told) <= best + ROUNDING
    assert told == sorted(told)


@pytest.mark.parametrize("seed", range(420, 520))
def test_nor_does_one_beside_a_confirmed_run(seed: int) -> None:
    problem = make.tiny_confirmed(seed)
    if problem is not None:
        assert max(bounds(problem, np.zeros(len(problem.companies), bool))) <= optimum(problem) + ROUNDING


@pytest.mark.parametrize("seed", range(520, 560))
def test_plans_made_the_big_way_are_valid_and_their_bounds_hold(seed: int) -> None:
    problem = make.tiny_confirmed(seed) if seed % 2 else make.tiny(seed)
    for effort in (Effort(steps=6), Effort(seconds=0.4)):
        plan = solve(problem or make.tiny(seed), effort=effort)
        assert breaches(problem or make.tiny(seed), plan) == []
        assert plan.bound <= optimum(problem or make.tiny(seed)) <= plan.objective


def test_every_answer_of_the_helper_is_seen_even_if_several_come_at_once() -> None:
    ground = Ground(make.tiny(7))
    sheet = Sheet(ground)
    crew = Crew(sheet, 2)
    try:
        crew.start_bound(sheet, np.zeros(ground.count), np.zeros(ground.firms, bool), 60.0)
        end = time.monotonic() + 60
        while crew.busy and time.monotonic() < end:
            time.sleep(0.05)
            crew.listen()
        assert not crew.busy
        assert crew.bounds
    finally:
        crew.end()


def small() -> tuple[Ground, list[Case]]:
    """The components of a public instance that have candidates."""
    ground = Ground(read_instance(make.instance("n60_s21.json")))
    cases = [case_of(Sheet(ground), [Component(ground, number)]) for number in range(ground.components)]
    return ground, [case for case in cases if case.fields]


def any_prices(case: Case, rng: np.random.Generator) -> Prices:
    count = len(case.demand)
    rooms = rng.uniform(0, 200, case.rooms.shape) * (rng.random(case.rooms.shape) < 0.1)
    part, firm = rng.uniform(0, 300, count), np.where(case.demand.firm_row >= 0, rng.uniform(0, 1500, count), 0.0)
    return Prices(rng.uniform(0, 2500, count), part, firm, rooms, np.zeros(case.heads.shape))


def test_raised_prices_are_beaten_by_no_run_whatever_they_were_before() -> None:
    ground, cases = small()
    rng = np.random.default_rng(5)
    for case in cases * 3:
        raiser, prices = Raiser(Pricer(ground, case.fields[0])), any_prices(case, rng)
        raised = raiser.raised(prices, raiser.doubts(prices))
        assert (raised.person >= prices.person).all()
        over = raised._replace(person=raised.person + SAFETY)
        assert raiser.pricer.price(over, Haste(1000, 0.01, True)).columns == []


def test_what_beats_the_prices_is_among_the_doubts_and_never_worth_more_than_said() -> None:
    ground, cases = small()
    rng = np.random.default_rng(6)
    for case in cases:
        raiser, prices = Raiser(Pricer(ground, case.fields[0])), any_prices(case, rng)
        doubts = raiser.doubts(prices)
        most = max((doubt.value for doubt in doubts), default=0.0)
        found = raiser.pricer.price(prices, Haste(1000, 0.05, True)).columns
        assert max((value for value, _ in found), default=0.0) <= most + 0.1
        assert bool(raiser.columns(prices, doubts, 50)) == bool(found)


def test_rounds_only_ever_lower_the_bound_and_reach_the_program() -> None:
    _, cases = small()
    for case in cases:
        part = Part(case, [], np.zeros(len(case.demand)))
        told = [part.best]
        while not part.closed and len(told) < 120:
            told.append(part.round())
        assert told == sorted(told, reverse=True)
        assert part.best >= part.master.within(np.zeros(len(case.demand)), np.full(len(case.demand), 1e9)).value - 1


def test_a_good_plan_suggests_good_prices() -> None:
    ground, cases = small()
    sheet = Sheet(ground)
    for case in cases:
        greedy(sheet, case.fields[0].component, lambda: False)
    for case in cases:
        raiser, plan = Raiser(Pricer(ground, case.fields[0])), list(sheet.runs.values())
        one, other = suggested(case, plan), suggested(case, [])
        bound = [lagrangian(case, raiser.raised(prices, raiser.doubts(prices))) for prices in (one, other)]
        assert bound[0] <= 1.2 * bound[1]
