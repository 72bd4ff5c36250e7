"""The optimum of a tiny problem by trying everything; only for tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations_with_replacement, product

from poolplan import Membership, Plan, Problem, Run, breaches, objective

AT_MOST_RUNS = 2
SINGLE = {"time", "topic", "format", "travel", "part_too_small", "total_too_small", "too_many_parts"}


def optimum(problem: Problem) -> int:
    """The lowest objective of any feasible plan with at most two runs (enough for eight people in threes).

    Confirmed runs are kept, count among the two, and may grow.
    """
    places, kept = list(_places(problem)), tuple(_kept(problem))
    best = objective(problem, Plan(kept)).total
    for count in range(AT_MOST_RUNS + 1 - len(kept)):
        for runs in combinations_with_replacement(places, count):
            for plan in _seatings(problem, (*kept, *runs)):
                best = min(best, _cost(problem, plan, best))
    return best


def _kept(problem: Problem) -> Iterator[Run]:
    for run in problem.frozen_runs:
        yield Run(run.template, run.pattern, run.start_week, run.mode, run.venue, run.members, run.id)


def _cost(problem: Problem, plan: Plan, best: int) -> int:
    cost = objective(problem, plan).total
    return cost if cost < best and not breaches(problem, plan) else best


def _places(problem: Problem) -> Iterator[Run]:
    venues, free = [None, *(venue.id for venue in problem.venues)], replace(problem, frozen_runs=())
    for template in problem.templates:
        for pattern, week, mode, venue in product(template.patterns, range(problem.calendar.weeks), (1, 2, 4), venues):
            run = Run(template.id, pattern, week, mode, venue, ())
            if {breach.code for breach in breaches(free, Plan((run,)))} <= {"too_small"}:
                yield run


def _seatings(problem: Problem, runs: tuple[Run, ...]) -> Iterator[Plan]:
    choices = [list(_parts(problem, need.id, runs)) for need in problem.needs]
    for choice in product(*choices):
        seated = [
            tuple(Membership(need.id, parts[r]) for need, parts in zip(problem.needs, choice, strict=True) if parts[r])
            for r in range(len(runs))
        ]
        if all(seated):
            yield Plan(tuple(replace(run, members=members) for run, members in zip(runs, seated, strict=True)))


def _parts(problem: Problem, need_id: object, runs: tuple[Run, ...]) -> Iterator[tuple[int, ...]]:
    """Ways to spread one need over the runs that break no rule of its own."""
    persons, free = problem.need(need_id).persons, replace(problem, frozen_runs=())
    for parts in product(range(persons + 1), repeat=len(runs)):
        if sum(parts) > persons:
            continue
        alone = Plan(
            tuple(
                replace(run, members=(Membership(need_id, part),)) if part else replace(run, members=())
                for run, part in zip(runs, parts, strict=True)
            )
        )
        if not {breach.code for breach in breaches(free, alone)} & SINGLE:
            yield parts
