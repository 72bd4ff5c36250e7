"""One change, planned where it happens: linked topics anew, everything else stays where it is."""

from __future__ import annotations

from poolplan.check import breaches
from poolplan.construct import grow
from poolplan.errors import NoPlanError
from poolplan.expand import Market
from poolplan.plan import Plan, Run
from poolplan.scene import linked_topics, taken_by_others
from poolplan.search import plan_of
from poolplan.solver.bridge import fill_state, occupy_for, sheet_of
from poolplan.solver.greedy import greedy
from poolplan.solver.ground import Ground
from poolplan.solver.sheet import Sheet
from poolplan.solver.slots import Component
from poolplan.start import follow, let_frozen_runs_live, with_frozen
from poolplan.state import Backdrop, State
from poolplan.types import Id, Problem


def replan_nearby(changed: Problem, plan: Plan, topic: Id) -> Plan | None:
    """The plan after a change that touches needs of this topic only; None where everything has to be planned anew.

    Runs of topics that are not linked with this one keep people, rooms and trainers. Runs of linked topics stay as
    far as they still hold, and whoever is left over is seated greedily. Nothing is proven (`bound` 0). The plan has
    passed the independent check. O(needs + runs), and one greedy plan of the linked topics.
    """
    topics = linked_topics(changed, topic)
    own = [run for run in plan.runs if changed.template(run.template).covers & topics]
    others = [run for run in plan.runs if not changed.template(run.template).covers & topics]
    if not _confirmed_ones_stand(changed, plan):
        return None
    try:
        runs = _planned(changed, topics, own, others)
    except NoPlanError:
        return None
    after = plan_of(changed, Plan((*others, *runs)), bound=0)
    return None if breaches(changed, after) else after


def _confirmed_ones_stand(problem: Problem, plan: Plan) -> bool:
    return {run.id for run in problem.frozen_runs} == {run.frozen for run in plan.runs if run.frozen is not None}


def _planned(problem: Problem, topics: frozenset[Id], own: list[Run], others: list[Run]) -> tuple[Run, ...]:
    """The runs of the linked topics. Raises `NoPlanError` if confirmed ones cannot be kept."""
    kept = {run.frozen for run in own}
    part = problem.changed(
        needs=tuple(need for need in problem.needs if need.topic in topics),
        frozen_runs=tuple(run for run in problem.frozen_runs if run.id in kept),
    )
    market = Market(part)
    behind = taken_by_others(problem, market, others)
    sheet = _seated(_followed(market, behind, own), others)
    state = with_frozen(market, behind)
    let_frozen_runs_live(part, state)
    fill_state(state, sheet)
    grow(state, list(state.runs))
    return state.plan_runs()


def _followed(market: Market, behind: Backdrop, own: list[Run]) -> State:
    state = with_frozen(market, behind)
    let_frozen_runs_live(market.problem, state)
    follow(state, Plan(tuple(own)))
    return state


def _seated(state: State, others: list[Run]) -> Sheet:
    """The state as a sheet, with whoever is left over seated greedily."""
    ground = Ground(state.market.problem)
    sheet = sheet_of(ground, state)
    for run in others:
        occupy_for(sheet, state.market, run)
    sheet.seated[: ground.firms] = state.firm_served
    for number in range(ground.components):
        greedy(sheet, Component(ground, number), lambda: False)
    return sheet
