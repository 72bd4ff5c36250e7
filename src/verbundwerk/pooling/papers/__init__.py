"""The words of the pooling room: why a need is left over, what would help, and what the letters say.

No sentence here names another firm.
"""

from .bids import what_follows
from .changes import button_for, change_asked, question_of
from .comparing import changes_in
from .letters import (
    Words,
    asked,
    bid_withdrawn,
    bundled,
    came_about,
    chosen,
    commit_now,
    condition_lapsed,
    corrected,
    counts_now,
    extended,
    failed,
    gap,
    held_out,
    no_need_to_answer,
    not_chosen,
    not_met,
    threshold,
    tied_in_words,
)
from .missing import (
    gap_of,
)
from .quality import (
    Saving,
    against_alone,
    against_by_hand,
    by_hand_of,
    left_without_seat,
    quality_of,
    saved_alone,
    so_far,
)
from .reasons import (
    changes_of,
    offers_of,
    reason_of,
    week_number,
)
from .steering import instruction, status_of

__all__ = [
    "Saving",
    "Words",
    "against_alone",
    "against_by_hand",
    "asked",
    "bid_withdrawn",
    "bundled",
    "button_for",
    "by_hand_of",
    "came_about",
    "change_asked",
    "changes_in",
    "changes_of",
    "chosen",
    "commit_now",
    "condition_lapsed",
    "corrected",
    "counts_now",
    "extended",
    "failed",
    "gap",
    "gap_of",
    "held_out",
    "instruction",
    "left_without_seat",
    "no_need_to_answer",
    "not_chosen",
    "not_met",
    "offers_of",
    "quality_of",
    "question_of",
    "reason_of",
    "saved_alone",
    "so_far",
    "status_of",
    "threshold",
    "tied_in_words",
    "week_number",
    "what_follows",
]
