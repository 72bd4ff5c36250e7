"""Fixtures for every test of the house: the real browser, a person signed in, and what a test may not do."""

import atexit
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation
from scripts.tools import chromium

BROWSER_FIXTURES = {"new_page", "browser"}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What is in order needs no report, and no rule of ours reads style sheets: both take axe longer than looking.
AXE_OPTIONS = {"resultTypes": ["violations"], "preload": False}
# What axe finds out from the drawing, not from the structure.
DRAWN = ("color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block")
WIDE, SMALLEST = 1280, 320


if not os.environ.get("VERBUNDWERK_TEST_DATA"):
    # settings.test made a folder for this process alone
    atexit.register(shutil.rmtree, settings.DATA_DIR, ignore_errors=True)


class Viewport(Protocol):
    def __call__(self, *, javascript: bool = True, width: int = 1280, dark: bool = False) -> Any: ...


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays: looking through it again and again for rubbish took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # What takes longest begins first: nobody waits for it in the end.
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & BROWSER_FIXTURES:
            item.add_marker(pytest.mark.browser)
        if fixtures & DATABASE_FIXTURES or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)


@pytest.fixture(autouse=True)
def _only_on_postgres(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("only means something on PostgreSQL")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium, headless; a test without it fails, it is never skipped in silence."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most runs of one room need no browser

    path = chromium()
    assert path, "no Chromium found; run ./verbundwerk test, or leave the mark out with -m 'not browser'"
    # Playwright keeps an event loop in this thread; Django would take our own tests for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield running
        running.close()


@pytest.fixture
def new_page(browser: Any, live_server: Any) -> Iterator[Viewport]:
    """Opens pages on `live_server`; an error in the page's console or a server error fails the test."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_one(*, javascript: bool = True, width: int = 1280, dark: bool = False) -> Any:
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale="de-DE",
            timezone_id="Europe/Berlin",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        page.on("console", lambda said: wrong.append(f"{page.url}: {said.text}") if _is_wrong(said) else None)
        page.on("response", lambda got: wrong.append(f"{got.status} {got.url}") if got.status >= 500 else None)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not wrong, "\n".join(wrong)


def _is_wrong(said: Any) -> bool:
    """Chromium reports every 4xx answer as an error; a refusal or a wrong form is no mistake of the page."""
    return said.type == "error" and "Failed to load resource" not in said.text


@pytest.fixture
def sign_in(live_server: Any, client: Any) -> Callable[[Any, Any], None]:
    """Signs a person in without the door; the door has its own tests."""

    def enter(page: Any, person: Any) -> None:
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url, "httpOnly": True}]
        )

    return enter


@pytest.fixture(autouse=True)
def _leaves_no_language() -> Iterator[None]:
    """A page asked for in English leaves that language to whatever runs after it in the same process."""
    yield
    translation.deactivate()


class Examination(Protocol):
    def __call__(self, page: Any, *rules: str) -> None: ...


@pytest.fixture
def assert_accessible() -> Examination:
    """axe finds nothing on the page as it stands. Needs a page with JavaScript: axe runs inside it.

    `rules` narrows the look to some of axe's rules.
    """
    from axe_playwright_python.base import AXE_SCRIPT, AxeResults  # noqa: PLC0415 - as above

    def look(page: Any, *rules: str) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": AXE_TAGS}
        result = AxeResults(page.evaluate("options => axe.run(options)", {"runOnly": only, **AXE_OPTIONS}))
        assert not result.violations_count, f"{page.url}\n{result.generate_report()}"

    return look


@pytest.fixture
def barriers(assert_accessible: Examination) -> Callable[[Any, str], list[str]]:
    """What keeps somebody from using the page at this address: empty when everybody can.

    Light and wide; then dark and as narrow as a small telephone: there only colours and sizes can differ. The browser
    draws the same page anew for it, the server is asked once.
    """

    def told_by(page: Any, *rules: str) -> list[str]:
        try:
            assert_accessible(page, *rules)
        except AssertionError as barrier:
            return [str(barrier)]
        return []

    def look(page: Any, address: str) -> list[str]:
        _show(page, "light", WIDE)
        page.goto(address)
        told = told_by(page)
        _show(page, "dark", SMALLEST)
        told += told_by(page, *DRAWN)
        wide = _sticks_out(page)
        return [*told, *([f"{address} is wider than {SMALLEST} pixels: {wide}"] if wide else [])]

    return look


def _show(page: Any, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    # axe would measure a colour on its way from light to dark.
    page.evaluate("document.getAnimations().forEach(one => one instanceof CSSTransition && one.finish())")


def _sticks_out(page: Any) -> list[str]:
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
