"""A wish is its owner's alone until they release it, and again when they take it back."""

from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from verbundwerk.base import clock
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.retention import Span
from verbundwerk.base.verdicts import Refused
from verbundwerk.journal.models import JournalEntry
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.terms import Occasion, Source
from verbundwerk.needs.tests import make as needs
from verbundwerk.network.models import Mandate, Person
from verbundwerk.network.terms import Role
from verbundwerk.pooling.tests import make as pooling
from verbundwerk.post.models import Letter
from verbundwerk.wishes import flow, queries
from verbundwerk.wishes.models import Wish
from verbundwerk.wishes.states import WishState

from . import make

pytestmark = pytest.mark.django_db


def at_desk(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(person: Person, name: str, *args: Any, status: int = 200) -> str:
    answer = at_desk(person).get(reverse(f"wishes:{name}", args=args))
    assert answer.status_code == status
    return answer.content.decode()


def send(person: Person, name: str, *args: Any, **typed: Any) -> Any:
    return at_desk(person).post(reverse(f"wishes:{name}", args=args), typed)


# --- private ---------------------------------------------------------------------------
def test_anna_writes_down_what_she_would_like_to_learn_and_nobody_is_told(anna, hr):
    typed = {"topic_text": "Roboter programmieren", "shift": "late", "times": "morning", "once": str(anna.pk)}
    answer = send(anna, "new", **typed)
    assert answer.status_code == 302
    wish = Wish.objects.get()
    assert (wish.person, wish.state, wish.shift) == (anna, WishState.PRIVATE, "late")
    assert not Letter.objects.exists()
    assert "Roboter programmieren" in page(anna, "own")


def test_pressing_twice_writes_one_wish(anna):
    typed = {"topic_text": "Englisch", "shift": "day", "times": "any", "once": str(anna.pk)}
    send(anna, "new", **typed)
    send(anna, "new", **typed)
    assert Wish.objects.count() == 1


@pytest.mark.parametrize("count", [0, 1, 4, 5, 7])
def test_before_release_the_firm_cannot_tell_how_many_wishes_there_are(firm, hr, count):
    """Every page HR has reads the same whether nobody or seven people wish for something."""
    before = [page(hr, name) for name in ("home", "released")]
    for _ in range(count):
        make.wish(at=firm)
    assert _plain([page(hr, name) for name in ("home", "released")]) == _plain(before)
    assert queries.waiting_for(hr, make.AT) == []


def _plain(pages: list[str]) -> list[str]:
    return [one.partition("<main")[2].partition("</main")[0] for one in pages]


@pytest.mark.parametrize("role", [Role.HR, Role.FOREMAN, Role.WORKS_COUNCIL, Role.MENTOR, Role.EMPLOYEE])
def test_a_private_wish_exists_for_nobody_else_in_the_firm(firm, anna, role):
    wish = make.wish(by=anna)
    assert at_desk(make.person(role, firm)).get(reverse("wishes:wish", args=[wish.pk])).status_code == 404


def test_somebody_without_an_employer_here_writes_no_wish():
    with pytest.raises(Refused):
        flow.write_wish(make.words(), organisation=make.firm(), by=make.employee(), at=make.AT)


# --- released ---------------------------------------------------------------------------
def test_once_released_hr_reads_it_with_her_name_and_gets_a_letter_that_says_neither(anna, hr):
    wish = make.wish(by=anna)
    assert send(anna, "release", wish.pk).status_code == 302
    shown = page(hr, "wish", wish.pk)
    assert "Roboter programmieren" in shown
    assert "Anna Berg" in shown
    letter = Letter.objects.get(to=hr.email)
    assert "Roboter" not in letter.text + letter.subject
    assert "Anna" not in letter.text + letter.subject
    assert [line.url for line in queries.waiting_for(hr, make.AT)] == [reverse("wishes:released")]


@pytest.mark.parametrize("role", [Role.FOREMAN, Role.WORKS_COUNCIL, Role.MENTOR, Role.EMPLOYEE, Role.COORDINATION])
def test_released_to_hr_means_to_nobody_else(firm, role):
    wish = make.wish(WishState.RELEASED, at=firm)
    with pytest.raises(Http404):
        queries.wish_for(make.person(role, firm), wish.pk)


def test_what_the_firm_can_read_is_not_changed_behind_its_back(anna):
    with pytest.raises(Refused, match="zuerst zurück"):
        flow.change_wish(make.wish(WishState.RELEASED, by=anna), make.words(), by=anna, at=make.AT)


def test_only_she_herself_releases_it(firm, anna, hr):
    wish = make.wish(by=anna)
    for other in (hr, make.employee(firm)):
        assert send(other, "release", wish.pk).status_code == 404
        with pytest.raises(Refused):
            flow.release_wish(wish, by=other, at=make.AT)


def test_when_she_leaves_the_firm_it_no_longer_reads_her_wish(anna, hr):
    wish = make.wish(WishState.RELEASED, by=anna)
    Mandate.objects.filter(person=anna).update(until_on=make.AT.date().replace(day=1))
    with pytest.raises(Http404):
        queries.wish_for(hr, wish.pk)
    assert queries.wish_for(anna, wish.pk) == wish


# --- taken into a need --------------------------------------------------------------------
def test_hr_makes_a_need_of_it_that_names_nobody(firm, anna, hr):
    wish = make.wish(WishState.RELEASED, by=anna)
    need = flow.take_wish(wish, needs.draft(topic_text=wish.topic_text, seats=1), by=hr, at=make.AT)
    assert (need.source, need.state, need.organisation) == (Source.EMPLOYEE, NeedState.SUBMITTED, firm)
    stored = " ".join(str(value) for value in Need.objects.filter(pk=need.pk).values().get().values())
    assert "Anna" not in stored
    assert str(anna.pk) not in stored
    assert need.label in page(anna, "wish", wish.pk)
    assert Letter.objects.filter(to=anna.email, subject="Antwort auf Ihren Wunsch").count() == 1


def test_the_form_of_the_need_is_filled_in_with_the_wish(anna, hr):
    wish = make.wish(WishState.RELEASED, by=anna, shift="late")
    shown = page(hr, "take", wish.pk)
    assert 'value="Roboter programmieren"' in shown
    assert f'value="{Occasion.WISH}" selected' in shown
    typed = {
        "topic_text": "Roboter", "seats": "2", "window_from": "2027-01-11", "window_until": "2027-06-30",
        "shift": "late", "occasion": "wish", "level": "1", "format": "either", "place": "31224",
        "travel_minutes_max": "45", "confidentiality": "open", "urgency": "2", "block": "any", "once": str(hr.pk),
    }  # fmt: skip
    assert send(hr, "take", wish.pk, **typed).status_code == 302
    wish.refresh_from_db()
    assert wish.state == WishState.TAKEN
    assert wish.need.seats == 2


def test_two_people_in_hr_answer_once(firm, anna, hr):
    wish, old = make.wish(WishState.RELEASED, by=anna), Wish.objects.get()
    flow.decline_wish(wish, answer="Erst im Herbst.", by=hr, at=make.AT)
    with pytest.raises(AlreadyMoved):
        flow.take_wish(old, needs.draft(), by=hr, at=make.AT)
    assert not Need.objects.exists()


def test_a_refusal_needs_a_sentence_and_she_reads_it(anna, hr):
    wish = make.wish(WishState.RELEASED, by=anna)
    assert send(hr, "decline", wish.pk, answer=" ").status_code == 422
    send(hr, "decline", wish.pk, answer="Der Kurs kommt im Herbst wieder.")
    assert "Der Kurs kommt im Herbst wieder." in page(anna, "wish", wish.pk)
    assert [line.url for line in queries.waiting_for(anna, make.AT)] == [reverse("wishes:wish", args=[wish.pk])]


# --- taken back, gone ------------------------------------------------------------------------
@pytest.mark.parametrize("state", [WishState.RELEASED, WishState.TAKEN, WishState.DECLINED])
def test_taken_back_it_is_hers_alone_again_and_the_letter_goes_too(anna, hr, state):
    wish = make.wish(by=anna)
    flow.release_wish(wish, by=anna, at=make.AT)
    Wish.objects.filter(pk=wish.pk).update(state=state)
    assert send(anna, "take_back", wish.pk).status_code == 302
    assert page(hr, "wish", wish.pk, status=404)
    assert "Anna" not in page(hr, "released")
    assert not Letter.objects.filter(to=hr.email).exists()


def test_a_need_that_came_of_it_stays(anna, hr):
    wish = make.wish(WishState.RELEASED, by=anna)
    need = flow.take_wish(wish, needs.draft(), by=hr, at=make.AT)
    flow.delete_wish(wish, by=anna, at=make.AT)
    assert not Wish.objects.exists()
    assert Need.objects.get() == need


def test_deleted_is_gone_at_once_and_the_journal_keeps_no_word_of_it(anna, hr):
    wish = make.wish(by=anna)
    flow.release_wish(wish, by=anna, at=make.AT)
    assert "Endgültig löschen" in page(anna, "delete", wish.pk)
    assert send(anna, "delete", wish.pk).status_code == 302
    assert not Wish.objects.exists()
    assert not Letter.objects.exists()
    assert "Roboter" not in "".join(str(one.details) for one in JournalEntry.objects.all())


def test_it_can_be_changed_while_it_is_hers_alone(anna):
    wish = make.wish(by=anna)
    assert send(anna, "edit", wish.pk, topic_text="Englisch", shift="day", times="any").status_code == 302
    wish.refresh_from_db()
    assert (wish.topic_text, wish.sort_key) == ("Englisch", "englisch")


def test_after_two_years_untouched_it_ends_by_itself(anna):
    make.wish(by=anna)
    with clock.stopped(make.AT):
        assert flow.forget_wishes(make.AT, 10) == 0
    after = Span(months=-25).before(make.AT)
    assert flow.forget_wishes(Span(months=24).before(after), 10) == 1
    assert not Wish.objects.exists()


def test_nobody_fills_the_house_with_wishes(anna, monkeypatch):
    monkeypatch.setattr("verbundwerk.wishes.rules.MOST_WISHES", 1)
    make.wish(by=anna)
    assert send(anna, "new", topic_text="Englisch", shift="day", times="any", once=str(anna.pk)).status_code == 422


# --- interest in a pool ---------------------------------------------------------------------
def test_anna_says_when_she_could_come_to_a_course_in_preparation(anna, hr):
    pool = pooling.pool(published=True, title="Roboterkurs")
    assert "Roboterkurs" in page(anna, "pools")
    typed = {"shift": "late", "times": "morning", "fixed_end": "on", "once": str(anna.pk)}
    assert send(anna, "interest", pool.pk, **typed).status_code == 302
    wish = Wish.objects.get()
    assert (wish.pool, wish.topic_text, wish.topic) == (pool, "Roboterkurs", pool.topic)
    assert (wish.state, wish.times, wish.fixed_end) == (WishState.PRIVATE, "morning", True)
    assert "Roboterkurs" not in page(hr, "released")
    assert "steht auf Ihrer Liste" in page(anna, "pools")


def test_the_same_course_stands_on_her_list_once(anna):
    pool = pooling.pool(published=True)
    for key in (anna.pk, pool.pk):
        send(anna, "interest", pool.pk, shift="day", times="any", once=str(key))
    assert Wish.objects.count() == 1


def test_a_pool_nobody_may_know_of_yet_takes_no_interest(anna):
    pool = pooling.pool(published=False)
    assert at_desk(anna).get(reverse("wishes:interest", args=[pool.pk])).status_code == 404


def test_released_hr_reads_which_course_and_when_she_could_come(anna, hr):
    pool = pooling.pool(published=True, title="Roboterkurs")
    words = flow.WishWords(times="morning", fixed_end=True)
    wish = flow.write_wish(words, organisation=anna.mandates.get().organisation, by=anna, at=make.AT, pool=pool)
    flow.release_wish(wish, by=anna, at=make.AT)
    shown = page(hr, "wish", wish.pk)
    assert pool.label in shown
    assert "vormittags, muss pünktlich gehen können" in shown


def test_what_the_course_is_called_stays_when_she_changes_her_times(anna):
    pool = pooling.pool(published=True, title="Roboterkurs")
    firm = anna.mandates.get().organisation
    wish = flow.write_wish(flow.WishWords(), organisation=firm, by=anna, at=make.AT, pool=pool)
    assert send(anna, "edit", wish.pk, shift="early", times="evening").status_code == 302
    wish.refresh_from_db()
    assert (wish.topic_text, wish.times) == ("Roboterkurs", "evening")
