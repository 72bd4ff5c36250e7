"""Two plans of one problem side by side: what each costs, who gains, which runs differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from poolplan.check import objective
from poolplan.plan import CostBreakdown, Plan, Run
from poolplan.types import Id, Problem


@dataclass(frozen=True, slots=True)
class Served:
    """A need that has another number of seats than before."""

    need: Id
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """From one plan to another. A run counts as kept while template, time, format and venue stay."""

    before: CostBreakdown
    after: CostBreakdown
    served: tuple[Served, ...]
    opened: tuple[Run, ...]
    closed: tuple[Run, ...]
    kept: int

    @property
    def saved(self) -> int:
        """Euros by which the other plan is cheaper (below 0: dearer)."""
        return self.before.total - self.after.total

    @property
    def persons_gained(self) -> int:
        """Seats more in the other plan (below 0: fewer)."""
        return sum(served.after - served.before for served in self.served)


def compare(problem: Problem, one: Plan, other: Plan) -> Comparison:
    """What is different in `other`. Raises `ProblemError` for unknown ids. Linear in both plans."""
    before, after = by_place(one), by_place(other)
    return Comparison(
        before=objective(problem, one),
        after=objective(problem, other),
        served=tuple(changes_of_seats([need.id for need in problem.needs], one, other)),
        opened=only_in(after, before),
        closed=only_in(before, after),
        kept=len(before.keys() & after.keys()),
    )


def by_place(plan: Plan) -> dict[tuple[object, ...], Run]:
    """Runs by what makes them the same run; copies at the same time and place are numbered."""
    runs: dict[tuple[object, ...], Run] = {}
    for run in plan.runs:
        copy = 0
        while (key := (run.template, run.pattern, run.start_week, run.mode, run.venue, copy)) in runs:
            copy += 1
        runs[key] = run
    return runs


def only_in(one: dict[tuple[object, ...], Run], other: dict[tuple[object, ...], Run]) -> tuple[Run, ...]:
    """The runs (as `by_place` gives them) that the other plan does not have."""
    return tuple(run for key, run in one.items() if key not in other)


def changes_of_seats(needs: list[Id], one: Plan, other: Plan) -> Iterator[Served]:
    """Needs, in this order, with another number of seats in the other plan."""
    before, now = _seats(one), _seats(other)
    for need in needs:
        if before.get(need, 0) != now.get(need, 0):
            yield Served(need, before.get(need, 0), now.get(need, 0))


def _seats(plan: Plan) -> dict[Id, int]:
    seats: dict[Id, int] = {}
    for run in plan.runs:
        for member in run.members:
            seats[member.need] = seats.get(member.need, 0) + member.persons
    return seats
