"""Two plans side by side: which runs are in both, which moved, which are only in one, and who gains or loses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from verbundwerk.needs.models import Need

from ..models import Plan, Proposal
from .plans import proposals_of


@dataclass(frozen=True, slots=True)
class Moved:
    """One course for much the same people, on another date, in another room or form."""

    before: Proposal
    after: Proposal


@dataclass(frozen=True, slots=True)
class Comparison:
    """`before` and `after` in the order they were asked for."""

    before: Plan
    after: Plan
    same: int
    pooled: int  # runs of the earlier plan that were accepted and are no matter of the later one
    moved: tuple[Moved, ...]
    only_before: tuple[Proposal, ...]
    only_after: tuple[Proposal, ...]
    lost: tuple[Need, ...]
    gained: tuple[Need, ...]

    @property
    def anything(self) -> bool:
        return bool(self.moved or self.only_before or self.only_after or self.lost or self.gained)


def compare(before: Plan, after: Plan) -> Comparison:
    """Both plans came through their guard. A run that has become a pool meanwhile is neither lost nor moved: its
    people are provided for, whatever the later plan says."""
    first, second = list(proposals_of(before)), list(proposals_of(after))
    same, old, new = _without_twins(first, second)
    gone_on, old = old, [run for run in old if run.taken is None]
    moved = _pairs(old, new)
    gone = {pair.before.pk for pair in moved} | {pair.after.pk for pair in moved}
    seated, later = _seated(first), _seated(second)
    pooled = {row.need_id for run in first if run.taken for row in run.members.all()}
    return Comparison(
        before=before,
        after=after,
        same=same,
        pooled=sum(run.taken is not None for run in gone_on),
        moved=tuple(moved),
        only_before=tuple(run for run in old if run.pk not in gone),
        only_after=tuple(run for run in new if run.pk not in gone),
        lost=_needs(seated, without=later.keys() | pooled),
        gained=_needs(later, without=seated.keys()),
    )


Key = tuple[UUID, str, date, str, UUID | None, UUID | None]


def _key(run: Proposal) -> Key:
    return run.offer_id, run.pattern, run.starts_on, run.format, run.venue_id, run.grows_id


def _without_twins(first: list[Proposal], second: list[Proposal]) -> tuple[int, list[Proposal], list[Proposal]]:
    """How many runs are in both, and the others of each."""
    waiting: dict[Key, list[Proposal]] = {}
    for run in second:
        waiting.setdefault(_key(run), []).append(run)
    old = [run for run in first if not (waiting.get(_key(run)) and waiting[_key(run)].pop(0))]
    new = {run.pk for runs in waiting.values() for run in runs}
    return len(first) - len(old), old, [run for run in second if run.pk in new]


def _pairs(old: Iterable[Proposal], new: Iterable[Proposal]) -> list[Moved]:
    """The same topic and level, and at least half of the smaller one's needs: then it is the same course elsewhere."""
    left, pairs = list(new), []
    for run in old:
        best = max(left, key=lambda other: _shared(run, other), default=None)
        if best is not None and _shared(run, best) >= 0.5:
            left.remove(best)
            pairs.append(Moved(run, best))
    return pairs


def _shared(one: Proposal, other: Proposal) -> float:
    if (one.offer.topic_id, one.offer.level) != (other.offer.topic_id, other.offer.level):
        return 0
    mine, theirs = ({row.need_id for row in run.members.all()} for run in (one, other))
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _seated(runs: Iterable[Proposal]) -> dict[UUID, Need]:
    return {row.need_id: row.need for run in runs for row in run.members.all()}


def _needs(seated: dict[UUID, Need], without: Iterable[UUID]) -> tuple[Need, ...]:
    left_out = set(without)
    return tuple(sorted((need for key, need in seated.items() if key not in left_out), key=lambda one: one.number))
