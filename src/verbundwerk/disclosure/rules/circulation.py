"""How far one figure of a system of sums can move while everything told stays true.

A table whose cells, rows, columns and total are told as ranges is a circulation: seats flow from the total through
the rows into the cells and on through the columns. Pushing along residual arcs (Ford & Fulkerson 1962) from the true
figures finds the exact, integral range an attacker can derive; Kelly, Golden & Assad, Networks 22 (1992) and
Castro, Comput. Oper. Res. 32 (2005) use the same network for cell suppression.
"""

from collections import deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

Node = Hashable
ENDLESS = 10**9


@dataclass(frozen=True, slots=True)
class Arc:
    """A figure between two nodes: its true value, and between which bounds somebody must think it."""

    tail: Node
    head: Node
    value: int
    low: int
    high: int


class Residual:
    """What every figure could move. `arcs` must be a circulation inside its bounds."""

    def __init__(self, arcs: Sequence[Arc]) -> None:
        self.arcs = arcs
        self.ends: dict[Node, list[tuple[int, Node, int]]] = {}
        for index, arc in enumerate(arcs):
            self.ends.setdefault(arc.tail, []).append((index, arc.head, 1))
            self.ends.setdefault(arc.head, []).append((index, arc.tail, -1))

    def can_rise(self, index: int, wanted: int = ENDLESS) -> int:
        """By how much arc `index` can rise, looked for up to `wanted`. O(wanted-bounded pushes x arcs)."""
        arc = self.arcs[index]
        return self._push(arc.head, arc.tail, index, min(wanted, arc.high - arc.value))

    def can_fall(self, index: int, wanted: int = ENDLESS) -> int:
        """By how much arc `index` can fall, looked for up to `wanted`."""
        arc = self.arcs[index]
        return self._push(arc.tail, arc.head, index, min(wanted, arc.value - arc.low))

    def _push(self, source: Node, sink: Node, without: int, most: int) -> int:
        moved = [0] * len(self.arcs)
        pushed = 0
        while pushed < most:
            path = self._path(source, sink, without, moved)
            if path is None:
                break
            step = min(most - pushed, *(self._room(index, way, moved) for index, way in path))
            for index, way in path:
                moved[index] += way * step
            pushed += step
        return pushed

    def _path(self, source: Node, sink: Node, without: int, moved: list[int]) -> list[tuple[int, int]] | None:
        came: dict[Node, tuple[Node, int, int]] = {}
        waiting = deque([source])
        while waiting and sink not in came:
            node = waiting.popleft()
            for index, other, way in self.ends[node]:
                if index != without and other != source and other not in came and self._room(index, way, moved) > 0:
                    came[other] = (node, index, way)
                    waiting.append(other)
        return _walked(came, source, sink) if sink in came else None

    def _room(self, index: int, way: int, moved: list[int]) -> int:
        arc = self.arcs[index]
        value = arc.value + moved[index]
        return arc.high - value if way > 0 else value - arc.low


def _walked(came: dict[Node, tuple[Node, int, int]], source: Node, sink: Node) -> list[tuple[int, int]]:
    path, node = [], sink
    while node != source:
        node, index, way = came[node]
        path.append((index, way))
    return path
