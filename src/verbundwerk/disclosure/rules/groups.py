"""How many people each group inside one firm has, told so that no small group can be worked out."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from .bands import Band

SMALLEST_GROUP = 5
GROUP_BANDS = (0, SMALLEST_GROUP, 10, 20, 50, 100)
LEAST_ROOM = 2
_ENDLESS = 1_000_000
Group = TypeVar("Group", bound=Hashable)


def shown_groups(people: Mapping[Group, int]) -> dict[Group, Band] | None:
    """How many people each group has, as bands, or None when that would give a small group away.

    Every group is told as a band; below five it is always the same one, 0 to 4. No total is told, but whoever
    reads this may know it from elsewhere (they see the lists of their own firm). So the figures are shown only
    if, with the total known, every small group could still have at least three different sizes. Otherwise
    nothing is shown at all. Method: cell suppression with an audit of the feasible interval of each cell.
    `people`: all groups there are, also the empty ones. O(n)."""
    bands = {group: _group_band(figure) for group, figure in people.items()}
    total = sum(people.values())
    lowest, highest = (sum(_edges(one)[end] for one in bands.values()) for end in (0, 1))
    return bands if all(_has_room(one, total, lowest, highest) for one in bands.values()) else None


def _group_band(figure: int) -> Band:
    lower = max(edge for edge in GROUP_BANDS if edge <= figure)
    above = [edge for edge in GROUP_BANDS if edge > figure]
    return Band(lower, above[0] - 1 if above else None)


def _edges(one: Band) -> tuple[int, int]:
    return one.lower, _ENDLESS if one.upper is None else one.upper


def _has_room(one: Band, total: int, lowest: int, highest: int) -> bool:
    """The smallest and the largest size this group can have when the others lie anywhere in their bands."""
    lower, upper = _edges(one)
    if lower >= SMALLEST_GROUP:
        return True
    return min(upper, total - (lowest - lower)) - max(lower, total - (highest - upper)) >= LEAST_ROOM
