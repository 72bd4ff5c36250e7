"""Needs without an account in the real browser: on a phone, without JavaScript, by keyboard, light and dark."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache

from verbundwerk.base import clock
from verbundwerk.needs import queries
from verbundwerk.needs.models import Need, QuickNeed
from verbundwerk.network.models import Person
from verbundwerk.network.tests import make as network
from verbundwerk.topics.tests import make as topics

from . import make
from .test_browser import keep

pytestmark = pytest.mark.django_db(transaction=True)


class Watch:
    """The day of the story, for every thread."""

    def __init__(self):
        self.at = make.AT

    def pass_seconds(self, seconds):
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def watch(monkeypatch):
    cache.clear()
    watch = Watch()
    monkeypatch.setattr(clock, "now", lambda: watch.at)
    return watch


@pytest.fixture
def link(firm):
    return make.link(organisation=firm)


def fill(page, **changes):
    said = {
        "topic_text": "Wir brauchen die Hochvolt-Schulung", "seats": "3", "window_until": "Ende März",
        "email": "werkstatt@example.org",
    }  # fmt: skip
    for name, words in {**said, **changes}.items():
        page.fill(f"[name={name}]", words)


def in_the_mail(email="werkstatt@example.org"):
    letter = next(one for one in reversed(mail.outbox) if one.to == [email])
    return re.search(r"/bedarfe/meldung/\S+/", letter.body)[0]


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_qr_code_to_the_need(watch, link, hr, new_page, sign_in, javascript):
    page = new_page(javascript=javascript, width=360)
    page.goto(f"/bedarfe/melden/{link.code}/")
    keep(page, f"quick-{javascript}")
    watch.pass_seconds(60)
    fill(page)
    page.click("button:has-text('Absenden')")
    assert "Gesendet" in page.inner_text("h1")
    keep(page, f"quick-sent-{javascript}")

    page.goto(in_the_mail())
    keep(page, f"quick-confirm-{javascript}")
    assert "Personen\n3\n" in page.inner_text("main")
    page.click("button:has-text('Bestätigen')")
    assert "sieht sich die Meldung an" in page.inner_text("main")

    desk = new_page(javascript=javascript)
    sign_in(desk, hr)
    desk.goto("/bedarfe/kurzmeldungen/")
    desk.click("text=Wir brauchen die Hochvolt-Schulung")
    keep(desk, f"quick-detail-{javascript}")
    desk.click("text=Als Bedarf übernehmen")
    desk.click("text=Speichern und einreichen")
    assert Need.objects.get().state == "submitted"

    page.goto(in_the_mail())
    assert "hat daraus einen Bedarf gemacht" in page.inner_text("main")
    keep(page, f"quick-outcome-{javascript}")


def test_by_keyboard_alone_and_the_hidden_field_is_never_met(watch, link, new_page):
    page = new_page()
    page.goto(f"/bedarfe/melden/{link.code}/")
    watch.pass_seconds(60)
    page.focus("[name=topic_text]")
    met = []
    for words in ("Hochvolt", "3", "Ende März", "", "ich@example.org", "Kim"):
        met.append(page.evaluate("document.activeElement.name"))
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    assert met == ["topic_text", "seats", "window_until", "shift", "email", "name"]
    assert page.evaluate("document.activeElement.innerText").strip() == "Absenden"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert QuickNeed.objects.get().email == "ich@example.org"


def test_suggestions_come_while_one_types_and_as_a_list_without_javascript(watch, link, new_page):
    topics.topic("Hochvolt Stufe 2", also=("HV-Schulung",))
    page = new_page()
    page.goto(f"/bedarfe/melden/{link.code}/")
    page.type("[name=topic_text]", "Hochvolt")
    page.wait_for_selector("#themen >> text=Hochvolt Stufe 2")

    plain = new_page(javascript=False)
    plain.goto(f"/bedarfe/melden/{link.code}/")
    assert plain.get_attribute("[name=topic_text]", "list") == "alle-themen"
    assert plain.locator("#alle-themen option").count() == 1


@pytest.mark.usefixtures("watch")
def test_every_page_is_for_everybody(link, firm, hr, new_page, sign_in, barriers):
    network.alliance()
    topics.topic("Hochvolt Stufe 2")
    poster, over, office = make.link(), make.link(state="revoked"), make.coordinator()
    mine, unknown = make.quick(organisation=firm, link=link), make.quick(link=poster)
    states = [make.quick(organisation=firm, link=link, state=state, reason="Weil") for state in
              ("unconfirmed", "taken_over", "declined", "lapsed")]  # fmt: skip
    way: list[tuple[Person | None, str]] = [
        *((None, f"/bedarfe/melden/{one.code}/") for one in (link, poster, over)),
        (None, f"/bedarfe/melden/{link.code}/gesendet/"),
        (None, "/bedarfe/melden/angaben/"),
        *((None, f"/bedarfe/meldung/{queries.status_token(one)}/") for one in (mine, unknown, *states)),
        (hr, "/bedarfe/"),
        (hr, "/bedarfe/ohne-konto/"),
        (hr, "/bedarfe/ohne-konto/neu/"),
        (hr, f"/bedarfe/ohne-konto/{link.pk}/"),
        (hr, "/bedarfe/kurzmeldungen/"),
        (hr, f"/bedarfe/kurzmeldungen/{mine.pk}/"),
        (hr, f"/bedarfe/kurzmeldungen/{mine.pk}/uebernehmen/"),
        (hr, f"/bedarfe/kurzmeldungen/{mine.pk}/ablehnen/"),
        (office, "/bedarfe/ohne-konto/"),
        (office, "/bedarfe/ohne-konto/neu/"),
        (office, f"/bedarfe/ohne-konto/{over.pk}/"),
        (office, f"/bedarfe/kurzmeldungen/{unknown.pk}/"),
        (office, f"/bedarfe/kurzmeldungen/{unknown.pk}/zuordnen/"),
        (office, f"/bedarfe/kurzmeldungen/{unknown.pk}/einladen/"),
    ]
    wrong = []
    for person in (None, hr, office):
        page = new_page()
        if person:
            sign_in(page, person)
        for number, address in enumerate(address for who, address in way if who == person):
            wrong += barriers(page, address)
            keep(page, f"quick-{person.pk if person else 'all'}-{number}")
        page.context.close()
    assert not wrong, "\n\n".join(wrong)


def test_a_wrong_and_a_hasty_page_are_for_everybody(watch, link, new_page, assert_accessible):
    page = new_page(width=320)
    page.goto(f"/bedarfe/melden/{link.code}/")
    page.click("button:has-text('Absenden')")
    assert "Fehler" in page.title()
    assert_accessible(page)
    keep(page, "quick-wrong")
    fill(page)
    page.click("button:has-text('Absenden')")
    assert "Bitte drücken Sie noch einmal" in page.inner_text("main")
    assert_accessible(page)
    page.click("button:has-text('Absenden')")
    assert "Gesendet" in page.inner_text("h1")
