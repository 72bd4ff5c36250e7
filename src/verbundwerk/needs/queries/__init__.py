"""Guarded loaders and lists of this room; everybody calls `queries.need_for(...)`."""

from .asking import due_to_ask, due_to_expire, letter_for, letter_token, people_to_ask
from .guarded import (
    Others,
    firm_of,
    firms_for,
    firms_to_import_for,
    firms_with_needs,
    import_for,
    imports_of,
    need_for,
    need_to_check,
    needs_visible_to,
    others_like,
    poolable,
    sees_lists,
    to_check,
)
from .today import waiting_for
from .trail import NextStep, happened, history, is_asked, next_step, trail

__all__ = [
    "NextStep",
    "Others",
    "due_to_ask",
    "due_to_expire",
    "firm_of",
    "firms_for",
    "firms_to_import_for",
    "firms_with_needs",
    "happened",
    "history",
    "import_for",
    "imports_of",
    "is_asked",
    "letter_for",
    "letter_token",
    "need_for",
    "need_to_check",
    "needs_visible_to",
    "next_step",
    "others_like",
    "people_to_ask",
    "poolable",
    "sees_lists",
    "to_check",
    "trail",
    "waiting_for",
]
