"""After the course the firm is asked once whether it fitted; nothing is forced."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.jobs import due
from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Person
from verbundwerk.post.flow import send_letter

from .. import queries, rules
from ..models import Evaluation, Need
from ..states import NEED, NeedState


@transaction.atomic
def ask_for_evaluation(needs: Iterable[Need], *, about: str, by: Any, at: datetime) -> int:
    """For the room above, when the course is closed. Who was asked already is not asked again. How many were asked."""
    return sum(_ask(need, about, by=by, at=at) for need in needs)


def _ask(need: Need, about: str, *, by: Any, at: datetime) -> bool:
    evaluation, new = Evaluation.objects.get_or_create(need=need, defaults={"about": about, "asked_at": at})
    if new:
        record(by, "need.evaluation_asked", need, at=at)
        _write(evaluation, at, key="need-evaluation")
    return new


@due
def remind_of_evaluations(at: datetime) -> int:
    """Once, two weeks later, whoever has not answered."""
    return sum(_remind(one, at) for one in queries.evaluations_to_remind(at))


@transaction.atomic
def _remind(evaluation: Evaluation, at: datetime) -> bool:
    still = Evaluation.objects.filter(
        pk=evaluation.pk, reminded_at=None, answered_at=None, need__state=NeedState.COVERED
    )  # fmt: skip
    if not still.update(reminded_at=at):
        return False
    record(None, "need.evaluation_reminded", evaluation.need, at=at)
    _write(evaluation, at, key="need-evaluation-reminder")
    return True


def _write(evaluation: Evaluation, at: datetime, *, key: str) -> None:
    need = evaluation.need
    for person in queries.people_to_ask(need):
        token = queries.evaluation_token(need, person)
        send_letter(
            key=f"{key}:{need.pk}",
            to=person,
            subject=format_lazy(_("Hat der Kurs gepasst? {about}"), about=evaluation.about),
            at=at,
            template="needs/letters/evaluation",
            context={"need": need, "about": evaluation.about, "person": person,
                     "path": reverse("needs:evaluation_letter", args=[token])},
            secret=True,
        )  # fmt: skip


@transaction.atomic
def evaluate_need(need: Need, *, fit: str, note: str, by: Person, at: datetime) -> Need:
    """The words go to the coordination office and nowhere else, the journal included."""
    require(rules.may_act(need, by), rules.was_asked(queries.evaluation_of(need)))
    NEED.advance(need, "evaluate")
    Evaluation.objects.filter(need=need).update(fit=fit, note=note, answered_at=at, answered_by=by)
    record(by, "need.evaluated", need, at=at)
    return need
