"""The only module that knows HiGHS (Huangfu, Hall: Parallelizing the dual revised simplex, 2018).

Two uses: a linear program that grows by columns and rows, and a binary program. One thread each
and no symmetry detection; limits are counted (nodes, iterations), seconds come on top.
"""

from __future__ import annotations

from typing import NamedTuple

import highspy
import numpy as np

INF = highspy.kHighsInf
# Our programs are small and nearly whole: few cuts are enough, and the tree finds by itself what these searches look
# for. Measured on the programs of the public instance of 2,000 needs: the same values in half the time.
LEAN = {
    "mip_pool_soft_limit": 100,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
}


class Entries(NamedTuple):
    """A sparse block in compressed form: starts of each vector, then index and value of every entry."""

    starts: np.ndarray
    rows: np.ndarray
    value: np.ndarray


def compressed(vectors: list[list[tuple[int, float]]]) -> Entries:
    """Lists of (index, value) as a compressed block."""
    starts = np.cumsum([0, *[len(v) for v in vectors]])[:-1].astype(np.int32)
    flat = [pair for v in vectors for pair in v]
    index = np.array([i for i, _ in flat], np.int32)
    return Entries(starts, index, np.array([x for _, x in flat], float))


def _quiet() -> highspy.Highs:
    solver = highspy.Highs()
    solver.setOptionValue("log_to_console", False)  # first, or a banner lands on stdout
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("parallel", "off")
    solver.setOptionValue("mip_detect_symmetry", False)
    return solver


class Optimum(NamedTuple):
    """Value, prices of the rows, amounts of the columns."""

    value: float
    price: np.ndarray
    amount: np.ndarray


class Lp:
    """Maximise over columns >= 0 under rows <= limit; both may be added at any time."""

    def __init__(self, limits: np.ndarray) -> None:
        self.solver = _quiet()
        self.solver.setOptionValue("solver", "simplex")
        self.solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.rows = self.columns = 0
        self.add_rows(limits, Entries(np.zeros(len(limits), np.int32), np.zeros(0, np.int32), np.zeros(0)))

    def add_rows(self, limits: np.ndarray, entries: Entries) -> None:
        """Rows sum(value * column) <= limit over present columns."""
        low = np.full(len(limits), -INF)
        self.solver.addRows(len(limits), low, np.asarray(limits, float), len(entries.rows), *entries)
        self.rows += len(limits)

    def add_columns(self, gain: np.ndarray, most: np.ndarray, entries: Entries) -> None:
        """Columns 0 <= x <= most with their entries in present rows."""
        low = np.zeros(len(gain))
        self.solver.addCols(
            len(gain), np.asarray(gain, float), low, np.asarray(most, float), len(entries.rows), *entries
        )
        self.columns += len(gain)

    def change_gains(self, first: int, gain: np.ndarray) -> None:
        """New gains for neighbouring columns from position `first` on."""
        where = np.arange(first, first + len(gain), dtype=np.int32)
        self.solver.changeColsCost(len(gain), where, np.asarray(gain, float))

    def solve(self) -> Optimum:
        """The optimum of the present program (it is never unbounded here, nor empty)."""
        self.solver.run()
        found = self.solver.getSolution()
        value = self.solver.getInfo().objective_function_value
        return Optimum(value, np.maximum(np.array(found.row_dual), 0), np.array(found.col_value))


class Program(NamedTuple):
    """Maximise gain over whole 0 <= x <= most under low <= rows <= high; entries by column."""

    gain: np.ndarray
    most: np.ndarray
    low: np.ndarray
    high: np.ndarray
    entries: Entries
    whole: np.ndarray


class Limits(NamedTuple):
    """How long a whole program may be worked on."""

    nodes: int = 2000
    seconds: float = 1e9
    gap: float = 1e-6


def pack(program: Program, limits: Limits) -> np.ndarray | None:
    """The best amounts found for a whole program; None if there is no solution."""
    solver = _quiet()
    solver.setOptionValue("mip_max_nodes", limits.nodes)
    solver.setOptionValue("mip_rel_gap", limits.gap)
    solver.setOptionValue("mip_allow_restart", False)  # presolving the root again takes longer than the tree it saves
    for name, value in LEAN.items():
        solver.setOptionValue(name, value)
    if limits.seconds < 1e8:
        solver.setOptionValue("time_limit", max(limits.seconds, 0.01))
    solver.passModel(_model(program))
    solver.run()
    if solver.getInfo().primal_solution_status != 2:
        return None
    return np.array(solver.getSolution().col_value)


def _model(program: Program) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.gain), len(program.low)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_, model.col_lower_, model.col_upper_ = program.gain, np.zeros(len(program.gain)), program.most
    model.row_lower_, model.row_upper_ = program.low, program.high
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.append(program.entries.starts, len(program.entries.rows)).astype(np.int32)
    model.a_matrix_.index_, model.a_matrix_.value_ = program.entries.rows, program.entries.value
    kind = highspy.HighsVarType
    model.integrality_ = [kind.kInteger if whole else kind.kContinuous for whole in program.whole]
    return model
