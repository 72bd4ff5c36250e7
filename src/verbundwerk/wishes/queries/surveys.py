"""Surveys of a firm: for its two sides; and the one page everybody answers at."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from verbundwerk.base import clock
from verbundwerk.base.lines import Line
from verbundwerk.base.verdicts import Verdict
from verbundwerk.codetermination import queries as codetermination
from verbundwerk.codetermination.models import Case
from verbundwerk.codetermination.rules import SIDES
from verbundwerk.codetermination.terms import SubjectKind
from verbundwerk.disclosure.rules import Band, shown_groups
from verbundwerk.needs.terms import Shift
from verbundwerk.network.queries import standing
from verbundwerk.network.terms import Role
from verbundwerk.topics.models import Topic

from .. import rules_surveys
from ..models import Survey, SurveyShift, SurveyTopic
from ..states import SurveyState

NEWS = timedelta(days=30)
LINES = 3


@dataclass(frozen=True, slots=True)
class Result:
    """What may be said of a survey that is over. A topic with None was ticked by fewer than five."""

    topics: list[tuple[str, int | None]]
    answers: Band
    shifts: list[tuple[str, Band]] | None


def survey_for(person: Any, survey_id: UUID) -> Survey:
    found = surveys_of(person).filter(pk=survey_id).first()
    if found is None:
        raise Http404
    return found


def surveys_of(person: Any) -> QuerySet[Survey]:
    rows = Survey.objects.filter(organisation__in=standing(person).organisations(*SIDES))
    return rows.select_related("organisation", "site", "made_by")


def answerable_for(code: str) -> Survey:
    """Whoever holds the address may read what is asked; also when it is over, so that the page can say so."""
    asked = Q(state__in=(SurveyState.OPEN, SurveyState.CLOSED, SurveyState.RAISED))
    found = Survey.objects.filter(asked, code=code).select_related("organisation", "site").first()
    if found is None:
        raise Http404
    return found


def topics_of(survey: Survey) -> QuerySet[Topic]:
    return Topic.objects.filter(pk__in=SurveyTopic.objects.filter(survey=survey).values("topic"))


def case_of(survey: Survey) -> Case | None:
    """What lies before the works council about it."""
    rows = Case.objects.filter(organisation=survey.organisation_id, subject_kind=SubjectKind.SURVEY, subject=survey.pk)
    return rows.first()


def gate(survey: Survey, at: datetime) -> Verdict:
    return codetermination.may_send_survey(survey.organisation_id, survey.pk, at)


def result_of(survey: Survey) -> Result | None:
    """None while it runs and below five answers; the counts themselves never leave this file otherwise."""
    if not rules_surveys.enough_answers(survey):
        return None
    topics = [(one.topic.name, rules_surveys.told(one.wanted)) for one in counted_topics(survey)]
    shown, labels = shown_groups(people_by_shift(survey)), dict(Shift.choices)
    shifts = None if shown is None else [(str(labels[one]), band) for one, band in shown.items()]
    answers = shown_groups({"": survey.answers}) or {"": Band(rules_surveys.LEAST_ANSWERS, None)}
    return Result(topics, answers[""], shifts)


def counted_topics(survey: Survey) -> QuerySet[SurveyTopic]:
    return SurveyTopic.objects.filter(survey=survey).select_related("topic")


def wanted_topics(survey: Survey) -> list[SurveyTopic]:
    """Those of which a need may be made: ticked by at least five."""
    return [one for one in counted_topics(survey) if rules_surveys.told(one.wanted) is not None]


def people_by_shift(survey: Survey) -> dict[str, int]:
    counted = dict(SurveyShift.objects.filter(survey=survey).values_list("shift", "people"))
    return {shift: counted.get(shift, 0) for shift in Shift.values}


def surveys_past(on: date) -> QuerySet[Survey]:
    return Survey.objects.filter(state=SurveyState.OPEN, runs_until__lt=on)


def surveys_over_since(before: datetime) -> QuerySet[Survey]:
    """Closed or dropped long ago; also what was built and never sent."""
    never_sent = Q(state__in=(SurveyState.DRAFT, SurveyState.LAID_BEFORE), made_at__lt=before)
    return Survey.objects.filter(Q(closed_at__lt=before) | never_sent)


# --- for the page of today ----------------------------------------------------------------
def survey_lines(person: Any, at: datetime) -> list[Line]:
    return [*_open_lines(person), *_side_lines(person, at)]


def _open_lines(person: Any) -> list[Line]:
    """For employees with an account; nobody knows whether they have answered, so it stands there till the end."""
    firms = standing(person).organisations(Role.EMPLOYEE)
    running = Survey.objects.filter(organisation__in=firms, state=SurveyState.OPEN, runs_until__gte=clock.today())
    text = _("Befragung ohne Namen: %(title)s")
    return [
        Line(text % {"title": one.title}, reverse("wishes:answer", args=[one.code]), one.runs_until, "news", 4)
        for one in running[:LINES]
    ]


def _side_lines(person: Any, at: datetime) -> list[Line]:
    ready, over = _("Die Befragung „%(title)s“ kann starten"), _("Die Befragung „%(title)s“ ist beendet")
    mine = surveys_of(person)
    waiting = [one for one in mine.filter(state=SurveyState.LAID_BEFORE)[:LINES] if gate(one, at)]
    closed = mine.filter(state=SurveyState.CLOSED, closed_at__gt=at - NEWS)[:LINES]
    return [
        *(Line(ready % {"title": one.title}, _page(one), weight=4) for one in waiting),
        *(Line(over % {"title": one.title}, _page(one), kind="news", weight=4) for one in closed),
    ]


def _page(survey: Survey) -> str:
    return reverse("wishes:survey", args=[survey.pk])
