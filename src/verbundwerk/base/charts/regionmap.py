"""Areas and points on a map: everything comes in as data, drawn by whoever knows the country."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .drawing import Chart, LegendEntry, Text, element, group, number, together, tone_class, words
from .placing import Box, Taken, box_around, box_of_lines

VALUE, PLACE = gettext_lazy("Wert"), gettext_lazy("Ort")
PATH = re.compile(r"[MmLlHhVvZzCcSsQqTtAa0-9eE.,\s+-]*")
TYPE = 25.0  # height of a name in units of the map on a telephone, where it is largest; see charts.css
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
        left, top, width, height = (float(part) for part in self.viewbox.split())
        dots_at = [box_around(point.x, point.y, point.radius) for point in self.points]
        taken = Taken(Box(left, top, left + width, top + height), dots_at)
        areas = group([self._area(shape) for shape in self.shapes])
        names = group([self._name(shape, taken) for shape in self.shapes if shape.label_at])
        dots = [self._dot(point, taken) for point in sorted(self.points, key=lambda one: -one.radius)]
        return together([areas, names, group(dots)]), {"viewBox": self.viewbox, "data_map": ""}

    def _area(self, shape: Shape) -> SafeString:
        return element("path", d=shape.path, fill_rule="evenodd", class_=f"chart-area chart-shade-{shape.shade}")

    def _name(self, shape: Shape, taken: Taken) -> SafeString:
        """A name steps aside for the dots; where nothing is free it stays where it belongs."""
        x, y = shape.label_at or (0, 0)
        lines = [str(shape.label), *([shape.value] if shape.value else [])]
        places = [y + step * TYPE for step in (0, 1.5, -1.5, 2.5, -2.5, 3.5, -3.5)]
        found = taken.first_free(box_of_lines(lines, x, place, TYPE) for place in places)
        y = places[found or 0]
        drawn = [words(shape.label, x=x, y=y, text_anchor="middle", class_="chart-text chart-map-name chart-halo")]
        if shape.value:
            box = {"x": number(x), "y": number(y), "dy": "1.15em", "text_anchor": "middle"}
            drawn.append(words(shape.value, class_="chart-text chart-map-value chart-halo", **box))
        return together(drawn)

    def _dot(self, point: Point, taken: Taken) -> SafeString:
        place = {"cx": point.x, "cy": point.y, "r": point.radius}
        dot = element("circle", element("title", point.label), class_=tone_class("chart-point", point.tone), **place)
        return together([dot, self._beside(point, taken)]) if point.show_label else dot

    def _beside(self, point: Point, taken: Taken) -> SafeString:
        """The name of a place right, left, below or above its dot; left out where it would cover other words."""
        step, low = point.radius + 6, 0.35 * TYPE
        places = [
            (point.x + step, point.y + low, "start"),
            (point.x - step, point.y + low, "end"),
            (point.x, point.y + step + 0.8 * TYPE, "middle"),
            (point.x, point.y - step, "middle"),
        ]
        found = taken.first_free(box_of_lines([str(point.label)], x, y, TYPE, anchor) for x, y, anchor in places)
        if found is None:
            return SafeString("")
        x, y, anchor = places[found]
        return words(point.label, x=x, y=y, text_anchor=anchor, class_="chart-text chart-map-point chart-halo")
