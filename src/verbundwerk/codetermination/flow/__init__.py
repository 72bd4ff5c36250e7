"""The only writer of this room, in chapters: cases, what is said in them, talks, the works council's proposals."""

from .cases import (
    CaseData,
    add_document,
    ask_for_consent,
    call_off,
    drop_case,
    extend_deadline,
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
from .talks import confirm_meeting, note_talked, propose_meeting, write_word

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
    "confirm_meeting",
    "drop_case",
    "extend_deadline",
    "forget_cases",
    "forget_proposals",
    "inform_council",
    "make_proposal",
    "note_talked",
    "note_told",
    "open_by_hand",
    "open_case",
    "propose_meeting",
    "record_award",
    "refuse",
    "remind_of_cases",
    "remind_of_proposals",
    "require_involvement",
    "tell_council",
    "withdraw_proposal",
    "write_word",
]
