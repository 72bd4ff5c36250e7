"""People in front of the screen: they read words, fill fields by their labels and press buttons by what these say.

The same story is played by a program that only knows HTTP, and by a real browser with JavaScript and without.
"""

from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.journeys.html import Control, Document, Form, parse


class Visitor(Protocol):
    def open(self, address: str) -> None: ...
    def reads(self, words: str) -> bool: ...
    def follow(self, words: str) -> None: ...
    def fill(self, label: str, value: str) -> None: ...
    def choose(self, label: str) -> None: ...
    def attach(self, label: str, file: Path) -> None: ...
    def unfold(self, words: str) -> None: ...
    def press(self, words: str) -> None: ...
    def take_along(self, words: str) -> bytes: ...
    @property
    def text(self) -> str: ...


class ByHttp:
    """A browser of a hundred lines: forms and links, no scripts, no styles."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.address = "/"
        self.page: Document = parse("")
        self.typed: dict[Control, Any] = {}

    @property
    def text(self) -> str:
        return self.page.text

    def open(self, address: str) -> None:
        self._arrive(self.client.get(address, follow=True), address)

    def reads(self, words: str) -> bool:
        return words in self.text

    def follow(self, words: str) -> None:
        self.open(self._link(words))

    def take_along(self, words: str) -> bytes:
        answer = self.client.get(self._link(words))
        assert answer.status_code == 200
        return b"".join(answer) if answer.streaming else answer.content

    def fill(self, label: str, value: str) -> None:
        self.typed[self._control(label)] = value

    def choose(self, label: str) -> None:
        control = self._control(label)
        self.typed[control] = control.value

    def attach(self, label: str, file: Path) -> None:
        self.typed[self._control(label)] = SimpleUploadedFile(file.name, file.read_bytes())

    def unfold(self, words: str) -> None:
        assert words in self.text, f"nothing to unfold: „{words}“ on {self.address}"

    def press(self, words: str) -> None:
        form, button = self._button(words)
        sent = form.sent(self.typed, button)
        address = urljoin(self.address, form.action or self.address)
        ask = self.client.post if form.method == "post" else self.client.get
        self._arrive(ask(address, sent, follow=True), address)

    def _arrive(self, answer: Any, address: str) -> None:
        assert answer.status_code < 400, f"{address}: {answer.status_code} {parse(answer.content.decode()).text[:400]}"
        self.address = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        self.page, self.typed = parse(answer.content.decode()), {}

    def _link(self, words: str) -> str:
        found = next((address for text, address in self.page.links if words in text), None)
        assert found, f"no link „{words}“ on {self.address}: {[text for text, _ in self.page.links]}"
        return urljoin(self.address, found)

    def _control(self, label: str) -> Control:
        known = [one for form in self.page.forms for one in form.controls if one.label.startswith(label)]
        assert known, f"no field „{label}“ on {self.address}: {self.text[:600]}"
        return known[0]

    def _button(self, words: str) -> tuple[Form, Control]:
        for form in self.page.forms:
            for one in form.controls:
                if one.kind == "submit" and words in one.label:
                    return form, one
        raise AssertionError(f"no button „{words}“ on {self.address}: {self.text[:1500]}")


class InBrowser:
    """The real Chromium; every page it sees is drawn."""

    def __init__(self, page: Any) -> None:
        self.page = page

    @property
    def text(self) -> str:
        return " ".join(self.page.locator("body").inner_text().split())

    def open(self, address: str) -> None:
        self._check(self.page.goto(address))

    def reads(self, words: str) -> bool:
        return words in " ".join(self.page.locator("body").text_content().split())

    def follow(self, words: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=words).first.click()

    def take_along(self, words: str) -> bytes:
        address = self.page.get_by_role("link", name=words).first.get_attribute("href")
        answer = self.page.context.request.get(urljoin(self.page.url, address))
        assert answer.ok, answer.status
        content: bytes = answer.body()
        return content

    def fill(self, label: str, value: str) -> None:
        field = self.page.get_by_label(label).first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)

    def choose(self, label: str) -> None:
        self.page.get_by_label(label).first.check()

    def attach(self, label: str, file: Path) -> None:
        self.page.get_by_label(label).first.set_input_files(str(file))

    def unfold(self, words: str) -> None:
        self.page.locator("summary", has_text=words).first.click()

    def press(self, words: str) -> None:
        with self.page.expect_navigation() as arrived:
            self.page.get_by_role("button", name=words).first.click()
        self._check(arrived.value)

    def _check(self, answer: Any) -> None:
        assert answer is None or answer.status < 400, f"{self.page.url}: {answer.status} {self.text[:400]}"
