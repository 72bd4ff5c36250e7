"""What waits in this room, on somebody's page of today."""

from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from verbundwerk.base import clock
from verbundwerk.base.days import moment_text
from verbundwerk.base.lines import Line
from verbundwerk.network.queries import standing

from .. import rules
from ..models import Case, Proposal
from ..rules import COUNCIL, EMPLOYER
from ..rules_talks import Talk, TalkStage, talk_of, turn
from ..states import CaseState, ProposalState
from ..terms import Duty, Side

NEWS = timedelta(days=7)
LINES = 5  # of one kind


def waiting_for(person: Any, at: datetime) -> list[Line]:
    """What waits in this room, for whoever sits on one of the two sides."""
    if not rules.belongs_here(person):
        return []
    return [*_council_lines(person, at), *_employer_lines(person, at)]


def _council_lines(person: Any, at: datetime) -> list[Line]:
    today, firms = timezone.localdate(at), standing(person).organisations(*COUNCIL)
    mine = Case.objects.filter(organisation__in=firms).order_by("due_on", "pk")
    asked = mine.filter(state=CaseState.INFORMED).exclude(duty=Duty.INFORM)
    told = mine.filter(state=CaseState.INFORMED, duty=Duty.INFORM, due_on__gte=today)
    return [
        *(_case_line(_("Ihre Stellungnahme: %(label)s"), one, today, 7) for one in asked[:LINES]),
        *(_news_line(one) for one in told[:LINES]),
        *_talk_lines(firms, Side.COUNCIL, at),
        *_answer_lines(person, today),
    ]


def _answer_lines(person: Any, today: date) -> list[Line]:
    """Own proposals: what was not answered in time, and what was answered these days."""
    mine = Proposal.objects.filter(organisation__in=standing(person).organisations(*COUNCIL)).order_by(
        "answer_by", "pk"
    )
    late = mine.filter(state=ProposalState.SUBMITTED, answer_by__lt=today)[:LINES]
    fresh = mine.filter(answered_at__gte=clock.now() - NEWS)[:LINES]
    return [
        *(_proposal_line(_("Ohne Antwort: %(title)s"), one, today, 6) for one in late),
        *(_proposal_line(_("Der Betrieb hat geantwortet: %(title)s"), one, today, 3) for one in fresh),
    ]


def _employer_lines(person: Any, at: datetime) -> list[Line]:
    today, firms = timezone.localdate(at), standing(person).organisations(*EMPLOYER)
    untold = Case.objects.filter(organisation__in=firms, state=CaseState.OPEN).order_by("opened_at", "pk")
    asked = Proposal.objects.filter(organisation__in=firms, state=ProposalState.SUBMITTED).order_by("answer_by", "pk")
    asks = _("Der Betriebsrat erwartet Ihre Antwort: %(title)s")
    return [
        *(_case_line(_("Betriebsrat unterrichten: %(label)s"), one, today, 6) for one in untold[:LINES]),
        *_talk_lines(firms, Side.EMPLOYER, at),
        *(_proposal_line(asks, one, today, 7) for one in asked[:LINES]),
    ]


def _news_line(case: Case) -> Line:
    """Nothing has to be done, so there is no day either."""
    text = _("Zur Kenntnis: %(label)s") % {"label": case.label}
    return Line(text, reverse("codetermination:case", args=[case.pk]), None, "news", 4)


def _talk_lines(firms: Any, side: Side, at: datetime) -> list[Line]:
    """The talks in which this side has to do something, and those that both have in their calendars; two queries.

    The day in the case was the works council's to answer by. It has answered that it wants to talk: nobody is late."""
    cases = Case.objects.filter(organisation__in=firms, state=CaseState.CONSULTING).order_by("due_on", "pk")
    pairs = [(case, talk_of(case.statements.all())) for case in cases.prefetch_related("statements")]
    return [_talk_line(case, talk, side, at) for case, talk in pairs if turn(talk, at) in (side, None)][:LINES]


def _talk_line(case: Case, talk: Talk, side: Side, at: datetime) -> Line:
    url = reverse("codetermination:case", args=[case.pk])
    if turn(talk, at) is None and talk.meets_at:
        text = _("Gespräch am %(moment)s: %(label)s") % {"moment": moment_text(talk.meets_at), "label": case.label}
        return Line(text, url, timezone.localdate(talk.meets_at), "soon", 6)
    return Line(_words_of_turn(talk, side, at) % {"label": case.label}, url, None, "waits", 6)


def _words_of_turn(talk: Talk, side: Side, at: datetime) -> str:
    if talk.stage == TalkStage.PROPOSED and talk.meets_at and talk.meets_at > at:
        return _("Passt Ihnen dieser Termin? %(label)s")
    if side == Side.EMPLOYER:
        return _("Der Betriebsrat möchte sprechen: %(label)s")
    return _("Nach dem Gespräch, Ihre Stellungnahme: %(label)s")


def _case_line(text: str, case: Case, today: date, weight: int) -> Line:
    late = case.due_on is not None and case.due_on < today
    url = reverse("codetermination:case", args=[case.pk])
    return Line(text % {"label": case.label}, url, case.due_on, "late" if late else "waits", weight)


def _proposal_line(text: str, proposal: Proposal, today: date, weight: int) -> Line:
    open_ = proposal.state == ProposalState.SUBMITTED
    url = reverse("codetermination:proposal", args=[proposal.pk])
    late = open_ and proposal.answer_by < today
    due = proposal.answer_by if open_ else None
    return Line(text % {"title": proposal.title}, url, due, "late" if late else "waits", weight)
