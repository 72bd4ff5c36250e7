"""What somebody can work out of a table, and whether that is too close to anybody.

The attacker knows every figure told, all the sums between them, how the method works, and its own seats in every
cell. For each figure not told, and for what is left of each line once the told figures are taken away, the auditor
asks the network how far the figure can move. Exact for tables of two dimensions (Hundepool et al. 2012, ch. 4.4).
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from .bands import band
from .circulation import ENDLESS, Arc, Residual
from .tables import TOTAL, Figure, Table, added
from .thresholds import Seats, may_be_shown, protection

OUTSIDER = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A figure in the network; `figure` is None for the rest of a line, `near` says where hiding more would help."""

    tail: Hashable
    head: Hashable
    seats: Seats
    figure: Figure | None
    near: Figure


@dataclass(frozen=True, slots=True)
class Exposure:
    """From these eyes (a firm, or OUTSIDER) this figure can be bounded too closely."""

    near: Figure
    eyes: Hashable | None


def exposures(table: Table, hidden: frozenset[Figure]) -> Iterator[Exposure]:
    """Every figure somebody can bound too closely while `hidden` is not told. O(eyes x figures x pushes)."""
    edges = list(_edges(table, hidden))
    for eyes in [OUTSIDER, *table.firms()]:
        residual = Residual([_arc(edge, hidden, eyes) for edge in edges])
        for index, edge in enumerate(edges):
            if (edge.figure is None or edge.figure in hidden) and _too_close(residual, index, edge.seats, eyes):
                yield Exposure(edge.near, eyes)


def bounds(
    table: Table, hidden: frozenset[Figure], figure: Figure, eyes: Hashable | None = OUTSIDER
) -> tuple[int, int]:
    """The range in which these eyes must see a figure; the upper end is ENDLESS or more where there is none."""
    edges = list(_edges(table, hidden))
    residual = Residual([_arc(edge, hidden, eyes) for edge in edges])
    index = next(place for place, edge in enumerate(edges) if edge.figure == figure)
    value = residual.arcs[index].value
    return value - residual.can_fall(index), value + residual.can_rise(index)


def _too_close(residual: Residual, index: int, seats: Seats, eyes: Hashable | None) -> bool:
    others = {firm: count for firm, count in seats.items() if firm != eyes}
    wanted = protection(sum(others.values()))
    if not wanted or may_be_shown(others):
        return False
    return residual.can_rise(index, wanted) < wanted or residual.can_fall(index, wanted) < wanted


def _arc(edge: Edge, hidden: frozenset[Figure], eyes: Hashable | None) -> Arc:
    value, own = sum(edge.seats.values()), edge.seats.get(eyes, 0) if eyes is not OUTSIDER else 0
    if edge.figure is None or edge.figure in hidden:
        return Arc(edge.tail, edge.head, value, own, ENDLESS)
    shown = band(value)
    return Arc(edge.tail, edge.head, value, max(own, shown.lower), shown.upper or ENDLESS)


# --- the network --------------------------------------------------------------------
# total -> rows -> cells -> columns -> total. What is not told of a line runs through a node of its own, so that the
# rest of the line is an arc too and is looked at like any other figure.
def _edges(table: Table, hidden: frozenset[Figure]) -> Iterator[Edge]:
    yield Edge("end", "start", table.seats(TOTAL), TOTAL, TOTAL)
    yield from _margin_edges(table, hidden, "row", table.rows)
    yield from _margin_edges(table, hidden, "column", table.columns)
    for key, seats in table.cells.items():
        figure = Figure("cell", *key)
        deep = "rest of " if figure in hidden else ""
        yield Edge((deep + "row", key[0]), (deep + "column", key[1]), seats, figure, figure)


def _margin_edges(table: Table, hidden: frozenset[Figure], kind: str, keys: list[Hashable]) -> Iterator[Edge]:
    """The sums of one direction, the rest of each, and the rest of the total in that direction."""
    figures = [Figure("row", key) if kind == "row" else Figure("column", None, key) for key in keys]
    unseen = [figure for figure in figures if figure in hidden]
    for figure, key in zip(figures, keys, strict=True):
        outer = ("rest of total by", kind) if figure in hidden else _pole(kind)
        yield _turned(kind, Edge(outer, (kind, key), table.seats(figure), figure, figure))
        left = [one for one in table.cells if one[kind == "column"] == key and Figure("cell", *one) in hidden]
        if left:
            rest = added(table.cells[one] for one in left)
            yield _turned(kind, Edge((kind, key), ("rest of " + kind, key), rest, None, figure))
    if unseen:
        rest = added(table.seats(figure) for figure in unseen)
        yield _turned(kind, Edge(_pole(kind), ("rest of total by", kind), rest, None, TOTAL))


def _pole(kind: str) -> str:
    return "start" if kind == "row" else "end"


def _turned(kind: str, edge: Edge) -> Edge:
    """Columns run the other way: from the cells to the end."""
    return edge if kind == "row" else Edge(edge.head, edge.tail, edge.seats, edge.figure, edge.near)
