"""A value along a scale: one or more lines (straight or in steps), own limits across, own places marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..figures import number_text
from .drawing import Chart, LegendEntry, Text, element, number, percent, together, tone_class, words

TOP, PLOT, FOOT = 34, 220, 44
LEFT, RIGHT = 0.02, 0.98
ROOM = 76  # pixels left of the plot for the figures; charts.css pads by the same
INSIDE = 1000  # the inner drawing is this wide and is stretched to the page; lines keep their width


@dataclass(frozen=True)
class Curve:
    label: Text
    points: Sequence[tuple[float, float]]
    tone: str = "main"
    steps: bool = False


@dataclass(frozen=True)
class Level:
    """A line straight across: a limit, a target."""

    label: Text
    value: float
    tone: str = "warn"


@dataclass(frozen=True)
class Mark:
    """A point with its own words."""

    x: float
    y: float
    label: Text


@dataclass(frozen=True)
class CurveChart(Chart):
    """`x_text` and `y_text` write the figures in words and table (for money: `euro_text`),
    `tick_text` those at the upright axis where shorter ones will do (`whole_euro_text`)."""

    title: Text
    curves: Sequence[Curve]
    x_label: Text
    y_label: Text
    levels: Sequence[Level] = ()
    marks: Sequence[Mark] = ()
    x_text: Callable[[float], str] = number_text
    y_text: Callable[[float], str] = number_text
    tick_text: Callable[[float], str] | None = None
    from_zero: bool = True
    description: Text = ""

    # -- words ----------------------------------------------------------------------
    def legend(self) -> list[LegendEntry]:
        lines = [LegendEntry(curve.label, curve.tone, "line") for curve in self.curves]
        across = [LegendEntry(f"{one.label}: {self.y_text(one.value)}", one.tone, "level") for one in self.levels]
        marked = [LegendEntry(f"{one.label}: {self.y_text(one.y)}", "main", "point") for one in self.marks]
        return lines + across + marked

    def table(self) -> tuple[list[Text], list[list[Text]]]:
        found = [dict(curve.points) for curve in self.curves]
        lines: list[list[Text]] = [
            [self.x_text(x), *(self.y_text(one[x]) if x in one else "–" for one in found)] for x in self._all_x
        ]
        heads = [self.y_label] if len(self.curves) == 1 else [curve.label for curve in self.curves]
        return [self.x_label, *heads], lines

    def sentence(self) -> str:
        told = [self._in_words(curve) for curve in self.curves if curve.points]
        told += [f"{one.label}: {self.y_text(one.value)}." for one in self.levels]
        told += [f"{one.label}: {self.x_text(one.x)}, {self.y_text(one.y)}." for one in self.marks]
        return " ".join(told) or _("Noch keine Werte.")

    def _in_words(self, curve: Curve) -> str:
        (x0, y0), (x1, y1) = curve.points[0], curve.points[-1]
        return _("%(label)s: von %(y0)s bei %(x0)s bis %(y1)s bei %(x1)s.") % {
            "label": curve.label,
            "x0": self.x_text(x0),
            "y0": self.y_text(y0),
            "x1": self.x_text(x1),
            "y1": self.y_text(y1),
        }

    # -- scales ---------------------------------------------------------------------
    @property
    def _all_x(self) -> list[float]:
        return sorted({x for curve in self.curves for x, _y in curve.points})

    @property
    def _y_ticks(self) -> list[float]:
        values = [y for curve in self.curves for _x, y in curve.points]
        values += [one.value for one in self.levels] + [one.y for one in self.marks] + ([0] if self.from_zero else [])
        return even_ticks(min(values, default=0), max(values, default=1))

    def _across(self, x: float) -> float:
        xs = self._all_x + [one.x for one in self.marks]
        low, high = min(xs, default=0), max(xs, default=1)
        return LEFT + (RIGHT - LEFT) * ((x - low) / (high - low) if high > low else 0.5)

    def _down(self, y: float) -> float:
        ticks = self._y_ticks
        return TOP + PLOT * (1 - (y - ticks[0]) / (ticks[-1] - ticks[0]))

    # -- picture --------------------------------------------------------------------
    def drawing(self) -> tuple[SafeString, dict[str, Any]]:
        shapes = [
            self._grid(),
            *(self._line(curve) for curve in self.curves),
            *(self._level(one) for one in self.levels),
        ]
        shapes += [self._mark(one) for one in self.marks]
        shapes += [self._x_axis(), words(self.y_label, x=-ROOM, y=14, class_="chart-text chart-small")]
        return together(shapes), {"width": "100%", "height": TOP + PLOT + FOOT, "class_": "chart-room-left"}

    def _grid(self) -> SafeString:
        shapes = []
        for tick in self._y_ticks:
            y = self._down(tick)
            shapes.append(element("line", x1=0, x2="100%", y1=y, y2=y, class_="chart-grid"))
            shapes.append(
                words(
                    (self.tick_text or self.y_text)(tick),
                    x=-8,
                    y=y + 4,
                    text_anchor="end",
                    class_="chart-text chart-tick",
                )
            )
        return together(shapes)

    def _line(self, curve: Curve) -> SafeString:
        dots = [(self._across(x) * INSIDE, self._down(y)) for x, y in sorted(curve.points)]
        path = element(
            "path", d=_steps(dots) if curve.steps else _straight(dots), class_=tone_class("chart-line", curve.tone)
        )
        height = TOP + PLOT + FOOT
        box = {"viewBox": f"0 0 {INSIDE} {height}", "width": "100%", "height": height, "preserveAspectRatio": "none"}
        return element("svg", path, **box)

    def _level(self, one: Level) -> SafeString:
        y = self._down(one.value)
        line = element("line", x1=0, x2="100%", y1=y, y2=y, class_=tone_class("chart-level", one.tone))
        label = f"{one.label}: {self.y_text(one.value)}"
        return together(
            [line, words(label, x="100%", y=y - 6, text_anchor="end", class_="chart-text chart-small chart-halo")]
        )

    def _mark(self, one: Mark) -> SafeString:
        share, y = self._across(one.x), self._down(one.y)
        anchor, dx = ("end", -10) if share > 0.5 else ("start", 10)
        place = {"x": percent(share), "dx": dx, "y": y - 10, "text_anchor": anchor}
        dot = element("circle", cx=percent(share), cy=y, r=6, class_=tone_class("chart-point", "main"))
        return together(
            [dot, words(one.label, class_="chart-text chart-small chart-halo chart-figure chart-aside", **place)]
        )

    def _x_axis(self) -> SafeString:
        base, xs = TOP + PLOT, self._all_x
        shapes = [element("line", x1=0, x2="100%", y1=base, y2=base, class_="chart-axis")]
        for x in xs[:: max(1, ceil(len(xs) / 7))]:
            share = self._across(x)
            anchor = "start" if share < 0.06 else "end" if share > 0.94 else "middle"
            shapes.append(
                words(self.x_text(x), x=percent(share), y=base + 17, text_anchor=anchor, class_="chart-text chart-tick")
            )
        shapes.append(words(self.x_label, x="100%", y=base + 36, text_anchor="end", class_="chart-text chart-small"))
        return together(shapes)


def even_ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round numbers (1, 2, 2.5, 5 times a power of ten) that enclose low and high."""
    largest = max(abs(low), abs(high), 1)
    span = high - low if high - low > 1e-9 * largest else largest
    power = 10 ** floor(log10(span / about))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power * about >= span)
    first, last = floor(low / step), ceil(high / step)
    return [number_of * step for number_of in range(first, max(last, first + 1) + 1)]


def _straight(dots: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in dots) if dots else ""


def _steps(dots: Sequence[tuple[float, float]]) -> str:
    """The value holds until the next point."""
    if not dots:
        return ""
    (x0, y0), rest = dots[0], dots[1:]
    return f"M{number(x0)} {number(y0)}" + "".join(f"H{number(x)}V{number(y)}" for x, y in rest)
