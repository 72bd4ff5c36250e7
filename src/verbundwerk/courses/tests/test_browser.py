"""The list of who is there in the real browser, at the width of a phone."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from verbundwerk.base import clock
from verbundwerk.courses.models import Attendance
from verbundwerk.courses.states import CourseState
from verbundwerk.courses.terms import Presence

from . import make

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 15
THUMB = 44  # CSS pixels
LOOKS = {"phone": {}, "dark": {"dark": True}, "narrow": {"width": 320}, "desk": {"width": 1280}}


@pytest.fixture
def session():
    day = clock.today() - timedelta(days=1)  # the server of these tests has the real clock
    course = make.course(state=CourseState.SECURED, capacity=PEOPLE, starts_on=day, ends_on=day)
    make.name_all(make.booking(course, seats=PEOPLE), *[f"Person {chr(65 + n)} Musterfrau" for n in range(PEOPLE)])
    return course.sessions.order_by("starts_at").first()


@pytest.fixture
def lecturer(session):
    return make.teacher(session.course)


@pytest.fixture
def phone(new_page, sign_in, session, lecturer):
    def hold(*, width=360, **look):
        page = new_page(width=width, **look)
        page.set_viewport_size({"width": width, "height": 740})
        sign_in(page, lecturer)
        page.goto(f"/kurse/termine/{session.pk}/anwesenheit/")
        return page

    return hold


def keep(page, name, *, whole=False):
    """A look at the page for whoever sets VERBUNDWERK_PICTURES."""
    if folder := os.environ.get("VERBUNDWERK_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=whole)


def tap(page, row, words):
    page.locator(".cs-mark").nth(row).get_by_role("radio", name=words, exact=True).click()


def saved(page, presence):
    """The page knows that the house has noted it."""
    page.locator(f"input[type=hidden][name^=was_][value={presence}]").wait_for(state="attached")


def test_every_target_is_as_large_as_a_thumb_and_the_bar_stays_in_sight(phone):
    page = phone()
    keep(page, "attendance-360")
    keep(page, "attendance-360-whole", whole=True)
    boxes = [one.bounding_box() for one in page.locator(".cs-mark__choice").all()]
    assert len(boxes) == PEOPLE * 4
    assert min(min(box["height"], box["width"]) for box in boxes) >= THUMB
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for button in ("Speichern", "Alle anwesend"):
        box = page.get_by_role("button", name=button, exact=True).bounding_box()
        assert box["height"] >= THUMB
        assert box["y"] + box["height"] <= 740
    assert page.locator(".cs-mark").first.bounding_box()["height"] <= 100


@pytest.mark.parametrize("look", LOOKS)
def test_the_list_is_for_everybody(phone, assert_accessible, look):
    page = phone(**LOOKS[look])
    tap(page, 0, "unentschuldigt")
    page.get_by_text("gespeichert", exact=True).wait_for()
    keep(page, f"attendance-{look}")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_tap_is_saved_without_a_button(phone):
    page = phone()
    tap(page, 2, "da")
    page.get_by_text("Noch offen: 14 von 15").wait_for()
    tap(page, 2, "digital")
    saved(page, "digital")
    assert Attendance.objects.get().presence == Presence.DIGITAL


def comes_into_sight(page):
    """The browser scrolls what has the focus a moment later."""
    for _look in range(40):
        end = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        if end <= page.evaluate("document.querySelector('.cs-bar').getBoundingClientRect().top"):
            return True
        page.wait_for_timeout(50)
    return False


def test_the_keyboard_walks_the_list_and_no_row_hides_under_the_bar(phone):
    page = phone()
    page.locator(".cs-mark input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.get_by_text("Noch offen: 14 von 15").wait_for()
    page.keyboard.press("ArrowRight")
    saved(page, "digital")
    for _row in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.type") == "radio"
        assert comes_into_sight(page)


def test_all_present_is_one_press_without_scripts(phone):
    page = phone(javascript=False)
    tap(page, 3, "entschuldigt")
    page.get_by_role("button", name="Alle anwesend").click()
    page.get_by_text("Alle sind eingetragen.").wait_for()
    assert Attendance.objects.count() == PEOPLE
    assert Attendance.objects.filter(presence=Presence.EXCUSED).count() == 1


def test_the_browser_has_nothing_to_complain_about_while_a_lecturer_taps(phone):
    page, said = phone(), []
    page.on("console", lambda message: said.append(message.text))
    for row, words in enumerate(("da", "digital", "entschuldigt")):
        tap(page, row, words)
        page.get_by_text(f"Noch offen: {PEOPLE - row - 1} von {PEOPLE}").wait_for()
    page.wait_for_timeout(200)  # what htmx puts in place a moment after the swap
    assert said == []
