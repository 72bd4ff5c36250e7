"""What a firm lets us count, and where: levels of confidence, walls, and firms under one roof."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How far a firm trusts us with a need. The words are those of `needs.terms.Confidentiality`."""

    OPEN = "open"
    TOPIC_ONLY = "topic_only"
    CONFIDENTIAL = "confidential"


class Scope(StrEnum):
    """What a figure is about: a topic as such, or also a place, a window, a pool with dates."""

    TOPIC = "topic"
    DETAIL = "detail"


COUNTS = {Scope.TOPIC: frozenset({Level.OPEN, Level.TOPIC_ONLY}), Scope.DETAIL: frozenset({Level.OPEN})}


@dataclass(frozen=True, slots=True)
class Contribution:
    """So many seats of one firm; `walled` when the firm keeps them from anybody at all."""

    firm: Hashable
    seats: int
    level: str = Level.OPEN
    walled: bool = False


def counted(contributions: Iterable[Contribution], scope: Scope) -> dict[Hashable, int]:
    """Seats by firm that may stand behind a figure of this scope. O(n).

    What is kept from one firm counts for nobody: if it counted for the others, two viewers who compare their figures
    would read the hidden firm in the difference.
    """
    seats: dict[Hashable, int] = {}
    for one in contributions:
        if one.level in COUNTS[scope] and not one.walled and one.seats > 0:
            seats[one.firm] = seats.get(one.firm, 0) + one.seats
    return seats


def under_roofs(seats: Mapping[Hashable, int], roofs: Mapping[Hashable, Hashable]) -> dict[Hashable, int]:
    """Firms that know each other's figures count as one; `roofs` names the roof of each that has one. O(n)."""
    merged: dict[Hashable, int] = {}
    for firm, count in seats.items():
        roof = roofs.get(firm, firm)
        merged[roof] = merged.get(roof, 0) + count
    return merged
