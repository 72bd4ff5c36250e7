"""What stands beside a course or a booking, told by the rooms above that keep it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from ..models import Booking, Course


@dataclass(frozen=True, slots=True)
class Aside:
    """A few words and the way to a page of the room that says them."""

    title: str | Promise
    text: str | Promise
    url: str
    label: str | Promise
    kind: str = "secondary"


Tell = Callable[[Any, Course | Booking], Iterable[Aside]]
_offered: list[Tell] = []


def offer_beside(tell: Tell) -> None:
    """Called in a room's `AppConfig.ready()`: what this person reads beside a course, or beside a booking."""
    if tell not in _offered:
        _offered.append(tell)


def beside(person: Any, thing: Course | Booking) -> list[Aside]:
    return [one for tell in _offered for one in tell(person, thing)]
