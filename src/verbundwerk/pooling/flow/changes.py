"""A firm is asked for another value of its need, and answers with one press. Nobody learns who else was asked."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from verbundwerk.base import jobs
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused, require
from verbundwerk.journal.flow import record
from verbundwerk.needs.flow import agree_to_change
from verbundwerk.needs.models import Need

from .. import papers, planner, queries, rules
from ..models import ChangeRequest, LeftOver
from ..states import CHANGE
from .common import day_of, tell, who_is


@transaction.atomic
def ask_for_change(left: LeftOver, change: dict[str, Any], *, by: Any, at: datetime) -> ChangeRequest:
    """`change`: one of those the plan found for this need. The same question never goes out twice."""
    plan, need = left.plan, Need.objects.select_for_update().get(pk=left.need_id)
    value = rules.new_value(change, need, planner.horizon_of(plan))
    text = rules.value_text(value)
    known = queries.was_asked(need, change["kind"], text)
    require(rules.may_ask_for_change(plan, need, value, known, who_is(by)))
    asked = ChangeRequest(plan=plan, need=need, kind=change["kind"], value=text, asked_by=by, asked_at=at)
    asked.was = rules.value_text(getattr(need, rules.COLUMNS[change["kind"]]))
    asked.answer_until = day_of(at) + timedelta(days=rules.ANSWER_DAYS)
    _insert(asked)
    _tell_firm(asked, at)
    record(by, "change.asked", asked, at=at, need=str(need.pk), change=asked.kind)
    return asked


def _tell_firm(asked: ChangeRequest, at: datetime) -> None:
    tell(
        [asked.need.organisation_id],
        lambda _firm: lambda: papers.change_asked(asked),
        key=f"change/{asked.pk}",
        path=reverse("pooling:change", args=[asked.pk]),
        at=at,
    )


def _insert(asked: ChangeRequest) -> None:
    try:
        with transaction.atomic():
            asked.save(force_insert=True)
    except IntegrityError as twice:
        raise Refused(rules.ASKED_ALREADY) from twice


@transaction.atomic
def agree_with_change(asked: ChangeRequest, *, by: Any, at: datetime) -> ChangeRequest:
    """Yes: the need is changed at once; the next plan knows it."""
    asked.need = Need.objects.select_for_update().get(pk=asked.need_id)
    require(rules.may_answer_change(asked, who_is(by), day_of(at)), rules.still_stands(asked))
    CHANGE.advance(asked, "agree", answered_at=at)
    column, value = rules.COLUMNS[asked.kind], rules.value_from(asked.kind, asked.value)
    agree_to_change(asked.need, {column: value}, by=by, at=at)
    record(by, "change.agreed", asked, at=at, need=str(asked.need_id), change=asked.kind)
    return asked


@transaction.atomic
def refuse_change(asked: ChangeRequest, *, by: Any, at: datetime) -> ChangeRequest:
    """No, and nothing changes."""
    require(rules.may_answer_change(asked, who_is(by), day_of(at)))
    CHANGE.advance(asked, "refuse", answered_at=at)
    record(by, "change.refused", asked, at=at, need=str(asked.need_id), change=asked.kind)
    return asked


@jobs.due
def lapse_changes(at: datetime) -> int:
    """Questions nobody answered in time, or about a need that waits no more."""
    return sum(_lapse(one, at) for one in queries.changes_to_lapse(day_of(at)))


@transaction.atomic
def _lapse(asked: ChangeRequest, at: datetime) -> bool:
    try:
        CHANGE.advance(asked, "lapse")
    except AlreadyMoved:
        return False
    record(None, "change.lapsed", asked, at=at, need=str(asked.need_id))
    return True
