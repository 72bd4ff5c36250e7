"""The only writer of this room, in chapters: cases, what is said in them, and the works council's own proposals."""

from .cases import (
    CaseData,
    add_document,
    ask_for_consent,
    call_off,
    drop_case,
    inform_council,
    note_told,
    open_by_hand,
    open_case,
    require_involvement,
    tell_council,
)
from .forgetting import forget_cases, forget_proposals
from .overdue import remind_of_cases, remind_of_proposals
from .proposals import ProposalData, answer_proposal, make_proposal, withdraw_proposal
from .statements import agree, ask_to_talk, call_conciliation, record_award, refuse

__all__ = [
    "CaseData",
    "ProposalData",
    "add_document",
    "agree",
    "answer_proposal",
    "ask_for_consent",
    "ask_to_talk",
    "call_conciliation",
    "call_off",
    "drop_case",
    "forget_cases",
    "forget_proposals",
    "inform_council",
    "make_proposal",
    "note_told",
    "open_by_hand",
    "open_case",
    "record_award",
    "refuse",
    "remind_of_cases",
    "remind_of_proposals",
    "require_involvement",
    "tell_council",
    "withdraw_proposal",
]
