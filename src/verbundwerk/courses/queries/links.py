"""Further pages about a course, told by the rooms above that keep them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..models import Course


@dataclass(frozen=True, slots=True)
class FurtherPage:
    label: str
    url: str


Tell = Callable[[Any, Course], FurtherPage | None]
_offered: list[Tell] = []


def offer_link(tell: Tell) -> None:
    """Called in a room's `AppConfig.ready()`: says which page of its own this person may open about a course."""
    if tell not in _offered:
        _offered.append(tell)


def further_pages(person: Any, course: Course) -> list[FurtherPage]:
    return [page for tell in _offered if (page := tell(person, course))]
