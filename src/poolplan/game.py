"""What every group of firms would pay for a run of its own: the game behind Shapley and stable shares.

A group is a bit mask over `firms` (bit i: firm i is in it); costs are whole cents; nobody costs nothing.
`excess` is how much a group pays more than a run of its own would cost; it is the one question the
stability methods ask, and each game answers it exactly for all 2^n groups at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from poolplan.errors import require, require_whole
from poolplan.price import PriceRule
from poolplan.types import Id

Mask = int
MOST_FIRMS = 20  # with 2 ** 20 groups a table still fits


@dataclass(frozen=True, slots=True)
class Demand:
    """What a firm needs: seats, cents only it causes (`own`: travel), and the cents of the cheapest
    room or equipment that would do for it (`room`; a group takes the dearest any of its firms needs)."""

    firm: Id
    seats: int
    own: int = 0
    room: int = 0

    def __post_init__(self) -> None:
        for name in ("seats", "own", "room"):
            require_whole(getattr(self, name), f"demands[{self.firm!r}].{name}")


class Game(Protocol):
    """Firms, what each group would pay on its own, and for fair shares each firm's seats and own cents."""

    @property
    def firms(self) -> tuple[Id, ...]: ...

    @property
    def seats(self) -> tuple[int, ...]: ...

    @property
    def own(self) -> tuple[int, ...]: ...

    def cost(self, group: Mask) -> int:
        """Cents of a run for this group alone."""
        ...

    def worst(self, pays: Sequence[int], scale: int) -> tuple[int, Mask]:
        """(excess, group) with the largest excess, where firm i pays pays[i] / scale cents; excess in 1/scale."""
        ...


@dataclass(frozen=True, slots=True)
class RunGame:
    """The game of a pool: a group pays the run's price for its own seats (at least `least` of them
    are billed), the dearest room it needs, and its own cents. Firms without seats cost no run.

    `worst` is a knapsack per room: O(rooms * firms * seats), however many groups there are.
    """

    rule: PriceRule
    demands: tuple[Demand, ...]
    least: int = 1

    def __post_init__(self) -> None:
        require_whole(self.least, "least", 1)
        require(len(set(self.firms)) == len(self.demands), "demands", "a firm stands there twice")
        require(len(self.demands) > 0, "demands", "nobody is there")

    @property
    def firms(self) -> tuple[Id, ...]:
        """In the order of the demands."""
        return tuple(demand.firm for demand in self.demands)

    @property
    def seats(self) -> tuple[int, ...]:
        """Seats by firm."""
        return tuple(demand.seats for demand in self.demands)

    @property
    def own(self) -> tuple[int, ...]:
        """Cents only this firm causes, by firm."""
        return tuple(demand.own for demand in self.demands)

    def run(self, seats: int) -> int:
        """Cents of the run itself for so many seats."""
        return self.rule.total(max(seats, self.least)) if seats else 0

    def cost(self, group: Mask) -> int:
        """Cents of a run for this group alone."""
        inside = [demand for i, demand in enumerate(self.demands) if group >> i & 1]
        room = max((demand.room for demand in inside), default=0)
        return self.run(sum(demand.seats for demand in inside)) + room + sum(demand.own for demand in inside)

    def worst(self, pays: Sequence[int], scale: int) -> tuple[int, Mask]:
        """The largest excess and its group; see `Game.worst`."""
        rooms = sorted({demand.room for demand in self.demands})
        return max((self._worst_in(room, pays, scale) for room in rooms), key=lambda found: found[0])

    def _worst_in(self, room: int, pays: Sequence[int], scale: int) -> tuple[int, Mask]:
        """Among firms that need at most this room; for each number of seats, the group that pays most."""
        best: dict[int, tuple[int, Mask]] = {}
        for i, demand in enumerate(self.demands):
            if demand.room <= room:
                paid = pays[i] - scale * demand.own
                for t, (so_far, group) in [(0, (0, 0)), *best.items()]:
                    more, joined = so_far + paid, group | 1 << i
                    if t + demand.seats not in best or more > best[t + demand.seats][0]:
                        best[t + demand.seats] = more, joined
        found = [(paid - scale * (self.run(t) + room), group) for t, (paid, group) in best.items()]
        return max(found, key=lambda one: one[0])


@dataclass(frozen=True, slots=True)
class TableGame:
    """Any game of up to twenty firms: `costs[group]` for every mask. `worst` is O(2^n)."""

    firms: tuple[Id, ...]
    costs: tuple[int, ...]
    seats: tuple[int, ...]

    def __post_init__(self) -> None:
        require(1 <= len(self.firms) <= MOST_FIRMS, "firms", f"must be 1 to {MOST_FIRMS}, not {len(self.firms)}")
        require(len(set(self.firms)) == len(self.firms), "firms", "a firm stands there twice")
        require(len(self.seats) == len(self.firms), "seats", "must be one number per firm")
        require(len(self.costs) == 1 << len(self.firms), "costs", "must be one number per group")
        require(self.costs[0] == 0, "costs", "nobody must cost nothing")

    @property
    def own(self) -> tuple[int, ...]:
        """A table does not tell what only one firm causes: nothing."""
        return (0,) * len(self.firms)

    def cost(self, group: Mask) -> int:
        """Cents of a run for this group alone."""
        return self.costs[group]

    def worst(self, pays: Sequence[int], scale: int) -> tuple[int, Mask]:
        """The largest excess and its group; see `Game.worst`."""
        excess = [paid - scale * cost for paid, cost in zip(sums_of(pays), self.costs, strict=True)]
        excess[0] = min(excess)
        most = max(excess)
        return most, excess.index(most, 1)


def table_game(
    firms: Iterable[Id], cost: Callable[[frozenset[Id]], int], seats: Iterable[int] | None = None
) -> TableGame:
    """The game of a cost function over sets of firms; `seats` are the heads a fair share looks at (default 1).

    Asks `cost` once per group, 2^n times; `ProblemError` for more than twenty firms or a cost that is
    no whole number of cents.
    """
    names = tuple(firms)
    require(len(names) <= MOST_FIRMS, "firms", f"must be at most {MOST_FIRMS}; sample instead")
    low, high = _sets_of(names[:10]), _sets_of(names[10:])  # joined one by one: a million sets need no memory
    costs = tuple(cost(one | other) if one or other else 0 for other in high for one in low)
    require(all(type(one) is int for one in costs), "cost", "must be whole cents")
    return TableGame(names, costs, tuple(seats) if seats is not None else (1,) * len(names))


def _sets_of(names: Sequence[Id]) -> list[frozenset[Id]]:
    groups: list[frozenset[Id]] = [frozenset()]
    for name in names:
        groups += [group | {name} for group in groups]
    return groups


def sums_of(values: Sequence[int]) -> list[int]:
    """The sum of every subset, by mask; O(2^n)."""
    sums = [0]
    for value in values:
        sums += [so_far + value for so_far in sums]
    return sums


def members_of(game: Game, group: Mask) -> tuple[Id, ...]:
    """The firms of a mask, in the game's order."""
    return tuple(firm for i, firm in enumerate(game.firms) if group >> i & 1)


def everybody(game: Game) -> Mask:
    """The group of all firms."""
    return (1 << len(game.firms)) - 1
