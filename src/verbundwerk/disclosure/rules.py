"""The one function that decides what may be said about several firms at once.

Method: threshold and dominance (p%) rules of statistical disclosure control, with the parameters of
our house: at least three firms, none above 60 % of the seats, the two largest together at most 85 %.
Values in, values out; every figure about other firms passes here before anybody sees it.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

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
