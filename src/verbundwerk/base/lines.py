"""A line on somebody's page of today: what waits, what is late, what comes soon, what one should only know.

Every room answers `queries.waiting_for(person, at) -> list[Line]`; the page that shows them chooses
and orders with `most_pressing`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["waits", "late", "soon", "news"]
_ORDER: dict[str, int] = {"late": 0, "waits": 1, "soon": 2, "news": 3}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence somebody can act on. Weight: the more it presses, the higher (1 to 9)."""

    text: str
    url: str
    due_on: date | None = None
    kind: Kind = "waits"
    weight: int = 5


def most_pressing(lines: Iterable[Line], *, limit: int) -> list[Line]:
    """The lines to show first: late ones, then what waits, then what comes; heavier and sooner before others."""
    return sorted(lines, key=_urgency)[:limit]


def _urgency(line: Line) -> tuple[int, int, date, str]:
    return _ORDER[line.kind], -line.weight, line.due_on or date.max, line.text
