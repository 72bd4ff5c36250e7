"""Candidate runs and who could sit in them, as padded arrays ready for pricing.

A candidate is offer x date x format x venue. Kept are only those that could pay for themselves if
every seat were free for the most valuable people (a bound, so nothing useful is lost).
"""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

import numpy as np

from poolplan.solver.demand import Demand
from poolplan.solver.ground import NO_VENUE, Ints
from poolplan.solver.slots import Component, Sheet

CELLS = 1_500_000  # of the dates x venues x pieces cube looked at in one go
EVERY = 1 << 30
BATCH = 150_000  # entries of a padded batch
NEVER = 255
LOST = np.float32(-1e9)


class Where(NamedTuple):
    """What identifies a candidate: offer, date (pattern, start week), format, venue; or a confirmed run."""

    offer: int
    pattern: int
    start: int
    mode: int
    venue: int
    frozen: int = -1


class Batch(NamedTuple):
    """Candidates (rows) and pieces (columns, padded with the dummy piece at the end).

    `spot`: offer, date, mode, venue per row. `cost`: fixed cost and administration. `least`..`most`
    seats. `value`: euros a person saves, own cost already off. `tier`: the group size from which
    the person's budget pays the price.
    """

    spot: Ints
    cost: np.ndarray
    least: Ints
    most: Ints
    piece: np.ndarray
    value: np.ndarray
    tier: np.ndarray


class _Part(NamedTuple):
    """Candidates of one cut of a sheet, their entries in one long row each, candidate by candidate."""

    spot: Ints
    cost: Ints
    least: Ints
    most: Ints
    entries: Ints
    piece: np.ndarray
    value: np.ndarray
    tier: np.ndarray


class Field:
    """All candidates of a component for a demand, given what rooms and trainers are still free."""

    def __init__(self, component: Component, demand: Demand, free: tuple[Ints, Ints], venues: int = EVERY) -> None:
        self.component = component
        self.demand = demand
        self._rooms, self._heads = free
        self._venues = venues
        self._look_at_needs()
        self.batches = _batches([part for sheet in component.sheets for part in self._cuts(sheet)], len(demand.piece))
        self.size = sum(len(batch.cost) for batch in self.batches)
        self.needs = np.unique(demand.piece[self._pieces])
        self.persons = int(demand.left[self.needs].sum())

    def where(self, spot: Ints) -> Where:
        """The candidate a row of `Batch.spot` stands for."""
        offer, date, mode, venue = (int(x) for x in spot)
        _, pattern, start = self.component.keys[date]
        return Where(offer, pattern, start, mode, venue)

    def rows_at(self, batch: Batch, wanted: Set[Where]) -> list[int]:
        """The rows of a batch that stand for one of these candidates."""
        return [row for row, spot in enumerate(batch.spot) if self.where(spot) in wanted]

    def _look_at_needs(self) -> None:
        """The demand's needs that lie in this component: local positions, pieces, homes."""
        demand, component = self.demand, self.component
        local = np.searchsorted(component.needs, demand.needs)
        local = np.minimum(local, max(len(component.needs) - 1, 0))
        here = component.needs[local] == demand.needs if len(component.needs) else np.zeros(len(demand), bool)
        here &= (demand.left > 0) & (demand.parts > 0) & (demand.least <= demand.left)
        pieces = np.flatnonzero(here[demand.piece])
        self._pieces = pieces
        self._local = local[demand.piece[pieces]]
        self._size = demand.size[pieces]

    def _cuts(self, sheet: Sheet) -> list[_Part]:
        """The sheet in cuts small enough to be looked at as a whole."""
        component, ground = self.component, self.component.ground
        who = component.covers(sheet.offer) & component.accepts(sheet.mode)
        mine = np.flatnonzero(who[self._local])
        if not len(mine):
            return []
        busy = self._heads[ground.offers[sheet.offer].pool][None, :] < 1
        free = component.meets(sheet.dates, busy)[:, 0] < 0.5
        fits = component.fits[np.ix_(sheet.dates, self._local[mine])]
        least = max(ground.offers[sheet.offer].least, 1)
        dates = np.flatnonzero(free & (fits @ self._size[mine] >= least))
        step = max(1, CELLS // (len(mine) * max(1, len(component.venues(sheet)))))
        sheets = [sheet._replace(dates=sheet.dates[dates[i : i + step]]) for i in range(0, len(dates), step)]
        return [part for one in sheets if (part := self._cut(one, mine)) is not None]

    def _cut(self, sheet: Sheet, mine: Ints) -> _Part | None:
        component, ground = self.component, self.component.ground
        offer, venues = ground.offers[sheet.offer], component.venues(sheet)
        local, size = self._local[mine], self._size[mine]
        near, way = self._ways(sheet, venues, local)
        cost = component.costs(sheet, venues)
        most = np.minimum(offer.most, ground.capacity[venues] if sheet.mode != 2 else offer.most)
        most = np.broadcast_to(most, cost.shape)
        cube = component.fits[np.ix_(sheet.dates, local)][:, None, :] & near[None, :, :]
        cube &= self._open(sheet, venues)[:, :, None]
        enough = cube @ size >= offer.least
        cube &= (enough & (most >= offer.least))[:, :, None]
        date, venue, who = np.nonzero(cube)
        if not len(who):
            return None
        each = ground.penalty[component.needs[local]] - offer.each
        value = (
            each[who] - component.absence[sheet.dates][date] - component.sessions[sheet.dates][date] * way[venue, who]
        )
        tier = _tiers(cost[date, venue], ground.budget[component.needs[local]][who] - offer.each)
        return self._part((sheet, venues), (cost, most), (date * len(venues) + venue, who, value, tier), mine)

    def _part(
        self, place: tuple[Sheet, Ints], shape: tuple[Ints, Ints], entries: tuple[Ints, ...], mine: Ints
    ) -> _Part | None:
        """Entries that can never be paid go, then candidates that cannot fill up or pay for themselves."""
        (sheet, venues), (cost, most) = place, shape
        owner, who, value, tier = entries
        ground, total, flat_most = self.component.ground, cost.size, most.ravel()
        least = max(ground.offers[sheet.offer].least, 1)
        price = cost.ravel() + ground.admin
        size, extra = self._size[mine], self._extra()[mine]
        keep = tier <= flat_most[owner]
        for _ in range(2):
            there = np.bincount(owner[keep], size[who[keep]], total)
            keep &= (tier <= there[owner]) & (there[owner] >= least)
        worth = np.bincount(owner[keep], np.maximum(value + extra[who], 0)[keep] * size[who[keep]], total)
        keep &= (_dearest(worth - price, len(venues), self._venues) & (worth > price))[owner]
        if not keep.any():
            return None
        kept, count = np.unique(owner[keep], return_counts=True)
        date, venue = kept // len(venues), kept % len(venues)
        spot = np.stack(
            [np.full(len(kept), sheet.offer), sheet.dates[date], np.full(len(kept), sheet.mode), venues[venue]], 1
        )
        piece = self._pieces[mine][who[keep]].astype(np.min_scalar_type(len(self.demand.piece)))
        entries = piece, value[keep].astype(np.float32), tier[keep].astype(np.uint8)
        return _Part(spot, price[kept], np.full(len(kept), least), flat_most[kept], count, *entries)

    def _extra(self) -> np.ndarray:
        """The most a person of each piece can add through the firm's bonus."""
        demand = self.demand
        bonus = np.where(demand.firm_row >= 0, float(self.component.ground.bonus), demand.bonus)
        each = np.where(demand.first, bonus[demand.piece] / np.minimum(demand.least, demand.left)[demand.piece], 0.0)
        return each[self._pieces]

    def _ways(self, sheet: Sheet, venues: Ints, local: Ints) -> tuple[np.ndarray, np.ndarray]:
        """(who gets there at all, euros per session), venues x needs; online: everybody, for nothing."""
        component, ground = self.component, self.component.ground
        stays = component.stays(sheet.mode)[local]
        if venues[0:1].tolist() == [NO_VENUE]:
            return np.ones((1, len(local)), bool), np.zeros((1, len(local)), np.int64)
        homes, places = ground.home[component.needs[local]], ground.venue_place[venues]
        minutes = ground.minutes[np.ix_(homes, places)].T
        near = stays | (minutes <= ground.max_travel[component.needs[local]])
        return near, np.where(stays, 0, ground.way[np.ix_(homes, places)].T)

    def _open(self, sheet: Sheet, venues: Ints) -> np.ndarray:
        if venues[0:1].tolist() == [NO_VENUE]:
            return np.ones((len(sheet.dates), 1), bool)
        return self.component.meets(sheet.dates, self._rooms[venues] < 1) < 0.5


def fields_of(components: list[Component], demand: Demand, free: tuple[Ints, Ints], venues: int = EVERY) -> list[Field]:
    """A field per component, those without any candidate left out; per date only the best `venues`."""
    fields = [Field(component, demand, free, venues) for component in components]
    return [field for field in fields if field.size]


def _dearest(margin: np.ndarray, venues: int, most: int) -> np.ndarray:
    """Which candidates are among the `most` best venues of their date."""
    if venues <= most:
        return np.ones(len(margin), bool)
    table = margin.reshape(-1, venues)
    limit = -np.partition(-table, most - 1, axis=1)[:, most - 1 : most]
    return (table >= limit).ravel()


def _tiers(cost: Ints, left: Ints) -> Ints:
    """Group size from which cost / size is within what is left of the budget (NEVER: no size is)."""
    size = -(-cost // np.maximum(left, 1))
    size = np.where(left > 0, np.maximum(size, 1), np.where((cost <= 0) & (left == 0), 1, NEVER))
    return np.minimum(size, NEVER)


def _batches(parts: list[_Part], dummy: int) -> list[Batch]:
    """Padded batches, candidates with about equally many entries together. Uses the parts up to save memory."""
    if not parts:
        return []
    lists = [list(same) for same in zip(*parts, strict=True)]
    parts.clear()
    spot, cost, least, most, counts, piece, value, tier = (_joined(each) for each in lists)
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    order = np.argsort(counts, kind="stable")
    batches, at = [], 0
    while at < len(order):
        padded = np.arange(1, len(order) - at + 1) * counts[order[at:]]
        rows = max(64, int((padded <= BATCH).sum()))
        mine = order[at : at + rows]
        at += rows
        width = int(counts[mine].max())
        column = np.arange(width)[None, :]
        inside = column < counts[mine][:, None]
        index = np.where(inside, first[mine][:, None] + column, 0)
        batches.append(
            Batch(
                spot[mine].astype(np.int32), cost[mine].astype(np.float32), least[mine], most[mine],
                np.where(inside, piece[index], dummy).astype(piece.dtype),
                np.where(inside, value[index], LOST).astype(np.float32),
                np.where(inside, tier[index], NEVER).astype(np.uint8),
            )
        )  # fmt: skip
    return batches


def _joined(arrays: list[np.ndarray]) -> np.ndarray:
    """All in one; the list is emptied, so that what it held may go."""
    whole = np.concatenate(arrays)
    arrays.clear()
    return whole
