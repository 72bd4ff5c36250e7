"""Figures told as ranges."""

from dataclasses import dataclass

# Each band is wider than the one before, so that a range hides about as large a part of a big figure as of a small one.
BANDS = (1, 3, 6, 11, 16, 26, 51, 101)


@dataclass(frozen=True, slots=True)
class Band:
    """A figure told as a range; `upper` is None for the open last band."""

    lower: int
    upper: int | None

    def __str__(self) -> str:
        if self.upper is None:
            return f"{self.lower}+"
        return str(self.lower) if self.lower == self.upper else f"{self.lower}–{self.upper}"


def band(figure: int) -> Band:
    """The band a positive figure falls into. Raises ValueError below 1. O(1)."""
    if figure < 1:
        raise ValueError("only positive figures have a band")
    lower = max(edge for edge in BANDS if edge <= figure)
    above = [edge for edge in BANDS if edge > figure]
    return Band(lower, above[0] - 1 if above else None)
