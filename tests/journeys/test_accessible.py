"""Everybody can use every page: axe finds nothing, nothing has to be pushed sideways, the keyboard is enough."""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from tests.journeys.conftest import BACKEND, BERLIN, MONDAY, Calendar, Region, seat
from tests.journeys.crawl import Seen, reachable

from verbundwerk.base import clock
from verbundwerk.network.models import Person
from verbundwerk.portal.demo.story import build
from verbundwerk.portal.demo.tables import rows

SMALLEST = 320
# What axe finds out from the drawing, not from the structure.
DRAWN = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]
Page = Any


@pytest.fixture
def demo(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> list[Person]:
    """The demo region on its own day; everybody of its cast whose role one can look through."""
    build(MONDAY)
    moment = datetime.combine(MONDAY, time(10), BERLIN)
    monkeypatch.setattr(clock, "now", lambda: moment)
    names = [row["name"] for row in rows("people") if row["demo"]]
    return [Person.objects.get(name=name) for name in names]


@pytest.mark.slow  # every kind of page of every role is drawn twice
def test_axe_finds_nothing_on_any_page_for_any_role(
    demo: list[Person], new_page: Any, live_server: Any, assert_accessible: Callable[[Page], None]
) -> None:
    seen, wrong = Seen(), []
    for person in [None, *demo]:
        page = new_page()
        if person:
            seat(page, live_server.url, person)
        for address in _with_something_new(person, seen):
            wrong += _barriers(page, address, assert_accessible)
        page.context.close()
    assert not wrong, "\n\n".join(wrong)
    assert len(seen.pages) > 25, sorted(seen.pages)


def _with_something_new(person: Person | None, seen: Seen) -> Iterator[str]:
    client = Client()
    if person:
        client.force_login(person, backend=BACKEND)
    for address, name, content in reachable(client, "/heute/" if person else "/"):
        if seen.is_new(name, content):
            yield address


def _barriers(page: Page, address: str, assert_accessible: Callable[[Page], None]) -> list[str]:
    """Light and wide; then dark and as narrow as a small telephone: there only colours and sizes can differ."""
    _draw(page, address, "light", 1280)
    try:
        assert_accessible(page)
    except AssertionError as barrier:
        return [str(barrier)]
    _draw(page, address, "dark", SMALLEST)
    found = Axe().run(page, options={"runOnly": {"type": "rule", "values": DRAWN}})
    told = [f"{address}, dark and narrow\n{found.generate_report()}"] if found.violations_count else []
    wide = _sticks_out(page)
    return [*told, *([f"{address} is wider than {SMALLEST} pixels: {wide}"] if wide else [])]


def _draw(page: Page, address: str, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)


def _sticks_out(page: Page) -> list[str]:
    """What makes the page wider than the screen; empty when nothing does."""
    script = """() => {
        const wide = document.documentElement.clientWidth
        if (document.documentElement.scrollWidth <= wide) return []
        return [...document.querySelectorAll("main *, header *, footer *")]
            .filter(one => one.getBoundingClientRect().right > wide + 1)
            .map(one => `${one.tagName} ${one.className}`).slice(0, 5)
    }"""
    told: list[str] = page.evaluate(script)
    return told


# --- the keyboard -------------------------------------------------------------------
def _tab_to(page: Page, words: str, most: int = 80) -> None:
    """Press Tab until the field, link or button with these words has the focus, and see that one sees it."""
    script = """() => {
        const one = document.activeElement
        const label = one.labels && one.labels.length ? one.labels[0].innerText : ""
        return (label || one.innerText || "") + " " + (one.type || "")
    }"""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in page.evaluate(script):
            return
    raise AssertionError(f"„{words}“ cannot be reached with the Tab key on {page.url}")


def test_the_skip_link_comes_first_and_leads_past_the_header(region: Region, new_page: Any) -> None:
    page = new_page()
    page.goto("/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Zum Inhalt springen"
    assert page.locator(".vw-skip").is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_need_can_be_reported_with_the_keyboard_alone(
    region: Region, calendar: Calendar, new_page: Any, live_server: Any
) -> None:
    planner = region.settle("Heidkamp Zulieferer GmbH", "31224", "Meike Sander")
    page = new_page()
    seat(page, live_server.url, planner)
    page.goto("/bedarfe/neu/")

    _tab_to(page, "Was sollen die Menschen können")
    page.keyboard.type("HV-Schulung")
    _tab_to(page, "Für wie viele Personen?")
    page.keyboard.type("3")
    _tab_to(page, "Spätestens bis")
    page.keyboard.type("06062027")
    _tab_to(page, "Speichern und einreichen")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "ist eingereicht" in page.inner_text("body")


def test_the_examination_notices_a_barrier(new_page: Any, assert_accessible: Callable[[Page], None]) -> None:
    page = new_page(width=SMALLEST)
    page.set_content('<html lang="de"><title>x</title><main><h1>x</h1><p id="w">x</p><img src="x"></main>')
    page.evaluate("document.getElementById('w').style.width = '900px'")

    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)
    assert _sticks_out(page)
