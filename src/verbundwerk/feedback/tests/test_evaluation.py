"""After the course: five statements and a sentence, once per person, counted and never kept."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.courses.states import SeatState
from verbundwerk.courses.tests import make as courses
from verbundwerk.feedback import flow, queries
from verbundwerk.feedback.models import Round, Ticket
from verbundwerk.feedback.rules import Said
from verbundwerk.feedback.terms import Kind
from verbundwerk.journal.models import JournalEntry
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.post.models import Letter

from . import make

pytestmark = pytest.mark.django_db
TYPED = {"clear": "5", "practice": "4", "fitting": "4", "useful": "5", "again": "5", "text": "Mehr Zeit zum Üben!"}


@pytest.fixture(autouse=True)
def _today():
    with make.stopped(make.AFTERWARDS):
        yield


def page(person, course) -> str:
    client = Client()
    client.force_login(person)
    answer = client.get(reverse("feedback:course", args=[course.pk]))
    assert answer.status_code == 200
    return re.sub(r"[0-9a-f-]{36}", "", answer.content.decode().partition("<main")[2])


# -- who is asked -------------------------------------------------------------------------
def test_whoever_came_is_asked_once_when_the_course_is_over():
    course = make.finished(3)
    stayed_away = course.bookings.get().places.order_by("position").last()
    courses.seat(courses.booking(course, seats=1), state=SeatState.MISSED, email="nicht.da@firma.example")
    found = make.asked(course, Kind.EVALUATION, make.AFTERWARDS)
    assert found.tickets.count() == 3
    assert stayed_away.email in set(Letter.objects.values_list("to", flat=True))
    assert not Letter.objects.filter(to="nicht.da@firma.example").exists()
    assert flow.open_due_rounds(make.AFTERWARDS + timedelta(days=1)) == 0
    letter = Letter.objects.filter(key__startswith="feedback:evaluation").first()
    assert "sechs kurze Fragen" in letter.text
    assert "brauchen Sie nichts zu tun" in letter.text


def test_a_house_that_is_new_here_does_not_ask_about_courses_of_long_ago():
    make.finished(3)
    assert flow.open_due_rounds(make.AFTERWARDS + timedelta(days=40)) == 0


# -- once ---------------------------------------------------------------------------------
def test_two_presses_are_one_answer_and_a_link_that_was_used_opens_nothing():
    found = make.evaluated(people=3)
    address = reverse("feedback:answer_by_link", args=[make.give_token(make.tickets(found)[0])])
    client = Client(enforce_csrf_checks=True)
    assert "Es wurde verständlich erklärt." in client.get(address).content.decode()
    assert client.post(address, TYPED).url == reverse("feedback:thanks")
    again = client.post(address, {**TYPED, "clear": "1"})
    assert again.status_code == 410
    assert "schon geantwortet" in again.content.decode()
    assert "Üben" not in client.get(address).content.decode()
    found.refresh_from_db()
    assert (found.answers, found.counts["clear"]) == (1, {"5": 1})


def test_a_ticket_is_spent_by_whoever_comes_first_even_when_both_had_read_it_as_open():
    found = make.evaluated(people=2)
    ticket = make.tickets(found)[0]
    same = Ticket.objects.get(pk=ticket.pk)
    flow.answer_round(ticket, make.says(5), at=make.AFTERWARDS)
    with pytest.raises(AlreadyMoved):
        flow.answer_round(same, make.says(1), at=make.AFTERWARDS)
    found.refresh_from_db()
    assert found.answers == 1


def test_an_invented_link_opens_nothing_and_looks_like_one_that_is_over():
    answer = Client().get(reverse("feedback:answer_by_link", args=["erfunden"]))
    assert answer.status_code == 404
    assert "Diesen Link gibt es nicht mehr" in answer.content.decode()
    assert Client().post(reverse("feedback:answer_by_link", args=["erfunden"]), TYPED).status_code == 404


def test_whoever_sends_nothing_is_told_that_nothing_has_to_be_said():
    found = make.evaluated(people=2)
    address = reverse("feedback:answer_by_link", args=[make.give_token(make.tickets(found)[0])])
    answer = Client().post(address, {})
    assert answer.status_code == 422
    assert "Antworten ist freiwillig" in answer.content.decode()
    assert Client().post(address, {"text": "Danke!"}).status_code == 302


@pytest.mark.parametrize("typed", [{"clear": "9"}, {"clear": "x"}, {"text": "a\u202eb"}, {"text": "x" * 1001}])
def test_what_nobody_can_mean_is_refused_and_the_ticket_is_kept(typed):
    found = make.evaluated(people=2)
    ticket = make.tickets(found)[0]
    address = reverse("feedback:answer_by_link", args=[make.give_token(ticket)])
    assert Client().post(address, typed).status_code == 422
    ticket.refresh_from_db()
    assert ticket.state == "open"


def test_with_an_account_one_answers_without_the_letter_and_it_is_the_same_ticket():
    found = make.evaluated(people=2)
    ticket = make.tickets(found)[0]
    person, token = make.with_account(ticket), make.give_token(ticket)
    client = Client()
    client.force_login(person)
    assert client.post(reverse("feedback:answer", args=[ticket.pk]), TYPED).status_code == 302
    assert Client().post(reverse("feedback:answer_by_link", args=[token]), TYPED).status_code == 410
    assert queries.waiting_for(person, make.AFTERWARDS) == []


# -- nothing leads from an answer to a person ------------------------------------------------
def test_no_table_holds_an_answer_beside_a_person_or_a_time():
    kept = {one.name for one in apps.get_model("feedback.Ticket")._meta.get_fields()}
    assert kept == {"id", "round", "seat", "address", "token_hash", "state", "check_given"}
    assert {one.__name__ for one in apps.get_app_config("feedback").get_models()} == {"Round", "Ticket", "SelfCheck"}


def test_the_journal_knows_the_day_of_an_answer_and_nothing_else():
    make.evaluated(make.says(4, "Gut"))
    entry = JournalEntry.objects.get(verb="feedback.answered")
    assert (entry.actor, entry.details) == (None, {})
    assert timezone.localtime(entry.at).time().isoformat() == "00:00:00"


def test_in_whatever_order_people_answer_the_same_row_is_stored():
    said = [make.says(5, "Zu warm"), make.says(1, "Alles gut"), make.says(3, "Mehr üben"), Said({}, "äußerst gut")]
    rounds = [make.evaluated(*said), make.evaluated(*reversed(said))]
    for one in rounds:
        one.refresh_from_db()
    assert rounds[0].texts == rounds[1].texts
    assert repr(rounds[0].counts) == repr(rounds[1].counts)


def test_when_the_round_is_over_nobody_can_see_any_more_who_took_part():
    found = make.over(make.evaluated(*[make.says()] * 5, people=7))
    assert not found.tickets.exists()
    gone = reverse("feedback:answer_by_link", args=["egal"])
    assert Client().get(gone).status_code == 404


# -- from five on, and only when it is over ------------------------------------------------------
def test_a_lecturer_who_counts_before_and_after_each_answer_learns_nothing():
    found = make.evaluated(people=9)
    readers = [found.course.lecturer, courses.office(found.course), network.coordinator()]
    before = [page(one, found.course) for one in readers]
    for step, ticket in enumerate(make.tickets(found)[:7]):
        flow.answer_round(ticket, make.says(1 + step % 5, f"Wort {step}"), at=make.AFTERWARDS)
        flow.close_due_rounds(make.AFTERWARDS)
        assert [page(one, found.course) for one in readers] == before


@pytest.mark.parametrize("count", [0, 1, 4])
def test_with_fewer_than_five_the_page_is_the_same_whatever_was_said(count):
    few, none = make.evaluated(*[make.says(1, "Furchtbar")] * count, people=6), make.evaluated(people=6)
    make.over(few)
    assert page(few.course.lecturer, few.course) == page(none.course.lecturer, none.course)
    assert queries.result_of(few.course) is None
    assert not any("liegen vor" in one.text for one in queries.waiting_for(few.course.lecturer, make.OVER))


def test_from_five_on_provider_lecturer_and_office_read_the_same():
    texts = ["Viel gelernt", "", "Bitte mehr Pausen", "", ""]
    found = make.over(make.evaluated(*[make.says(4, one) for one in texts]))
    readers = [found.course.lecturer, courses.office(found.course)]
    shown = {page(one, found.course) for one in readers}
    assert len(shown) == 1
    told = shown.pop()
    assert "4,0" in told
    assert told.index("Bitte mehr Pausen") < told.index("Viel gelernt")
    office = page(network.coordinator(), found.course)
    assert all(one in office for one in ("4,0", "Bitte mehr Pausen", "Viel gelernt"))
    assert any("liegen vor" in one.text for one in queries.waiting_for(found.course.lecturer, make.OVER))


def test_a_statement_fewer_than_five_judged_has_no_mean_though_six_answered():
    said = [*[make.says(4)] * 4, Said({"clear": ["2"]}), Said({"clear": ["2"]})]
    result = queries.result_of(make.over(make.evaluated(*said)).course)
    assert result is not None
    assert dict(result.means)["Ich konnte genug selbst üben."] is None
    assert dict(result.means)["Es wurde verständlich erklärt."] == pytest.approx(20 / 6)


def test_after_its_last_day_nothing_is_counted():
    found = make.evaluated(people=5)
    token = make.give_token(make.tickets(found)[0])
    with pytest.raises(AlreadyMoved):
        flow.answer_round(make.tickets(found)[0], make.says(), at=make.OVER)
    with make.stopped(make.OVER):
        answer = Client().get(reverse("feedback:answer_by_link", args=[token]))
    assert answer.status_code == 410
    assert flow.close_due_rounds(make.OVER) == 1
    assert flow.close_due_rounds(make.OVER) == 0


def test_the_firm_of_the_participants_reads_nothing():
    found = make.over(make.evaluated(*[make.says()] * 5))
    firm = found.course.bookings.get().organisation
    for role in (Role.HR, Role.FOREMAN, Role.WORKS_COUNCIL, Role.EMPLOYEE):
        client = Client()
        client.force_login(network.person(role, firm))
        assert client.get(reverse("feedback:course", args=[found.course_id])).status_code == 404


def test_another_lecturer_of_the_same_provider_reads_nothing():
    found = make.over(make.evaluated(*[make.says()] * 5))
    client = Client()
    client.force_login(network.person(Role.LECTURER, found.course.provider))
    assert client.get(reverse("feedback:course", args=[found.course_id])).status_code == 404


def test_two_years_after_its_end_the_texts_are_gone_and_the_numbers_stay():
    found = make.over(make.evaluated(*[make.says(4, "Gut")] * 5))
    assert flow.forget_texts(make.OVER, 10) == 0
    assert flow.forget_texts(make.OVER + timedelta(days=1), 10) == 1
    found.refresh_from_db()
    assert (found.texts, found.answers) == ([], 5)


# -- three months later -----------------------------------------------------------------------
def later(days: int = 0) -> Any:
    return make.AFTERWARDS + timedelta(days=90 + days)


def followed_up(*said: Said, people: int = 3, at: Any = None) -> Round:
    at = at or later()
    found = make.asked(make.finished(people), Kind.TRANSFER, at)
    for ticket, one in zip(make.tickets(found), said, strict=False):
        flow.answer_round(ticket, one, at=at)
    return found


APPLIED = Said({"applied": ["4"], "hindered": ["time"], "would_help": ["time", "contact"]})


def test_three_months_later_everybody_who_came_is_asked_once():
    make.finished(2)
    assert flow.open_due_rounds(later(-3)) == 0
    assert flow.open_due_rounds(later()) == 1
    assert flow.open_due_rounds(later(1)) == 0
    letters = Letter.objects.filter(key__startswith="feedback:transfer")
    assert len(letters) == 2
    assert "nur dieses eine Mal" in letters[0].text


def test_the_three_questions_can_be_answered_on_a_phone_without_scripts():
    found = followed_up()
    address = reverse("feedback:answer_by_link", args=[make.give_token(make.tickets(found)[0])])
    with make.stopped(later()):
        shown = Client().get(address).content.decode()
        assert shown.count("<fieldset") == 3
        typed = {"applied": "4", "hindered": ["time", "tasks"], "would_help": ["contact"]}
        assert Client().post(address, typed).status_code == 302
    found.refresh_from_db()
    assert found.counts == {"applied": {"4": 1}, "hindered": {"tasks": 1, "time": 1}, "would_help": {"contact": 1}}


def test_provider_and_lecturer_read_nothing_of_it_and_the_office_only_the_trend_over_courses():
    found = make.over(followed_up(*[APPLIED] * 6, people=6), later(30))
    with make.stopped(later(200)):
        shown = page(found.course.lecturer, found.course)
        assert "Es fehlte die Zeit" not in shown
        assert "anwenden" not in page(network.coordinator(), found.course)
    assert queries.follow_up(later(200).date()) == []

    for _ in range(2):
        make.over(followed_up(*[APPLIED] * 3), later(30))
    assert queries.follow_up(later(30).date()) == [], "the quarter is not over"
    (told,) = queries.follow_up(later(200).date())
    assert (told.courses, dict(told.means)) == (3, {"Wie viel von dem Gelernten konnten Sie anwenden?": 4.0})
    assert dict(told.hindered)["Es fehlte die Zeit"] == 12
    assert dict(told.hindered)["Es fehlten passende Aufgaben"] is None
    client = Client()
    client.force_login(network.coordinator())
    with make.stopped(later(200)):
        assert "Es fehlte die Zeit" in client.get(reverse("feedback:trend")).content.decode()
