"""Somebody who takes everything that is told and works out how many seats each firm can have.

Independent of the room's own audit: all tables of small whole numbers are tried that agree with what was told and
with what the attacker knows. Only the bands and the constants of the rules are shared.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from verbundwerk.disclosure.rules import Band

Range = tuple[int, int]


def within(value: int, told: Band) -> bool:
    return told.lower <= value and (told.upper is None or value <= told.upper)


# --- one figure -----------------------------------------------------------------------
def crowds(firms: int, total: int) -> Iterator[tuple[int, ...]]:
    """Every way to share so many seats among so many firms that all take part, the largest first."""
    yield from _shared(firms, total, total)


def _shared(firms: int, total: int, most: int) -> Iterator[tuple[int, ...]]:
    if firms == 0:
        if total == 0:
            yield ()
        return
    for first in range(min(most, total - firms + 1), 0, -1):
        if first * firms < total:
            return
        for rest in _shared(firms - 1, total - first, first):
            yield (first, *rest)


def hides(crowd: Sequence[int]) -> bool:
    """The thresholds as domain law has them, written down a second time."""
    ordered, total = sorted(crowd, reverse=True), sum(crowd)
    return len(crowd) >= 3 and ordered[0] * 10 <= 6 * total and (ordered[0] + ordered[1]) * 100 <= 85 * total


def from_chairs(every: Iterable[Sequence[int]], chairs: int) -> dict[tuple[int, ...], set[int]]:
    """For each set of own seats (of so many firms that talk) every number another firm can have, over all crowds that
    would be told alike. Exact: the attacker has counted everything that is possible."""
    found: dict[tuple[int, ...], set[int]] = {}
    for crowd in every:
        for own in combinations(range(len(crowd)), chairs):
            rest = {size for place, size in enumerate(crowd) if place not in own}
            found.setdefault(tuple(crowd[place] for place in own), set()).update(rest)
    return found


# --- a table ----------------------------------------------------------------------------
Key = tuple[Hashable, Hashable]
Told = Mapping[str, Mapping[Hashable, Band]]


def ranges(told: Told, shape: Range, known: Mapping[Key, int], most: int) -> dict[Key, Range]:
    """The smallest and largest value of every cell over all tables that agree with what was told.

    `told`: bands by kind ("cell", "row", "column", "total") and key; `known`: what the attacker has in each cell
    itself; no cell is tried above `most`."""
    rows, columns = shape
    keys = list(product(range(rows), range(columns)))
    options = [[n for n in range(known.get(key, 0), most + 1) if _fits(told["cell"].get(key), n)] for key in keys]
    found: dict[Key, set[int]] = {key: set() for key in keys}
    per_row = [_rows(told, number, options[number * columns : (number + 1) * columns]) for number in range(rows)]
    for chosen in product(*per_row):
        values = [value for one in chosen for value in one]
        if _agrees(told, dict(zip(keys, values, strict=True)), rows, columns):
            for key, value in zip(keys, values, strict=True):
                found[key].add(value)
    return {key: (min(values), max(values)) for key, values in found.items()}


def _rows(told: Told, number: int, options: list[list[int]]) -> list[tuple[int, ...]]:
    return [values for values in product(*options) if _fits(told["row"].get(number), sum(values))]


def _agrees(told: Told, table: Mapping[Key, int], rows: int, columns: int) -> bool:
    return all(
        _fits(told["column"].get(one), sum(table[other, one] for other in range(rows))) for one in range(columns)
    ) and _fits(told["total"].get(None), sum(table.values()))


def _fits(told: Band | None, value: int) -> bool:
    return told is None or within(value, told)
