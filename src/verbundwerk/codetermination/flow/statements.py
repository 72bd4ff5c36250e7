"""What the works council says, and what the conciliation board leads to. Nothing here is ever done by the calendar."""

from datetime import datetime

from django.db import transaction

from verbundwerk.base.verdicts import require
from verbundwerk.network.models import Person

from .. import queries, rules
from ..models import Case
from ..states import CASE
from ..terms import StatementKind
from .common import lock, write_down


@transaction.atomic
def agree(case: Case, *, text: str = "", by: Person, at: datetime) -> Case:
    lock(case)
    require(rules.may_say(case, "agree", by))
    CASE.advance(case, "agree", settled_at=at)
    return write_down(case, StatementKind.AGREE, text, by=by, at=at)


@transaction.atomic
def refuse(case: Case, *, text: str, by: Person, at: datetime) -> Case:
    lock(case)
    require(rules.may_say(case, "refuse", by), rules.says_enough(StatementKind.REFUSE, text))
    CASE.advance(case, "refuse", settled_at=at)
    return write_down(case, StatementKind.REFUSE, text, by=by, at=at)


@transaction.atomic
def ask_to_talk(case: Case, *, text: str = "", by: Person, at: datetime) -> Case:
    lock(case)
    require(rules.may_say(case, "talk", by))
    CASE.advance(case, "talk", settled_at=None)
    return write_down(case, StatementKind.TALK, text, by=by, at=at)


@transaction.atomic
def call_conciliation(case: Case, *, text: str = "", by: Person, at: datetime) -> Case:
    lock(case)
    require(rules.may_conciliate(case, by))
    CASE.advance(case, "conciliate", settled_at=None)
    return write_down(case, StatementKind.CONCILIATION, text, by=by, at=at)


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
    return write_down(case, kind, text, by=by, at=at)
