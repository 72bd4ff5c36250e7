"""Every address of the room, for every role. Whatever lies behind an address belongs to another firm."""

from collections.abc import Callable
from datetime import date
from typing import Any

from verbundwerk.pooling.tests import make as pooling

from . import make

Line = dict[str, str]

WISHING = "employee mentor works_council foreman"
FOREIGN: Line = {"anonymous": "302", "*": "404"}
ONLY_POST: Line = {"anonymous": "302", "*": "405"}
WISH_PAGES = ("wish", "edit", "delete", "take", "decline")
WISH_FORMS = ("edit", "delete", "take", "decline")
WISH_BUTTONS = ("release", "take_back")
TALK_BUTTONS = ("raise_talks", "pass_on", "keep_back", "delete_talk")
SURVEY_BUTTONS = ("lay_before", "open_survey", "close_survey", "drop_survey", "raise_survey")

MATRIX: dict[str, Line] = {
    "wishes:home": {"anonymous": "302", f"{WISHING} hr coordination": "200", "*": "403"},
    "wishes:own": {"anonymous": "302", WISHING: "200", "*": "403"},
    "wishes:new": {"anonymous": "302", WISHING: "200", "*": "403"},
    "POST wishes:new": {"anonymous": "302", WISHING: "422", "*": "403"},
    "wishes:pools": {"anonymous": "302", WISHING: "200", "*": "403"},
    "wishes:interest": {"anonymous": "302", WISHING: "200", "*": "403"},
    "POST wishes:interest": {"anonymous": "302", WISHING: "422", "*": "403"},
    "wishes:released": {"anonymous": "302", "hr": "200", "*": "403"},
    **{f"wishes:{name}": FOREIGN for name in WISH_PAGES},
    **{f"POST wishes:{name}": FOREIGN for name in (*WISH_FORMS, *WISH_BUTTONS)},
    **{f"wishes:{name}": ONLY_POST for name in (*WISH_BUTTONS, *TALK_BUTTONS, *SURVEY_BUTTONS)},
    "wishes:talks": {"anonymous": "302", "mentor": "200", "*": "403"},
    "wishes:new_talk": {"anonymous": "302", "mentor": "200", "*": "403"},
    "POST wishes:new_talk": {"anonymous": "302", "mentor": "422", "*": "403"},
    "wishes:hints": {"anonymous": "302", "coordination": "200", "*": "403"},
    **{f"POST wishes:{name}": FOREIGN for name in (*TALK_BUTTONS, *SURVEY_BUTTONS)},
    "wishes:surveys": {"anonymous": "302", "hr works_council": "200", "*": "403"},
    "wishes:new_survey": {"anonymous": "302", "hr works_council": "200", "*": "403"},
    "POST wishes:new_survey": {"anonymous": "302", "hr works_council": "422", "*": "403"},
    "wishes:survey": FOREIGN,
    "wishes:edit_survey": FOREIGN,
    "POST wishes:edit_survey": FOREIGN,
    # Whoever holds the address, without an account.
    "wishes:answer": {"*": "200"},
    "POST wishes:answer": {"*": "422"},
    "wishes:thanks": {"*": "200"},
}


def _wish() -> dict[str, Any]:
    return {"wish_id": make.wish("released").pk}


def _talk() -> dict[str, Any]:
    return {"talk_id": make.talk(people=3).pk}


def _survey() -> dict[str, Any]:
    return {"survey_id": make.survey().pk}


def _pool() -> dict[str, Any]:
    return {"pool_id": pooling.pool(published=True).pk}


def _running() -> dict[str, Any]:
    return {"code": make.survey("open", runs_until=date(2100, 1, 1)).code}


OBJECTS: dict[str, Callable[[], dict[str, Any]]] = {
    **{f"wishes:{name}": _wish for name in (*WISH_PAGES, *WISH_BUTTONS)},
    **{f"wishes:{name}": _talk for name in TALK_BUTTONS},
    **{f"wishes:{name}": _survey for name in (*SURVEY_BUTTONS, "survey", "edit_survey")},
    "wishes:interest": _pool,
    "wishes:answer": _running,
    "wishes:thanks": _running,
}
