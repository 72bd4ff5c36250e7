"""What somebody can do already belongs to them. Others read the group, once, from five on, or nothing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.courses.models import Course, Seat
from verbundwerk.courses.states import CourseState
from verbundwerk.courses.tests import make as courses
from verbundwerk.feedback import flow, queries
from verbundwerk.feedback.models import Round, SelfCheck, Ticket
from verbundwerk.feedback.terms import Kind
from verbundwerk.journal.models import JournalEntry
from verbundwerk.network.tests import make as network
from verbundwerk.post.models import Letter

from . import make

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/rueckmeldung/l/([\w-]+)/")


@pytest.fixture(autouse=True)
def _today():
    with make.stopped(make.BEFORE):
        yield


def page(person, course: Course) -> str:
    client = Client()
    client.force_login(person)
    answer = client.get(reverse("feedback:course", args=[course.pk]))
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2]


def office():
    return network.coordinator()


# -- who is asked -----------------------------------------------------------------------
def test_four_weeks_before_the_course_everybody_named_gets_a_link_of_their_own():
    course = make.coming(people=3)
    assert flow.open_due_rounds(make.BEFORE - timedelta(days=9)) == 0
    assert flow.open_due_rounds(make.BEFORE) == 1
    letters = Letter.objects.filter(key__startswith="feedback:check")
    assert {one.to for one in letters} == set(Seat.objects.values_list("email", flat=True))
    links = {LINK.search(one.text)[1] for one in letters}
    assert len(links) == 3
    assert all(one.secret for one in letters), "the office's list of letters shows no link"
    assert Round.objects.get(course=course).items == make.ITEMS


def test_asking_again_asks_nobody_again():
    make.coming(people=3)
    flow.open_due_rounds(make.BEFORE)
    assert flow.open_due_rounds(make.BEFORE) == 0
    assert flow.renew_checks(make.BEFORE) == 0
    assert Letter.objects.filter(key__startswith="feedback").count() == 3


def test_whoever_is_named_later_is_asked_too_and_whoever_was_replaced_takes_their_check_along():
    found = make.checked([0, 0, 0], [1, 1, 1])
    leaving = SelfCheck.objects.order_by("ticket__address").first().ticket
    Seat.objects.filter(pk=leaving.seat_id).update(name="Neu Hier", email="neu.hier@firma.example")
    assert flow.renew_checks(make.BEFORE) == 2  # one left, one came
    assert not SelfCheck.objects.filter(ticket=leaving.pk).exists()
    assert set(found.tickets.values_list("address", flat=True)) >= {"neu.hier@firma.example"}
    assert SelfCheck.objects.count() == 1
    newcomer = network.person("employee", leaving.seat.booking.organisation, email="neu.hier@firma.example")
    assert not queries.own_checks(newcomer).exists(), "who sits down finds nothing of who sat there"


def test_a_course_that_says_nothing_about_itself_asks_nobody():
    make.coming(goals="", contents="")
    assert flow.open_due_rounds(make.BEFORE) == 0


# -- answering --------------------------------------------------------------------------
def test_somebody_without_an_account_answers_by_the_link_alone_and_sees_their_own_result():
    found = make.asked(make.coming(people=2), Kind.CHECK, make.BEFORE)
    ticket = make.tickets(found)[0]
    address = reverse("feedback:answer_by_link", args=[make.give_token(ticket)])
    client = Client(enforce_csrf_checks=True)
    assert "Gefährdungen erkennen" in client.get(address).content.decode()
    typed = {"item_0": "0", "item_1": "1", "item_2": "2"}
    assert client.post(address, typed).status_code == 302
    shown = client.get(address).content.decode()
    assert "Ihr Selbst-Check ist gespeichert" in shown
    assert "Freischalten: Anwenden" in shown
    client.post(address, {**typed, "item_0": "3"})
    assert SelfCheck.objects.get().levels == [3, 1, 2]


def test_half_a_check_comes_back_with_what_was_ticked():
    found = make.asked(make.coming(people=2), Kind.CHECK, make.BEFORE)
    address = reverse("feedback:answer_by_link", args=[make.give_token(make.tickets(found)[0])])
    answer = Client().post(address, {"item_0": "2"})
    assert answer.status_code == 422
    assert re.search(r'name="item_0" value="2"[^>]*checked', answer.content.decode())
    assert Client().post(address, {"item_0": "7", "item_1": "1", "item_2": "1"}).status_code == 422


def test_with_an_account_one_finds_it_on_the_page_of_today_and_deletes_it_whenever_one_likes():
    found = make.checked([1, 1, 1], people=5)
    mine = SelfCheck.objects.get().ticket
    person, other = make.with_account(mine), make.with_account(make.tickets(found)[-1])
    assert queries.waiting_for(person, make.BEFORE) == [], "it is given"
    assert [one.url for one in queries.waiting_for(other, make.BEFORE)] == [
        reverse("feedback:answer", args=[make.tickets(found)[-1].pk])
    ]
    client = Client()
    client.force_login(person)
    assert reverse("feedback:answer", args=[mine.pk]) in client.get(reverse("feedback:own")).content.decode()
    assert client.get(reverse("feedback:answer", args=[make.tickets(found)[-1].pk])).status_code == 404
    assert client.post(reverse("feedback:drop", args=[mine.pk])).status_code == 302
    assert not SelfCheck.objects.exists()


def test_the_journal_does_not_know_who_checked_themselves():
    make.checked([1, 1, 1])
    entry = JournalEntry.objects.get(verb="feedback.check_kept")
    assert (entry.actor, entry.details, entry.at.minute) == (None, {}, 0)


# -- what others see ----------------------------------------------------------------------
def test_a_lecturer_who_looks_before_and_after_each_answer_sees_no_difference():
    found = make.asked(make.coming(people=8), Kind.CHECK, make.BEFORE)
    lecturer = found.course.lecturer
    before = page(lecturer, found.course)
    for ticket, level in zip(make.tickets(found), [0, 0, 1, 1, 2, 3, 3], strict=False):
        flow.keep_check(ticket, [level] * 3, at=make.BEFORE)
        flow.close_due_rounds(make.BEFORE)
        assert page(lecturer, found.course) == before


def test_a_week_before_the_course_the_lecturer_sees_the_group_and_nothing_changes_it_any_more():
    found = make.checked(*([level] * 3 for level in (0, 1, 1, 1, 2, 3)))
    make.over(found, make.PICTURED)
    shown = page(found.course.lecturer, found.course)
    assert "Freischalten: Anwenden bis Beherrschen" in shown
    assert "Einstieg bis" not in shown, "the lowest and the highest are left out"
    flow.drop_check(SelfCheck.objects.first().ticket, at=make.PICTURED)
    assert page(found.course.lecturer, found.course) == shown
    with pytest.raises(AlreadyMoved):
        flow.keep_check(make.tickets(found)[0], [3, 3, 3], at=make.PICTURED)


def test_with_four_the_round_waits_for_a_fifth_until_the_course_begins():
    found = make.checked(*([1] * 3 for _ in range(4)), people=6)
    assert flow.close_due_rounds(make.PICTURED) == 0
    flow.keep_check(make.tickets(found)[-1], [2, 2, 2], at=make.PICTURED)
    assert flow.close_due_rounds(make.PICTURED) == 1


def test_with_four_on_the_first_day_nobody_sees_anything_not_even_that_they_were_four():
    few = make.checked(*([1] * 3 for _ in range(4)), people=6)
    none = make.checked(people=6)
    first_day = make.BEFORE + timedelta(days=21)
    make.over(few, first_day)
    shown = [page(one.course.lecturer, one.course) for one in (few, none)]
    few.refresh_from_db()
    assert few.profile is None
    assert "weniger als fünf" in shown[0]
    assert len({re.sub(r"[0-9a-f-]{36}", "", one) for one in shown}) == 1


def test_the_office_hears_only_that_the_group_is_too_mixed_for_one_course():
    mixed = make.over(make.checked(*([level] * 3 for level in (0, 0, 0, 3, 3, 3))), make.PICTURED)
    alike = make.over(make.checked(*([level] * 3 for level in (1, 1, 1, 2, 2, 2))), make.PICTURED)
    by = office()
    told = [one.text for one in queries.waiting_for(by, make.PICTURED)]
    assert len(told) == 1
    assert "sehr gemischt" in told[0]
    shown = page(by, mixed.course)
    assert "Teilung oder Vorkurs vorschlagen?" in shown
    assert "Freischalten" not in shown, "no band"
    assert "sehr gemischt. Teilung" not in page(by, alike.course)


def test_the_firm_reads_nothing_of_it_neither_its_hr_nor_its_works_council():
    found = make.over(make.checked(*([level] * 3 for level in (0, 0, 0, 3, 3, 3))), make.PICTURED)
    firm = found.course.bookings.get().organisation
    for role in ("hr", "foreman", "works_council", "host"):
        client = Client()
        client.force_login(network.person(role, firm))
        assert client.get(reverse("feedback:course", args=[found.course_id])).status_code == 404
        seen = client.get(reverse("courses:detail", args=[found.course_id])).content.decode()
        assert "rueckmeldung/kurse" not in seen


def test_the_providers_office_sees_the_picture_only_while_no_lecturer_is_named():
    found = make.over(make.checked(*([1] * 3 for _ in range(5))), make.PICTURED)
    by = courses.office(found.course)
    assert "Freischalten: Anwenden" not in page(by, found.course)
    Course.objects.filter(pk=found.course_id).update(lecturer=None)
    assert "Freischalten: Anwenden" in page(by, found.course)


def test_a_course_that_is_called_off_asks_nobody_any_longer():
    found = make.checked([1, 1, 1], people=6)
    Course.objects.filter(pk=found.course_id).update(state=CourseState.CANCELLED_BY_POOL)
    assert make.over(found, make.BEFORE).profile is None


# -- the end ----------------------------------------------------------------------------
def test_a_year_after_the_course_self_checks_are_gone_and_the_picture_of_the_group_stays():
    found = make.over(make.checked(*([1] * 3 for _ in range(5))), make.PICTURED)
    assert flow.forget_self_checks(make.BEFORE, 10) == 0
    assert flow.forget_self_checks(make.OVER, 10) == 5
    assert not Ticket.objects.exists()
    found.refresh_from_db()
    assert found.profile is not None


def test_somebody_who_deletes_what_they_gave_freely_deletes_their_checks_and_nobody_elses():
    make.checked([1, 1, 1], [2, 2, 2])
    person = make.with_account(SelfCheck.objects.first().ticket)
    assert flow.delete_own_checks(by=person, at=make.BEFORE) == 1
    assert SelfCheck.objects.count() == 1
