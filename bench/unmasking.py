"""How often somebody tries to unmask a firm, by kind, and how often it works with these rules and without them.

    PYTHONPATH=src:. .venv/bin/python bench/unmasking.py

Counts only; the promises themselves are tests (src/verbundwerk/disclosure/tests). „without“ is what the plain
thresholds (three firms, 60 %, 85 %) would give away in the same attempts; for free seats, what the exact number would.
Pages against exports and the timing of letters need a database: tests/house/test_leaks.py.
"""

from collections.abc import Callable, Hashable, Sequence
from itertools import combinations, product
from random import Random

from verbundwerk.disclosure.rules import (
    Contribution,
    Level,
    Memory,
    Part,
    Scope,
    Table,
    counted,
    disclosed_seats,
    enough_changed,
    line,
    may_be_shown,
    protect,
    this_week,
    told_places,
    told_seats,
)
from verbundwerk.disclosure.rules.audit import exposures
from verbundwerk.disclosure.rules.tables import TOTAL
from verbundwerk.disclosure.rules.thresholds import Seats
from verbundwerk.disclosure.tests import attacker

RANDOM = Random(4)
BANDS = [(1, 2), (3, 5), (6, 10), (11, 15)]
Counts = tuple[int, int, int]


def from_a_chair(chairs: int) -> Counts:
    """One firm's (or two talking firms') view of every crowd up to 15 seats; unmasked: one possible number."""
    tried = failed = without = 0
    for lower, upper in BANDS:
        for firms in range(1, upper + 1):
            every = [crowd for total in range(lower, upper + 1) for crowd in attacker.crowds(firms, total)]
            ours = attacker.from_chairs([one for one in every if told_seats(dict(enumerate(one)))], chairs)
            plain = attacker.from_chairs([one for one in every if disclosed_seats(dict(enumerate(one)))], chairs)
            tried += len({*ours, *plain})
            failed += sum(len(sizes) == 1 for sizes in ours.values())
            without += sum(len(sizes) == 1 for sizes in plain.values())
    return tried, failed, without


def sum_of_the_others(chairs: int) -> Counts:
    """The same without knowing who takes part; unmasked: the seats of all the others together are one number."""
    tried = failed = without = 0
    for lower, upper in BANDS:
        sizes = product(range(1, upper + 1), range(lower, upper + 1))
        every = [crowd for firms, total in sizes for crowd in attacker.crowds(firms, total)]
        ours, plain = _sums(every, chairs, told_seats), _sums(every, chairs, disclosed_seats)
        tried += len({*ours, *plain})
        failed += sum(len(sums) == 1 for sums in ours.values())
        without += sum(len(sums) == 1 for sums in plain.values())
    return tried, failed, without


def _sums(
    every: list[tuple[int, ...]], chairs: int, rule: Callable[[Seats], object]
) -> dict[tuple[int, ...], set[int]]:
    """For the own seats of so many firms, every number all the others can have together."""
    found: dict[tuple[int, ...], set[int]] = {}
    for crowd in every:
        if rule(dict(enumerate(crowd))):
            for own in combinations(crowd, chairs):
                found.setdefault(own, set()).add(sum(crowd) - sum(own))
    return found


def parts_and_total(attempts: int = 600) -> Counts:
    """A hidden part between told parts and a told total; unmasked: the audit finds somebody who comes too close."""
    failed = without = 0
    for _ in range(attempts):
        parts = {key: _crowd(RANDOM.randint(0, 6), 4) for key in range(RANDOM.randint(2, 5))}
        table = line(parts)
        told = protect(table).told
        failed += _exposed(table, [one for one in table.figures() if one not in told])
        without += _exposed(table, [one for one in table.figures() if not _plainly(table, one)])
    return attempts, failed, without


def _plainly(table, figure) -> bool:
    named = figure == TOTAL or figure.kind == "cell"
    return named and may_be_shown(table.seats(figure))


def _exposed(table, hidden) -> bool:
    return next(exposures(table, frozenset(hidden)), None) is not None


def filters(attempts: int = 250) -> Counts:
    """A list that can be filtered two ways, with all its sums; unmasked: as above, for every reader."""
    failed = without = 0
    for _ in range(attempts):
        rows, columns = RANDOM.randint(2, 3), RANDOM.randint(2, 3)
        table = Table({key: _crowd(RANDOM.randint(0, 6), 4) for key in product(range(rows), range(columns))})
        told = protect(table).told
        failed += _exposed(table, [one for one in table.figures() if one not in told])
        without += _exposed(table, [one for one in table.figures() if not may_be_shown(table.seats(one))])
    return attempts, failed, without


# --- weeks ------------------------------------------------------------------------------
def some_firms_move(movers: int, attempts: int) -> Counts:
    """So many firms join, leave or change between two weeks; unmasked: the figure says so."""
    failed = without = 0
    for _ in range(attempts):
        before = _crowd(RANDOM.randint(4, 8), 6)
        after = {**before, **{one: RANDOM.randint(0, 9) for one in RANDOM.sample(range(10), movers)}}
        first = this_week([Part("x", before)], {}, total="")["x"]
        memory = {"x": Memory(first.basis if first else None)}
        second = this_week([Part("x", after)], memory, total="")["x"]
        failed += bool(first) and (second is None or second.seats != first.seats)
        without += disclosed_seats(before) is not None and disclosed_seats(before) != disclosed_seats(after)
    return attempts, failed, without


def old_printouts(attempts: int = 600) -> Counts:
    """Six weeks in which firms come and go, all printed; unmasked: two printouts differ and fewer firms have changed
    between them than any figure must have. „without“: each week is told for itself."""
    failed = without = 0
    for _ in range(attempts):
        firms, memory = _crowd(RANDOM.randint(4, 8), 6), Memory()
        told: list[Seats] = []
        live: list[Seats] = []
        for _week in range(6):
            firms = {one: n for one, n in {**firms, **_crowd(RANDOM.randint(0, 3), 6)}.items() if RANDOM.random() < 0.9}
            word = this_week([Part("x", firms)], {"x": memory}, total="")["x"]
            memory = Memory(word.basis if word else None, tuple(told))
            told += [word.basis] if word else []
            live += [firms] if disclosed_seats(firms) else []
        failed += _too_close(told)
        without += _too_close(live)
    return attempts, failed, without


def _too_close(printed: Sequence[Seats]) -> bool:
    pairs = combinations(printed, 2)
    return any(dict(one) != dict(other) and not enough_changed(one, other) for one, other in pairs)


# --- what firms allow ---------------------------------------------------------------------
def across_a_wall(attempts: int = 2000) -> Counts:
    """Two people compare what they read, one of them behind a wall; unmasked: the figures differ."""
    failed = without = 0
    for _ in range(attempts):
        every = _contributions()
        behind = [one for one in every if not one.walled]
        failed += told_seats(counted(every, Scope.TOPIC)) != told_seats(counted(behind, Scope.TOPIC))
        in_front = [Contribution(one.firm, one.seats, one.level) for one in every]
        without += disclosed_seats(counted(in_front, Scope.TOPIC)) != disclosed_seats(counted(behind, Scope.TOPIC))
    return attempts, failed, without


def by_level(attempts: int = 2000) -> Counts:
    """What is confidential comes or goes, and „topic only“ where a place is told; unmasked: the figure moves."""
    failed = without = 0
    for _ in range(attempts):
        every = _contributions()
        scope = RANDOM.choice(list(Scope))
        may = {Level.OPEN, Level.TOPIC_ONLY} if scope == Scope.TOPIC else {Level.OPEN}
        said = [one for one in every if one.level in may]
        failed += told_seats(counted(every, scope)) != told_seats(counted(said, scope))
        without += disclosed_seats(_added(every)) != disclosed_seats(_added(said))
    return attempts, failed, without


def _contributions() -> list[Contribution]:
    levels, size = list(Level), RANDOM.randint(3, 9)
    return [
        Contribution(RANDOM.randint(0, 7), RANDOM.randint(1, 6), RANDOM.choice(levels), RANDOM.random() < 0.2)
        for _ in range(size)
    ]


def _added(every: list[Contribution]) -> dict[Hashable, int]:
    return counted([Contribution(one.firm, one.seats) for one in every], Scope.TOPIC)


# --- free seats -----------------------------------------------------------------------------
def free_seats(attempts: int = 2000) -> Counts:
    """Somebody looks, another firm books one to five seats, somebody looks again; unmasked: one size is possible."""
    failed = 0
    for _ in range(attempts):
        capacity = RANDOM.randint(8, 30)
        before, size = RANDOM.randint(1, capacity - 7), RANDOM.randint(1, 5)
        read = told_places(capacity, before), told_places(capacity, before + size)
        sizes = {
            later - one
            for one, later in combinations(range(1, capacity), 2)
            if (told_places(capacity, one), told_places(capacity, later)) == read
        }
        failed += len(sizes) == 1
    return attempts, failed, attempts


def _crowd(firms: int, most: int) -> dict[int, int]:
    return {one: RANDOM.randint(1, most) for one in RANDOM.sample(range(10), firms)}


KINDS: dict[str, Callable[[], Counts]] = {
    "one contributor, knows who takes part": lambda: from_a_chair(1),
    "two that talk, know who takes part": lambda: from_a_chair(2),
    "one contributor, sum of all others": lambda: sum_of_the_others(1),
    "two that talk, sum of all others": lambda: sum_of_the_others(2),
    "parts against their total": parts_and_total,
    "filters and their sums, every reader": filters,
    "one firm between two weeks": lambda: some_firms_move(1, 3000),
    "two firms together between two weeks": lambda: some_firms_move(2, 2000),
    "old printouts of six weeks": old_printouts,
    "two readers on both sides of a wall": across_a_wall,
    "levels: topic only, confidential": by_level,
    "free seats, two looks": free_seats,
}

if __name__ == "__main__":
    print(f"{'attempts by kind':40}{'tried':>8}{'worked':>8}{'without':>9}")
    everything = [0, 0, 0]
    for name, attempt in KINDS.items():
        counts = attempt()
        everything = [one + more for one, more in zip(everything, counts, strict=True)]
        print("{:40}{:>8}{:>8}{:>9}".format(name, *counts), flush=True)
    print("{:40}{:>8}{:>8}{:>9}".format("all", *everything))
