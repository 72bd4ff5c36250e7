"""A survey is built, laid before the works council, sent, counted, closed, and becomes needs."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from verbundwerk.base.jobs import due
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Verdict, require
from verbundwerk.codetermination import bases
from verbundwerk.codetermination import flow as codetermination
from verbundwerk.codetermination.flow import CaseData
from verbundwerk.codetermination.terms import SubjectKind
from verbundwerk.journal.flow import record
from verbundwerk.needs.draft import NeedDraft
from verbundwerk.needs.flow import raise_from_staff
from verbundwerk.needs.models import Need
from verbundwerk.needs.terms import Occasion, Shift, Source
from verbundwerk.network.models import Organisation, Person, Site
from verbundwerk.topics.models import Topic

from .. import papers, queries, rules_surveys, rules_talks
from ..models import Survey, SurveyShift, SurveyTopic
from ..states import SURVEY

WINDOW = timedelta(days=182)  # the firm may name a better one afterwards
REMEMBERED = 24 * 3600  # so long a page that was sent twice counts once


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyWords:
    title: str
    runs_until: date
    topics: tuple[Topic, ...]
    intro: str = ""
    site: Site | None = None


# --- before it is sent --------------------------------------------------------------------
@transaction.atomic
def build_survey(
    words: SurveyWords, *, organisation: Organisation, by: Person, at: datetime, once: UUID | None = None
) -> Survey:
    require(rules_surveys.takes_part(organisation.pk, by), *_sound(words, at))
    key = uuid5(by.pk, str(once)) if once else None
    made = {"organisation": organisation, "code": secrets.token_hex(8), "made_by": by, "made_at": at, **_columns(words)}
    survey, new = (
        Survey.objects.get_or_create(once=key, defaults=made) if key else (Survey.objects.create(**made), True)
    )
    if not new:
        return survey
    _choose(survey, words.topics)
    record(by, "survey.built", survey, at=at)
    return survey


def _sound(words: SurveyWords, at: datetime) -> tuple[Verdict, ...]:
    today = timezone.localdate(at)
    return rules_surveys.enough_choice(len(words.topics)), rules_surveys.lies_ahead(words.runs_until, today)


def _columns(words: SurveyWords) -> dict[str, object]:
    return {"title": words.title, "intro": words.intro, "runs_until": words.runs_until, "site": words.site}


def _choose(survey: Survey, topics: Iterable[Topic]) -> None:
    SurveyTopic.objects.filter(survey=survey).delete()
    SurveyTopic.objects.bulk_create(SurveyTopic(survey=survey, topic=one) for one in topics)


@transaction.atomic
def change_survey(survey: Survey, words: SurveyWords, *, by: Person, at: datetime) -> Survey:
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    require(rules_surveys.may_change_survey(survey, by), *_sound(words, at))
    for name, value in _columns(words).items():
        setattr(survey, name, value)
    survey.save()
    _choose(survey, words.topics)
    record(by, "survey.changed", survey, at=at)
    return survey


@transaction.atomic
def lay_before(survey: Survey, *, by: Person, at: datetime) -> Survey:
    """Opens the case under BetrVG § 94 with every word of the questionnaire; from now on none of them changes."""
    require(rules_surveys.takes_part(survey.organisation_id, by))
    SURVEY.advance(survey, "lay_before")
    record(by, "survey.laid_before", survey, at=at)
    topics = [one.topic for one in queries.counted_topics(survey)]
    data = CaseData(
        kind=SubjectKind.SURVEY, subject=survey.pk, label=survey.title, site=survey.site,
        details=papers.questionnaire(survey.intro, topics),
    )  # fmt: skip
    today = timezone.localdate(at)
    until = bases.usual_for(SubjectKind.SURVEY, today).due_on(today)
    codetermination.ask_for_consent(data, organisation=survey.organisation, due_on=until, by=by, at=at)
    return survey


@transaction.atomic
def open_survey(survey: Survey, *, by: Person, at: datetime) -> Survey:
    """Only with the spoken yes of the works council, or where nobody speaks for the staff."""
    gate, today = queries.gate(survey, at), timezone.localdate(at)
    require(rules_surveys.takes_part(survey.organisation_id, by), gate)
    require(rules_surveys.lies_ahead(survey.runs_until, today))
    SURVEY.advance(survey, "open", opened_at=at)
    record(by, "survey.opened", survey, at=at)
    return survey


@transaction.atomic
def drop_survey(survey: Survey, *, reason: str, by: Person, at: datetime) -> Survey:
    require(rules_surveys.takes_part(survey.organisation_id, by))
    SURVEY.advance(survey, "drop", closed_at=at)
    if case := queries.case_of(survey):
        codetermination.call_off(case, reason=reason, by=by, at=at)
    record(by, "survey.dropped", survey, at=at)
    return survey


# --- while it runs ------------------------------------------------------------------------
@transaction.atomic
def answer_survey(survey: Survey, topics: Iterable[Topic], shift: str, *, once: UUID, at: datetime) -> None:
    """Adds one to a few numbers. Nobody is asked who they are, and the journal knows the day, not the minute."""
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if not rules_surveys.takes_answers(survey, timezone.localdate(at)):
        raise AlreadyMoved(survey, SURVEY["close"])
    if not cache.add(f"survey-answer:{once}", 1, REMEMBERED):
        return
    Survey.objects.filter(pk=survey.pk).update(answers=F("answers") + 1)
    chosen = SurveyTopic.objects.filter(survey=survey, topic__in=[one.pk for one in topics])
    chosen.update(wanted=F("wanted") + 1)
    row, _new = SurveyShift.objects.get_or_create(survey=survey, shift=shift)
    SurveyShift.objects.filter(pk=row.pk).update(people=F("people") + 1)
    record(None, "survey.answered", survey, at=_beginning_of_day(at))


def _beginning_of_day(at: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(at), time()))


@transaction.atomic
def close_survey(survey: Survey, *, by: Person | None, at: datetime) -> Survey:
    """By a side of the firm, or by the calendar (`by=None`)."""
    if by is not None:
        require(rules_surveys.takes_part(survey.organisation_id, by))
    SURVEY.advance(survey, "close", closed_at=at)
    record(by, "survey.closed", survey, at=at)
    survey.refresh_from_db()
    return survey


@due
def close_due_surveys(at: datetime) -> int:
    past = list(queries.surveys_past(timezone.localdate(at)))
    for survey in past:
        close_survey(survey, by=None, at=at)
    return len(past)


# --- what becomes of it -------------------------------------------------------------------
@transaction.atomic
def raise_from_survey(survey: Survey, *, by: Person, at: datetime) -> list[Need]:
    """One need for every topic at least five want, all in one step; the firm puts details right afterwards."""
    survey = Survey.objects.select_for_update(of=("self",)).select_related("organisation", "site").get(pk=survey.pk)
    wanted = queries.wanted_topics(survey)
    site = survey.site or survey.organisation.sites.first()
    require(rules_surveys.takes_part(survey.organisation_id, by), rules_talks.has_a_place(site is not None))
    require(rules_surveys.enough_answers(survey), rules_surveys.enough_wanted(len(wanted)))
    SURVEY.advance(survey, "raise")
    shift = rules_surveys.shift_to_say(queries.people_by_shift(survey), str(Shift.DAY))
    drafts = [_draft(one, shift, site.postal_code if site else "", at) for one in wanted]
    firm = survey.organisation
    needs = [raise_from_staff(one, Source.SURVEY, organisation=firm, by=by, at=at) for one in drafts]
    record(by, "survey.raised", survey, at=at, needs=[str(one.pk) for one in needs])
    return needs


def _draft(counted: SurveyTopic, shift: str, postal_code: str, at: datetime) -> NeedDraft:
    today = timezone.localdate(at)
    return NeedDraft(
        topic_text=counted.topic.label,
        topic=counted.topic_id,
        seats=min(counted.wanted, 999),
        shift=shift,
        window_from=today,
        window_until=today + WINDOW,
        postal_code=postal_code,
        occasion=Occasion.WISH,
    )
