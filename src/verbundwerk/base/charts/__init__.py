"""Charts drawn on the server: inline SVG that says in words what it shows, with its numbers as a table beside it.

Nothing here needs a script or an inline style: shapes are presentation attributes, colours are classes in charts.css,
and no meaning hangs on colour alone (patterns, marks and labels carry it too).
"""

from .bars import Bar, BarChart
from .curve import Curve, CurveChart, Level, Mark
from .drawing import Chart
from .progress import Progress
from .ranges import Range, RangeChart
from .regionmap import Point, RegionMap, Shape
from .timeline import Span, Timeline, Track

__all__ = [
    "Bar",
    "BarChart",
    "Chart",
    "Curve",
    "CurveChart",
    "Level",
    "Mark",
    "Point",
    "Progress",
    "Range",
    "RangeChart",
    "RegionMap",
    "Shape",
    "Span",
    "Timeline",
    "Track",
]
