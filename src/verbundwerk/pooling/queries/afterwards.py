"""What became of a pool, told by the room above that carries it on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..models import Pool
from ..states import PoolState


@dataclass(frozen=True, slots=True)
class Outcome:
    """`url`: empty where this person may not go."""

    label: str
    url: str = ""


Tell = Callable[[Any, Pool], Outcome | None]
_offered: list[Tell] = []


def offer_outcome(tell: Tell) -> None:
    """Called in a room's `AppConfig.ready()`: says what this person may know of what became of a pool."""
    _offered[:] = [tell]


def outcome_of(person: Any, pool: Pool) -> Outcome | None:
    """Of a pool that came about; None before, and as long as it waits."""
    if pool.state != PoolState.CAME_ABOUT or not _offered:
        return None
    return _offered[0](person, pool)
