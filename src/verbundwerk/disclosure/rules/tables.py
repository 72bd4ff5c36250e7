"""A table with margins: the figures in it, and the network of sums that ties them together."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from .thresholds import Seats


class Figure(NamedTuple):
    """One number of a table: a cell, the sum of a row or a column, or the total."""

    kind: str
    row: Hashable = None
    column: Hashable = None


TOTAL = Figure("total")


def cell(row_key: Hashable, column_key: Hashable) -> Figure:
    return Figure("cell", row_key, column_key)


def row(key: Hashable) -> Figure:
    return Figure("row", key)


def column(key: Hashable) -> Figure:
    return Figure("column", None, key)


@dataclass(frozen=True)
class Table:
    """Seats by firm in every cell. `never`: figures not told whatever they are; `told`: known already, not to be
    taken back; `margins`: which sums are told at all."""

    cells: Mapping[tuple[Hashable, Hashable], Seats]
    margins: frozenset[str] = frozenset({"row", "column", "total"})
    never: frozenset[Figure] = frozenset()
    told: frozenset[Figure] = frozenset()
    _sums: dict[Figure, dict[Hashable, int]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def rows(self) -> list[Hashable]:
        return list(dict.fromkeys(one for one, _other in self.cells))

    @cached_property
    def columns(self) -> list[Hashable]:
        return list(dict.fromkeys(other for _one, other in self.cells))

    def figures(self) -> Iterator[Figure]:
        """Every figure there is, told or not, the small ones first."""
        yield from (Figure("cell", *key) for key in self.cells)
        yield from (row(key) for key in self.rows)
        yield from (column(key) for key in self.columns)
        yield TOTAL

    def seats(self, figure: Figure) -> dict[Hashable, int]:
        """Seats by firm behind a figure. O(cells) the first time."""
        if figure not in self._sums:
            self._sums[figure] = added(self.cells[key] for key in self.cells if _within(key, figure))
        return self._sums[figure]

    def is_published(self, figure: Figure) -> bool:
        return figure not in self.never and (figure.kind == "cell" or figure.kind in self.margins)

    def firms(self) -> list[Hashable]:
        return list(self.seats(TOTAL))


def line(parts: Mapping[Hashable, Seats], never: Iterable[Hashable] = (), told: Iterable[Hashable] = ()) -> Table:
    """Parts and their total: a table with one row. `never`, `told`: keys of parts, or TOTAL."""
    return Table(
        {("", key): seats for key, seats in parts.items()},
        margins=frozenset({"total"}),
        never=frozenset(one if one == TOTAL else cell("", one) for one in never),
        told=frozenset(one if one == TOTAL else cell("", one) for one in told),
    )


def added(contributions: Iterable[Seats]) -> dict[Hashable, int]:
    """The seats of each firm over several figures."""
    sums: dict[Hashable, int] = {}
    for seats in contributions:
        for firm, count in seats.items():
            sums[firm] = sums.get(firm, 0) + count
    return sums


def _within(key: tuple[Hashable, Hashable], figure: Figure) -> bool:
    spans = {"cell": key, "row": (key[0], None), "column": (None, key[1]), "total": (None, None)}
    return spans[figure.kind] == (figure.row, figure.column)
