"""The only writer of this room, one file per chapter of a need's life; everybody calls `flow.raise_need(...)`."""

from ..draft import NeedDraft
from .checking import check_and_release, check_need, release_need, set_aside_need, take_back_release
from .common import ChangedMeanwhile
from .ending import ask_before_expiry, cover_elsewhere, expire_needs, keep_need, withdraw_need
from .evaluation import ask_for_evaluation, evaluate_need, remind_of_evaluations
from .forgetting import (
    forget_answers,
    forget_decided,
    forget_need_words,
    forget_old_imports,
    forget_quick,
    forget_unconfirmed,
)
from .links import LinkData, close_door, make_link, open_door, revoke_link
from .lists import discard_import, read_import_again, take_over_import, upload_import
from .pooling import Lost, agree_to_change, bundle_need, cover_need, give_back_needs, note_coverage, unbundle_need
from .quick import (
    NewFirm,
    QuickWords,
    assign_quick,
    confirm_quick,
    decline_quick,
    lapse_quick,
    send_quick,
    settle_quick,
    take_over_quick,
)
from .raising import change_need, choose_topic, raise_and_submit, raise_from_staff, raise_need, submit_need

__all__ = [
    "ChangedMeanwhile",
    "LinkData",
    "Lost",
    "NeedDraft",
    "NewFirm",
    "QuickWords",
    "agree_to_change",
    "ask_before_expiry",
    "ask_for_evaluation",
    "assign_quick",
    "bundle_need",
    "change_need",
    "check_and_release",
    "check_need",
    "choose_topic",
    "close_door",
    "confirm_quick",
    "cover_elsewhere",
    "cover_need",
    "decline_quick",
    "discard_import",
    "evaluate_need",
    "expire_needs",
    "forget_answers",
    "forget_decided",
    "forget_need_words",
    "forget_old_imports",
    "forget_quick",
    "forget_unconfirmed",
    "give_back_needs",
    "keep_need",
    "lapse_quick",
    "make_link",
    "note_coverage",
    "open_door",
    "raise_and_submit",
    "raise_from_staff",
    "raise_need",
    "read_import_again",
    "release_need",
    "remind_of_evaluations",
    "revoke_link",
    "send_quick",
    "set_aside_need",
    "settle_quick",
    "submit_need",
    "take_back_release",
    "take_over_import",
    "take_over_quick",
    "unbundle_need",
    "upload_import",
    "withdraw_need",
]
