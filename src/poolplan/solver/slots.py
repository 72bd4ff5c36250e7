"""When, how and where could a course be held, and who could come: one component of linked topics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from poolplan.solver.ground import NO_VENUE, Bools, Ground, Ints, Timing
from poolplan.types import HYBRID, ONLINE, ONSITE

MODES = (ONSITE, ONLINE, HYBRID)


class Sheet(NamedTuple):
    """All dates of one offer in one format: `dates` are positions in the component's timings."""

    offer: int
    mode: int
    dates: Ints


class Component:
    """The dates of a component and who could come to each: `fits[date, need]`."""

    def __init__(self, ground: Ground, number: int) -> None:
        self.ground = ground
        self.number = number
        self.needs = ground.needs_of(number)
        self.offers = ground.offers_of(number)
        self.keys: list[tuple[int, int, int]] = []
        self.timings: list[Timing] = []
        self._dates()
        self.sheets = list(self._sheets())

    def _dates(self) -> None:
        ground = self.ground
        lengths = {ground.offers[t].days for t in self.offers}
        patterns = {p for t in self.offers for p in ground.offers[t].patterns}
        for key, timing in ground.timings.items():
            if key[0] in lengths and key[1] in patterns:
                self.keys.append(key)
                self.timings.append(timing)
        weeks, days = ground.good_weeks[self.needs], ground.good_days[self.needs]
        self.fits = np.zeros((len(self.keys), len(self.needs)), dtype=bool)
        longest = max((len(t.cells) for t in self.timings), default=0)
        self._at = np.full((longest, len(self.keys)), ground.cells)  # the n-th cell of every date, then a free one
        for i, timing in enumerate(self.timings):
            self.fits[i] = weeks[:, timing.weeks].all(axis=1) & days[:, timing.dayparts].all(axis=1)
            self._at[: len(timing.cells), i] = timing.cells
        self.sessions = np.array([len(t.cells) for t in self.timings], dtype=np.int64)
        self.half_days = np.array([t.half_days for t in self.timings], dtype=np.int64)
        self.absence = np.array([t.absence for t in self.timings], dtype=np.int64)

    def meets(self, dates: Ints, things: np.ndarray) -> np.ndarray:
        """Sum over each date's cells of what `things` (things x cells) says: dates x things."""
        padded = np.zeros((self.ground.cells + 1, len(things)), np.float32)
        padded[:-1] = things.T
        met = np.zeros((len(dates), len(things)), np.float32)
        for cells in self._at:
            met += padded[cells[dates]]
        return met

    def _sheets(self) -> Iterator[Sheet]:
        ground = self.ground
        anybody = [bool(row.any()) for row in self.fits]
        for t in self.offers:
            offer = ground.offers[t]
            dates = [
                i
                for i, (days, pattern, _) in enumerate(self.keys)
                if anybody[i] and days == offer.days and pattern in offer.patterns
                and not offer.closed.intersection(self.timings[i].cells)
            ]  # fmt: skip
            for mode in MODES if dates else ():
                if offer.modes & mode:
                    yield Sheet(t, mode, np.array(dates))

    def covers(self, offer: int) -> Bools:
        """Which needs of the component the offer covers."""
        return np.isin(self.ground.topic[self.needs], self.ground.offers[offer].topics)

    def accepts(self, mode: int) -> Bools:
        """Which needs accept the format (hybrid: whoever accepts anything)."""
        formats = self.ground.formats[self.needs]
        return formats != 0 if mode == HYBRID else (formats & mode) != 0

    def stays(self, mode: int) -> Bools:
        """Whose people need not travel in this format."""
        formats = self.ground.formats[self.needs]
        if mode == HYBRID:
            return (formats & (ONLINE | HYBRID)) != 0
        return np.full(len(formats), mode == ONLINE)

    def venues(self, sheet: Sheet) -> Ints:
        """Rooms the sheet may use; online: none, said as NO_VENUE."""
        return np.array([NO_VENUE]) if sheet.mode == ONLINE else self.ground.offers[sheet.offer].venues

    def costs(self, sheet: Sheet, venues: Ints) -> Ints:
        """Fixed cost of a run, dates x venues (see `Ground.fixed_cost`)."""
        ground, offer = self.ground, self.ground.offers[sheet.offer]
        if sheet.mode == ONLINE:
            return np.full((len(sheet.dates), 1), offer.fixed + offer.online_fixed)
        rent = (ground.rent[venues][None, :] * self.half_days[sheet.dates][:, None] + 1) // 2
        return offer.fixed + rent + (offer.hybrid_fixed if sheet.mode == HYBRID else 0)
