"""A plan steered by hand: runs pinned, dates forbidden, firms kept apart. Only the problem changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from poolplan.errors import ProblemError, require
from poolplan.plan import Run
from poolplan.types import DAYPARTS, FrozenRun, Id, Problem, Template

PINNED = "pinned"


@dataclass(frozen=True, slots=True)
class Forbidden:
    """No session in this week (of this daypart, of this template; None: of any)."""

    week: int
    daypart: int | None = None
    template: Id | None = None


@dataclass(frozen=True, slots=True)
class Steering:
    """What a coordinator insists on.

    `pinned`: runs that stay with date, place and people (they may grow). `forbidden`: dates no
    unpinned run may use. `apart`: pairs of firms that must not sit together.
    """

    pinned: tuple[Run, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    apart: tuple[tuple[Id, Id], ...] = ()


def steer(problem: Problem, steering: Steering) -> Problem:
    """The problem with the coordinator's wishes as rules; `solve` it like any other.

    Pinned runs become confirmed runs with the id ("pinned", n). Raises `ProblemError` for unknown
    ids and for weeks or dayparts outside the calendar. O(size of the problem).
    """
    for one in steering.forbidden:
        _check(problem, one)
    for pair in steering.apart:
        for firm in pair:
            problem.company(firm)
    pinned = tuple(
        FrozenRun((PINNED, n), r.template, r.pattern, r.start_week, r.mode, r.venue, r.members)
        for n, r in enumerate(run for run in steering.pinned if run.frozen is None)
    )
    return replace(
        problem,
        frozen_runs=(*problem.frozen_runs, *pinned),
        templates=tuple(_closed(template, steering) for template in problem.templates),
        companies=tuple(
            replace(company, avoid=company.avoid | _kept_from(company.id, steering)) for company in problem.companies
        ),
    )


def _check(problem: Problem, one: Forbidden) -> None:
    if one.template is not None:
        problem.template(one.template)
    require(0 <= one.week < problem.calendar.weeks, "steering.forbidden.week", f"no such week: {one.week}")
    if one.daypart is not None and not 0 <= one.daypart < DAYPARTS:
        raise ProblemError("steering.forbidden.daypart", f"no such daypart: {one.daypart}")


def _closed(template: Template, steering: Steering) -> Template:
    cells = {
        (one.week, part)
        for one in steering.forbidden
        if one.template in (None, template.id)
        for part in (range(DAYPARTS) if one.daypart is None else [one.daypart])
    }
    return replace(template, closed_cells=template.closed_cells | cells) if cells else template


def _kept_from(firm: Id, steering: Steering) -> frozenset[Id]:
    return frozenset(other for pair in steering.apart for other in pair if firm in pair and other != firm)
