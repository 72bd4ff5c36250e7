"""After the course: one question, one press, and nobody is pressed."""

from datetime import timedelta

import pytest
from django.test import Client

from verbundwerk.base import clock
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused
from verbundwerk.journal.queries import history_of
from verbundwerk.needs import flow, queries
from verbundwerk.needs.models import Evaluation
from verbundwerk.needs.terms import Fit
from verbundwerk.network.terms import Role
from verbundwerk.post.models import Letter

from . import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("time_stands_still")]
AT = make.AT
ABOUT = "K-0003 Hochvolt Stufe 2"


@pytest.fixture
def need(firm, hr):
    return make.need(organisation=firm, raised_by=hr, state="covered")


def ask(*needs, at=AT):
    return flow.ask_for_evaluation(needs, about=ABOUT, by=None, at=at)


def at_work(person):
    client = Client()
    client.force_login(person)
    return client


def answer(client, need, fit="partly", note="Lieber an zwei Tagen"):
    return client.post(f"/bedarfe/{need.pk}/rueckmeldung/", {"fit": fit, "note": note})


def texts(person, at=AT):
    return [line.text for line in queries.waiting_for(person, at)]


def test_whoever_raised_the_need_is_asked_once_by_letter_and_on_the_page_of_today(need, hr):
    assert ask(need) == 1
    assert ask(need) == 0

    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (hr.email, f"Hat der Kurs gepasst? {ABOUT}")
    assert f"Hat der Kurs gepasst? {ABOUT}" in texts(hr)
    assert str(queries.next_step(need).who) == "Sie"


def test_an_answer_takes_two_presses_and_ends_the_way(need, hr):
    ask(need)
    client = at_work(hr)
    assert f"/bedarfe/{need.pk}/rueckmeldung/" in client.get(f"/bedarfe/{need.pk}/").content.decode()
    assert "freiwillig" in client.get(f"/bedarfe/{need.pk}/rueckmeldung/").content.decode()
    assert answer(client, need).status_code == 302

    need.refresh_from_db()
    said = Evaluation.objects.get()
    assert need.state == "evaluated"
    assert (said.fit, said.note, said.answered_at, said.answered_by) == ("partly", "Lieber an zwei Tagen", AT, hr)
    assert texts(hr) == []
    assert {step.state for step in queries.trail(need)} == {"done"}


def test_a_foreman_may_answer_too_and_the_sentence_is_optional(need, firm):
    ask(need)
    assert answer(at_work(make.person(Role.FOREMAN, firm)), need, fit="yes", note="").status_code == 302


def test_pressing_twice_is_told(need, hr):
    ask(need)
    client = at_work(hr)
    answer(client, need)
    assert answer(client, need, fit="no").status_code == 409
    assert Evaluation.objects.get().fit == "partly"


def test_of_two_colleagues_the_first_counts(need, hr, firm):
    ask(need)
    old = type(need).objects.get(pk=need.pk)
    flow.evaluate_need(need, fit=Fit.YES, note="", by=hr, at=AT)
    with pytest.raises(AlreadyMoved):
        flow.evaluate_need(old, fit=Fit.NO, note="", by=make.person(Role.HR, firm), at=AT)


def test_without_a_choice_the_sentence_stays(need, hr):
    ask(need)
    response = answer(at_work(hr), need, fit="", note="War gut")
    assert response.status_code == 422
    assert "War gut" in response.content.decode()
    assert "Bitte wählen Sie eine Antwort." in response.content.decode()


def test_nobody_answers_before_the_course_is_closed(need, hr):
    with pytest.raises(Refused, match="abgeschlossen"):
        flow.evaluate_need(need, fit=Fit.YES, note="", by=hr, at=AT)
    assert at_work(hr).get(f"/bedarfe/{need.pk}/rueckmeldung/").status_code == 403


def test_only_the_office_reads_what_was_said(need, hr, firm):
    ask(need)
    answer(at_work(hr), need, note="Dozent sprach zu leise")
    colleague, council = make.person(Role.HR, firm), make.person(Role.WORKS_COUNCIL, firm)
    for person in (hr, colleague, council):
        client = at_work(person)
        assert "zu leise" not in client.get(f"/bedarfe/{need.pk}/").content.decode()
        assert "zu leise" not in b"".join(client.get("/bedarfe/liste.csv").streaming_content).decode()
    office = at_work(make.coordinator())
    assert "Teilweise: Dozent sprach zu leise" in office.get(f"/bedarfe/{need.pk}/").content.decode()
    assert "zu leise" in b"".join(office.get("/bedarfe/liste.csv").streaming_content).decode()
    assert need.label in office.get("/bedarfe/?fit=partly").content.decode()
    assert need.label not in office.get("/bedarfe/?fit=no").content.decode()
    assert not [entry for entry in history_of(need) if "leise" in str(entry.details)]


def test_a_stranger_and_a_made_up_link_find_nothing(need):
    ask(need)
    assert answer(at_work(make.person(Role.HR)), need).status_code == 404
    assert Client().get("/bedarfe/rueckmeldung/gibt:es:nicht/").status_code == 404


def test_the_link_of_the_letter_needs_no_account_and_opens_nothing_else(need, hr, client):
    ask(need)
    address = f"/bedarfe/rueckmeldung/{queries.evaluation_token(need, hr)}/"
    assert ABOUT in client.get(address).content.decode()
    assert client.post(address, {}).status_code == 422
    assert "Danke" in client.post(address, {"fit": "yes"}).content.decode()
    assert "Danke" in client.get(address).content.decode()
    need.refresh_from_db()
    assert need.state == "evaluated"
    assert client.get(f"/bedarfe/frage/{queries.evaluation_token(need, hr)}/").status_code == 404


def test_the_link_of_the_letter_grows_old(need, hr, client):
    ask(need)
    address = f"/bedarfe/rueckmeldung/{queries.evaluation_token(need, hr)}/"
    with clock.stopped(AT + timedelta(days=91)):
        assert client.get(address).status_code == 404


# --- reminded at most once ------------------------------------------------------------
def test_after_two_weeks_whoever_has_not_answered_is_reminded_once(need):
    ask(need)
    assert flow.remind_of_evaluations(AT + timedelta(days=13)) == 0
    assert flow.remind_of_evaluations(AT + timedelta(days=15)) == 1
    assert flow.remind_of_evaluations(AT + timedelta(days=30)) == 0
    assert Letter.objects.count() == 2


def test_whoever_has_answered_is_not_reminded(need, hr):
    ask(need)
    answer(at_work(hr), need)
    assert flow.remind_of_evaluations(AT + timedelta(days=15)) == 0


def test_nothing_is_forced(need, hr):
    ask(need)
    later = AT + timedelta(days=70)
    with clock.stopped(later):
        assert texts(hr, later) == []
        assert answer(at_work(hr), need).status_code == 302


def test_when_the_person_has_left_personnel_is_asked(firm, hr):
    gone = make.person(Role.HR, firm)
    need = make.need(organisation=firm, raised_by=gone, state="covered")
    gone.mandates.all().delete()
    ask(need)
    assert Letter.objects.get().to == hr.email
