"""What leaves the house: letters, calendars, lists and certificates. Words and bytes only; nothing is stored here."""

from .calendars import calendar_for, calendar_of, course_calendar, feed_address
from .content import course_content, says_name, without_name
from .letters import (
    Draft,
    booking_cancelled,
    booking_in_words,
    certificate_letters,
    counters_wrong,
    course_cancelled,
    course_made,
    course_secured,
    invitations,
    office_told_of_cancellation,
    released,
    session_cancelled,
    sessions_changed,
)
from .sheets import attendance_list, certificate_facts, certificate_pdf, check_address

__all__ = [
    "Draft",
    "attendance_list",
    "booking_cancelled",
    "booking_in_words",
    "calendar_for",
    "calendar_of",
    "certificate_facts",
    "certificate_letters",
    "certificate_pdf",
    "check_address",
    "counters_wrong",
    "course_calendar",
    "course_cancelled",
    "course_content",
    "course_made",
    "course_secured",
    "feed_address",
    "invitations",
    "office_told_of_cancellation",
    "released",
    "says_name",
    "session_cancelled",
    "sessions_changed",
    "without_name",
]
