"""The pages in the real browser: light, dark, on a phone, with and without JavaScript."""

import os
from pathlib import Path

import pytest

from verbundwerk.base import clock
from verbundwerk.needs.models import Need
from verbundwerk.topics.tests import make as topics

from . import files, make
from .test_imports import read

pytestmark = pytest.mark.django_db(transaction=True)


def keep(page, name):
    """A look at the page for whoever sets VERBUNDWERK_PICTURES."""
    if folder := os.environ.get("VERBUNDWERK_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_every_page_of_a_need_is_for_everybody(new_page, sign_in, barriers, firm, hr):
    topic = topics.topic("Hochvolt Stufe 2", also=("HV", "HV-Schulung"))
    need = make.need(organisation=firm, state="submitted", raised_by=hr, topic_text="HV-Schulung für die Werkstatt")
    make.need(organisation=firm, state="submitted", raised_by=hr, topic_text="HV")
    for seats in (5, 4, 3):
        make.need(state="in_pool", topic=topic, seats=seats)
    waits, asked = (
        make.need(organisation=firm, raised_by=hr, state="in_pool", topic=topic),
        make.asked(organisation=firm),
    )
    waits.hidden_from.add(make.firm("Nordstern AG"))
    with clock.stopped(make.AT):
        batch = make.batch(by=hr, organisation=firm)
        batch.content = read(files.xlsx([*files.ROWS, *files.WRONG]), firm)
        batch.row_count, batch.wrong_count = 8, 3
        batch.save()
    way = {
        "form": (hr, "/bedarfe/neu/"),
        "list": (hr, "/bedarfe/"),
        "detail": (hr, f"/bedarfe/{need.pk}/"),
        "edit": (hr, f"/bedarfe/{waits.pk}/bearbeiten/"),
        "correct": (make.coordinator(), f"/bedarfe/{waits.pk}/bearbeiten/"),
        "evaluation": (hr, f"/bedarfe/{asked.pk}/rueckmeldung/"),
        "end": (hr, f"/bedarfe/{need.pk}/beenden/"),
        "upload": (hr, "/bedarfe/listen/"),
        "import": (hr, f"/bedarfe/listen/{batch.pk}/"),
        "inbox": (make.coordinator(), "/bedarfe/pruefen/"),
        "check": (make.coordinator(), f"/bedarfe/{need.pk}/"),
    }
    for name, (person, address) in way.items():
        page = new_page()
        sign_in(page, person)
        assert barriers(page, address) == []
        keep(page, name)


def test_a_wrong_form_is_for_everybody_and_keeps_what_was_typed(new_page, sign_in, assert_accessible, hr):
    page = new_page(javascript=False, width=320)
    sign_in(page, hr)
    page.goto("/bedarfe/neu/")
    page.get_by_label("Was sollen die Menschen").fill("HV-Schulung")
    page.get_by_label("Für wie viele Personen?").fill("einige")
    page.get_by_role("button", name="Speichern und einreichen").click()
    assert page.get_by_label("Was sollen die Menschen").input_value() == "HV-Schulung"
    assert page.get_by_text("„einige“ ist keine Anzahl von Personen").count() >= 1
    keep(page, "wrong-320")


def test_topics_are_offered_while_somebody_types(new_page, sign_in, hr):
    topic = topics.topic("Gabelstapler fahren", also=("Staplerschein",))
    page = new_page()
    sign_in(page, hr)
    page.goto("/bedarfe/neu/")
    page.get_by_label("Was sollen die Menschen").press_sequentially("Stapler")
    page.get_by_label("Gabelstapler fahren").check()
    page.get_by_label("Für wie viele Personen?").fill("4")
    page.get_by_label("Spätestens bis").fill("2099-06-30")
    page.get_by_role("button", name="Speichern und einreichen").click()
    page.get_by_role("heading", name="Wie geht es weiter?").wait_for()
    assert Need.objects.get().topic == topic


def test_a_firm_is_found_while_somebody_types_its_name(new_page, sign_in, hr):
    for name in ("Nordstern AG", "Nordstern Guss GmbH", "Südwerk GmbH"):
        make.firm(name)
    page = new_page(width=360)
    sign_in(page, hr)
    page.goto("/bedarfe/neu/")
    page.get_by_text("Weitere Angaben, wenn sie wichtig sind").click()
    page.get_by_label("Name des Betriebs").press_sequentially("nord")
    page.get_by_label("Nordstern AG").check()
    page.get_by_label("Name des Betriebs").fill("Südwerk")
    page.get_by_label("Südwerk GmbH").check()
    assert page.get_by_label("Nordstern AG").is_checked()
    keep(page, "walls-360")
    page.get_by_label("Was sollen die Menschen").fill("HV-Schulung")
    page.get_by_label("Für wie viele Personen?").fill("4")
    page.get_by_label("Spätestens bis").fill("2099-06-30")
    page.get_by_role("button", name="Speichern und einreichen").click()
    page.get_by_role("heading", name="Wie geht es weiter?").wait_for()
    assert {one.name for one in Need.objects.get().hidden_from.all()} == {"Nordstern AG", "Südwerk GmbH"}


def test_the_keyboard_reaches_the_topics_offered_while_typing_and_a_screen_reader_hears_of_them(new_page, sign_in, hr):
    topics.topic("Hochvolt Stufe 2")
    topics.topic("Hochvolt Stufe 3")
    page = new_page()
    sign_in(page, hr)
    page.goto("/bedarfe/neu/")
    words = page.get_by_label("Was sollen die Menschen können oder lernen?")
    words.press_sequentially("Hochvolt")
    page.get_by_role("status").filter(has_text="2 Themen passen").wait_for(state="attached")
    words.press("ArrowDown")
    assert focused(page).startswith("Hochvolt Stufe")
    page.keyboard.press("Space")
    assert page.get_by_role("radio", checked=True, name="Hochvolt").count() == 1
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "id_topic_text"
    page.keyboard.press("Tab")  # also without our script: into the group, at what is chosen
    assert focused(page).startswith("Hochvolt Stufe")


def test_whoever_tabs_on_comes_past_the_topics_and_not_behind_them(new_page, sign_in, hr):
    topics.topic("Hochvolt Stufe 2")
    page = new_page()
    sign_in(page, hr)
    page.goto("/bedarfe/neu/")
    page.get_by_label("Was sollen die Menschen können oder lernen?").press_sequentially("Hochvolt")
    page.get_by_role("radio", name="Hochvolt Stufe 2").wait_for()
    page.keyboard.press("Tab")
    assert focused(page).startswith("Keines davon")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Hochvolt Stufe 2"


def focused(page):
    """The words beside what has the focus."""
    return page.evaluate("document.activeElement.labels[0].textContent.trim()")
