"""The one function that decides what may be said about several firms at once.

Method: threshold and dominance (p%) rules of statistical disclosure control, with the parameters of
our house: at least three firms, none above 60 % of the seats, the two largest together at most 85 %.
Values in, values out; every figure about other firms passes here before anybody sees it.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

MINIMUM_FIRMS = 3
LARGEST_SHARE = Fraction(60, 100)
TWO_LARGEST_SHARE = Fraction(85, 100)
BANDS = (1, 3, 6, 11, 16, 26, 51, 101)


@dataclass(frozen=True, slots=True)
class Band:
    """A figure told as a range; `upper` is None for the open last band."""

    lower: int
    upper: int | None

    def __str__(self) -> str:
        return f"{self.lower}–{self.upper}" if self.upper else f"{self.lower}+"


def band(figure: int) -> Band:
    """The band a positive figure falls into. Raises ValueError below 1. O(1)."""
    if figure < 1:
        raise ValueError("only positive figures have a band")
    lower = max(edge for edge in BANDS if edge <= figure)
    above = [edge for edge in BANDS if edge > figure]
    return Band(lower, above[0] - 1 if above else None)


def may_be_shown(seats_by_firm: Mapping[Hashable, int]) -> bool:
    """Whether a total over these firms hides each of them: three firms, 60 %, 85 %. O(n log n)."""
    seats = sorted((n for n in seats_by_firm.values() if n > 0), reverse=True)
    if len(seats) < MINIMUM_FIRMS:
        return False
    total = sum(seats)
    return seats[0] <= LARGEST_SHARE * total and seats[0] + seats[1] <= TWO_LARGEST_SHARE * total


def disclosed_seats(seats_by_firm: Mapping[Hashable, int]) -> Band | None:
    """The total as a band when it may be shown, else None.

    Vectors: 5+5 -> None; 18+1+1 -> None; 5+4+3 -> 11–15.
    """
    return band(sum(seats_by_firm.values())) if may_be_shown(seats_by_firm) else None


# --- groups of people inside one firm ---------------------------------------------------------------
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
