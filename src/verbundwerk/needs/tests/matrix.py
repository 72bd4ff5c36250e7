"""Every address of the room, for every role."""

from collections.abc import Callable
from typing import Any

from verbundwerk.needs import queries
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network

from . import make

RAISING = "coordination hr foreman host works_council mentor"
STAFFING = "coordination hr foreman host"
MOVING = {"anonymous": "302", "*": "405"}
MATRIX: dict[str, dict[str, str]] = {
    "needs:list": {"anonymous": "302", RAISING: "200", "*": "403"},
    "needs:csv": {"anonymous": "302", RAISING: "200", "*": "403"},
    "needs:xlsx": {"anonymous": "302", RAISING: "200", "*": "403"},
    "needs:new": {"anonymous": "302", RAISING: "200", "*": "403"},
    "POST needs:new": {"anonymous": "302", RAISING: "422", "*": "403"},
    "needs:firms": {"anonymous": "302", RAISING: "200", "*": "403"},
    "needs:report": {"anonymous": "200", "*": "302"},
    "needs:letter": {"*": "200"},
    "POST needs:letter": {"*": "200"},
    "needs:inbox": {"anonymous": "302", "coordination": "200", "*": "403"},
    "needs:release_many": MOVING,
    "POST needs:release_many": {"anonymous": "302", "coordination": "302", "*": "403"},
    "needs:take_back": MOVING,
    "POST needs:take_back": {"anonymous": "302", "coordination": "302", "*": "403"},
    "needs:upload": {"anonymous": "302", STAFFING: "200", "*": "403"},
    "POST needs:upload": {"anonymous": "302", STAFFING: "422", "*": "403"},
    "needs:sample": {"anonymous": "302", STAFFING: "200", "*": "403"},
    "needs:import": {"anonymous": "302", "*": "404"},
    "needs:assign_columns": MOVING,
    "POST needs:assign_columns": {"anonymous": "302", "*": "404"},
    "needs:take": MOVING,
    "POST needs:take": {"anonymous": "302", "*": "404"},
    "needs:discard": MOVING,
    "POST needs:discard": {"anonymous": "302", "*": "404"},
    "needs:wrong_rows": {"anonymous": "302", "*": "404"},
    "needs:detail": {"anonymous": "302", "coordination": "200", "*": "404"},
    "needs:edit": {"anonymous": "302", "coordination": "200", "*": "404"},
    "POST needs:edit": {"anonymous": "302", "coordination": "422", "*": "404"},
    "needs:choose_topic": MOVING,
    "POST needs:choose_topic": {"anonymous": "302", "coordination": "302", "*": "404"},
    "needs:submit": MOVING,
    "POST needs:submit": {"anonymous": "302", "coordination": "409", "*": "404"},
    "needs:withdraw": {"anonymous": "302", "coordination": "200", "*": "404"},
    "POST needs:withdraw": {"anonymous": "302", "coordination": "422", "*": "404"},
    "needs:expiry": {"anonymous": "302", "coordination": "200", "*": "404"},
    "POST needs:expiry": {"anonymous": "302", "coordination": "302", "*": "404"},
    "needs:evaluation": {"anonymous": "302", "coordination": "200", "*": "404"},
    "POST needs:evaluation": {"anonymous": "302", "coordination": "422", "*": "404"},
    "needs:evaluation_letter": {"*": "200"},
    "POST needs:evaluation_letter": {"*": "422"},
    "needs:release": MOVING,
    "POST needs:release": {"anonymous": "302", "coordination": "302", "*": "404"},
    "needs:quick_privacy": {"*": "200"},
    "needs:quick": {"*": "200"},
    "POST needs:quick": {"*": "422"},
    "needs:quick_sent": {"*": "200"},
    "needs:quick_status": {"*": "200"},
    "POST needs:quick_status": {"*": "302"},
    "needs:links": {"anonymous": "302", "coordination hr": "200", "*": "403"},
    "needs:link_new": {"anonymous": "302", "coordination hr": "200", "*": "403"},
    "POST needs:link_new": {"anonymous": "302", "coordination hr": "422", "*": "403"},
    "needs:door": MOVING,
    "POST needs:door": {"anonymous": "302", "coordination": "302", "*": "403"},
    "needs:link": {"anonymous": "302", "coordination": "200", "*": "404"},
    "needs:poster": {"anonymous": "302", "coordination": "200", "*": "404"},
    "needs:link_revoke": MOVING,
    "POST needs:link_revoke": {"anonymous": "302", "coordination": "302", "*": "404"},
    "needs:quick_list": {"anonymous": "302", RAISING: "200", "*": "403"},
    # Somebody answers for the firm, so the office does not know of it.
    "needs:quick_detail": {"anonymous": "302", "*": "404"},
    "needs:quick_take": {"anonymous": "302", "*": "404"},
    "POST needs:quick_take": {"anonymous": "302", "*": "404"},
    "needs:quick_decline": {"anonymous": "302", "*": "404"},
    "POST needs:quick_decline": {"anonymous": "302", "*": "404"},
    # No firm is known yet: this is for the office.
    "needs:quick_assign": {"anonymous": "302", "coordination": "200", "*": "404"},
    "POST needs:quick_assign": {"anonymous": "302", "coordination": "422", "*": "404"},
    "needs:quick_invite": {"anonymous": "302", "coordination": "200", "*": "404"},
    "POST needs:quick_invite": {"anonymous": "302", "coordination": "422", "*": "404"},
    "needs:set_aside": {"anonymous": "302", "coordination": "200", "*": "404"},
    "POST needs:set_aside": {"anonymous": "302", "coordination": "422", "*": "404"},
}


def _submitted() -> dict[str, Any]:
    return {"need_id": make.need(state="submitted").pk}


def _uploaded() -> dict[str, Any]:
    firm = make.firm()
    return {"batch_id": make.batch(by=make.person(Role.HR, firm), organisation=firm).pk}


def _letter() -> dict[str, Any]:
    firm = make.firm()
    person = make.person(Role.HR, firm)
    return {"token": queries.letter_token(make.need(organisation=firm, raised_by=person, state="in_pool"), person)}


def _asked() -> dict[str, Any]:
    return {"need_id": make.asked().pk}


def _evaluation_letter() -> dict[str, Any]:
    need = make.asked()
    return {"token": queries.evaluation_token(need, make.person(Role.HR, need.organisation))}


def _link() -> dict[str, Any]:
    return {"link_id": make.link(organisation=make.firm(), valid_until=None).pk}


def _code() -> dict[str, Any]:
    return {"code": make.link(valid_until=None).code}


def _reported() -> dict[str, Any]:
    firm = make.firm()
    make.person(Role.HR, firm)
    return {"quick_id": make.quick(organisation=firm).pk}


OBJECTS: dict[str, Callable[[], dict[str, Any]]] = {
    "needs:letter": _letter,
    "needs:quick": _code,
    "needs:quick_sent": _code,
    "needs:quick_status": lambda: {"token": queries.status_token(make.quick())},
    "needs:door": lambda: {"alliance_id": network.alliance().pk},
    **{f"needs:{name}": _link for name in ("link", "poster", "link_revoke")},
    **{f"needs:{name}": _reported for name in ("quick_detail", "quick_take", "quick_decline")},
    **{f"needs:{name}": lambda: {"quick_id": make.quick().pk} for name in ("quick_assign", "quick_invite")},
    "needs:evaluation": _asked,
    "needs:evaluation_letter": _evaluation_letter,
    **{f"needs:{name}": _uploaded for name in ("import", "assign_columns", "take", "discard", "wrong_rows")},
    **{
        f"needs:{name}": _submitted
        for name in ("detail", "edit", "choose_topic", "submit", "withdraw", "expiry", "release", "set_aside")
    },
}
