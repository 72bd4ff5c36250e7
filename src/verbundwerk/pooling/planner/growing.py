"""Pools that may still grow stand in a plan as confirmed runs: nobody in them is moved, others may join.

Each brings a course of its own, for its one date and of its own size. So it stays though its offer has left the
catalogue meanwhile, and nothing new is opened from it. Its members were asked everything when it was accepted; the
plan asks them nothing any more. What they cost is in every plan alike and is left out of its figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from poolplan import (
    HYBRID,
    ONLINE,
    ONSITE,
    FrozenRun,
    Membership,
    Plan,
    Problem,
    Run,
    Template,
    breaches,
    mask,
    objective,
)
from poolplan import Need as Demand

from .. import rules
from ..models import Pool, PoolMember
from ..terms import RunFormat
from .problem import NO_BUDGET, PATTERNS, Scene, company_id, course_of, euros, seats_of, trainers_of

RUN_FORMATS = {ONSITE: RunFormat.ONSITE, ONLINE: RunFormat.ONLINE, HYBRID: RunFormat.HYBRID}
MODES = {form: mode for mode, form in RUN_FORMATS.items()}
DAYPARTS = 12
ANY_WAY = 24 * 60  # minutes: who is in has said yes to the way


def with_pools(problem: Problem, scene: Scene) -> Problem:
    return replace(
        problem,
        needs=(*problem.needs, *(_seated(one, scene) for pool in scene.growing for one in seats_of(pool))),
        templates=(*problem.templates, *(_own_course(pool, scene) for pool in scene.growing)),
        frozen_runs=(*problem.frozen_runs, *(_confirmed(pool, scene) for pool in scene.growing)),
    )


def _seated(member: PoolMember, scene: Scene) -> Demand:
    need = member.need
    return Demand(
        id=need.pk,
        company=company_id(need),
        topic=(member.pool.topic_id, member.pool.level),
        persons=member.seats,
        penalty=rules.penalty(need.urgency, need.organisation.size_class),
        weeks=mask(range(scene.weeks)),
        days=mask(range(DAYPARTS)),
        formats=ONSITE | ONLINE | HYBRID,
        max_travel=ANY_WAY,
        latest_week=scene.weeks - 1,
        budget=NO_BUDGET,
        priority=str(need.urgency),
    )


def _own_course(pool: Pool, scene: Scene) -> Template:
    run, offer = course_of(pool), course_of(pool).offer
    return Template(
        id=pool.pk,
        covers=frozenset({(pool.topic_id, pool.level)}),
        days=offer.days,
        min_size=1,
        max_size=max(pool.seats_max, sum(one.seats for one in seats_of(pool))),
        fixed=euros(offer.fixed_cents),
        per_person=euros(offer.per_seat_cents),
        modes=MODES[RunFormat(run.format)],
        patterns=(PATTERNS.index(run.pattern),),
        trainer_pool=trainers_of(offer),
        online_fixed=euros(offer.online_cents),
        venues=frozenset({run.venue_id}) if run.venue_id else None,
        provider=offer.provider_id,
        closed_cells=frozenset((week, part) for week in range(scene.weeks) for part in range(DAYPARTS)),
    )


def _confirmed(pool: Pool, scene: Scene) -> FrozenRun:
    run = course_of(pool)
    start = (run.starts_on - scene.monday).days // 7
    members = tuple(Membership(one.need_id, one.seats) for one in seats_of(pool))
    return FrozenRun(
        pool.pk, pool.pk, PATTERNS.index(run.pattern), start, MODES[RunFormat(run.format)], run.venue_id, members
    )


# --- what holds of it -----------------------------------------------------------------------------
def as_it_stands(frozen: FrozenRun, joining: Sequence[Membership] = ()) -> Run:
    """A confirmed run with its people, and those who would join."""
    place = (frozen.template, frozen.pattern, frozen.start_week, frozen.mode, frozen.venue)
    return Run(*place, (*frozen.members, *joining), frozen.id)


def that_cannot_stay(problem: Problem, pools: Iterable[Pool]) -> list[Pool]:
    """Pools that no longer fit: their room is closed, two of their firms shall be kept apart, a trainer is elsewhere.
    People have agreed to them all the same, so they stay what they are; only this plan adds nobody."""
    kept: list[Run] = []
    fallen = []
    for pool in pools:
        run = as_it_stands(confirmed_run(problem, pool.pk))
        if any(one.code != "frozen_missing" for one in breaches(problem, Plan((*kept, run)))):
            fallen.append(pool)
        else:
            kept.append(run)
    return fallen


def confirmed_run(problem: Problem, pool: UUID) -> FrozenRun:
    return next(one for one in problem.frozen_runs if one.id == pool)


def pool_runs(problem: Problem, scene: Scene) -> list[Run]:
    return [as_it_stands(confirmed_run(problem, pool.pk)) for pool in scene.growing]


def settled(problem: Problem, runs: Sequence[Run]) -> int:
    """Euros no plan can change any more: what the pools cost as they stand."""
    cost = objective(problem, Plan(tuple(runs)))
    return cost.total - cost.unserved - cost.company_unserved


def newcomers(run: Run, frozen: FrozenRun) -> Run:
    """Of a grown run only those who would join."""
    before = {one.need for one in frozen.members}
    return replace(run, members=tuple(one for one in run.members if one.need not in before))
