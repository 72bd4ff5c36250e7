"""Needs without an account: who writes, what the page keeps, and how machines are kept out."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from verbundwerk.base import clock
from verbundwerk.needs import queries, rules_quick
from verbundwerk.needs.forms import QuickForm
from verbundwerk.needs.models import Need, QuickLink, QuickNeed
from verbundwerk.needs.states import NeedState, QuickState
from verbundwerk.post.models import Letter
from verbundwerk.topics.tests import make as topics

from . import make
from .quick import READ_IN_HALF_A_MINUTE, letters, path_in, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("time_stands_still")]
AT = make.AT


@pytest.fixture(autouse=True)
def _nobody_has_sent_anything():
    cache.clear()


@pytest.fixture
def link(firm):
    return make.link(organisation=firm)


@pytest.fixture
def poster():
    return make.link()


# --- write --------------------------------------------------------------------------
def test_somebody_in_the_workshop_reports_a_need_without_an_account(link):
    answer = send(link)
    assert answer.status_code == 302
    assert answer["Location"] == f"/bedarfe/melden/{link.code}/gesendet/"
    quick = QuickNeed.objects.get()
    assert (quick.organisation, quick.seats_min, quick.seats) == (link.organisation, 2, 3)
    assert (quick.window_until, quick.shift, quick.state) == (date(2027, 3, 31), "early", QuickState.UNCONFIRMED)
    assert letters().count() == 1
    assert Need.objects.count() == 0


def test_the_page_has_six_fields_at_most_and_reads_without_javascript(link, poster):
    for one in (link, poster):
        form = QuickForm(link=one)
        asked = [f for f in form if not f.is_hidden and f.name != "website"]
        assert len(asked) == 6
        page = Client().get(f"/bedarfe/melden/{one.code}/").content.decode()
        assert "<noscript><datalist" in page


def test_the_page_sets_no_cookie_and_needs_none(link):
    answer = Client(enforce_csrf_checks=True).get(f"/bedarfe/melden/{link.code}/")
    assert "sessionid" not in answer.cookies
    assert send(link, Client(enforce_csrf_checks=True)).status_code == 302


def test_a_poster_asks_for_the_firm_and_a_code_may_be_typed_in_groups(poster):
    groups = "-".join(poster.code[n : n + 4].upper() for n in (0, 4, 8))
    assert Client().get(f"/bedarfe/melden/{groups}/").status_code == 200
    answer = send(poster, firm_name="")
    assert answer.status_code == 422
    assert "Bitte nennen Sie den Betrieb" in answer.content.decode()


def test_nothing_typed_is_lost_on_an_error_and_the_error_says_the_way_out(link):
    answer = send(link, seats="ganz viele", window_until="irgendwann", email="kein-brief")
    page = answer.content.decode()
    assert answer.status_code == 422
    for kept in ("ganz viele", "irgendwann", "kein-brief", "Wir brauchen die HV-Schulung"):
        assert kept in page
    assert QuickNeed.objects.count() == Letter.objects.count() == 0


def test_a_time_that_is_over_or_has_no_end_is_asked_for_again(link):
    for said, told in (("01.10.2026", "ist schon vorbei"), ("ab sofort", "sagt nicht, bis wann")):
        answer = send(link, window_until=said)
        assert answer.status_code == 422
        assert told in answer.content.decode()


def test_a_topic_is_known_by_its_words_and_suggested_when_like_them(link):
    topic = topics.topic("Hochvolt Stufe 2", also=("HV-Schulung",))
    wrong = send(link, topic_text="HV Schulung Werkstatt", seats="")
    assert str(topic.pk) in wrong.content.decode()
    send(link, topic_text="HV-Schulung")
    assert QuickNeed.objects.get().topic == topic


@pytest.mark.parametrize("email", ["a@example.org\nBcc: b@example.org", "a@example.org\r\nSubject: x", "a@b\x00.org"])
def test_an_address_cannot_carry_a_second_header(link, email):
    assert send(link, email=email).status_code == 422
    assert Letter.objects.count() == 0


@given(text=st.text(min_size=1, max_size=300))
@example(text="\u202eegnulhcS")
@example(text="💡 Schulung 👩‍🔧")
@example(text='=HYPERLINK("https://example.org")')
@example(text="<script>alert(1)</script>")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_somebody_types_is_kept_or_refused_by_name(link, text):
    QuickNeed.objects.all().delete()
    cache.clear()
    answer = send(link, topic_text=text)
    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        assert QuickNeed.objects.get().topic_text == text.strip()
    assert b"<script>alert" not in answer.content


def test_very_much_text_is_refused_and_comes_back_whole(link):
    much = "viel " * 20_000
    answer = send(link, topic_text=much)
    assert answer.status_code == 422
    assert much.strip() in answer.content.decode()


def test_a_formula_reaches_the_list_as_words(link, firm, hr):
    from io import BytesIO

    from openpyxl import load_workbook

    make.need(organisation=firm, raised_by=hr, topic_text="=1+1", state=NeedState.SUBMITTED)
    desk = Client()
    desk.force_login(hr)
    content = b"".join(desk.get("/bedarfe/liste.xlsx").streaming_content)
    cells = [cell for row in load_workbook(BytesIO(content)).active.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


# --- machines -----------------------------------------------------------------------
SECONDS = st.integers(-100, 60 * 60 * 24)


@given(SECONDS, st.booleans())
def test_people_take_longer_than_four_seconds_and_shorter_than_twelve_hours(seconds, again):
    shown = AT - timedelta(seconds=seconds)
    human = (0 if again else 4) <= seconds <= 12 * 3600
    assert bool(rules_quick.unhurried(shown, AT, again=again)) is human


def test_who_is_too_fast_is_asked_once_more_and_loses_nothing(link):
    answer = send(link, after=timedelta(seconds=1))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bitte drücken Sie noch einmal" in page
    assert "Wir brauchen die HV-Schulung" in page
    again = re.search(r'name="page" value="([^"]+)"', page)[1]
    assert send(link, page=again).status_code == 302


@pytest.mark.parametrize("page", ["", "erfunden", "WyJ4Il0:abc", "x" * 399])
def test_a_page_nobody_was_shown_is_asked_once_more(link, page):
    answer = send(link, page=page)
    assert answer.status_code == 422
    assert QuickNeed.objects.count() == 0


def test_the_page_of_another_link_counts_for_nothing(link, poster):
    assert send(link, page=queries.page_key(poster, AT - READ_IN_HALF_A_MINUTE)).status_code == 422


def test_what_fills_in_the_field_nobody_sees_is_asked_once_more(link):
    answer = send(link, website="https://example.org")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-hidden="true"' in page
    assert "https://example.org" not in page


def test_one_page_makes_one_draft_however_often_it_is_sent(link):
    page = queries.page_key(link, AT - READ_IN_HALF_A_MINUTE)
    for _press in range(5):
        assert send(link, page=page).status_code == 302
    assert QuickNeed.objects.count() == letters().count() == 1


def test_going_back_puts_the_address_right_and_closes_the_former_link(link):
    page = queries.page_key(link, AT - READ_IN_HALF_A_MINUTE)
    send(link, page=page, email="tippfehler@example.org")
    former = path_in(letters("tippfehler@example.org").get())
    send(link, page=page, email="richtig@example.org")
    assert QuickNeed.objects.get().email == "richtig@example.org"
    assert not letters("tippfehler@example.org").exists()
    assert Client().get(former).status_code == 404
    assert Client().get(path_in(letters("richtig@example.org").get())).status_code == 200


def test_one_address_gets_five_letters_a_day_and_the_page_says_the_same(link):
    answers = {(one.status_code, one["Location"]) for one in (send(link) for _time in range(7))}
    assert len(answers) == 1
    assert letters().count() == QuickNeed.objects.count() == rules_quick.PER_MAILBOX
    assert QuickLink.objects.get().sent_count == rules_quick.PER_MAILBOX
    with clock.stopped(AT + timedelta(days=1, seconds=1)):
        send(link)
    assert letters().count() == rules_quick.PER_MAILBOX + 1


def test_too_many_from_one_caller_wait_a_little_and_keep_what_they_typed(link):
    for number in range(rules_quick.PER_CALLER.times):
        assert send(link, email=f"p{number}@example.org").status_code == 302
    answer = send(link, email="noch@example.org")
    assert answer.status_code == 429
    assert "noch@example.org" in answer.content.decode()
    with clock.stopped(AT + timedelta(seconds=rules_quick.PER_CALLER.seconds + 1)):
        assert send(link, email="noch@example.org").status_code == 302


def test_nobody_learns_from_the_page_which_address_is_known(link, hr):
    known, unknown = (send(link, email=email) for email in (hr.email, "fremd@example.org"))
    assert (known.status_code, known["Location"], known.content) == (
        unknown.status_code,
        unknown["Location"],
        unknown.content,
    )
    both = [letters(email).get() for email in (hr.email, "fremd@example.org")]
    assert len({re.sub(r"/meldung/\S+/", "", one.text) for one in both}) == 1


def test_the_letter_to_an_address_nobody_has_confirmed_holds_not_a_word_of_what_was_typed(poster):
    send(poster, topic_text="Jetzt gewinnen auf evil.example", firm_name="Gewinn Böse GmbH")
    letter = letters().get()
    for word in ("evil", "gewinn", "Gewinn"):
        assert word not in letter.subject + letter.text + letter.html


def test_no_address_of_a_person_stands_in_an_address_of_a_page(link):
    answer = send(link)
    for address in (answer["Location"], path_in(letters().get())):
        assert "jemand" not in address.lower()
