"""Everybody can use every page: axe finds nothing, nothing has to be pushed sideways, the keyboard is enough."""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any

import pytest
from django.test import Client
from tests.journeys.conftest import BACKEND, BERLIN, MONDAY, Calendar, Region, seat
from tests.journeys.crawl import Seen, reachable

from verbundwerk.base import clock
from verbundwerk.network.models import Person
from verbundwerk.portal.demo.story import build
from verbundwerk.portal.demo.tables import rows

Page = Any
Look = Callable[[Page, str], list[str]]


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
    demo: list[Person], new_page: Any, live_server: Any, barriers: Look
) -> None:
    seen, wrong = Seen(), []
    for person in [None, *demo]:
        page = new_page()
        if person:
            seat(page, live_server.url, person)
        for address in _with_something_new(person, seen):
            wrong += barriers(page, address)
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


@pytest.mark.parametrize("width", [1200, 1280, 1600])
def test_seven_rooms_stand_in_one_line_with_search_and_name(
    region: Region, new_page: Any, live_server: Any, width: int
) -> None:
    planner = region.settle("Heidkamp Zulieferer GmbH", "31224", "Meike Sander")
    page = new_page(width=width)
    seat(page, live_server.url, planner)
    page.goto("/bedarfe/")

    middles = page.evaluate("""() => [...document.querySelectorAll(".vw-name, .vw-nav__link, .vw-person__name")]
        .filter(one => one.offsetParent)
        .map(one => one.getBoundingClientRect())
        .map(box => box.top + box.height / 2)""")
    assert page.locator(".vw-nav .vw-nav__link:visible").count() == 7
    assert max(middles) - min(middles) < 20
    assert page.locator(".vw-search:visible, .vw-search-link:visible").count() == 1


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


def _page_of(page: Page, head: str, body: str) -> None:
    content = f'<html lang="de"><title>x</title>{head}<main><h1>x</h1>{body}</main>'
    page.route("**/wrong/", lambda route: route.fulfill(content_type="text/html", body=content))


def test_the_examination_notices_a_barrier(new_page: Any, barriers: Look) -> None:
    page = new_page()
    _page_of(page, "", '<p style="width: 900px">x</p><img src="data:,">')

    structure, width = barriers(page, "/wrong/")

    assert "image-alt" in structure
    assert width == "/wrong/ is wider than 320 pixels: ['P ']"


def test_the_examination_notices_what_only_the_dark_hides(new_page: Any, barriers: Look) -> None:
    page = new_page()
    dark = "@media (prefers-color-scheme: dark) { p { color: #222; background: #000 } }"
    _page_of(page, f"<style>{dark}</style>", "<p>Nachts steht hier nichts</p>")

    assert ["color-contrast" in one for one in barriers(page, "/wrong/")] == [True]
