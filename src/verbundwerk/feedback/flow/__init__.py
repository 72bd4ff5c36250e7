"""The only writer of this room: rounds open and end by the calendar, answers are added up."""

from .answers import answer_round, delete_own_checks, drop_check, keep_check
from .forgetting import forget_self_checks, forget_texts
from .rounds import close_due_rounds, open_due_rounds, renew_checks

__all__ = [
    "answer_round",
    "close_due_rounds",
    "delete_own_checks",
    "drop_check",
    "forget_self_checks",
    "forget_texts",
    "keep_check",
    "open_due_rounds",
    "renew_checks",
]
