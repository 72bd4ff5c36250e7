"""From columns to a plan: the best set of columns that fits together (set packing by HiGHS).

Persons, runs per need, firms' bonus, cells of rooms and trainers as in the master program, plus the
least total of needs spread over several runs, which the linear program leaves out.
"""

from __future__ import annotations

from collections import defaultdict

from poolplan.solver.groups import Column
from poolplan.solver.highs import Limits, Program, pack
from poolplan.solver.master import Case, Cell, cells_of
from poolplan.solver.program import Model


def best_packing(case: Case, columns: list[Column], limits: Limits) -> list[Column]:
    """The most valuable set of these columns the case has room for."""
    if not columns:
        return []
    amount = pack(_program(case, columns), limits)
    if amount is None:
        return []
    return [c for c, x in zip(columns, amount, strict=False) if x > 0.5]


def _program(case: Case, columns: list[Column]) -> Program:
    """A variable per column, numbered as the columns are."""
    demand, model = case.demand, Model(case)
    at = {int(need): i for i, need in enumerate(demand.needs)}
    for column in columns:
        model.variable(column.gain + sum(float(demand.bonus[at[n]]) for n, _ in column.members))
    users: dict[int, list[tuple[int, int]]] = defaultdict(list)
    cells: dict[Cell, list[int]] = defaultdict(list)
    for c, column in enumerate(columns):
        for need, persons in column.members:
            users[at[need]].append((c, persons))
        for cell in cells_of(case.ground, column):
            cells[cell].append(c)
    firms: dict[int, list[int]] = defaultdict(list)
    for i, mine in users.items():
        model.need(i, [(c, float(k)) for c, k in mine], [(c, 1.0) for c, _ in mine], min(k for _, k in mine))
        if demand.firm_row[i] >= 0:
            firms[int(demand.firm_row[i])].extend(c for c, _ in mine)
    model.firms(firms)
    model.cells(cells)
    return model.program()
