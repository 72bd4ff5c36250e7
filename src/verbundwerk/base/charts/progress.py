"""How far: one rail, filled to the value, with a mark where it counts."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..figures import number_text
from .drawing import Chart, Text, element, percent, together, words

NEEDED = gettext_lazy("nötig")
RAIL, HEIGHT = 26, 14


@dataclass(frozen=True)
class Progress(Chart):
    """`mark` is the value to be reached (a threshold below the maximum), `unit` says what is counted ("Plätze").
    With `of_hundred` the value is a share of a hundred and is told as one."""

    title: Text
    value: float
    maximum: float
    unit: Text = ""
    mark: float | None = None
    mark_label: Text = NEEDED
    description: Text = ""
    of_hundred: bool = False

    def __post_init__(self) -> None:
        if self.maximum <= 0:
            raise ValueError("a progress needs a maximum above zero")

    def table(self) -> tuple[list[Text], list[list[Text]]]:
        lines: list[list[Text]] = [[_("erreicht"), number_text(self.value)]]
        if self.mark is not None:
            lines.append([self.mark_label, number_text(self.mark)])
        return [_("Stand"), self.unit or _("Wert")], [*lines, [_("höchstens"), number_text(self.maximum)]]

    def sentence(self) -> str:
        return self._told if self.mark is None else f"{self._told}, {self.mark_label}: {number_text(self.mark)}"

    @property
    def _told(self) -> str:
        if self.of_hundred:
            return _("%(value)s Prozent erledigt") % {"value": number_text(self.value)}
        figures = {"value": number_text(self.value), "maximum": number_text(self.maximum)}
        told = _("%(value)s von %(maximum)s") % figures
        return f"{self.unit}: {told}" if self.unit else told

    def drawing(self) -> tuple[SafeString, dict[str, Any]]:
        tone = "good" if self.value >= (self.maximum if self.mark is None else self.mark) else "main"
        rail = element("rect", x=0, y=RAIL, width="100%", height=HEIGHT, rx=7, class_="chart-rail")
        filled = self.striped(tone, x=0, y=RAIL, width=percent(self._share(self.value)), height=HEIGHT, rx=7)
        shapes = [words(self._told, x=0, y=16, class_="chart-text chart-figure"), rail, filled]
        if self.mark is not None:
            shapes.append(self._mark(self._share(self.mark)))
        return together(shapes), {"width": "100%", "height": RAIL + HEIGHT + (26 if self.mark is not None else 4)}

    def _share(self, value: float) -> float:
        return min(1, max(0, value / self.maximum))

    def _mark(self, share: float) -> SafeString:
        place = percent(share)
        line = element("line", x1=place, x2=place, y1=RAIL - 4, y2=RAIL + HEIGHT + 6, class_="chart-mark")
        anchor = "end" if share > 0.5 else "start"
        label = f"{self.mark_label}: {number_text(self.mark or 0)}"
        return together(
            [line, words(label, x=place, y=RAIL + HEIGHT + 21, text_anchor=anchor, class_="chart-text chart-small")]
        )
