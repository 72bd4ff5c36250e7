"""Which figures of a table are not told, so that no figure that must stay hidden can be worked out.

Primary: figures that fail `told_seats`. Complementary: further figures until `audit.exposures` finds nothing from
any eyes. First greedily, then whatever turned out needless is told again (Kelly, Golden & Assad 1992); then all
cheaper choices are tried in the order of their loss, as far as `MOST_WORK` allows, so that the answer is proven
cheapest for small tables. Fischetti & Salazar-González, Management Science 47 (2001), solve the same problem exactly
by branch and cut; the problem is NP-hard (Kelly 1990). Whatever way was taken, the last word is the audit's.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from .audit import Exposure, exposures
from .bands import Band, band
from .tables import TOTAL, Figure, Table
from .thresholds import told_seats

MOST_WORK = 100_000  # figures looked at, each from all eyes, while searching for a cheaper choice
Hidden = frozenset[Figure]


@dataclass(frozen=True, slots=True)
class Protected:
    """`told`: every figure that may be said, as a band. `extra`: hidden only for the sake of others.
    `cheapest`: no other choice would have hidden fewer seats. `safe`: the audit found nothing; false only when
    figures told before (`Table.told`) tie the hands."""

    told: dict[Figure, Band]
    extra: frozenset[Figure]
    cheapest: bool
    safe: bool


def protect(table: Table) -> Protected:
    """Bands for what may be told of a table, nothing for the rest. Cells, sums and total of two dimensions.

    Time grows with eyes x figures² for the greedy part and is bounded by `MOST_WORK` for the rest. The same
    table always gets the same answer.
    """
    primary = frozenset(one for one in table.figures() if _must_hide(table, one))
    greedy = _cleaned(table, primary, _greedy(table, primary))
    best, cheapest = _searched(table, primary, greedy)
    hidden = primary | best
    told = {one: band(_loss(table, one)) for one in table.figures() if one not in hidden}
    return Protected(told, best, cheapest, _is_safe(table, hidden))


def _must_hide(table: Table, figure: Figure) -> bool:
    if figure in table.told:
        return False
    return not table.is_published(figure) or told_seats(table.seats(figure)) is None


def _is_safe(table: Table, hidden: Hidden) -> bool:
    return next(exposures(table, hidden), None) is None


def _loss(table: Table, figure: Figure) -> int:
    return sum(table.seats(figure).values())


def _total_loss(table: Table, extra: Hidden) -> int:
    return sum(_loss(table, one) for one in extra)


# --- greedy -------------------------------------------------------------------------
def _greedy(table: Table, primary: Hidden) -> Hidden:
    extra: Hidden = frozenset()
    while found := next(exposures(table, primary | extra), None):
        choice = _next_to_hide(table, found, primary | extra)
        if choice is None:
            break
        extra |= {choice}
    return extra


def _next_to_hide(table: Table, found: Exposure, hidden: Hidden) -> Figure | None:
    """The smallest figure still told in the same lines; failing that, the smallest anywhere."""
    free = [one for one in table.figures() if one not in hidden and one not in table.told]
    near = [one for one in free if _share_a_line(one, found.near)]
    return min(near or free, key=lambda one: _loss(table, one), default=None)


def _share_a_line(one: Figure, other: Figure) -> bool:
    if TOTAL in (one, other):
        return "cell" not in (one.kind, other.kind) or one.row == other.row or one.column == other.column
    in_row = one.row is not None and one.row == other.row
    return in_row or (one.column is not None and one.column == other.column)


def _cleaned(table: Table, primary: Hidden, extra: Hidden) -> Hidden:
    """Tell again what need not be hidden, the largest first."""
    if not _is_safe(table, primary | extra):
        return extra
    for one in sorted(extra, key=lambda figure: -_loss(table, figure)):
        if _is_safe(table, primary | extra - {one}):
            extra = extra - {one}
    return extra


# --- all cheaper choices ------------------------------------------------------------
def _searched(table: Table, primary: Hidden, known: Hidden) -> tuple[Hidden, bool]:
    """(the best choice found, whether no cheaper one can exist). `known` is a choice that works."""
    limit = _total_loss(table, known)
    free = [one for one in table.figures() if one not in primary and one not in table.told]
    tries = MOST_WORK // (len(list(table.figures())) * (1 + len(table.firms())))
    for tried, (loss, choice) in enumerate(_by_loss(table, free)):
        if loss >= limit:
            return known, True
        if tried >= tries:
            return known, False
        if _is_safe(table, primary | choice):
            return choice, True
    return known, True


def _by_loss(table: Table, free: list[Figure]) -> Iterator[tuple[int, Hidden]]:
    """All sets of figures, those that lose the fewest seats first, each once."""
    losses = sorted((_loss(table, one), place) for place, one in enumerate(free))
    yield 0, frozenset()
    heap: list[tuple[int, tuple[int, ...]]] = [(losses[0][0], (0,))] if losses else []
    while heap:
        loss, places = heapq.heappop(heap)
        yield loss, frozenset(free[losses[place][1]] for place in places)
        last = places[-1]
        if last + 1 < len(losses):
            step = losses[last + 1][0]
            heapq.heappush(heap, (loss + step, (*places, last + 1)))
            heapq.heappush(heap, (loss + step - losses[last][0], (*places[:-1], last + 1)))
