"""A firm sees that others look for the same, learns nobody's name, and widens its window by the keyboard alone (U2)."""

from datetime import date

import pytest

from verbundwerk.base import clock
from verbundwerk.disclosure.tests.make import snapshot
from verbundwerk.topics.tests import make as topics

from . import make

pytestmark = [pytest.mark.django_db(transaction=True)]
LATER = date(2027, 7, 7)  # in whatever order the browser takes day and month
FOCUSED = """() => {
    const one = document.activeElement
    return (one.labels && one.labels.length ? one.labels[0].innerText : one.innerText) || ""
}"""


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: make.AT)


def tab_to(page, words):
    for _ in range(80):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"„{words}“ cannot be reached on {page.url}")


@pytest.mark.parametrize("javascript", [True, False])
def test_who_is_not_alone_widens_the_window_and_the_office_looks_once_more(firm, hr, new_page, sign_in, javascript):
    topic = topics.topic()
    need = make.need(organisation=firm, state="in_pool", topic=topic)
    others = [make.need(state="in_pool", topic=topic, seats=seats).organisation.name for seats in (5, 4, 3)]
    snapshot()
    page = new_page(javascript=javascript)
    sign_in(page, hr)
    page.goto(f"/bedarfe/{need.pk}/")
    told = page.inner_text("main")
    assert "3–5 Betriebe suchen Ähnliches" in told
    assert not any(name in told for name in others)

    tab_to(page, "Zeitraum ändern")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.focus("[name=window_until]")
    page.keyboard.type(LATER.strftime("%d%m%Y"))
    tab_to(page, "Änderungen speichern")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    need.refresh_from_db()
    assert (need.window_until, need.state) == (LATER, "submitted")
