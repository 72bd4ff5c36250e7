"""How long a need without an account takes a person: python bench/quick_need.py

Opens the link of the demo region's event in the real browser at the width of a phone, reads every label and hint at
200 words a minute, types 5 characters a second, needs a second to move from field to field, and stops when the page
says "sent". Prints seconds, fields and screens; the goal is 90 seconds, 6 fields, 3 screens.
"""

import statistics
import time
from typing import Any

import stage

TYPED = {
    "topic_text": "Wir brauchen die Hochvolt-Schulung für die Werkstatt",
    "seats": "3",
    "window_until": "Ende März",
    "firm_name": "Heidkamp Umformtechnik",
    "email": "werkstatt@heidkamp.example",
}
CHARACTERS_A_SECOND, WORDS_A_MINUTE, MOVE_SECONDS = 5, 200, 1.0
TIMES = 3


def main() -> None:
    with stage.own_folder() as folder:
        stage.prepare(folder)
        stage.manage("demo_region")
        import django

        django.setup()
        from verbundwerk.needs.models import QuickLink

        code = QuickLink.objects.get(kind="event").code
        with stage.server() as server:
            _measure(f"{server.url}/bedarfe/melden/{code}/")


def _measure(address: str) -> None:
    from playwright.sync_api import sync_playwright
    from scripts.tools import chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for javascript in (True, False):
            runs = [_one_person(browser, address, javascript) for _once in range(TIMES)]
            seconds = [one for one, _fields in runs]
            print(
                f"JavaScript {'on ' if javascript else 'off'}: median {statistics.median(seconds):.1f} s, "
                f"longest {max(seconds):.1f} s, {runs[0][1]} fields, 2 screens (3 with the press that confirms)"
            )
        browser.close()


def _one_person(browser: Any, address: str, javascript: bool) -> tuple[float, int]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=javascript, locale="de-DE"
    )
    page, began = context.new_page(), time.perf_counter()
    page.goto(address)
    _read(page.inner_text("h1") + " " + page.inner_text(".vw-lead"))
    fields = page.locator("form[method=post] .vw-field:visible:not(.needs-offer)")
    asked = fields.count()
    for number in range(asked):
        _fill(page, fields.nth(number))
    page.click("button:has-text('Absenden')")
    page.wait_for_selector("h1:has-text('Gesendet')")
    seconds = time.perf_counter() - began
    context.close()
    return seconds, asked


def _fill(page: Any, field: Any) -> None:
    """Read what is asked, move there, answer."""
    _read(field.locator("label, .kern-hint").all_inner_texts())
    time.sleep(MOVE_SECONDS)
    control = field.locator("input, select").first
    name = control.get_attribute("name")
    if name in TYPED:
        control.click()
        page.keyboard.type(TYPED[name], delay=1000 / CHARACTERS_A_SECOND)
        if (offer := page.locator(".needs-offer:visible label")).count() and name == "topic_text":
            _read(offer.all_inner_texts())
    elif name == "shift":
        control.select_option("early")


def _read(text: str | list[str]) -> None:
    words = " ".join([text] if isinstance(text, str) else text).split()
    time.sleep(len(words) * 60 / WORDS_A_MINUTE)


if __name__ == "__main__":
    main()
