"""The two sides write to each other and find a day to talk. Only the works council's own answer opens a gate."""

from datetime import datetime

from django.db import transaction

from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Person

from .. import queries, rules, rules_talks
from ..models import Case
from ..states import CASE, CaseState
from ..terms import Side, StatementKind
from .common import lock, write_down


@transaction.atomic
def write_word(case: Case, *, text: str, by: Person, at: datetime) -> Case:
    lock(case)
    require(rules_talks.may_write(case, by), rules.says_something(text))
    return write_down(case, StatementKind.WORD, text, by=by, at=at)


@transaction.atomic
def propose_meeting(case: Case, *, meets_at: datetime, text: str = "", by: Person, at: datetime) -> Case:
    """A works council that names a day wants to talk, whether or not it has said so before."""
    lock(case)
    require(rules_talks.may_propose(case, by), rules_talks.can_be_kept(meets_at, at))
    _wants_to_talk(case, by, at)
    return write_down(case, StatementKind.MEETING, text, by=by, at=at, meets_at=meets_at)


@transaction.atomic
def confirm_meeting(case: Case, *, meets_at: datetime, by: Person, at: datetime) -> Case:
    """`meets_at` is the time the person read: if another one was proposed meanwhile, nothing is confirmed."""
    lock(case)
    talk = queries.talk_in(case)
    require(rules_talks.may_confirm(case, talk, by, at), rules_talks.is_still_proposed(talk, meets_at))
    _wants_to_talk(case, by, at)
    return write_down(case, StatementKind.FITS, "", by=by, at=at, meets_at=meets_at)


def _wants_to_talk(case: Case, by: Person, at: datetime) -> None:
    if case.state == CaseState.INFORMED and rules_talks.side_of(case, by) == Side.COUNCIL:
        CASE.advance(case, "talk", settled_at=None)
        record(by, "case.talk_wanted", case, at=at)


@transaction.atomic
def note_talked(case: Case, *, by: Person, at: datetime) -> Case:
    lock(case)
    require(rules_talks.may_note_talked(case, queries.talk_in(case), by, at))
    return write_down(case, StatementKind.TALKED, "", by=by, at=at)
