"""What the works council says, and what the conciliation board leads to. Nothing here is ever done by the calendar."""

from datetime import datetime

from django.db import transaction

from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Person

from .. import papers, queries, rules
from ..models import Case, Statement
from ..states import CASE
from ..terms import StatementKind
from .common import lock, tell


@transaction.atomic
def agree(case: Case, *, text: str = "", by: Person, at: datetime) -> Case:
    lock(case)
    require(rules.may_say(case, "agree", by))
    CASE.advance(case, "agree", settled_at=at)
    record(by, "case.agreed", case, at=at)
    return _write(case, StatementKind.AGREE, text, by=by, at=at)


@transaction.atomic
def refuse(case: Case, *, text: str, by: Person, at: datetime) -> Case:
    lock(case)
    require(rules.may_say(case, "refuse", by), rules.says_enough(StatementKind.REFUSE, text))
    CASE.advance(case, "refuse", settled_at=at)
    record(by, "case.refused", case, at=at)
    return _write(case, StatementKind.REFUSE, text, by=by, at=at)


@transaction.atomic
def ask_to_talk(case: Case, *, text: str = "", by: Person, at: datetime) -> Case:
    lock(case)
    require(rules.may_say(case, "talk", by))
    CASE.advance(case, "talk", settled_at=None)
    record(by, "case.talk_wanted", case, at=at)
    return _write(case, StatementKind.TALK, text, by=by, at=at)


@transaction.atomic
def call_conciliation(case: Case, *, text: str = "", by: Person, at: datetime) -> Case:
    lock(case)
    require(rules.may_conciliate(case, by))
    CASE.advance(case, "conciliate", settled_at=None)
    record(by, "case.conciliation", case, at=at)
    return _write(case, StatementKind.CONCILIATION, text, by=by, at=at)


@transaction.atomic
def record_award(case: Case, *, agreed: bool, text: str, by: Person, at: datetime) -> Case:
    """What came out of the conciliation board; an award stands in for the agreement of both sides."""
    lock(case)
    require(
        rules.may_record_award(case, by, award_filed=queries.award_is_filed(case)),
        rules.says_something(text),
    )
    kind = StatementKind.AWARD_AGREED if agreed else StatementKind.AWARD_REFUSED
    CASE.advance(case, kind.value, settled_at=at)
    record(by, f"case.{kind.value}", case, at=at)
    return _write(case, kind, text, by=by, at=at)


def _write(case: Case, kind: StatementKind, text: str, *, by: Person, at: datetime) -> Case:
    """What was said stays as it was said; the other side reads of it, and so do one's own colleagues."""
    statement = Statement.objects.create(case=case, kind=kind, text=text.strip(), said_by=by, said_at=at)
    tell(case, rules.SIDES, lambda: papers.said(case, statement), occasion=f"said/{statement.pk}", at=at)
    return case
