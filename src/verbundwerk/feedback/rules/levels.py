"""The self-check: what is asked for, and the picture of a group in which nobody can be seen. Pure."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from verbundwerk.disclosure.rules import SMALLEST_GROUP

# Five minutes: nobody weighs more than eight lines.
MOST_ITEMS = 8
LONGEST_ITEM = 160
# A difference of more than one level is too wide for one course (domain paper, section 7, case 6).
WIDE = 1.0
_ENDS = re.compile(r"[\n;]+")
_MARKS = " \t.,–-•*"


@dataclass(frozen=True, slots=True)
class Profile:
    """`bands`: per competence the levels between which the middle of the group stands; `wide`: too different."""

    bands: list[tuple[int, int]]
    wide: bool

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def competences(goals: str, contents: str) -> list[str]:
    """What a course is about, line by line: its contents where there are several, else its goals. O(length)."""
    parts = [_parts(contents), _parts(goals)]
    return next((one for one in parts if len(one) > 1), [*parts[1], *parts[0]])[:MOST_ITEMS]


def _parts(text: str) -> list[str]:
    found = [one.strip(_MARKS)[:LONGEST_ITEM] for one in _ENDS.split(text)]
    return list(dict.fromkeys(one for one in found if one))


def level_profile(answers: Sequence[Sequence[int]]) -> Profile | None:
    """The levels of a group as a picture, None below five answers. O(n log n) per competence.

    `answers`: one list of levels 0 to 3 per person, all of the same length. The lowest and the highest fifth of the
    group, at least one person at either end, are left out of every band and of the width: so neither rests on what
    one person said, and whoever knows all answers but one learns that one only if it lies inside the others.
    Trimmed range, after Tukey's trimmed estimators.
    """
    if len(answers) < SMALLEST_GROUP:
        return None
    bands = [_middle(column) for column in zip(*answers, strict=True)]
    low, high = _middle([fmean(one) for one in answers]) if bands else (0.0, 0.0)
    return Profile([(int(first), int(last)) for first, last in bands], high - low > WIDE)


def _middle(values: Sequence[float]) -> tuple[float, float]:
    cut = max(1, len(values) // SMALLEST_GROUP)
    inside = sorted(values)[cut : len(values) - cut]
    return inside[0], inside[-1]
