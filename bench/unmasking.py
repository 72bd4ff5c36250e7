"""How often somebody tries to unmask a firm, by kind, and how often it works with these rules and without them.

    PYTHONPATH=src:. .venv/bin/python bench/unmasking.py

Counts only; the promises themselves are tests (src/verbundwerk/disclosure/tests). „without“ is what the plain
thresholds (three firms, 60 %, 85 %) would give away in the same attempts.
"""

from collections.abc import Callable
from random import Random

from verbundwerk.disclosure.rules import (
    Memory,
    Part,
    disclosed_seats,
    line,
    may_be_shown,
    protect,
    this_week,
    told_seats,
)
from verbundwerk.disclosure.rules.audit import exposures
from verbundwerk.disclosure.rules.tables import TOTAL
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


def parts_and_total(attempts: int = 300) -> Counts:
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


def one_firm_moves(attempts: int = 3000) -> Counts:
    """One firm joins, leaves or changes between two weeks; unmasked: the figure says so."""
    failed = without = 0
    for _ in range(attempts):
        before = _crowd(RANDOM.randint(4, 8), 6)
        after = {**before, RANDOM.randint(0, 9): RANDOM.randint(0, 9)}
        first = this_week([Part("x", before)], {}, total="")["x"]
        memory = {"x": Memory(first.basis if first else None)}
        second = this_week([Part("x", after)], memory, total="")["x"]
        failed += bool(first) and (second is None or second.seats != first.seats)
        without += disclosed_seats(before) is not None and disclosed_seats(before) != disclosed_seats(after)
    return attempts, failed, without


def _crowd(firms: int, most: int) -> dict[int, int]:
    return {one: RANDOM.randint(1, most) for one in RANDOM.sample(range(10), firms)}


KINDS: dict[str, Callable[[], Counts]] = {
    "one contributor, knows who takes part": lambda: from_a_chair(1),
    "two talk and know who takes part": lambda: from_a_chair(2),
    "parts against their total": parts_and_total,
    "one firm between two weeks": one_firm_moves,
}

if __name__ == "__main__":
    print(f"{'attempts by kind':40}{'tried':>8}{'worked':>8}{'without':>9}")
    for name, attempt in KINDS.items():
        print("{:40}{:>8}{:>8}{:>9}".format(name, *attempt()))
