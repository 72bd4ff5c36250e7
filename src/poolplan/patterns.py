"""The six teaching rhythms of the interchange format, spelled out as cells."""

from __future__ import annotations

from collections.abc import Callable

from poolplan.errors import FormatError
from poolplan.types import Cell, Pattern

SATURDAY = 10


def _block_from_monday(day: int) -> tuple[Cell, ...]:
    return ((day // 5, 2 * (day % 5)),)


def _block_from_wednesday(day: int) -> tuple[Cell, ...]:
    return ((0, 4 + 2 * day),)


def _weekly(daypart: int) -> Callable[[int], tuple[Cell, ...]]:
    return lambda day: ((day, daypart),)


def _two_evenings(day: int) -> tuple[Cell, ...]:
    return ((day, 3), (day, 7))


_RHYTHMS: dict[str, tuple[Callable[[int], tuple[Cell, ...]], int]] = {
    "block_mon": (_block_from_monday, 10),
    "block_wed": (_block_from_wednesday, 3),
    "weekly_tue": (_weekly(2), 6),
    "weekly_fri": (_weekly(8), 6),
    "sat": (_weekly(SATURDAY), 4),
    "evening": (_two_evenings, 5),
}
KINDS = tuple(_RHYTHMS)


def pattern_of(kind: str) -> Pattern:
    """The pattern of this name ("block_mon", "evening", ...) for every length it can hold."""
    if kind not in _RHYTHMS:
        raise FormatError("patterns", f"unknown kind {kind!r}, known are {', '.join(KINDS)}")
    rhythm, longest = _RHYTHMS[kind]
    offsets = {days: tuple(cell for day in range(days) for cell in rhythm(day)) for days in range(1, longest + 1)}
    return Pattern(kind, offsets)
