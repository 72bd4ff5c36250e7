"""Areas and points on a map: everything comes in as data, drawn by whoever knows the country."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .drawing import Chart, LegendEntry, Text, element, group, number, together, tone_class, words

VALUE, PLACE = gettext_lazy("Wert"), gettext_lazy("Ort")
PATH = re.compile(r"[MmLlHhVvZzCcSsQqTtAa0-9eE.,\s+-]*")
VIEW_BOX = re.compile(r"(-?\d+(\.\d+)? ?){4}")


@dataclass(frozen=True)
class Shape:
    """`path` is SVG path data; `shade` 0 (pale) to 4 (strong); `value` stands in the table and under the name."""

    id: str
    label: Text
    path: str
    label_at: tuple[float, float] | None = None
    shade: int = 0
    value: str = ""

    def __post_init__(self) -> None:
        if not PATH.fullmatch(self.path):
            raise ValueError(f"shape {self.id}: not SVG path data")
        if self.shade not in range(5):
            raise ValueError(f"shape {self.id}: shade must be 0 to 4")


@dataclass(frozen=True)
class Point:
    """`radius` in units of the map; `value` stands in the table."""

    x: float
    y: float
    label: Text
    value: str = ""
    radius: float = 9
    tone: str = "main"
    show_label: bool = True


@dataclass(frozen=True)
class RegionMap(Chart):
    title: Text
    shapes: Sequence[Shape]
    viewbox: str
    points: Sequence[Point] = ()
    value_label: Text = VALUE
    label: Text = PLACE
    tones: Sequence[tuple[str, Text]] = ()
    source: Text = ""
    description: Text = ""

    def __post_init__(self) -> None:
        if not VIEW_BOX.fullmatch(self.viewbox):
            raise ValueError("a viewbox is four numbers: x y width height")

    def legend(self) -> list[LegendEntry]:
        return [LegendEntry(label, tone, "point") for tone, label in self.tones]

    @property
    def _named(self) -> list[Shape | Point]:
        return [*self.shapes, *self.points]

    def table(self) -> tuple[list[Text], list[list[Text]]]:
        named = self._named
        valued = [one for one in named if one.value] or named
        return [self.label, self.value_label], [[one.label, one.value or "–"] for one in valued]

    def sentence(self) -> str:
        told = [f"{one.label}: {one.value}" for one in self._named if one.value]
        areas = _("Karte mit %(areas)d Gebieten und %(points)d Orten.") % {
            "areas": len(self.shapes),
            "points": len(self.points),
        }
        return f"{areas} {'; '.join(told)}".strip()

    def drawing(self) -> tuple[SafeString, dict[str, Any]]:
        areas = group([self._area(shape) for shape in self.shapes])
        names = group([self._name(shape) for shape in self.shapes if shape.label_at])
        dots = [self._dot(point) for point in sorted(self.points, key=lambda one: -one.radius)]
        return together([areas, names, group(dots)]), {"viewBox": self.viewbox, "data_map": ""}

    def _area(self, shape: Shape) -> SafeString:
        return element("path", d=shape.path, fill_rule="evenodd", class_=f"chart-area chart-shade-{shape.shade}")

    def _name(self, shape: Shape) -> SafeString:
        x, y = shape.label_at or (0, 0)
        lines = [words(shape.label, x=x, y=y, text_anchor="middle", class_="chart-text chart-map-name chart-halo")]
        if shape.value:
            box = {"x": number(x), "y": number(y), "dy": "1.15em", "text_anchor": "middle"}
            lines.append(words(shape.value, class_="chart-text chart-map-value chart-halo", **box))
        return together(lines)

    def _dot(self, point: Point) -> SafeString:
        place = {"cx": point.x, "cy": point.y, "r": point.radius}
        shapes = [
            element("circle", element("title", point.label), class_=tone_class("chart-point", point.tone), **place)
        ]
        if point.show_label:
            right = self._is_right(point.x)
            x = point.x + (-1 if right else 1) * (point.radius + 6)
            anchor = "end" if right else "start"
            shapes.append(
                words(
                    point.label,
                    x=x,
                    y=point.y,
                    dy="0.35em",
                    text_anchor=anchor,
                    class_="chart-text chart-map-point chart-halo",
                )
            )
        return together(shapes)

    def _is_right(self, x: float) -> bool:
        left, _top, width, _height = (float(part) for part in self.viewbox.split())
        return x > left + width * 0.6
