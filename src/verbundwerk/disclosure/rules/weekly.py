"""What is published this week, given what was published before.

A figure that changes when one firm comes or goes tells about that firm. So a figure once told stays as it is until
enough firms have changed what they bring, and never comes back in a form that differs from an earlier one by too few.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .bands import Band, band
from .contributions import under_roofs
from .suppression import protect
from .tables import TOTAL, Figure, added, cell, line
from .thresholds import Seats, may_be_shown

NO_ROOFS: Mapping[Hashable, Hashable] = {}


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of a whole, as it is now. `never`: counts in the total and is told to nobody by itself."""

    key: str
    seats: Seats
    never: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """Of one figure: on which seats the word rests that stands now (None: nothing is said), and on which all earlier
    words rested."""

    stands: Seats | None = None
    earlier: tuple[Seats, ...] = ()

    def all(self) -> Sequence[Seats]:
        return self.earlier if self.stands is None else (*self.earlier, self.stands)


@dataclass(frozen=True, slots=True)
class Word:
    """What is said of one figure: seats and firms as bands, resting on `basis`; None when nothing is said."""

    seats: Band
    firms: Band
    basis: Seats


NOTHING = Memory()


def this_week(
    parts: Iterable[Part], memories: Mapping[str, Memory], total: str, roofs: Mapping[Hashable, Hashable] = NO_ROOFS
) -> dict[str, Word | None]:
    """The words of this week for every part and for the total (under the key `total`), by key.

    A part that stands and that too few firms have changed keeps its word and its basis. The total is the sum of the
    bases, so that all figures of a week belong together. Everything new passes `protect`.
    """
    listed = list(parts)
    bases = {one.key: _basis(one.seats, memories.get(one.key, NOTHING)) for one in listed}
    whole, kept = added(bases.values()), memories.get(total, NOTHING)
    stays = kept.stands is not None and not enough_changed(kept.stands, whole)
    never = {one.key for one in listed if one.never or _too_like(bases[one.key], memories.get(one.key, NOTHING))}
    told = {key for key, basis in bases.items() if memories.get(key, NOTHING).stands == basis}
    never_total = kept.stands != whole if stays else _too_like(whole, kept)
    table = line(
        {key: under_roofs(basis, roofs) for key, basis in bases.items()},
        never=[*(never - told), *([TOTAL] if never_total else [])],
        told=[*told, *([TOTAL] if kept.stands == whole else [])],
    )
    shown = protect(table).told
    words = {key: _word(basis, shown, cell("", key), roofs) for key, basis in bases.items()}
    words[total] = _standing(kept, roofs) if stays else _word(whole, shown, TOTAL, roofs)
    return words


def enough_changed(before: Seats, now: Seats) -> bool:
    """Whether the change between two states hides each firm that changed, by the thresholds for any figure."""
    return may_be_shown(_changes(before, now))


def _changes(before: Seats, now: Seats) -> dict[Hashable, int]:
    return {one: abs(now.get(one, 0) - before.get(one, 0)) for one in {*before, *now}}


def _basis(now: Seats, memory: Memory) -> Seats:
    """What a part rests on this week: its old basis as long as too few have changed."""
    return memory.stands if memory.stands is not None and not enough_changed(memory.stands, now) else now


def _too_like(now: Seats, memory: Memory) -> bool:
    """Whether the change against any earlier word would show fewer firms than a figure must have."""
    return any(dict(one) != dict(now) and not enough_changed(one, now) for one in memory.all())


def _word(
    basis: Seats, shown: Mapping[Figure, Band], figure: Figure, roofs: Mapping[Hashable, Hashable]
) -> Word | None:
    if figure not in shown:
        return None
    return Word(shown[figure], band(len(under_roofs(basis, roofs))), basis)


def _standing(kept: Memory, roofs: Mapping[Hashable, Hashable]) -> Word | None:
    if kept.stands is None:
        return None
    return Word(band(sum(kept.stands.values())), band(len(under_roofs(kept.stands, roofs))), kept.stands)
