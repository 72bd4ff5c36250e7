"""Bars lying down: long German words fit above them, also on a telephone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..figures import number_text
from .drawing import Chart, LegendEntry, Text, element, percent, together, words, wrapped

VALUE, NAME = gettext_lazy("Wert"), gettext_lazy("Bezeichnung")
LINE, BAR, GAP = 19, 18, 16


@dataclass(frozen=True)
class Bar:
    label: Text
    value: float
    text: str = ""
    tone: str = "main"

    @property
    def shown(self) -> str:
        return self.text or number_text(self.value)


@dataclass(frozen=True)
class BarChart(Chart):
    """`value_label` heads the column of figures in the table; `maximum` fixes the scale across several charts."""

    title: Text
    bars: Sequence[Bar]
    value_label: Text = VALUE
    label: Text = NAME
    maximum: float = 0
    tones: Sequence[tuple[str, Text]] = ()
    description: Text = ""

    def legend(self) -> list[LegendEntry]:
        return [LegendEntry(label, tone) for tone, label in self.tones]

    def table(self) -> tuple[list[Text], list[list[Text]]]:
        return [self.label, self.value_label], [[bar.label, bar.shown] for bar in self.bars]

    def sentence(self) -> str:
        if not self.bars:
            return _("Noch keine Werte.")
        top = max(self.bars, key=lambda bar: bar.value)
        return _("%(count)d Balken. Am höchsten: %(label)s mit %(value)s.") % {
            "count": len(self.bars),
            "label": top.label,
            "value": top.shown,
        }

    def drawing(self) -> tuple[SafeString, dict[str, Any]]:
        top, shapes = 0, []
        longest = self.maximum or max((bar.value for bar in self.bars), default=0) or 1
        for bar in self.bars:
            lines = wrapped(bar.label)
            shapes += [words(line, x=0, y=top + 14 + nr * LINE, class_="chart-text") for nr, line in enumerate(lines)]
            top += len(lines) * LINE
            shapes.append(self._bar(bar, top, min(1, max(0, bar.value / longest))))
            top += BAR + GAP
        return together(shapes), {
            "width": "100%",
            "height": max(top - GAP + 4, BAR),
            "class_": f"chart-room-{self._room}",
        }

    @property
    def _room(self) -> str:
        """Space at the right for the longest figure."""
        longest = max((len(bar.shown) for bar in self.bars), default=0)
        return "small" if longest <= 5 else "medium" if longest <= 11 else "large"

    def _bar(self, bar: Bar, top: int, share: float) -> SafeString:
        box = {"x": 0, "y": top, "width": percent(share), "height": BAR, "rx": 2}
        figure = words(bar.shown, x=percent(share), dx=8, y=top + 14, class_="chart-text chart-figure")
        rail = element("path", d=f"M0 {top}v{BAR}", class_="chart-axis")
        return together([self.striped(bar.tone, **box), rail, figure])
