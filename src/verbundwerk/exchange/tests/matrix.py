"""Every address of this room, for every role. What stands behind an address belongs to another firm."""

from datetime import date

from verbundwerk.courses.states import CourseState
from verbundwerk.courses.tests import make as courses

from . import make

FOREIGN = {"anonymous": "302", "*": "404"}
ONLY_POST = {"anonymous": "302", "*": "405"}
OVERSEEN = {"anonymous": "302", "coordination": "200", "*": "404"}

MATRIX = {
    "exchange:home": {"anonymous": "302", "hr host coordination": "200", "*": "403"},
    "exchange:list": OVERSEEN,
    "POST exchange:list": OVERSEEN,
    "exchange:give": FOREIGN,
    "POST exchange:give": FOREIGN,
    "exchange:fewer": FOREIGN,
    "POST exchange:fewer": FOREIGN,
    **{f"exchange:{name}": ONLY_POST for name in ("accept", "decline", "leave", "withdraw")},
    **{f"POST exchange:{name}": FOREIGN for name in ("accept", "decline", "leave", "withdraw")},
}


def _planned() -> dict[str, object]:
    """Not open yet, so that members of other firms do not know of it."""
    return {"course_id": courses.course(state=CourseState.PLANNED).pk}


def _booking() -> dict[str, object]:
    course = courses.course(sessions=False, starts_on=date(2090, 1, 2), ends_on=date(2090, 1, 3))
    return {"booking_id": courses.booking(course).pk}


OBJECTS = {
    "exchange:list": _planned,
    "exchange:give": _booking,
    **{f"exchange:{name}": lambda: {"entry_id": make.entry().pk} for name in ("accept", "decline", "leave", "fewer")},
    "exchange:withdraw": lambda: {"given_id": make.given().pk},
}
