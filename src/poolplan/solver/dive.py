"""Diving: let the columns the linear program likes best run, plan the rest anew, and again.

Price-and-dive (Sadykov, Vanderbeck, Pessoa, Tahiri, Uchoa 2019): columns are generated for what is
left after every step, so a whole plan comes out of fractional ones at little loss.
"""

from __future__ import annotations

import numpy as np

from poolplan.solver.field import EVERY, fields_of
from poolplan.solver.master import Case, Generator, Stop
from poolplan.solver.sheet import Sheet
from poolplan.solver.slots import Component

SURE, SHARE = 0.85, 0.12


def case_of(sheet: Sheet, components: list[Component], needs: np.ndarray | None = None, venues: int = EVERY) -> Case:
    """Everything (or the given needs, sorted) still to be seated in these components."""
    if needs is None:
        needs = np.sort(np.concatenate([c.needs for c in components])) if components else np.zeros(0, int)
    needs = needs[(sheet.left[needs] > 0) & (sheet.parts[needs] > 0)]
    demand = sheet.demand(needs)
    fields = fields_of(components, demand, (sheet.rooms, sheet.heads), venues)
    return Case(sheet.ground, demand, fields, sheet.rooms.copy(), sheet.heads.copy())


def dive(sheet: Sheet, generator: Generator, rounds: int, stop: Stop, venues: int = EVERY) -> None:
    """Open columns in the sheet until the program has nothing left to offer."""
    needs = generator.case.demand.needs
    while not stop():
        master = generator.master
        if not _open_best(sheet, generator):
            break
        components = [field.component for field in generator.case.fields]
        case = case_of(sheet, components, needs, venues)
        if not case.fields:
            break
        generator = Generator(case)
        generator.master.add([c for c in master.columns if sheet.admits(c)])
        generator.share = 0.0
        generator.run(rounds, 1e-3, stop)


def _open_best(sheet: Sheet, generator: Generator) -> int:
    """Open columns nearest to one; at least a share of those in use."""
    amount = generator.master.solve().amount[generator.master.offset :]
    used = np.flatnonzero(amount > 1e-6)
    used = used[np.argsort(-amount[used], kind="stable")]
    least = max(1, int(SHARE * amount.sum()))
    opened = 0
    for position in used:
        if opened >= least and amount[position] < SURE:
            break
        column = generator.master.columns[position]
        if column.gain > -generator.case.ground.bonus * len(column.members) and sheet.admits(column):
            sheet.open(column)
            opened += 1
    return opened
