"""From where to where on one scale, line by line: the ends of a range are steps that have a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .drawing import Chart, Text, element, percent, together, words, wrapped

NAME, REACH = gettext_lazy("Bezeichnung"), gettext_lazy("Von – bis")
LINE, BAR, GAP = 19, 18, 18


@dataclass(frozen=True)
class Range:
    label: Text
    low: int
    high: int


@dataclass(frozen=True)
class RangeChart(Chart):
    """`steps`: the scale from left to right, each with its name; a range covers the steps from `low` to `high`."""

    title: Text
    rows: Sequence[Range]
    steps: Sequence[tuple[int, Text]]
    label: Text = NAME
    description: Text = ""

    def table(self) -> tuple[list[Text], list[list[Text]]]:
        return [self.label, REACH], [[row.label, self._reach(row)] for row in self.rows]

    def sentence(self) -> str:
        return "; ".join(f"{row.label}: {self._reach(row)}" for row in self.rows) or _("Noch keine Werte.")

    def _reach(self, row: Range) -> str:
        names = dict(self.steps)
        low, high = str(names[row.low]), str(names[row.high])
        return low if row.low == row.high else _("%(low)s bis %(high)s") % {"low": low, "high": high}

    def drawing(self) -> tuple[SafeString, dict[str, Any]]:
        top, shapes = 0, []
        for row in self.rows:
            lines = wrapped(row.label)
            shapes += [words(line, x=0, y=top + 14 + nr * LINE, class_="chart-text") for nr, line in enumerate(lines)]
            top += len(lines) * LINE
            shapes.append(self._row(row, top))
            top += BAR + GAP + LINE
        return together(shapes), {"width": "100%", "height": max(top - GAP + 4, BAR)}

    def _row(self, row: Range, top: int) -> SafeString:
        order = [step for step, _name in self.steps]
        first, last = order.index(row.low), order.index(row.high)
        rails = [self._box(place, 1, top, element_class="chart-rail") for place in range(len(order))]
        bar = self._box(first, last - first + 1, top, element_class="chart-fill chart-main")
        edge = "end" if first >= len(order) / 2 else "start"
        x = (last + 1 if edge == "end" else first) / len(order)
        said = words(self._reach(row), x=percent(x), y=top + BAR + 15, text_anchor=edge, class_="chart-tick")
        return together([*rails, bar, said])

    def _box(self, place: int, many: int, top: int, element_class: str) -> SafeString:
        gap = 0.006
        x, width = place / len(self.steps) + gap / 2, many / len(self.steps) - gap
        return element("rect", x=percent(x), y=top, width=percent(width), height=BAR, rx=2, class_=element_class)
