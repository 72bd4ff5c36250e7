"""Every address of this room, for every role. What stands behind an address belongs to another firm."""

from datetime import date

from verbundwerk.courses import flow
from verbundwerk.courses.states import CourseState, SeatState, SessionState
from verbundwerk.courses.tests import make

SIGN_IN = {"anonymous": "302"}
# Nobody in the matrix has a part in these courses: only those who oversee everything know of them.
OVERSEEN = {**SIGN_IN, "coordination finance": "200", "*": "404"}
HIDDEN = {**SIGN_IN, "*": "404"}
ONLY_POST = {**SIGN_IN, "*": "405"}

MATRIX = {
    "courses:list": {**SIGN_IN, "*": "200"},
    "courses:csv": {**SIGN_IN, "*": "200"},
    "courses:xlsx": {**SIGN_IN, "*": "200"},
    "courses:own_certificates": {**SIGN_IN, "*": "200"},
    "courses:own_calendar": {**SIGN_IN, "*": "200"},
    "courses:participation": {**SIGN_IN, "hr works_council": "200", "*": "404"},
    "courses:plan": {**SIGN_IN, "coordination provider": "200", "*": "404"},
    "courses:from_pools": {**SIGN_IN, "coordination": "200", "*": "404"},
    "courses:from_pool": ONLY_POST,
    "POST courses:from_pool": {**SIGN_IN, "coordination": "302", "*": "404"},
    "courses:feed": {"*": "200"},
    "courses:detail": OVERSEEN,
    "courses:calendar": OVERSEEN,
    "courses:certificates": OVERSEEN,
    "POST courses:certificates": {**SIGN_IN, "coordination finance": "403", "*": "404"},
    "courses:edit": {**SIGN_IN, "coordination": "200", "*": "404"},
    "courses:cancel": {**SIGN_IN, "coordination": "200", "*": "404"},
    "courses:add_day": {**SIGN_IN, "coordination": "200", "*": "404"},
    "courses:move_day": {**SIGN_IN, "coordination": "200", "*": "404"},
    "courses:make_up_day": {**SIGN_IN, "coordination": "200", "*": "404"},
    "courses:open": ONLY_POST,
    "POST courses:open": {**SIGN_IN, "coordination": "302", "finance": "403", "*": "404"},
    "courses:secure": ONLY_POST,
    "POST courses:secure": {**SIGN_IN, "coordination": "302", "finance": "403", "*": "404"},
    "courses:start": ONLY_POST,
    "POST courses:start": {**SIGN_IN, "coordination finance": "403", "*": "404"},
    "courses:complete": ONLY_POST,
    "POST courses:complete": {**SIGN_IN, "coordination finance": "403", "*": "404"},
    "courses:book": ONLY_POST,
    "POST courses:book": {**SIGN_IN, "coordination finance": "403", "*": "404"},
    "courses:cancel_day": ONLY_POST,
    "POST courses:cancel_day": {**SIGN_IN, "coordination": "302", "finance": "403", "*": "404"},
    "courses:booking": {**SIGN_IN, "coordination": "200", "*": "404"},
    "courses:count": ONLY_POST,
    "POST courses:count": {**SIGN_IN, "coordination": "403", "*": "404"},
    "courses:cancel_booking": ONLY_POST,
    "POST courses:cancel_booking": {**SIGN_IN, "coordination": "302", "*": "404"},
    "courses:attendance": HIDDEN,
    "POST courses:attendance": HIDDEN,
    "courses:mark": ONLY_POST,
    "POST courses:mark": HIDDEN,
    "courses:attendance_list": HIDDEN,
    "courses:certificate": HIDDEN,
    "courses:check_form": {"*": "200"},
    "courses:check": {"*": "200"},
    "POST courses:check": {"*": "200"},
    "courses:check_paper": {"*": "200"},
}


def _planned() -> dict[str, object]:
    """Not open yet, so that members of other firms do not know of it."""
    return {"course_id": make.course(state=CourseState.PLANNED).pk}


def _booking() -> dict[str, object]:
    """Of a course that lies ahead whenever the matrix is asked."""
    course = make.course(
        state=CourseState.PLANNED, sessions=False, starts_on=date(2090, 1, 2), ends_on=date(2090, 1, 3)
    )
    return {"booking_id": make.booking(course).pk}


def _session(state: str = SessionState.PLANNED) -> dict[str, object]:
    course = make.course(state=CourseState.PLANNED, sessions=False)
    return {"session_id": make.session(course, state=state).pk}


def _row() -> dict[str, object]:
    course = make.course(state=CourseState.SECURED, sessions=False)
    seat = make.name_all(make.booking(course))[0]
    return {"session_id": make.session(course).pk, "seat_id": seat.pk}


def _code() -> dict[str, object]:
    return {"code": make.certificate().code}


def _certificate() -> dict[str, object]:
    course = make.course(state=CourseState.COMPLETED)
    return {"certificate_id": make.certificate(make.seat(make.booking(course), state=SeatState.CERTIFIED)).pk}


COURSE = ("detail", "calendar", "certificates", "edit", "cancel", "add_day", "open", "secure", "start", "complete")
OBJECTS = {
    **{f"courses:{name}": _planned for name in (*COURSE, "book", "attendance_list")},
    **{f"courses:{name}": _session for name in ("move_day", "make_up_day", "cancel_day", "attendance")},
    **{f"courses:{name}": _booking for name in ("booking", "cancel_booking", "count")},
    **{f"courses:{name}": _code for name in ("check", "check_paper")},
    "courses:mark": _row,
    "courses:from_pool": lambda: {"pool_id": make.pool().pk},
    "courses:certificate": _certificate,
    "courses:feed": lambda: {"token": flow.renew_calendar_link(by=make.hr(), at=make.NOW).token},
}
