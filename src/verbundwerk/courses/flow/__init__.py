"""The only writer of this room. One file per subject; everybody calls `flow.book_seats(...)`."""

from .attendance import Taken, complete_course, take_attendance
from .bookings import (
    PersonName,
    book_seats,
    cancel_booking,
    clear_person,
    enter_booking,
    lock_course,
    name_people,
    name_person,
)
from .certificates import issue_certificates
from .changes import appoint_lecturer, change_capacity, change_course, describe_course
from .courses import (
    CourseData,
    cancel_course,
    course_from_pool,
    courses_from_new_pools,
    open_course,
    plan_course,
    secure_course,
    start_course,
)
from .forgetting import (
    forget_attendance,
    forget_calendar_links,
    forget_headcounts,
    forget_names,
    forget_reasons,
    forget_seats,
)
from .headcounts import count_groups
from .nightly import check_counters, start_due_courses
from .sessions import cancel_session, make_up_session, move_session, plan_sessions, see_days
from .subscription import drop_calendar_link, renew_calendar_link
from .transfers import (
    bind_booking,
    hold_seats,
    lapse_booking,
    note_waiting,
    pass_seats,
    reserve_booking,
    return_seats,
)

__all__ = [
    "CourseData",
    "PersonName",
    "Taken",
    "appoint_lecturer",
    "bind_booking",
    "book_seats",
    "cancel_booking",
    "cancel_course",
    "cancel_session",
    "change_capacity",
    "change_course",
    "check_counters",
    "clear_person",
    "complete_course",
    "count_groups",
    "course_from_pool",
    "courses_from_new_pools",
    "describe_course",
    "drop_calendar_link",
    "enter_booking",
    "forget_attendance",
    "forget_calendar_links",
    "forget_headcounts",
    "forget_names",
    "forget_reasons",
    "forget_seats",
    "hold_seats",
    "issue_certificates",
    "lapse_booking",
    "lock_course",
    "make_up_session",
    "move_session",
    "name_people",
    "name_person",
    "note_waiting",
    "open_course",
    "pass_seats",
    "plan_course",
    "plan_sessions",
    "renew_calendar_link",
    "reserve_booking",
    "return_seats",
    "secure_course",
    "see_days",
    "start_course",
    "start_due_courses",
    "take_attendance",
]
