"""The optimum of a tiny problem by trying everything; only for tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations_with_replacement, product

from poolplan import Membership, Plan, Problem, Run, breaches, objective

AT_MOST_RUNS = 2
SINGLE = {"time", "topic", "format", "travel", "part_too_small", "total_too_small", "too_many_parts"}


def optimum(problem: Problem) -> int:
    """The lowest objective of any feasible plan with at most two runs (enough for eight people in threes)."""
    places = list(_places(problem))
    best = objective(problem, Plan(())).total
    for count in range(1, AT_MOST_RUNS + 1):
        for runs in combinations_with_replacement(places, count):
            for plan in _seatings(problem, runs):
                best = min(best, _cost(problem, plan, best))
    return best


def _cost(problem: Problem, plan: Plan, best: int) -> int:
    cost = objective(problem, plan).total
    return cost if cost < best and not breaches(problem, plan) else best


def _places(problem: Problem) -> Iterator[Run]:
    venues = [None, *(venue.id for venue in problem.venues)]
    for template in problem.templates:
        for pattern, week, mode, venue in product(template.patterns, range(problem.calendar.weeks), (1, 2, 4), venues):
            run = Run(template.id, pattern, week, mode, venue, ())
            if {breach.code for breach in breaches(problem, Plan((run,)))} <= {"too_small"}:
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
    persons = problem.need(need_id).persons
    for parts in product(range(persons + 1), repeat=len(runs)):
        if sum(parts) > persons:
            continue
        alone = Plan(
            tuple(
                replace(run, members=(Membership(need_id, part),)) if part else run
                for run, part in zip(runs, parts, strict=True)
            )
        )
        if not {breach.code for breach in breaches(problem, alone)} & SINGLE:
            yield parts
