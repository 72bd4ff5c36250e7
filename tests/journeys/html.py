"""As much of a page as somebody needs who reads, follows links and sends forms. No more HTML than our pages have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"input", "br", "meta", "link", "img", "hr", "source"}
UNSEEN = {"script", "style", "title", "template"}
NOT_SENT = {"submit", "file", "button"}


@dataclass(eq=False)
class Control:
    kind: str
    name: str = ""
    value: str = ""
    id: str = ""
    label: str = ""
    checked: bool = False
    options: dict[str, str] = field(default_factory=dict)  # words -> value


@dataclass(eq=False)
class Form:
    action: str
    method: str
    controls: list[Control] = field(default_factory=list)

    def sent(self, typed: Mapping[Control, Any], button: Control) -> dict[str, list[Any]]:
        """What a browser would send: values as they stand, what was typed instead, and the pressed button."""
        values: dict[str, list[Any]] = {}
        touched = {one.name for one in typed if one.kind == "radio"}
        for one in self.controls:
            if one.name and (value := self._value(one, typed, touched)) is not None:
                values.setdefault(one.name, []).append(value)
        if button.name:
            values.setdefault(button.name, []).append(button.value)
        return values

    def _value(self, one: Control, typed: Mapping[Control, Any], touched: set[str]) -> Any:
        if one in typed:
            return one.options.get(typed[one], typed[one]) if one.kind == "select" else typed[one]
        if one.kind in NOT_SENT or (one.kind == "radio" and one.name in touched):
            return None
        if one.kind in {"radio", "checkbox"}:
            return one.value if one.checked else None
        return one.value


@dataclass
class Document:
    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)


def parse(content: str) -> Document:
    reader = _Reader()
    reader.feed(content)
    reader.close()
    return reader.document()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self.labels: dict[str, str] = {}
        self.open: list[tuple[str, dict[str, str], int]] = []
        self.select: Control | None = None

    def document(self) -> Document:
        for form in self.forms:
            for one in form.controls:
                one.label = one.label or self.labels.get(one.id, "")
        return Document(_joined(self.words), self.links, self.forms)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append((tag, given, len(self.words)))
        begin = getattr(self, f"_begin_{tag}", None)
        if begin:
            begin(given)

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            name, given, start = self.open.pop()
            if name == tag:
                finish = getattr(self, f"_finish_{tag}", None)
                if finish:
                    finish(given, _joined(self.words[start:]))
                return

    def handle_data(self, data: str) -> None:
        if not any(tag in UNSEEN for tag, _given, _start in self.open):
            self.words.append(data)

    # -- forms -----------------------------------------------------------------------
    def _begin_form(self, given: dict[str, str]) -> None:
        self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))

    def _add(self, control: Control) -> Control:
        if self.forms:
            self.forms[-1].controls.append(control)
        return control

    def _begin_input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        value = given.get("value", "on" if kind in {"checkbox", "radio"} else "")
        self._add(Control(kind, given.get("name", ""), value, given.get("id", ""), checked="checked" in given))

    def _begin_select(self, given: dict[str, str]) -> None:
        self.select = self._add(Control("select", given.get("name", ""), "", given.get("id", "")))

    def _finish_option(self, given: dict[str, str], words: str) -> None:
        if self.select is None:
            return
        value = given.get("value", words)
        if "selected" in given or not self.select.options:
            self.select.value = value
        self.select.options[words] = value

    def _finish_textarea(self, given: dict[str, str], words: str) -> None:
        self._add(Control("textarea", given.get("name", ""), words, given.get("id", "")))

    def _finish_button(self, given: dict[str, str], words: str) -> None:
        label = given.get("aria-label") or words
        self._add(Control("submit", given.get("name", ""), given.get("value", ""), label=label))

    def _finish_label(self, given: dict[str, str], words: str) -> None:
        self.labels[given.get("for", "")] = words

    def _finish_a(self, given: dict[str, str], words: str) -> None:
        if "href" in given:
            self.links.append((words, given["href"]))


def _joined(words: list[str]) -> str:
    return " ".join(" ".join(words).split())
