"""Changes a coordinator can think of, as values; `apply` makes the changed problem."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from poolplan.errors import ProblemError
from poolplan.types import ALL_FORMATS, HYBRID, ONLINE, Company, Id, Need, Problem, Template

PARTNER = "one-more-partner"


@dataclass(frozen=True, slots=True)
class Change:
    """One change; which fields count depends on `kind`.

    On a need (`need`): "more_persons" (`amount` people of any other firm join the same demand),
    "later" / "earlier" (`amount` weeks), "travel" (`amount` minutes), "budget" (`amount` euros per
    seat), "online", "no_wall", "split"; "persons" (the firm's own number changes by `amount`);
    "withdrawn". On the offer: "room_closed" / "trainers_closed" (`thing` in `weeks`), "new_course"
    (`template`), "new_need" (`new_need`).
    """

    kind: str
    need: Id | None = None
    amount: int = 0
    thing: Id | None = None
    weeks: frozenset[int] = frozenset()
    template: Template | None = None
    new_need: Need | None = None


def apply(problem: Problem, change: Change) -> Problem:
    """The problem after the change. Raises `ProblemError` for unknown kinds and ids. O(size)."""
    if change.kind in _NEED_CHANGES:
        changed = _NEED_CHANGES[change.kind](problem.need(change.need), change.amount)
        return _with_need(problem, changed)
    if change.kind not in _OTHER_CHANGES:
        raise ProblemError("change.kind", f"unknown: {change.kind!r}")
    return _OTHER_CHANGES[change.kind](problem, change)


def _later(need: Need, weeks: int) -> Need:
    """The weeks after the last accepted one suit as well."""
    last = min(need.latest_week, max(need.weeks.bit_length() - 1, 0))
    added = sum(1 << last + k for k in range(1, weeks + 1))
    return replace(need, weeks=need.weeks | added, latest_week=last + weeks)


def _earlier(need: Need, weeks: int) -> Need:
    first = (need.weeks & -need.weeks).bit_length() - 1
    added = sum(1 << first - k for k in range(1, weeks + 1) if first - k >= 0)
    return replace(need, weeks=need.weeks | added)


def _persons(need: Need, more: int) -> Need:
    whole = need.min_total == need.persons
    persons = need.persons + more
    return replace(need, persons=persons, min_total=persons if whole else need.min_total)


_NEED_CHANGES: dict[str, Callable[[Need, int], Need]] = {
    "later": _later,
    "earlier": _earlier,
    "persons": _persons,
    "travel": lambda need, amount: replace(need, max_travel=need.max_travel + amount),
    "budget": lambda need, amount: replace(need, budget=need.budget + amount),
    "online": lambda need, _: replace(need, formats=(need.formats | ONLINE | HYBRID) & ALL_FORMATS),
    "split": lambda need, _: replace(need, max_parts=max(need.max_parts, 3), min_part=1, min_total=1),
}


def _with_need(problem: Problem, changed: Need) -> Problem:
    return problem.changed(needs=tuple(changed if need.id == changed.id else need for need in problem.needs))


def _more_persons(problem: Problem, change: Change) -> Problem:
    """A partner firm without walls wants the same for so many people."""
    need = problem.need(change.need)
    home = problem.company(need.company).home
    firm = Company((PARTNER, need.id), 1, home)
    partner = replace(
        need, id=(PARTNER, need.id), company=firm.id, persons=change.amount,
        max_parts=1, min_part=1, min_total=1,
    )  # fmt: skip
    return problem.changed(companies=(*problem.companies, firm), needs=(*problem.needs, partner))


def _no_wall(problem: Problem, change: Change) -> Problem:
    own = problem.need(change.need).company
    companies = tuple(
        replace(company, avoid=frozenset() if company.id == own else company.avoid - {own})
        for company in problem.companies
    )
    return problem.changed(companies=companies)


def _withdrawn(problem: Problem, change: Change) -> Problem:
    problem.need(change.need)
    return replace(problem, needs=tuple(need for need in problem.needs if need.id != change.need))


def _room_closed(problem: Problem, change: Change) -> Problem:
    venue = problem.venue(change.thing)
    closed = replace(venue, closed_weeks=venue.closed_weeks | change.weeks)
    return replace(problem, venues=tuple(closed if v.id == venue.id else v for v in problem.venues))


def _trainers_closed(problem: Problem, change: Change) -> Problem:
    pool = problem.trainer_pool(change.thing)
    closed = replace(pool, closed_weeks=pool.closed_weeks | change.weeks)
    pools = tuple(closed if p.id == pool.id else p for p in problem.trainer_pools)
    return replace(problem, trainer_pools=pools)


def _new_course(problem: Problem, change: Change) -> Problem:
    if change.template is None:
        raise ProblemError("change.template", "is missing")
    return replace(problem, templates=(*problem.templates, change.template))


def _new_need(problem: Problem, change: Change) -> Problem:
    if change.new_need is None:
        raise ProblemError("change.new_need", "is missing")
    return replace(problem, needs=(*problem.needs, change.new_need))


_OTHER_CHANGES: dict[str, Callable[[Problem, Change], Problem]] = {
    "more_persons": _more_persons,
    "no_wall": _no_wall,
    "withdrawn": _withdrawn,
    "room_closed": _room_closed,
    "trainers_closed": _trainers_closed,
    "new_course": _new_course,
    "new_need": _new_need,
}
