"""A mentor's talks name nobody, and nothing of them reaches the firm before three people stand behind it."""

from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused
from verbundwerk.needs.models import Need
from verbundwerk.needs.queries import needs_visible_to
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.terms import Source
from verbundwerk.network.models import Person
from verbundwerk.network.terms import Role
from verbundwerk.topics.tests import make as topics
from verbundwerk.wishes import flow, queries, rules_talks
from verbundwerk.wishes.models import Talk
from verbundwerk.wishes.states import TalkState

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentor(firm) -> Person:
    return make.mentor(firm)


@pytest.fixture
def robots():
    return topics.topic()


def at_desk(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(person: Person, name: str) -> str:
    answer = at_desk(person).get(reverse(f"wishes:{name}"))
    assert answer.status_code == 200
    return answer.content.decode()


def send(person: Person, name: str, *args: Any, **typed: Any) -> Any:
    return at_desk(person).post(reverse(f"wishes:{name}", args=args), typed)


def note(mentor: Person, topic: Any, people: int, **words: Any) -> Talk:
    said = flow.TalkWords(topic=topic, people=people, **words)
    return flow.note_talk(said, organisation=mentor.mandates.get().organisation, by=mentor, at=make.AT)


# --- no names ---------------------------------------------------------------------------
def test_a_talk_has_no_field_a_name_could_be_written_into():
    words = {one.name for one in Talk._meta.concrete_fields if one.get_internal_type() in {"CharField", "TextField"}}
    assert words == {"shift", "state"}, "both are chosen from fixed lists"
    assert all(Talk._meta.get_field(name).choices for name in words)


def test_a_mentor_notes_a_talk_in_four_choices(mentor, robots):
    typed = {"topic": str(robots.pk), "people": "2", "level": "1", "shift": "late", "once": str(mentor.pk)}
    assert send(mentor, "new_talk", **typed).status_code == 302
    send(mentor, "new_talk", **typed)
    talk = Talk.objects.get()
    assert (talk.topic, talk.people, talk.shift, talk.mentor) == (robots, 2, "late", mentor)
    assert robots.label in page(mentor, "talks")


@pytest.mark.parametrize("role", [Role.HR, Role.FOREMAN, Role.WORKS_COUNCIL, Role.EMPLOYEE, Role.COORDINATION])
def test_nobody_but_the_mentors_of_the_firm_reaches_a_talk(firm, mentor, role):
    talk = make.talk(by=mentor, people=9)
    with pytest.raises(Http404):
        queries.talk_for(make.person(role, firm), talk.pk)


# --- at least three -----------------------------------------------------------------------
@given(st.integers(0, 200))
def test_below_three_people_no_need_ever(people: int):
    assert bool(rules_talks.enough_people(people)) == (people >= 3)


def test_two_people_are_too_few_and_the_button_says_why(firm, mentor, robots):
    talk = note(mentor, robots, 2)
    assert "Es fehlt noch eine." in page(mentor, "talks")
    assert send(mentor, "raise_talks", talk.pk).status_code == 403
    assert not Need.objects.exists()


def test_three_people_in_talks_of_two_mentors_become_one_need_that_names_nobody(firm, mentor, robots, hr):
    first = note(mentor, robots, 2, shift="late")
    note(make.mentor(firm), robots, 1, shift="late")
    assert [line.url for line in queries.waiting_for(mentor, make.AT)] == [reverse("wishes:talks")]
    answer = send(mentor, "raise_talks", first.pk)
    need = Need.objects.get()
    assert answer.url == reverse("needs:detail", args=[need.pk])
    assert (need.seats, need.source, need.state, need.shift) == (3, Source.MENTOR, NeedState.SUBMITTED, "late")
    assert set(Talk.objects.values_list("state", "need")) == {(TalkState.RAISED, need.pk)}
    assert needs_visible_to(hr).get() == need
    assert f"{need.label}: eingereicht" in page(mentor, "talks")


def test_before_that_the_firm_has_no_page_on_which_anything_stands(firm, mentor, robots, hr):
    note(mentor, robots, 2)
    flow.pass_on(Talk.objects.get(), by=mentor, at=make.AT)
    assert not needs_visible_to(hr).exists()
    assert robots.label not in page(hr, "home") + page(hr, "released")
    assert queries.waiting_for(hr, make.AT) == []


def test_talks_about_another_topic_or_in_another_firm_do_not_count(mentor, robots):
    talk = note(mentor, robots, 2)
    note(mentor, topics.topic(), 5)
    note(make.mentor(), robots, 5)
    with pytest.raises(Refused):
        flow.raise_from_talks(talk, by=mentor, at=make.AT)


def test_what_has_become_a_need_does_not_count_again(mentor, robots):
    talk = note(mentor, robots, 3)
    flow.raise_from_talks(talk, by=mentor, at=make.AT)
    late = note(mentor, robots, 1)
    with pytest.raises(Refused, match="Es fehlen noch 2"):
        flow.raise_from_talks(late, by=mentor, at=make.AT)


VALUES = st.lists(st.tuples(st.sampled_from(["early", "late", "three"]), st.integers(1, 6)), max_size=6)


@given(VALUES)
def test_of_the_people_only_what_three_of_them_share_is_said(told: list[tuple[str, int]]):
    said = rules_talks.shared(told, "day")
    behind = sum(people for value, people in told if value == said)
    assert said == "day" or behind >= 3


# --- the coordination office alone -----------------------------------------------------------
def test_a_single_person_can_be_shown_to_the_office_and_to_nobody_else(firm, mentor, robots):
    office = make.person(Role.COORDINATION)
    talk = note(mentor, robots, 1)
    assert robots.label not in page(office, "hints")
    assert send(mentor, "pass_on", talk.pk).status_code == 302
    assert robots.label in page(office, "hints")
    assert firm.name in page(office, "hints")
    assert [line.url for line in queries.waiting_for(office, make.AT)] == [reverse("wishes:hints")]
    send(mentor, "keep_back", talk.pk)
    assert robots.label not in page(office, "hints")


def test_pressing_twice_on_an_old_page_changes_nothing(mentor, robots):
    talk = note(mentor, robots, 1)
    flow.pass_on(talk, by=mentor, at=make.AT)
    with pytest.raises(AlreadyMoved):
        flow.pass_on(talk, by=mentor, at=make.AT)


def test_what_was_shown_to_the_office_still_becomes_a_need_when_there_are_enough(mentor, robots):
    talk = note(mentor, robots, 1)
    flow.pass_on(talk, by=mentor, at=make.AT)
    note(mentor, robots, 2)
    assert flow.raise_from_talks(talk, by=mentor, at=make.AT).seats == 3


# --- gone -------------------------------------------------------------------------------------
def test_a_mentor_deletes_what_was_noted_wrongly_and_only_the_own(firm, mentor, robots):
    talk = note(mentor, robots, 1)
    assert send(make.mentor(firm), "delete_talk", talk.pk).status_code == 403
    assert send(mentor, "delete_talk", talk.pk).status_code == 302
    assert not Talk.objects.exists()


def test_after_two_years_a_talk_ends_and_its_need_stays(mentor, robots):
    need = flow.raise_from_talks(note(mentor, robots, 3), by=mentor, at=make.AT)
    assert flow.forget_talks(make.AT, 10) == 0
    assert flow.forget_talks(make.AT.replace(year=2027), 10) == 1
    assert Need.objects.get() == need
