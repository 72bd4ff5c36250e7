"""Guarded loaders and lists of this room."""

from .due import (
    answers_given,
    checks_before,
    courses_to_check,
    courses_to_evaluate,
    courses_to_follow_up,
    people_to_invite,
    rounds_open,
    rounds_past,
    strangers,
    texts_before,
)
from .guarded import (
    check_of,
    course_for,
    hash_of,
    invitations_of,
    letter_ticket_for,
    own_checks,
    own_ticket_for,
    own_tickets,
    round_of,
)
from .links import link_of
from .results import (
    Answers,
    Development,
    development,
    follow_up,
    is_too_wide,
    profile_of,
    result_of,
)
from .today import waiting_for

__all__ = [
    "Answers",
    "Development",
    "answers_given",
    "check_of",
    "checks_before",
    "course_for",
    "courses_to_check",
    "courses_to_evaluate",
    "courses_to_follow_up",
    "development",
    "follow_up",
    "hash_of",
    "invitations_of",
    "is_too_wide",
    "letter_ticket_for",
    "link_of",
    "own_checks",
    "own_ticket_for",
    "own_tickets",
    "people_to_invite",
    "profile_of",
    "result_of",
    "round_of",
    "rounds_open",
    "rounds_past",
    "strangers",
    "texts_before",
    "waiting_for",
]
