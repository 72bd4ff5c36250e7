"""What is the reader's own turn at a need, and the way to do it. Higher rooms offer theirs when the house starts."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbundwerk.network.models import Person

from .. import rules
from ..models import Need
from ..states import NeedState
from .asking import evaluation_of
from .trail import is_asked


@dataclass(frozen=True, slots=True)
class Act:
    """A press away: what it is called and where it is done."""

    label: str | Promise
    url: str


MakesAct = Callable[[Need, Person], Act | None]
_offered: list[MakesAct] = []


def offer_act(makes: MakesAct) -> None:
    """For the rooms above. The caller has loaded the need through `need_for`; None says that others are awaited."""
    if makes not in _offered:
        _offered.append(makes)


def next_act(need: Need, person: Person) -> Act | None:
    """The one thing this person is awaited for, if there is one; never what only others can do."""
    return next((act for makes in (_own, *_offered) if (act := makes(need, person))), None)


def _own(need: Need, person: Person) -> Act | None:
    return _answers(need, person) or _moves(need, person)


def _answers(need: Need, person: Person) -> Act | None:
    """Questions to the firm; the office may note down an answer, but nobody waits for the office."""
    if rules.corrects(need, person):
        return None
    if is_asked(need) and rules.may_keep(need, person):
        return Act(_("Antworten"), reverse("needs:expiry", args=[need.pk]))
    if rules.may_evaluate(need, evaluation_of(need), person):
        return Act(_("Antworten"), reverse("needs:evaluation", args=[need.pk]))
    return None


def _moves(need: Need, person: Person) -> Act | None:
    page = reverse("needs:detail", args=[need.pk])
    if need.state == NeedState.DRAFT and rules.may_submit(need, person):
        return Act(_("Bedarf einreichen"), page)
    to_check = need.state in (NeedState.SUBMITTED, NeedState.CHECKED)
    return Act(_("Bedarf prüfen"), f"{page}#koordination") if to_check and rules.coordinates(person) else None
