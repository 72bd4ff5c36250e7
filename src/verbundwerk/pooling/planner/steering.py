"""What the office laid down, as the core takes it; and the plan before as a start.

Needs that are left out and rooms that are closed are a matter of the rows (`problem`): the rest the core does itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from uuid import UUID

from poolplan import Forbidden, FrozenRun, Membership, Plan, Problem, Run, breaches, steer
from poolplan import Steering as Wishes

from .. import models, queries
from ..models import Proposal, Steering
from ..terms import RunFormat, SteeringKind, SteeringTrouble
from .growing import MODES, as_it_stands, that_cannot_stay, with_pools
from .problem import PATTERNS, Scene, lies_inside, problem_of

FEWER = SteeringTrouble.FEWER
UNFIT = ("topic", "time", "format", "travel")  # what makes one member unfit, whoever else comes


class Contradiction(Exception):
    """Instructions that cannot be kept: with each other, or with what became of the needs."""


@dataclass(frozen=True)
class Asked:
    """What is really calculated: the rows, the problem made of them, and which instructions it cannot keep."""

    scene: Scene
    problem: Problem
    trouble: dict[UUID, SteeringTrouble] = field(default_factory=dict)


def asked_of(scene: Scene) -> Asked:
    """The problem under all instructions. A pool that no longer fits into it keeps its room and takes nobody in."""
    while True:
        base = with_pools(problem_of(scene), scene)
        trouble = {one.pk: why for one in _keeping(scene) if (why := _trouble(one.proposal, base, scene))}
        problem = steer(base, _wishes(base, scene, trouble))
        fallen = that_cannot_stay(problem, scene.growing)
        if not fallen:
            return Asked(scene, problem, trouble)
        growing = [pool for pool in scene.growing if pool not in fallen]
        scene = replace(scene, growing=growing, taken=[*scene.taken, *fallen])


def _wishes(problem: Problem, scene: Scene, trouble: dict[UUID, SteeringTrouble]) -> Wishes:
    kept = (one.proposal for one in _keeping(scene) if trouble.get(one.pk, FEWER) == FEWER)
    return Wishes(
        pinned=tuple(_run_of(run, problem, scene.monday) for run in kept),
        forbidden=tuple(one for wish in scene.wishes for one in _forbidden(wish, problem, scene)),
        apart=tuple(pair for wish in scene.wishes for pair in _apart(wish, problem)),
    )


def _keeping(scene: Scene) -> list[Steering]:
    """Runs to be kept. What became a pool stands among the pools."""
    wishes = (one for one in scene.wishes if one.kind == SteeringKind.KEEP)
    return [one for one in wishes if one.proposal and not one.proposal.pool_id]


def _forbidden(wish: Steering, problem: Problem, scene: Scene) -> Iterator[Forbidden]:
    """A week that is over needs no ban."""
    if wish.kind != SteeringKind.NO_WEEK or wish.week_from is None:
        return
    week = (wish.week_from - scene.monday).days // 7
    if 0 <= week < scene.weeks:
        for template in problem.templates:
            if any(covered[0] == wish.topic_id for covered in template.covers):  # type: ignore[index]  # (topic, level)
                yield Forbidden(week, template=template.id)


def _apart(wish: Steering, problem: Problem) -> Iterator[tuple[object, object]]:
    """A firm is several companies of the problem when its needs have different homes or walls."""
    if wish.kind == SteeringKind.APART:
        ids = [company.id for company in problem.companies]
        one, other = ([own for own in ids if own[0] == firm] for firm in (wish.firm_id, wish.other_firm_id))  # type: ignore[index]
        yield from product(one, other)


# --- runs of a plan before ----------------------------------------------------------------------------
def _trouble(run: Proposal | None, problem: Problem, scene: Scene) -> SteeringTrouble | None:
    """Why a run cannot be kept, or not with everybody."""
    assert run is not None
    waiting = _waiting(run, problem)
    if not waiting:
        return SteeringTrouble.PEOPLE
    if not problem.has("templates", run.offer_id):
        return SteeringTrouble.OFFER
    if run.venue_id and not problem.has("venues", run.venue_id):
        return SteeringTrouble.ROOM
    if not lies_inside(run, scene.monday, scene.weeks):
        return SteeringTrouble.TIME
    return _lost(run, problem, scene)


def _lost(run: Proposal, problem: Problem, scene: Scene) -> SteeringTrouble | None:
    """Whether the others can hold the run when some have gone."""
    fitting = _run_of(run, problem, scene.monday)
    if len(fitting.members) == len(run.members.all()):
        return None
    alone = any(one.run is not None for one in breaches(problem, Plan((fitting,))))
    return SteeringTrouble.SMALL if alone else FEWER


def _waiting(run: Proposal, problem: Problem) -> tuple[Membership, ...]:
    rows = (row for row in run.members.all() if problem.has("needs", row.need_id))
    return tuple(Membership(row.need_id, min(row.seats, problem.need(row.need_id).persons)) for row in rows)


def _run_of(run: Proposal | None, problem: Problem, monday: date) -> Run:
    """With those who still wait and whom it still suits: a firm may have changed its need since."""
    assert run is not None
    start, mode = (run.starts_on - monday).days // 7, MODES[RunFormat(run.format)]
    whole = Run(run.offer_id, PATTERNS.index(run.pattern), start, mode, run.venue_id, _waiting(run, problem))
    unfit = {one.need for one in breaches(problem, Plan((whole,))) if one.code in UNFIT}
    return replace(whole, members=tuple(one for one in whole.members if one.need not in unfit))


def warm_start(plan: models.Plan, asked: Asked) -> Plan | None:
    """The runs of the plan this one is based on, as far as their things and people are still there; confirmed runs
    as they stand, with those who would have joined."""
    if plan.based_on is None:
        return None
    before = list(queries.proposals_of(plan.based_on))
    problem, scene = asked.problem, asked.scene
    new = (one for one in before if not one.grows_id and not one.pool_id)
    fresh = [one for one in new if (_trouble(one, problem, scene) or FEWER) == FEWER]
    runs = [_run_of(one, problem, scene.monday) for one in fresh]
    joining = {one.grows_id: _waiting(one, problem) for one in before if one.grows_id and not one.joined_at}
    frozen = [as_it_stands(one, joining.get(one.id, ())) for one in problem.frozen_runs]  # type: ignore[call-overload]
    pinned = {_place(one) for one in problem.frozen_runs}
    return Plan((*frozen, *(run for run in runs if _place(run) not in pinned)))


def _place(run: Run | FrozenRun) -> tuple[object, ...]:
    return run.template, run.pattern, run.start_week, run.mode, run.venue, run.members
