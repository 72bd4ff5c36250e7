"""Every address of the room, for every role. Whatever lies behind an address belongs to another firm."""

from collections.abc import Callable
from typing import Any

from . import make

Line = dict[str, str]

SIDES = "hr works_council"
LIST: Line = {"anonymous": "302", SIDES: "200", "*": "403"}
# What another firm and its works council have between them exists for nobody else, not for the office either.
FOREIGN: Line = {"anonymous": "302", "*": "404"}
ONLY_POST: Line = {"anonymous": "302", "*": "405"}

LISTS = ("list", "csv", "xlsx", "proposals", "proposals_csv", "proposals_xlsx")
PAGES = ("case", "document", "proposal", "meeting_ics")
FORMS = ("inform", "drop", "conciliate", "award", "answer", "write", "propose_meeting", "extend")
BUTTONS = ("say", "add_document", "require", "note_told", "withdraw", "confirm_meeting", "note_talked")

MATRIX: dict[str, Line] = {
    **{f"codetermination:{name}": LIST for name in LISTS},
    "codetermination:new": {"anonymous": "302", "hr": "200", "*": "403"},
    "POST codetermination:new": {"anonymous": "302", "hr": "422", "*": "403"},
    "codetermination:propose": {"anonymous": "302", "works_council": "200", "*": "403"},
    "POST codetermination:propose": {"anonymous": "302", "works_council": "422", "*": "403"},
    **{f"codetermination:{name}": FOREIGN for name in (*PAGES, *FORMS)},
    **{f"POST codetermination:{name}": FOREIGN for name in (*FORMS, *BUTTONS)},
    **{f"codetermination:{name}": ONLY_POST for name in BUTTONS},
}


def _case() -> dict[str, Any]:
    return {"case_id": make.case().pk}


def _document() -> dict[str, Any]:
    return {"document_id": make.document().pk}


def _proposal() -> dict[str, Any]:
    return {"proposal_id": make.proposal().pk}


OF_A_PROPOSAL = ("proposal", "answer", "withdraw")
OF_A_CASE = (
    *("case", "inform", "drop", "conciliate", "award", "say", "add_document", "require", "note_told"),
    *("write", "propose_meeting", "confirm_meeting", "meeting_ics", "note_talked", "extend"),
)
OBJECTS: dict[str, Callable[[], dict[str, Any]]] = {
    "codetermination:document": _document,
    **{f"codetermination:{name}": _proposal for name in OF_A_PROPOSAL},
    **{f"codetermination:{name}": _case for name in OF_A_CASE},
}
