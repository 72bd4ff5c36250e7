"""Needs without an account: who confirms, who decides, what is left of it, and who hands out the links."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verbundwerk.base import clock
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused
from verbundwerk.journal.models import JournalEntry
from verbundwerk.needs import flow, papers, queries, rules_quick
from verbundwerk.needs.models import Need, QuickLink, QuickNeed
from verbundwerk.needs.states import NeedState, QuickState
from verbundwerk.needs.terms import LinkKind
from verbundwerk.network.models import Invitation
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.post.models import Letter

from . import make
from .quick import letters, path_in, send, words

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


# --- confirm ------------------------------------------------------------------------
def confirm(path):
    return Client().post(path, {"confirm": "1"})


def test_opening_the_link_changes_nothing_a_press_does(link):
    send(link)
    path = path_in(letters().get())
    for _mail_scanner in range(3):
        assert Client().get(path).status_code == 200
        assert Client().head(path).status_code in (200, 405)
    assert QuickNeed.objects.get().state == QuickState.UNCONFIRMED
    assert confirm(path)["Location"] == path
    assert QuickNeed.objects.get().state == QuickState.WAITING
    assert "sieht sich die Meldung an" in Client().get(path).content.decode()


def test_a_second_press_shows_where_it_stands(link):
    send(link)
    path = path_in(letters().get())
    assert [confirm(path).status_code for _press in range(3)] == [302, 302, 302]
    assert QuickLink.objects.get().confirmed_count == 1


def test_who_may_raise_needs_for_the_firm_has_raised_this_one(link, hr):
    send(link, email=hr.email.upper())
    confirm(path_in(letters(hr.email).get()))
    need, quick = Need.objects.get(), QuickNeed.objects.get()
    assert (need.state, need.raised_by, need.organisation) == (NeedState.SUBMITTED, hr, link.organisation)
    assert (quick.state, quick.need) == (QuickState.TAKEN_OVER, need)
    assert QuickLink.objects.get().taken_count == 1


def test_a_planner_of_another_firm_does_not_raise_a_need_for_this_one(link):
    stranger = make.person(Role.HR)
    send(link, email=stranger.email)
    confirm(path_in(letters(stranger.email).get()))
    assert QuickNeed.objects.get().state == QuickState.WAITING
    assert Need.objects.count() == 0


def test_who_has_left_does_not_raise_a_need(link, hr):
    hr.is_active = False
    hr.save()
    send(link, email=hr.email)
    confirm(path_in(letters(hr.email).get()))
    assert Need.objects.count() == 0


def test_a_poster_knows_the_firm_of_its_planner_by_name(poster, hr, firm):
    send(poster, email=hr.email, firm_name="harzer gelenkwellen")
    confirm(path_in(letters(hr.email).get()))
    assert Need.objects.get().organisation == firm


def test_a_planner_who_names_another_firm_leaves_it_to_the_office(poster, hr):
    make.firm("Nordstern AG")
    send(poster, email=hr.email, firm_name="Nordstern AG")
    confirm(path_in(letters(hr.email).get()))
    assert QuickNeed.objects.get().organisation is None
    assert queries.quick_waiting(make.coordinator()).count() == 1


def test_what_came_too_late_is_completed_by_the_firm(link, hr):
    quick = make.quick(organisation=link.organisation, link=link, state="unconfirmed", email=hr.email,
                       window_until=AT.date() - timedelta(days=1))  # fmt: skip
    flow.confirm_quick(quick, at=AT)
    assert QuickNeed.objects.get().state == QuickState.WAITING


@pytest.mark.parametrize("token", ["erfunden", "WyJ4Il0:abc", "a" * 300])
def test_an_invented_link_opens_nothing(token):
    assert Client().get(f"/bedarfe/meldung/{token}/").status_code == 404
    assert Client().post(f"/bedarfe/meldung/{token}/", {"confirm": "1"}).status_code == 404


def test_who_did_not_write_it_deletes_everything_with_one_press(link):
    send(link)
    path = path_in(letters().get())
    assert Client().post(path, {"forget": "1"}).status_code == 200
    assert QuickNeed.objects.count() == letters().count() == 0
    assert Client().get(path).status_code == 404


# --- decide -------------------------------------------------------------------------
def at_work(person):
    client = Client()
    client.force_login(person)
    return client


def completed(**changes):
    return make.draft(window_from=AT.date(), **changes)


def test_whoever_looks_through_it_for_the_firm_asks_back_by_one_press(firm, hr):
    quick = make.quick(organisation=firm)
    page = at_work(hr).get(f"/bedarfe/kurzmeldungen/{quick.pk}/").content.decode()
    assert "Nachfragen" in page
    assert f"mailto:{quick.email}?subject=" in page


def test_the_firm_finds_it_on_heute_and_in_its_list_and_takes_it_over(firm, hr):
    quick = make.quick(organisation=firm)
    assert [line.url for line in queries.waiting_for(hr, AT)] == ["/bedarfe/kurzmeldungen/"]
    desk = at_work(hr)
    assert quick.topic_text in desk.get("/bedarfe/").content.decode()
    form = desk.get(f"/bedarfe/kurzmeldungen/{quick.pk}/uebernehmen/").content.decode()
    assert quick.topic_text in form
    answer = desk.post(
        f"/bedarfe/kurzmeldungen/{quick.pk}/uebernehmen/",
        {
            "topic_text": "Hochvolt Stufe 2", "topic": "", "seats": "3", "window_from": "2026-11-02",
            "window_until": "2027-06-30", "shift": "day", "occasion": "other", "level": "1", "format": "either",
            "place": "Peine", "travel_minutes_max": "45", "confidentiality": "open", "urgency": "2", "block": "any",
            "once": str(uuid4()), "submit": "1",
        },
    )  # fmt: skip
    need = Need.objects.get()
    assert answer["Location"] == f"/bedarfe/{need.pk}/"
    assert (need.state, need.topic_text, need.raised_by) == (NeedState.SUBMITTED, "Hochvolt Stufe 2", hr)
    assert "hat daraus einen Bedarf gemacht" in letters(quick.email).get().text
    assert queries.waiting_for(hr, AT) == []


def test_the_works_council_and_the_office_do_not_decide_for_the_firm(firm, hr):
    quick = make.quick(organisation=firm)
    for other in (make.person(Role.WORKS_COUNCIL, firm), make.coordinator(), make.person(Role.HR)):
        assert at_work(other).get(f"/bedarfe/kurzmeldungen/{quick.pk}/").status_code == 404


def test_what_nobody_confirmed_is_seen_by_nobody(firm, hr):
    quick = make.quick(organisation=firm, state="unconfirmed")
    assert at_work(hr).get(f"/bedarfe/kurzmeldungen/{quick.pk}/").status_code == 404
    assert queries.waiting_for(hr, AT) == []


def test_a_firm_declines_with_a_reason_and_the_sender_reads_it(firm, hr):
    quick = make.quick(organisation=firm)
    desk, address = at_work(hr), f"/bedarfe/kurzmeldungen/{quick.pk}/ablehnen/"
    assert desk.post(address, {"reason": ""}).status_code == 422
    assert desk.post(address, {"reason": "Die Anlage kommt erst 2028."}).status_code == 302
    letter = letters(quick.email).get()
    assert "erst 2028" in letter.text
    assert "erst 2028" in Client().get(path_in(letter)).content.decode()


def test_of_two_planners_the_second_reads_where_it_stands(firm, hr):
    quick = make.quick(organisation=firm)
    flow.decline_quick(quick, reason="Nein", by=hr, at=AT)
    other = make.person(Role.HR, firm)
    address = f"/bedarfe/kurzmeldungen/{quick.pk}/ablehnen/"
    assert at_work(other).post(address, {"reason": "Auch nein"}).status_code in (403, 409)
    with pytest.raises(AlreadyMoved):
        flow.take_over_quick(quick, completed(), submit=True, by=other, at=AT)
    assert Need.objects.count() == 0


def test_the_office_assigns_what_names_a_firm_it_knows(firm, hr):
    quick, office = make.quick(firm_name="harzer gelenkw."), make.coordinator()
    desk, address = at_work(office), f"/bedarfe/kurzmeldungen/{quick.pk}/zuordnen/"
    assert desk.post(address, {"firm": "Gibt es nicht"}).status_code == 422
    assert desk.post(address, {"firm": "Harzer Gelenkwellen"}).status_code == 302
    assert QuickNeed.objects.get().organisation == firm
    assert queries.quick_waiting(hr).count() == 1
    assert queries.quick_waiting(office).count() == 0
    assert letters(hr.email).count() == 1


def test_the_office_takes_in_a_new_firm_and_invites_the_sender(db):
    quick, office = make.quick(firm_name="Neue Werke GmbH"), make.coordinator()
    data = {"name": "Neue Werke GmbH", "place": "Peine", "person": "Kim Muster", "email": quick.email}
    answer = at_work(office).post(f"/bedarfe/kurzmeldungen/{quick.pk}/einladen/", data)
    assert answer.status_code == 302
    quick.refresh_from_db()
    assert quick.organisation.name == "Neue Werke GmbH"
    assert Invitation.objects.get().email == quick.email
    # Nobody answers there yet: it stays in sight of the office.
    assert queries.quick_waiting(office).count() == 1


def test_a_firm_with_that_name_is_not_taken_in_twice(firm):
    quick = make.quick()
    data = {"name": firm.name, "place": "Peine", "person": "Kim Muster", "email": "k@example.org"}
    answer = at_work(make.coordinator()).post(f"/bedarfe/kurzmeldungen/{quick.pk}/einladen/", data)
    assert answer.status_code == 422
    assert QuickNeed.objects.get().organisation is None


def test_a_planner_gets_one_letter_a_day_however_much_comes_in(link, hr):
    for number in range(3):
        send(link, email=f"p{number}@example.org")
        confirm(path_in(letters(f"p{number}@example.org").get()))
    assert letters(hr.email).count() == 1


# --- forgotten ----------------------------------------------------------------------
@given(st.integers(0, 60 * 24 * 20))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_confirms_for_a_week_and_all_of_it_is_gone(link, minutes):
    QuickNeed.objects.all().delete()
    Letter.objects.all().delete()
    flow.send_quick(link, words(), once=uuid4(), at=AT)
    later = AT + timedelta(minutes=minutes)
    flow.forget_unconfirmed(rules_quick.UNCONFIRMED_FOR.before(later), 10)
    gone = minutes >= 7 * 24 * 60
    assert QuickNeed.objects.exists() is not gone
    assert letters("a@example.org").exists() is not gone


def test_a_month_after_the_decision_nothing_of_the_sender_is_left(firm, hr):
    quick = make.quick(organisation=firm, email="weg@example.org", name="Wer Auch Immer")
    flow.take_over_quick(quick, completed(), submit=True, by=hr, at=AT)
    flow.forget_decided(rules_quick.KEPT_AFTER.before(AT + timedelta(days=29)), 10)
    assert QuickNeed.objects.exists()
    flow.forget_decided(rules_quick.KEPT_AFTER.before(AT + timedelta(days=30)), 10)
    assert not QuickNeed.objects.exists()
    assert not Letter.objects.filter(to="weg@example.org").exists()
    assert Need.objects.get().raised_by == hr
    told = [str(one.details) for one in JournalEntry.objects.all()]
    assert not [one for one in told if "weg@" in one or "Immer" in one]
    assert QuickLink.objects.get().taken_count == 1


def test_nobody_looks_for_sixty_days_and_the_sender_reads_it(firm):
    quick = make.quick(organisation=firm)
    assert flow.lapse_quick(AT + timedelta(days=59)) == 0
    assert flow.lapse_quick(AT + timedelta(days=60)) == 1
    assert flow.lapse_quick(AT + timedelta(days=60)) == 0
    assert "niemand geantwortet" in letters(quick.email).get().text


# --- links --------------------------------------------------------------------------
def test_hr_makes_a_link_for_the_own_firm_only(firm, hr):
    data = {"organisation": str(firm.pk), "name": "Werktor", "purpose": "", "valid_until": "2027-06-30"}
    assert at_work(hr).post("/bedarfe/ohne-konto/neu/", data).status_code == 302
    link = QuickLink.objects.get()
    assert (link.kind, link.organisation) == (LinkKind.FIRM, firm)
    other = make.firm()
    assert at_work(hr).post("/bedarfe/ohne-konto/neu/", {**data, "organisation": str(other.pk)}).status_code == 422
    poster = flow.LinkData(kind=LinkKind.POSTER, name="x", valid_until=date(2027, 1, 1))
    with pytest.raises(Refused):
        flow.make_link(poster, by=hr, at=AT)


def test_a_link_lasts_a_year_at_most(hr, firm):
    for day in ("2028-01-01", "2026-11-01"):
        data = {"organisation": str(firm.pk), "name": "Werktor", "valid_until": day}
        assert at_work(hr).post("/bedarfe/ohne-konto/neu/", data).status_code == 422


def test_a_revoked_link_says_so_and_shows_what_was_typed(link, hr):
    assert at_work(hr).post(f"/bedarfe/ohne-konto/{link.pk}/widerrufen/").status_code == 302
    answer = send(link)
    assert answer.status_code == 410
    assert "Wir brauchen die HV-Schulung" in answer.content.decode()
    assert QuickNeed.objects.count() == 0


def test_a_link_ends_with_its_last_day(link):
    with clock.stopped(AT.replace(year=2027, month=6, day=30)):
        assert Client().get(f"/bedarfe/melden/{link.code}/").status_code == 200
    with clock.stopped(AT.replace(year=2027, month=7, day=1)):
        assert Client().get(f"/bedarfe/melden/{link.code}/").status_code == 410


def test_the_poster_is_an_accessible_pdf_for_firms_and_events(link, poster, hr):
    for one in (link, poster):
        assert papers.poster_pdf(one, AT.date()).startswith(b"%PDF")
    answer = at_work(hr).get(f"/bedarfe/ohne-konto/{link.pk}/aushang.pdf")
    assert answer["Content-Type"] == "application/pdf"


def test_the_office_opens_and_closes_the_door_of_an_alliance():
    alliance, office = network.alliance(), make.coordinator()
    for _twice in range(2):
        at_work(office).post(f"/bedarfe/ohne-konto/startseite/{alliance.pk}/", {"open": "1"})
    assert [door.alliance for door in queries.doors()] == [alliance]
    at_work(office).post(f"/bedarfe/ohne-konto/startseite/{alliance.pk}/", {"close": "1"})
    assert queries.doors() == []


def test_codes_are_long_and_leave_out_what_looks_alike(hr, firm):
    data = flow.LinkData(kind=LinkKind.FIRM, name="x", valid_until=date(2027, 1, 1), organisation=firm)
    codes = {flow.make_link(data, by=hr, at=AT).code for _n in range(20)}
    assert len(codes) == 20
    assert all(re.fullmatch(r"[0-9a-hjkmnp-tv-z]{12}", code) for code in codes)


def test_both_languages_speak(link):
    client = Client(headers={"Accept-Language": "en"})
    page = client.get(f"/bedarfe/melden/{link.code}/").content.decode()
    assert "Until when?" in page
    send(link, client, email="english@example.org")
    assert "Please confirm" in letters("english@example.org").get().subject
