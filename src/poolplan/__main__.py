"""Command line: solve, check and explain plans in the interchange formats.

Exit codes: 0 all is well, 1 the plan (or every plan) breaks rules, 2 bad input.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import TextIO

from poolplan.check import breaches, objective
from poolplan.errors import NoPlanError, ProblemError
from poolplan.explain import Proposal, explain
from poolplan.formats import read_instance, read_plan, write_plan
from poolplan.plan import Effort
from poolplan.search import solve

OK, INFEASIBLE, BAD_INPUT = 0, 1, 2


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


def _say(line: object, where: TextIO | None = None) -> None:
    (where or sys.stdout).write(f"{line}\n")


def _solve(chosen: argparse.Namespace) -> int:
    problem = read_instance(chosen.instance)
    effort = Effort(seconds=chosen.seconds, steps=chosen.steps)
    plan = solve(problem, effort=effort, seed=chosen.seed)
    write_plan(problem, plan, chosen.plan)
    figures = {"objective": plan.objective, "bound": plan.bound, "gap": round(plan.gap, 4)}
    _say(json.dumps(figures | {"runs": len(plan.runs)}))
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="poolplan", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)
    solving = commands.add_parser("solve", help="make a plan for an instance and write it")
    solving.add_argument("instance")
    solving.add_argument("plan")
    solving.add_argument("--seconds", type=float)
    solving.add_argument("--steps", type=int)
    solving.add_argument("--seed", type=int, default=1)
    solving.set_defaults(run=_solve)
    checking = commands.add_parser("check", help="say which rules a plan breaks and what it costs")
    checking.add_argument("instance")
    checking.add_argument("plan")
    checking.set_defaults(run=_check)
    explaining = commands.add_parser("explain", help="say why a need is left over and what would help")
    explaining.add_argument("instance")
    explaining.add_argument("plan")
    explaining.add_argument("need", type=int)
    explaining.set_defaults(run=_explain)
    return parser


if __name__ == "__main__":
    sys.exit(main())
