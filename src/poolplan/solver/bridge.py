"""Between public values and numbers: confirmed and earlier runs come in, the finished plan goes out."""

from __future__ import annotations

import numpy as np

from poolplan.expand import NO_VENUE, Candidate, Market, Slot
from poolplan.plan import Run
from poolplan.solver.field import Where
from poolplan.solver.ground import Ground
from poolplan.solver.groups import Column, gain_of
from poolplan.solver.sheet import Sheet
from poolplan.state import OpenRun, State
from poolplan.types import Membership, Problem


def sheet_of(ground: Ground, state: State | None) -> Sheet:
    """The sheet with all runs of a state: confirmed ones kept, others open."""
    sheet = Sheet(ground)
    for run in state.runs if state else ():
        column = _column(ground, run)
        if run.frozen is None:
            sheet.open(column)
        else:
            sheet.keep(column)
    return sheet


def _column(ground: Ground, run: OpenRun) -> Column:
    slot = run.candidate.slot
    where = Where(slot.template, slot.pattern, slot.start, slot.mode, run.candidate.venue)
    members = tuple(sorted(run.members.items()))
    cells = ground.timings[ground.offers[where.offer].days, where.pattern, where.start].cells
    return Column(where, members, gain_of(ground, where, members), cells)


def occupy_for(sheet: Sheet, market: Market, run: Run) -> None:
    """Take trainer and room of a run whose people are none of this sheet's."""
    ground = sheet.ground
    offer = market.template_at[run.template]
    venue = NO_VENUE if run.venue is None else market.venue_at[run.venue]
    where = Where(offer, run.pattern, run.start_week, run.mode, venue)
    sheet.occupy(Column(where, (), 0, ground.timings[ground.offers[offer].days, run.pattern, run.start_week].cells))


def fill_state(state: State, sheet: Sheet) -> None:
    """Open the sheet's runs in a state that holds the kept ones."""
    for column in sheet.runs.values():
        state.open(OpenRun(candidate_at(state.market, column.where)), column.members)


def candidate_at(market: Market, where: Where) -> Candidate:
    """The public search's candidate at this place."""
    template = market.problem.templates[where.offer]
    timing = market.timing(template.days, where.pattern, where.start)
    assert timing is not None
    number = market.component_of_template[where.offer]
    who = market.components[number].who(template, timing, where.mode)
    slot = Slot(number, where.offer, where.pattern, where.start, where.mode, timing, who)
    return market.candidate(slot, where.venue)


def runs_of(problem: Problem, sheet: Sheet) -> tuple[Run, ...]:
    """The open runs as public values, in a fixed order."""
    return tuple(_public(problem, column) for column in sorted(sheet.runs.values(), key=lambda c: (c.where, c.members)))


def _public(problem: Problem, column: Column) -> Run:
    where = column.where
    members = tuple(Membership(problem.needs[need].id, persons) for need, persons in column.members)
    venue = None if where.venue == NO_VENUE else problem.venues[where.venue].id
    return Run(problem.templates[where.offer].id, where.pattern, where.start, where.mode, venue, members)


def seats_in_confirmed(ground: Ground, state: State | None) -> np.ndarray:
    """Per need the most a further seat in a confirmed run is worth (0: none; firm's bonus included)."""
    floor = np.zeros(ground.count)
    for run in state.runs if state else ():
        slot = run.candidate.slot
        if run.frozen is None or slot.component == NO_VENUE:
            continue
        component = state.market.components[slot.component]  # type: ignore[union-attr]  # no runs without it
        who = component.who_at(slot, run.candidate.venue)
        for i, need in enumerate(component.needs):
            if who >> i & 1:
                worth = state.value(need, run.candidate) + ground.bonus  # type: ignore[union-attr]
                floor[need] = max(floor[need], worth)
    return floor
