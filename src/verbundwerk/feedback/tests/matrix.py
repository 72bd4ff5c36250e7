"""Every address of the room, for every role. What lies behind an address belongs to somebody else."""

from collections.abc import Callable
from datetime import date
from typing import Any

from . import make

Line = dict[str, str]
SIGN_IN: Line = {"anonymous": "302"}

MATRIX: dict[str, Line] = {
    "feedback:own": {**SIGN_IN, "*": "200"},
    "feedback:thanks": {"*": "200"},
    "feedback:trend": {**SIGN_IN, "coordination": "200", "*": "403"},
    "feedback:course": {**SIGN_IN, "coordination": "200", "*": "404"},
    # Whoever holds the link, without an account.
    "feedback:answer_by_link": {"*": "200"},
    "POST feedback:answer_by_link": {"*": "422"},
    "feedback:drop_by_link": {"*": "405"},
    "POST feedback:drop_by_link": {"*": "302"},
    "feedback:answer": {**SIGN_IN, "*": "404"},
    "POST feedback:answer": {**SIGN_IN, "*": "404"},
    "feedback:drop": {**SIGN_IN, "*": "405"},
    "POST feedback:drop": {**SIGN_IN, "*": "404"},
}


def _linked() -> dict[str, Any]:
    found = make.round_(closes_on=date(2100, 1, 1))
    return {"token": make.give_token(make.ticket(of=found))}


def _ticket() -> dict[str, Any]:
    return {"ticket_id": make.ticket().pk}


OBJECTS: dict[str, Callable[[], dict[str, Any]]] = {
    "feedback:course": lambda: {"course_id": make.round_().course_id},
    **{f"feedback:{name}": _linked for name in ("answer_by_link", "drop_by_link")},
    **{f"feedback:{name}": _ticket for name in ("answer", "drop")},
}
