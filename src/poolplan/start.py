"""What the search starts from: confirmed runs, and the runs of an older plan that still hold."""

from __future__ import annotations

from poolplan.check import breaches
from poolplan.errors import NoPlanError, require
from poolplan.expand import NO_VENUE, Candidate, Market, Slot
from poolplan.group import Wish, best_group, least_size
from poolplan.plan import Plan, Run
from poolplan.state import Backdrop, OpenRun, State
from poolplan.types import DAYPARTS, ONLINE, FrozenRun, Problem


def with_frozen(market: Market, behind: Backdrop | None = None) -> State:
    """A state with all confirmed runs and exactly their confirmed members, before a backdrop."""
    state = State(market, behind)
    for frozen in market.problem.frozen_runs:
        candidate = candidate_of(market, frozen)
        field = f"frozen_runs[{frozen.id!r}]"
        require(candidate is not None, field, "its date, format or venue is impossible")
        members: dict[int, int] = {}
        for member in frozen.members:
            n = market.need_at[member.need]
            members[n] = members.get(n, 0) + member.persons
        if candidate is not None:
            state.open(OpenRun(candidate, frozen), members.items())
    return state


def let_frozen_runs_live(problem: Problem, state: State) -> None:
    """Let whole groups join confirmed runs, and anybody where a run is still too small; `NoPlanError` if some break
    the rules for good."""
    for run in list(state.runs):
        for need, persons in _joining(state, run):
            state.seat(run, need, persons)
    broken = breaches(problem, Plan(state.plan_runs()))
    if broken:
        raise NoPlanError(tuple(broken))


def _joining(state: State, run: OpenRun) -> tuple[tuple[int, int], ...]:
    """A seat in a confirmed run costs little, so it is filled before anything is opened. But a group that fits only in
    part may find a run that takes all of it: such groups wait until the search is over."""
    only = {need: left for need, left in enumerate(state.left) if left}
    while only:
        group = best_group(state, run.candidate, run, Wish(only=only))
        torn = {need for need, persons in group.members if persons < state.left[need]} if group else set()
        if group and not torn:
            return group.members
        if not torn:
            break
        only = {need: left for need, left in only.items() if need not in torn}
    group = best_group(state, run.candidate, run) if run.size < least_size(state, run.candidate, run) else None
    return group.members if group else ()


def candidate_of(market: Market, run: Run | FrozenRun) -> Candidate | None:
    """The candidate behind a public run, or None if template, time or venue cannot be."""
    problem = market.problem
    t = market.template_at.get(run.template)
    if t is None or not 0 <= run.pattern < len(problem.patterns) or run.start_week < 0:
        return None
    template = problem.templates[t]
    timing = market.timing(template.days, run.pattern, run.start_week)
    venue = NO_VENUE if run.venue is None else market.venue_at.get(run.venue, NO_VENUE)
    if timing is None or (venue == NO_VENUE) != (run.mode == ONLINE):
        return None
    number = market.component_of_template[t]
    component = market.components[number] if number != NO_VENUE else None
    who = component.who(template, timing, run.mode) if component else 0
    return market.candidate(Slot(number, t, run.pattern, run.start_week, run.mode, timing, who), venue)


def follow(state: State, old: Plan) -> None:
    """Take over the old plan: exactly where it is still allowed, else run by run what still holds."""
    frozen = {run.frozen.id: run for run in state.runs if run.frozen is not None}
    exact = not breaches(state.market.problem, old)
    for run in old.runs:
        if run.frozen is not None and run.frozen in frozen:
            _top_up(state, frozen[run.frozen], run, exact)
        elif run.frozen is None or not exact:
            _take_over(state, run, exact)


def _wanted(state: State, run: Run) -> dict[int, int]:
    at = state.market.need_at
    return {at[m.need]: m.persons for m in run.members if m.need in at}


def _top_up(state: State, open_run: OpenRun, old: Run, exact: bool) -> None:
    if not exact:
        return
    for need, persons in _wanted(state, old).items():
        more = persons - open_run.members.get(need, 0)
        if more > 0:
            state.seat(open_run, need, more)


def _take_over(state: State, old: Run, exact: bool) -> None:
    candidate = candidate_of(state.market, old)
    if candidate is None or candidate.slot.component == NO_VENUE or not state.fits(candidate):
        return
    wanted = _wanted(state, old)
    if exact:
        state.open(OpenRun(candidate), wanted.items())
        return
    if _closed(state, candidate):
        return
    group = best_group(state, candidate, wish=Wish(only=wanted))
    if group is not None:
        state.open(OpenRun(candidate), group.members)


def _closed(state: State, candidate: Candidate) -> bool:
    market, slot = state.market, candidate.slot
    template = market.problem.templates[slot.template]
    offered = slot.pattern in template.patterns and template.modes & slot.mode
    cells = slot.timing.cells
    if any(cells >> week * DAYPARTS + part & 1 for week, part in template.closed_cells):
        return True
    if not offered or market.pool_closed[market.pool_of[slot.template]] & cells:
        return True
    if candidate.venue == NO_VENUE:
        return False
    venue = market.problem.venues[candidate.venue]
    allowed = template.venues is None or venue.id in template.venues
    return not allowed or bool(market.venue_closed[candidate.venue] & cells)
