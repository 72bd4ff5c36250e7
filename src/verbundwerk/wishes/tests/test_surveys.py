"""A survey waits for the works council, counts without knowing anybody, and says nothing below five answers."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.base import clock
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused
from verbundwerk.codetermination import flow as codetermination
from verbundwerk.codetermination.models import Case
from verbundwerk.codetermination.states import CaseState
from verbundwerk.journal.models import JournalEntry
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.terms import Shift, Source
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.terms import Role
from verbundwerk.topics.models import Topic
from verbundwerk.topics.tests import make as topics
from verbundwerk.wishes import flow, queries, rules_surveys
from verbundwerk.wishes.models import Survey, SurveyShift, SurveyTopic
from verbundwerk.wishes.states import SurveyState

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(firm) -> Person:
    return make.person(Role.WORKS_COUNCIL, firm)


def at_desk(person: Person | None = None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def page(person: Person, survey: Survey) -> str:
    answer = at_desk(person).get(reverse("wishes:survey", args=[survey.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def press(person: Person, name: str, survey: Survey) -> int:
    status = at_desk(person).post(reverse(f"wishes:{name}", args=[survey.pk])).status_code
    survey.refresh_from_db()
    return status


def running(firm: Organisation, *offered: Topic) -> Survey:
    made = flow.build_survey(
        make.survey_words(topics=offered or None), organisation=firm, by=make.person(Role.HR, firm), at=make.AT
    )
    Survey.objects.filter(pk=made.pk).update(state=SurveyState.OPEN)
    made.refresh_from_db()
    return made


def say(survey: Survey, *chosen: Topic, times: int = 1, shift: str = Shift.EARLY) -> None:
    for _ in range(times):
        flow.answer_survey(survey, chosen, shift, once=uuid4(), at=make.AT)


def over(survey: Survey) -> Survey:
    return flow.close_survey(survey, by=None, at=make.AT)


# --- the gate (BetrVG § 94) ------------------------------------------------------------------
def test_nothing_is_sent_before_the_works_council_has_said_yes(firm, hr, council):
    survey = make.survey(at=firm, by=hr)
    assert press(hr, "open_survey", survey) == 403
    assert press(hr, "lay_before", survey) == 302
    case = Case.objects.get()
    assert (case.subject, case.state) == (survey.pk, CaseState.INFORMED)
    assert press(hr, "open_survey", survey) == 403
    assert survey.state == SurveyState.LAID_BEFORE
    assert "Schweigen ist keine Zustimmung" in page(hr, survey)
    assert at_desk().get(reverse("wishes:answer", args=[survey.code])).status_code == 404

    codetermination.agree(case, by=council, at=make.AT)
    assert [line.url for line in queries.waiting_for(hr, make.AT)] == [reverse("wishes:survey", args=[survey.pk])]
    assert press(hr, "open_survey", survey) == 302
    assert survey.state == SurveyState.OPEN


def test_silence_opens_nothing_however_long_it_lasts(firm, hr, council):
    survey = flow.build_survey(
        make.survey_words(runs_until=make.AT.date() + timedelta(days=180)), organisation=firm, by=hr, at=make.AT
    )
    flow.lay_before(survey, by=hr, at=make.AT)
    with pytest.raises(Refused):
        flow.open_survey(survey, by=hr, at=make.AT + timedelta(days=170))


def test_the_works_council_reads_every_word_in_its_case(firm, hr, council):
    survey = make.survey(at=firm, by=hr)
    flow.lay_before(survey, by=hr, at=make.AT)
    details = Case.objects.get().details
    assert all(one.label in details for one in queries.topics_of(survey))
    assert "In welcher Schicht" in details


def test_what_was_laid_before_it_stays_as_it_is(firm, hr, council):
    survey = make.survey(at=firm, by=hr)
    flow.lay_before(survey, by=hr, at=make.AT)
    with pytest.raises(Refused, match="bleibt wie es ist"):
        flow.change_survey(survey, make.survey_words(), by=hr, at=make.AT)


def test_the_works_council_builds_one_too(firm, council):
    offered = [topics.topic(), topics.topic()]
    typed = {"title": "Neue Anlagen", "topics": [one.pk for one in offered], "runs_until": "2026-12-18"}
    answer = at_desk(council).post(reverse("wishes:new_survey"), {**typed, "once": str(council.pk)})
    assert answer.status_code == 302
    assert Survey.objects.get().made_by == council


def test_a_firm_without_a_works_council_may_ask_at_once():
    firm = make.firm(council=False)
    survey = make.survey(at=firm)
    hr = make.person(Role.HR, firm)
    press(hr, "lay_before", survey)
    assert press(hr, "open_survey", survey) == 302


def test_a_dropped_survey_asks_the_works_council_no_longer(firm, hr, council):
    survey = make.survey(at=firm, by=hr)
    press(hr, "lay_before", survey)
    assert press(hr, "drop_survey", survey) == 302
    assert Case.objects.get().state == CaseState.NOT_REQUIRED


# --- answering ---------------------------------------------------------------------------------
def test_somebody_answers_without_an_account_and_only_numbers_are_kept(firm):
    robots, english = topics.topic(), topics.topic()
    survey = running(firm, robots, english)
    address = reverse("wishes:answer", args=[survey.code])
    shown = at_desk().get(address)
    assert shown.cookies.keys() <= {"csrftoken"}, "that of every page; nobody is remembered"
    once = str(shown.context["form"]["once"].value())
    typed = {"topics": [str(robots.pk)], "shift": "late", "once": once}
    assert at_desk().post(address, typed).url == reverse("wishes:thanks", args=[survey.code])
    at_desk().post(address, typed)  # pressed twice: counted once
    survey.refresh_from_db()
    assert survey.answers == 1
    assert dict(SurveyTopic.objects.values_list("topic", "wanted")) == {robots.pk: 1, english.pk: 0}
    assert list(SurveyShift.objects.values_list("shift", "people")) == [("late", 1)]


def test_the_journal_knows_the_day_of_an_answer_and_nothing_else(firm):
    say(running(firm))
    entry = JournalEntry.objects.get(verb="survey.answered")
    assert (entry.actor, entry.details) == (None, {})
    assert timezone.localtime(entry.at).time().isoformat() == "00:00:00"


def test_a_machine_is_thanked_and_not_counted(firm):
    survey = running(firm)
    address = reverse("wishes:answer", args=[survey.code])
    typed = {"shift": "day", "website": "http://spam.example", "once": str(uuid4())}
    assert at_desk().post(address, typed).status_code == 302
    survey.refresh_from_db()
    assert survey.answers == 0


def test_after_its_last_day_nothing_is_counted_and_tick_closes_it(firm):
    survey = running(firm)
    late = make.AT + timedelta(days=40)
    with pytest.raises(AlreadyMoved):
        flow.answer_survey(survey, [], Shift.DAY, once=uuid4(), at=late)
    with clock.stopped(late):
        answer = at_desk().get(reverse("wishes:answer", args=[survey.code]))
    assert answer.status_code == 410
    assert "zu Ende" in answer.content.decode()
    assert flow.close_due_surveys(late) == 1
    assert flow.close_due_surveys(late) == 0


# --- from five answers on ------------------------------------------------------------------------
@given(st.integers(0, 300), st.sampled_from(SurveyState.values))
def test_below_five_answers_or_before_the_end_nothing_is_shown(answers: int, state: str):
    shown = bool(rules_surveys.enough_answers(Survey(answers=answers, state=state)))
    assert shown == (answers >= 5 and state in {"closed", "raised"})


@given(st.integers(0, 300))
def test_a_topic_is_counted_from_five_on(wanted: int):
    assert rules_surveys.told(wanted) == (wanted if wanted >= 5 else None)


@given(st.fixed_dictionaries({shift: st.integers(0, 40) for shift in Shift.values}))
def test_a_need_names_a_shift_only_when_five_work_in_it(people: dict[str, int]):
    said = rules_surveys.shift_to_say(people, "nothing")
    assert said == "nothing" or people[said] >= 5


@pytest.mark.parametrize("count", [0, 1, 4])
def test_with_fewer_than_five_the_page_reads_the_same_whatever_was_answered(firm, hr, count):
    robots, english = topics.topic(), topics.topic()
    empty, few = over(running(firm, robots, english)), running(firm, robots, english)
    say(few, robots, times=count)
    assert _main(page(hr, over(few))) == _main(page(hr, empty))
    assert queries.result_of(few) is None


@pytest.mark.parametrize("count", [0, 3, 9])
def test_while_it_runs_the_page_reads_the_same_whatever_was_answered(firm, hr, count):
    survey = running(firm)
    before = _main(page(hr, survey))
    say(survey, times=count)
    assert _main(page(hr, survey)) == before


def _main(text: str) -> str:

    return re.sub(r'[0-9a-f-]{36}|csrfmiddlewaretoken" value="[^"]*"', "", text.partition("<main")[2])


def test_from_five_on_the_frequent_topics_are_told_and_the_rare_ones_without_a_number(firm, hr):
    robots, english = topics.topic(), topics.topic()
    survey = running(firm, robots, english)
    say(survey, robots, times=6)
    say(survey, english, times=2)
    result = queries.result_of(over(survey))
    assert result is not None
    assert dict(result.topics) == {robots.name: 6, english.name: None}
    assert str(result.answers) not in {"8", "8–8"}
    assert "weniger als 5" in page(hr, survey)


# --- one step ----------------------------------------------------------------------------------
def test_one_press_makes_needs_of_what_at_least_five_want(firm, hr):
    robots, english = topics.topic(), topics.topic()
    survey = running(firm, robots, english)
    say(survey, robots, times=6)
    say(survey, english, times=4)
    over(survey)
    assert press(hr, "raise_survey", survey) == 302
    need = Need.objects.get()
    assert (need.topic, need.seats, need.source, need.state) == (robots, 6, Source.SURVEY, NeedState.SUBMITTED)
    assert press(hr, "raise_survey", survey) == 409
    assert Need.objects.count() == 1


def test_too_few_answers_make_no_need(firm, hr):
    robots = topics.topic()
    survey = running(firm, robots, topics.topic())
    say(survey, robots, times=4)
    over(survey)
    assert press(hr, "raise_survey", survey) == 403
    assert not Need.objects.exists()


# --- who ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.FOREMAN, Role.MENTOR, Role.EMPLOYEE, Role.COORDINATION])
def test_only_the_two_sides_of_the_firm_find_the_survey(firm, role):
    survey = make.survey(at=firm)
    address = reverse("wishes:survey", args=[survey.pk])
    assert at_desk(make.person(role, firm)).get(address).status_code == 404
    assert at_desk(make.person(Role.HR)).get(address).status_code == 404


def test_employees_with_an_account_find_it_on_their_page_of_today(firm, anna):
    survey = running(firm)
    assert [line.url for line in queries.waiting_for(anna, make.AT)] == [reverse("wishes:answer", args=[survey.code])]


@pytest.mark.parametrize("wrong", [{"topics": []}, {"runs_until": "2026-11-01"}, {"runs_until": "2028-01-01"}])
def test_a_form_that_cannot_be_meant_comes_back_with_everything_typed(firm, hr, wrong):
    offered = [topics.topic(), topics.topic()]
    typed: dict[str, Any] = {"title": "Umfrage", "topics": [one.pk for one in offered], "runs_until": "2026-12-18"}
    answer = at_desk(hr).post(reverse("wishes:new_survey"), {**typed, **wrong, "once": str(hr.pk)})
    assert answer.status_code == 422
    assert 'value="Umfrage"' in answer.content.decode()


def test_three_years_after_its_end_it_is_forgotten(firm):
    survey = over(running(firm))
    assert flow.forget_surveys(make.AT, 10) == 0
    assert flow.forget_surveys(make.AT + timedelta(days=1), 10) == 1
    assert not SurveyTopic.objects.filter(survey=survey.pk).exists()
