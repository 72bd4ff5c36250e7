"""Who is still to be seated: needs with what is left of them, cut into pieces that count alike."""

from __future__ import annotations

import numpy as np

from poolplan.solver.ground import Ground, Ints


class Demand:
    """Some needs and what is left of each: `left` persons, `parts` runs they may still be spread over.

    `least` is the smallest further part. `fresh` marks firms that have nothing yet: their first
    seat earns the bonus. A piece is a share of a need whose persons are worth the same: the first
    `least` persons of a part and the rest.
    """

    def __init__(self, ground: Ground, needs: Ints, left: Ints, parts: Ints, fresh: np.ndarray) -> None:
        served = ground.persons[needs] - left
        least = np.maximum(ground.min_part[needs], ground.min_total[needs] - served)
        least = np.where(ground.max_parts[needs] == 1, least, ground.min_part[needs])
        self.needs = needs
        self.left = left
        self.least = np.maximum(least, 1)
        self.parts = np.minimum(parts, left // self.least)
        self.missing = np.maximum(ground.min_total[needs] - served, 1)
        self.firm = ground.firm[needs]
        self._bonus(ground, fresh)
        self.spread = self.left > self.least
        rest = np.flatnonzero(self.left > self.least)
        self.piece = np.concatenate([np.arange(len(needs)), rest])
        self.size = np.concatenate([np.minimum(self.least, self.left), (self.left - self.least)[rest]])
        self.first = np.arange(len(self.piece)) < len(needs)

    def __len__(self) -> int:
        return len(self.needs)

    def _bonus(self, ground: Ground, fresh: np.ndarray) -> None:
        """A firm with one need that goes into one run gets its bonus there; others get a row of their own."""
        waiting = fresh[self.firm]
        _, at, times = np.unique(self.firm, return_inverse=True, return_counts=True)
        simple = waiting & (times[at] == 1) & (self.parts == 1)
        self.bonus = np.where(simple, float(ground.bonus), 0.0)
        shared = np.unique(self.firm[waiting & ~simple])
        self.firms = shared
        position = np.full(ground.firms + 1, -1)
        position[shared] = np.arange(len(shared))
        self.firm_row = np.where(waiting, position[self.firm], -1)
