"""The first plan: open the run that saves most, again and again, a few hundred needs at a time."""

from __future__ import annotations

import numpy as np

from poolplan.solver.dive import case_of
from poolplan.solver.groups import Haste, Pricer
from poolplan.solver.master import Case, Stop
from poolplan.solver.pricing import Prices
from poolplan.solver.sheet import Sheet
from poolplan.solver.slots import Component

CHUNK = 350
OUT_OF_REACH = 1e6
WORTH_A_LOOK = 0.3
VENUES = 4


def greedy(sheet: Sheet, component: Component, stop: Stop) -> None:
    """Fill a component run by run. Needs come in chunks; what a chunk leaves over joins the next."""
    needs = component.needs[np.argsort(-sheet.ground.penalty[component.needs], kind="stable")]
    count = max(1, -(-len(needs) // CHUNK))
    chunks = [needs[i::count] for i in range(count)]  # every chunk gets its share of dear and cheap needs
    over = np.zeros(0, np.int64)
    for chunk in chunks:
        if stop():
            return
        mine = np.sort(np.concatenate([chunk, over[: CHUNK // 2]]))
        _fill(sheet, case_of(sheet, [component], mine, VENUES), stop)
        over = mine[(sheet.left[mine] > 0) & (sheet.parts[mine] == sheet.ground.max_parts[mine])]


def _fill(sheet: Sheet, case: Case, stop: Stop) -> None:
    if not case.fields:
        return
    pricer = Pricer(case.ground, case.fields[0])
    while not stop():
        found = pricer.price(_prices(sheet, case), Haste(40, 0.5, False)).columns
        opened = 0
        for value, column in found:
            if value >= WORTH_A_LOOK * found[0][0] and sheet.admits(column):
                sheet.open(column)
                opened += 1
        if not opened:
            return


def _prices(sheet: Sheet, case: Case) -> Prices:
    """Nothing costs anything, except what is gone: that costs more than anybody can pay."""
    demand, ground = case.demand, case.ground
    gone = sheet.left[demand.needs] < demand.left
    fresh = sheet.seated[demand.firm] == 0
    person = np.where(gone, OUT_OF_REACH, 0.0)
    firm = np.where((demand.firm_row >= 0) & fresh, float(ground.bonus), 0.0)
    rooms = np.where(sheet.rooms < 1, OUT_OF_REACH, 0.0)
    heads = np.where(sheet.heads < 1, OUT_OF_REACH, 0.0)
    return Prices(person, np.zeros(len(demand)), firm, rooms, heads)
