"""What a need costs alone and what it costs together: the two sides of the savings figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from poolplan.expand import Candidate, Market
from poolplan.plan import Plan, Run
from poolplan.start import candidate_of
from poolplan.types import Id, Need, Problem


@dataclass(frozen=True, slots=True)
class NeedCost:
    """Euros for `persons` of a need, exact: the share of fixed cost, own seats, ways, time absent.

    `admin` is the office's effort per run (shared like the fixed cost).
    """

    persons: int
    fixed: Fraction
    per_person: Fraction
    travel: Fraction
    absence: Fraction
    admin: Fraction

    @property
    def total(self) -> Fraction:
        """Everything."""
        return self.fixed + self.per_person + self.travel + self.absence + self.admin

    @property
    def per_head(self) -> Fraction:
        """Everything, per person (0 for nobody)."""
        return self.total / self.persons if self.persons else Fraction(0)

    @property
    def price_per_seat(self) -> Fraction:
        """What the provider and the room cost per person: fixed share plus cost per person."""
        return (self.fixed + self.per_person) / self.persons if self.persons else Fraction(0)


@dataclass(frozen=True, slots=True)
class AloneCost:
    """The cheapest run the firm could hold for its own people only.

    `runs` of the same kind, if they do not fit into one. `in_window` is False if no date within the
    need's own weeks, dayparts and format exists and any date had to do.
    """

    need: Id
    cost: NeedCost
    runs: int
    example: Run
    in_window: bool

    @property
    def per_head(self) -> Fraction:
        """Euros per person, everything included."""
        return self.cost.per_head


def alone(problem: Problem, need_id: Id) -> AloneCost | None:
    """The cheapest single-firm run: whole fixed cost, own persons, minimum size paid or not.

    Rooms and trainers count as free unless closed. None if no template covers the topic. Raises
    `ProblemError` for an unknown need. O(slots * venues) of the topic's templates.
    """
    need = problem.need(need_id)
    best = _cheapest(problem, need)
    if best is not None:
        return _alone(need, *best, in_window=True)
    anywhere = replace(need, weeks=(1 << problem.calendar.weeks) - 1, days=(1 << 12) - 1,
                       latest_week=problem.calendar.weeks, formats=7, max_travel=10**6)  # fmt: skip
    best = _cheapest(problem, anywhere)
    return None if best is None else _alone(need, *best, in_window=False)


def together(problem: Problem, plan: Plan, need_id: Id) -> NeedCost:
    """What the need's seats in the plan cost: its share by seats of every run it sits in."""
    problem.need(need_id)
    market = Market(problem)
    parts = [(run, run.persons_of(need_id)) for run in plan.runs if run.persons_of(need_id)]
    total = NeedCost(0, *[Fraction(0)] * 5)
    for run, persons in parts:
        candidate = candidate_of(market, run)
        if candidate is not None:
            total = _sum(total, _share(market, candidate, market.need_at[need_id], (persons, run.size)))
    return total


def _sum(one: NeedCost, other: NeedCost) -> NeedCost:
    added = {name: getattr(one, name) + getattr(other, name) for name in NeedCost.__slots__}
    return NeedCost(**added)


def _share(market: Market, candidate: Candidate, need: int, seats: tuple[int, int]) -> NeedCost:
    persons, size = seats
    slot = candidate.slot
    return NeedCost(
        persons=persons,
        fixed=Fraction(candidate.fixed * persons, size),
        per_person=Fraction(market.problem.templates[slot.template].per_person * persons),
        travel=Fraction(market.way_cost(need, slot, candidate.venue) * persons),
        absence=Fraction(slot.timing.absence * persons),
        admin=Fraction(market.problem.params.run_admin * persons, size),
    )


def _cheapest(problem: Problem, need: Need) -> tuple[Market, Candidate, int] | None:
    """(market of this need only, its cheapest candidate, how many such runs it takes)."""
    market = Market(_only(problem, need))
    options = [(c, -(-need.persons // c.capacity)) for c in _candidates(market) if c.capacity]
    if not options:
        return None
    candidate, runs = min(options, key=lambda option: _price_alone(market, option))
    return market, candidate, runs


def _only(problem: Problem, need: Need) -> Problem:
    templates = tuple(t for t in problem.templates if need.topic in t.covers)
    return replace(problem, needs=(need,), templates=templates, frozen_runs=())


def _candidates(market: Market) -> Iterator[Candidate]:
    for component in market.components:
        for slot in component.slots():
            for candidate in market.candidates(slot):
                if component.who_at(slot, candidate.venue):
                    yield candidate


def _price_alone(market: Market, option: tuple[Candidate, int]) -> int:
    candidate, runs = option
    own = candidate.each + market.way_cost(0, candidate.slot, candidate.venue)
    fixed = candidate.fixed + market.problem.params.run_admin
    return runs * fixed + market.needs[0].persons * own


def _alone(need: Need, market: Market, candidate: Candidate, runs: int, *, in_window: bool) -> AloneCost:
    share = _share(market, candidate, 0, (need.persons, need.persons))
    cost = replace(share, fixed=share.fixed * runs, admin=share.admin * runs)
    slot = candidate.slot
    venue = None if candidate.venue < 0 else market.problem.venues[candidate.venue].id
    template = market.problem.templates[slot.template].id
    example = Run(template, slot.pattern, slot.start, slot.mode, venue, ())
    return AloneCost(need.id, cost, runs, example, in_window)
