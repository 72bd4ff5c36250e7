"""What all charts share: escaped SVG elements, numbers as SVG writes them, the frame with its words, the table."""

import textwrap
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha1
from itertools import chain
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Text = str | Promise
TONES = ("main", "second", "third", "good", "warn", "bad", "muted")
NO_SHAPE = SafeString("")


def number(value: float) -> str:
    """At most two digits after the point: the picture stays sharp, the page stays small."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def percent(share: float) -> str:
    return f"{number(share * 100)}%"


def element(name: str, content: Any = "", /, **attributes: Any) -> SafeString:
    """`class_` and `text_anchor` become `class` and `text-anchor`; None leaves an attribute out; all is escaped."""
    given = ((key.strip("_").replace("_", "-"), value) for key, value in attributes.items() if value is not None)
    written = format_html_join("", ' {}="{}"', ((key, _value(value)) for key, value in given))
    return format_html("<{0}{1}>{2}</{0}>", SafeString(name), written, content)


def _value(value: Any) -> Any:
    return number(value) if isinstance(value, int | float) else value


def group(shapes: Sequence[SafeString], **attributes: Any) -> SafeString:
    return element("g", together(shapes), **attributes)


def together(shapes: Sequence[SafeString]) -> SafeString:
    return mark_safe("".join(shapes))  # noqa: S308 - every part was escaped when it was made


def words(content: Text, **attributes: Any) -> SafeString:
    return element("text", content, **attributes)


def wrapped(text: Text, width: int = 42, most: int = 2) -> list[str]:
    """SVG does not break lines; two short ones stay readable on a telephone."""
    return textwrap.wrap(str(text), width, max_lines=most, placeholder=" …", break_long_words=True) or [""]


def tone_class(prefix: str, tone: str) -> str:
    if tone not in TONES:
        raise ValueError(f"{tone!r} is not one of the tones {', '.join(TONES)}")
    return f"{prefix} chart-{tone}"


@dataclass(frozen=True)
class LegendEntry:
    label: Text
    tone: str
    sample: str = "fill"


class Chart(ABC):
    """A chart knows its picture, its sentence and its numbers."""

    title: Text
    description: Text

    @abstractmethod
    def table(self) -> tuple[list[Text], list[list[Text]]]:
        """Column heads and lines: the same facts without the picture."""

    @abstractmethod
    def drawing(self) -> tuple[SafeString, dict[str, Any]]:
        """Shapes, and the attributes of the svg element (height, or viewBox)."""

    @abstractmethod
    def sentence(self) -> str:
        """What a person who cannot see the picture should know first."""

    def legend(self) -> list[LegendEntry]:
        return []

    @cached_property
    def key(self) -> str:
        """The same for the same chart, so that a page is the same twice; different for different ones on a page."""
        heads, lines = self.table()
        facts = "|".join(str(text) for text in (type(self).__name__, self.title, *heads, *chain.from_iterable(lines)))
        return "chart-" + sha1(facts.encode(), usedforsecurity=False).hexdigest()[:10]

    @property
    def svg(self) -> SafeString:
        shapes, attributes = self.drawing()
        title = element("title", self.title, id=f"{self.key}-title")
        told = element("desc", self.description or self.sentence(), id=f"{self.key}-desc")
        inside = together([title, told, self._stripes(), group([shapes], aria_hidden="true")])
        label = {"aria_labelledby": f"{self.key}-title", "aria_describedby": f"{self.key}-desc"}
        classes = f"chart-drawing {attributes.pop('class_', '')}".strip()
        return element("svg", inside, class_=classes, role="img", **label, **attributes)

    def _stripes(self) -> SafeString:
        """Lines over the colour: whoever sees no colour still sees which is which."""
        return element("defs", together([self._stripe("rising", 45), self._stripe("falling", -45)]))

    def _stripe(self, name: str, angle: int) -> SafeString:
        line = element("path", d="M0 0V8", class_="chart-stripe")
        attributes = {"patternUnits": "userSpaceOnUse", "patternTransform": f"rotate({angle})"}
        return element("pattern", line, id=f"{self.key}-{name}", width=8, height=8, **attributes)

    def swatch(self, entry: LegendEntry) -> SafeString:
        """A small drawing of the very mark used in the chart."""
        if entry.sample == "fill":
            shape = self.striped(entry.tone, x=1, y=1, width=26, height=14)
        elif entry.sample == "point":
            shape = element("circle", cx=14, cy=8, r=6, class_=tone_class("chart-point", entry.tone))
        else:
            shape = element("path", d="M1 8H27", class_=tone_class(f"chart-{entry.sample}", entry.tone))
        return element("svg", shape, class_="chart-swatch", width=28, height=16, aria_hidden="true", focusable="false")

    def striped(self, tone: str, **box: Any) -> SafeString:
        """A rectangle in its colour, and over it the lines that belong to the colour."""
        lines = {"second": "rising", "third": "falling", "warn": "rising", "bad": "falling"}.get(tone)
        filled = element("rect", class_=tone_class("chart-fill", tone), **box)
        return together([filled, element("rect", fill=f"url(#{self.key}-{lines})", **box)]) if lines else filled
