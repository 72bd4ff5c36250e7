"""What the office laid down, carried out on the problem; and the plan before as a start."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from poolplan import HYBRID, ONLINE, ONSITE, Company, FrozenRun, Membership, Plan, Problem, Run

from .. import models, queries
from ..models import Proposal, Steering
from ..terms import RunFormat, SteeringKind
from .problem import PATTERNS, Scene

RUN_FORMATS = {ONSITE: RunFormat.ONSITE, ONLINE: RunFormat.ONLINE, HYBRID: RunFormat.HYBRID}
MODES = {form: mode for mode, form in RUN_FORMATS.items()}


class Contradiction(Exception):
    """Instructions that cannot be kept: with each other, or with what became of the needs."""


def steered(problem: Problem, scene: Scene) -> Problem:
    """The problem under all instructions of the scene. Needs that are left out go first: nothing is kept for them."""
    for wish in sorted(scene.wishes, key=lambda one: one.kind != SteeringKind.LEAVE_OUT):
        problem = CARRY_OUT[SteeringKind(wish.kind)](problem, wish, scene.monday)
    return problem


def _keep(problem: Problem, wish: Steering, monday: date) -> Problem:
    """The run stays with its members; others may still join. When all its people are elsewhere, nothing is kept."""
    assert wish.proposal is not None
    run = run_of(wish.proposal, problem, monday)
    if run is None:
        return problem
    values = (run.template, run.pattern, run.start_week, run.mode, run.venue, run.members)
    return replace(problem, frozen_runs=(*problem.frozen_runs, FrozenRun(wish.proposal.pk, *values)))


def _no_week(problem: Problem, wish: Steering, monday: date) -> Problem:
    week = _week(wish, monday)
    if week is None:
        return problem
    without = ~(1 << week)
    needs = (
        replace(need, weeks=need.weeks & without) if need.topic[0] == wish.topic_id else need  # type: ignore[index]
        for need in problem.needs
    )
    return replace(problem, needs=tuple(needs))


def _no_room(problem: Problem, wish: Steering, monday: date) -> Problem:
    week = _week(wish, monday)
    closed = frozenset() if week is None else frozenset({week})
    venues = (
        replace(venue, closed_weeks=venue.closed_weeks | closed) if venue.id == wish.venue_id else venue
        for venue in problem.venues
    )
    return replace(problem, venues=tuple(venues))


def _apart(problem: Problem, wish: Steering, monday: date) -> Problem:
    """Both ways; a firm is several companies of the problem when its needs have different homes or walls."""
    sides = {wish.firm_id: wish.other_firm_id, wish.other_firm_id: wish.firm_id}
    return replace(problem, companies=tuple(_kept_from(one, sides, problem.companies) for one in problem.companies))


def _kept_from(company: Company, sides: Mapping[UUID | None, UUID | None], companies: Iterable[Company]) -> Company:
    own = company.id[0]  # type: ignore[index]  # our CompanyId
    if own not in sides:
        return company
    others = {other.id for other in companies if other.id[0] == sides[own]}  # type: ignore[index]
    return replace(company, avoid=company.avoid | others)


def _leave_out(problem: Problem, wish: Steering, monday: date) -> Problem:
    return replace(problem, needs=tuple(need for need in problem.needs if need.id != wish.need_id))


CARRY_OUT: dict[SteeringKind, Callable[[Problem, Steering, date], Problem]] = {
    SteeringKind.KEEP: _keep,
    SteeringKind.NO_WEEK: _no_week,
    SteeringKind.NO_ROOM: _no_room,
    SteeringKind.APART: _apart,
    SteeringKind.LEAVE_OUT: _leave_out,
}


def _week(wish: Steering, monday: date) -> int | None:
    """The week of the horizon, or None when it is over: a bit mask knows no weeks before the first."""
    assert wish.week_from is not None
    week = (wish.week_from - monday).days // 7
    return week if week >= 0 else None


# --- the plan before ---------------------------------------------------------------------------------
def warm_start(plan: models.Plan, problem: Problem, monday: date) -> Plan | None:
    """The runs of the plan this one is based on, as far as their things and people are still there."""
    if plan.based_on is None:
        return None
    runs = (run_of(one, problem, monday) for one in queries.proposals_of(plan.based_on))
    kept = {frozen.id: frozen for frozen in problem.frozen_runs}
    return Plan(tuple(_named(run, kept.values()) for run in runs if run is not None))


def _named(run: Run, kept: Iterable[FrozenRun]) -> Run:
    names = ("template", "pattern", "start_week", "mode", "venue", "members")
    same = (one for one in kept if all(getattr(one, name) == getattr(run, name) for name in names))
    frozen = next(same, None)
    return run if frozen is None else replace(run, frozen=frozen.id)


def run_of(proposal: Proposal, problem: Problem, monday: date) -> Run | None:
    """A stored run as a value; None when its course, room or all its people are gone, or it would be in the past."""
    known = problem.has("templates", proposal.offer_id)
    known &= proposal.venue_id is None or problem.has("venues", proposal.venue_id)
    start = (proposal.starts_on - monday).days // 7
    rows = [row for row in proposal.members.all() if problem.has("needs", row.need_id)]
    if not known or start < 0 or not rows:
        return None
    members = tuple(Membership(row.need_id, row.seats) for row in rows)
    pattern = PATTERNS.index(proposal.pattern)
    return Run(proposal.offer_id, pattern, start, MODES[RunFormat(proposal.format)], proposal.venue_id, members)
