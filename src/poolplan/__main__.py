"""Command line: solve, check, explain and compare plans in the interchange formats.

Exit codes: 0 all is well, 1 the plan (or every plan) breaks rules, 2 bad input.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from typing import TextIO

from poolplan.check import breaches, objective
from poolplan.compare import compare
from poolplan.errors import NoPlanError, ProblemError
from poolplan.explain import Proposal, explain
from poolplan.formats import read_instance, read_plan, write_plan
from poolplan.plan import Effort, Progress
from poolplan.search import solve

OK, INFEASIBLE, BAD_INPUT = 0, 1, 2
EVERY = 0.25  # seconds between two drawings of the progress bar
WIDTH = 24


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except ProblemError as error:
        _say(f"{error.field}: {error.reason}", sys.stderr)
        return BAD_INPUT
    except NoPlanError as error:
        for breach in error.breaches:
            _say(breach, sys.stderr)
        return INFEASIBLE
    except OSError as error:
        _say(f"{error.filename}: {error.strerror}", sys.stderr)
        return BAD_INPUT


def _say(line: object, where: TextIO | None = None) -> None:
    (where or sys.stdout).write(f"{line}\n")


class _Bar:
    """One line on stderr: how far, at which cost, how sure, how many served."""

    def __init__(self, effort: Effort) -> None:
        self.effort = effort
        self.began = time.monotonic()
        self.drawn = -EVERY

    def __call__(self, now: Progress) -> None:
        spent = time.monotonic() - self.began
        if spent - self.drawn < EVERY:
            return
        self.drawn = spent
        gap = 1 - now.bound / now.objective if now.objective else 0.0
        bound = f"{now.bound:,} gap {gap:.2%}" if now.bound else "not yet"
        line = f"[{self._bar(now, spent)}] {spent:5.0f} s  cost {now.objective:,}  bound {bound}  served {now.served:,}"
        sys.stderr.write(f"\r{line}\x1b[K" if sys.stderr.isatty() else f"{line}\n")
        sys.stderr.flush()

    def _bar(self, now: Progress, spent: float) -> str:
        share = spent / self.effort.seconds if self.effort.seconds else now.step / max(now.steps or 1, 1)
        full = min(WIDTH, int(WIDTH * share))
        return "#" * full + "." * (WIDTH - full)


def _solve(chosen: argparse.Namespace) -> int:
    began = time.monotonic()
    effort = Effort(seconds=chosen.seconds, steps=chosen.steps, workers=chosen.workers, gap=chosen.gap)
    problem = read_instance(chosen.instance)
    if chosen.seconds:
        left = max(chosen.seconds - (time.monotonic() - began), 0.1)
        effort = Effort(seconds=left, steps=chosen.steps, workers=chosen.workers, gap=chosen.gap)
    plan = solve(problem, effort=effort, seed=chosen.seed, progress=None if chosen.quiet else _Bar(effort))
    if not chosen.quiet and sys.stderr.isatty():
        _say("", sys.stderr)
    write_plan(problem, plan, chosen.plan)
    figures = {"objective": plan.objective, "bound": plan.bound, "gap": round(plan.gap, 4)}
    served = sum(run.size for run in plan.runs)
    _say(json.dumps(figures | {"runs": len(plan.runs), "served": served}))
    return OK


def _check(chosen: argparse.Namespace) -> int:
    problem, plan = read_instance(chosen.instance), read_plan(chosen.plan)
    found = breaches(problem, plan)
    for breach in found:
        _say(breach)
    _say(json.dumps({"feasible": not found, "objective": objective(problem, plan).total}))
    return INFEASIBLE if found else OK


def _explain(chosen: argparse.Namespace) -> int:
    problem, plan = read_instance(chosen.instance), read_plan(chosen.plan)
    problem.need(chosen.need)
    found = breaches(problem, plan)
    if found:
        _say(f"the plan breaks rules: {found[0]}", sys.stderr)
        return INFEASIBLE
    why = explain(problem, plan, chosen.need)
    changes = [_told(proposal) for proposal in why.changes]
    told = {"need": why.need, "left": why.left, "stage": why.stage, "numbers": why.numbers}
    _say(json.dumps(told | {"changes": changes}))
    return OK


def _told(proposal: Proposal) -> dict[str, object]:
    change = proposal.change
    told = {"kind": change.kind, "amount": change.amount, "persons": proposal.persons}
    return told | {"price": round(float(proposal.price), 2), "week": proposal.run.start_week}


def _compare(chosen: argparse.Namespace) -> int:
    problem = read_instance(chosen.instance)
    plans = read_plan(chosen.one), read_plan(chosen.other)
    broken = [len(breaches(problem, plan)) for plan in plans]
    if any(broken):
        _say(f"broken rules: {broken[0]} in {chosen.one}, {broken[1]} in {chosen.other}", sys.stderr)
        return INFEASIBLE
    found = compare(problem, *plans)
    figures = {"saved": found.saved, "persons_gained": found.persons_gained}
    costs = {name: [getattr(found.before, name), getattr(found.after, name)] for name in found.before.__slots__}
    moved = [[served.need, served.before, served.after] for served in found.served]
    runs = {"kept": found.kept, "opened": len(found.opened), "closed": len(found.closed)}
    _say(json.dumps(figures | {"costs": costs, "runs": runs, "needs": moved}))
    return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="poolplan", description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(required=True)
    solving = commands.add_parser("solve", help="make a plan for an instance and write it")
    solving.add_argument("instance")
    solving.add_argument("plan")
    solving.add_argument("--seconds", type=float, help="stop after so many seconds")
    solving.add_argument("--steps", type=int, help="stop after so many neighbourhoods; the same plan everywhere")
    solving.add_argument("--workers", type=int, default=1, help="processes (at most two are used)")
    solving.add_argument("--seed", type=int, default=1)
    solving.add_argument("--gap", type=float, default=0.0, help="good enough, e.g. 0.01")
    solving.add_argument("--quiet", action="store_true", help="no progress on stderr")
    solving.set_defaults(run=_solve)
    checking = commands.add_parser("check", help="say which rules a plan breaks and what it costs")
    explaining = commands.add_parser("explain", help="say why a need is left over and what would help")
    comparing = commands.add_parser("compare", help="say what differs between two plans of an instance")
    for command, what in ((checking, ["plan"]), (explaining, ["plan"]), (comparing, ["one", "other"])):
        for name in ("instance", *what):
            command.add_argument(name)
    explaining.add_argument("need", type=int)
    checking.set_defaults(run=_check)
    explaining.set_defaults(run=_explain)
    comparing.set_defaults(run=_compare)
    return parser


if __name__ == "__main__":
    sys.exit(main())
