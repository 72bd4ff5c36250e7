"""A plan seen from one need: its topics alone, everything else only as rooms and trainers in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from poolplan.construct import seat_bound
from poolplan.expand import NO_VENUE, Candidate, Market, Slot
from poolplan.group import Group, Wish, best_group
from poolplan.plan import Plan, Run
from poolplan.start import candidate_of
from poolplan.state import Backdrop, OpenRun, State
from poolplan.types import Id, Problem, Template


class WayIn(NamedTuple):
    """A run (of the plan, or new) and who joins it."""

    run: OpenRun
    group: Group


class Scene:
    """The state of a plan around one need. Building it costs O(companies + runs + own component).

    `before`: a scene of the same plan and need, in a problem that differs only in needs and companies of the same
    topics; then only O(needs + own component)."""

    def __init__(self, problem: Problem, plan: Plan, need_id: Id, *, before: Scene | None = None) -> None:
        self.problem = problem
        self.need = problem.need(need_id)
        self.topics: frozenset[Id] = before.topics if before else linked_topics(problem, self.need.topic)
        mine = tuple(need for need in problem.needs if need.topic in self.topics)
        own = problem.changed(needs=mine, frozen_runs=())
        self.market: Market = Market(own, like=before.market if before else None)
        self.at = self.market.need_at[need_id]
        self.behind: Backdrop = before.behind if before else taken_by_others(problem, self.market, plan.runs)
        self.state = State(self.market, self.behind)
        self.public: dict[OpenRun, Run] = {}
        for run in plan.runs if before is None else before.public.values():
            self._open(run)

    def _open(self, run: Run) -> None:
        candidate = candidate_of(self.market, run)
        if candidate is None or candidate.slot.component == NO_VENUE:
            return
        open_run = OpenRun(candidate)
        members = [(self.market.need_at[m.need], m.persons) for m in run.members]
        self.state.open(open_run, members)
        self.public[open_run] = run

    @property
    def left(self) -> int:
        """Persons of the need nobody has seated."""
        return self.state.left[self.at]

    def component(self) -> int:
        """Number of the component the need lies in, NO_VENUE if no template covers its topic."""
        return self.market.component_of[self.at]

    def slots(self) -> Iterator[Slot]:
        """Slots the need itself could come to."""
        if self.component() == NO_VENUE:
            return
        component = self.market.components[self.component()]
        bit = self.state.bit[self.at]
        yield from (slot for slot in component.slots() if slot.who & bit)

    def comes_to(self, candidate: Candidate) -> bool:
        """Whether the need could come to this slot in this venue."""
        component = self.market.components[candidate.slot.component]
        return bool(component.who_at(candidate.slot, candidate.venue) & self.state.bit[self.at])

    def joinable(self) -> Iterator[OpenRun]:
        """Runs of the plan the need could come to, were there a seat."""
        for run in self.public:
            if run.candidate.slot.component == self.component() and self.comes_to(run.candidate):
                yield run

    def best_way_in(self) -> WayIn | None:
        """The most valuable way to seat the need that helps at all, or None."""
        ways = [way for run in self.joinable() if (way := self._join(run)) is not None]
        new = self._new_run()
        return max(ways if new is None else [*ways, new], key=lambda way: way.group.gain, default=None)

    def carry_out(self, way: WayIn, plan: Plan) -> tuple[Plan, Run]:
        """The plan with the way in carried out (runs only, costs as before) and the run it changed."""
        old = self.public.get(way.run)
        if old is None:
            self.state.open(way.run, way.group.members)
            run = self.state.public(way.run)
            return replace(plan, runs=(*plan.runs, run)), run
        for need, persons in way.group.members:
            self.state.seat(way.run, need, persons)
        run = replace(self.state.public(way.run), frozen=old.frozen)
        return replace(plan, runs=tuple(run if r is old else r for r in plan.runs)), run

    def _join(self, run: OpenRun) -> WayIn | None:
        wish = Wish(only={self.at: self.left}, first=self.at)
        group = best_group(self.state, run.candidate, run, wish)
        return WayIn(run, group) if group else None

    def _new_run(self) -> WayIn | None:
        best: WayIn | None = None
        for bound, candidate in sorted(self._promising(), key=lambda pair: -pair[0]):
            if best is not None and bound <= best.group.gain:
                break
            group = best_group(self.state, candidate, wish=Wish(first=self.at))
            with_need = group is not None and self.at in dict(group.members)
            if group and with_need and (best is None or group.gain > best.group.gain):
                best = WayIn(OpenRun(candidate), group)
        return best

    def _promising(self) -> Iterator[tuple[int, Candidate]]:
        for slot in self.slots():
            template = self.market.problem.templates[slot.template]
            if not seat_bound(self.state, slot, slot.who, (template.fixed, template.max_size)):
                continue
            component = self.market.components[slot.component]
            for candidate in self.market.candidates(slot):
                who = component.who_at(slot, candidate.venue)
                bound = seat_bound(self.state, slot, who, (candidate.fixed, candidate.capacity))
                if bound and self.comes_to(candidate) and self.state.fits(candidate):
                    yield bound, candidate


def taken_by_others(problem: Problem, market: Market, runs: Iterable[Run]) -> Backdrop:
    """What those runs take that belong to none of the market's own needs: rooms, trainers, firms that have a seat."""
    state = State(market)
    for run in runs:
        candidate = candidate_of(market, run)
        if candidate is not None and candidate.slot.component == NO_VENUE:
            state.block(candidate)
            for member in run.members:
                state.count_firm_as_served(market.company_at[problem.need(member.need).company])
    return state.backdrop()


def linked_topics(problem: Problem, topic: Id) -> frozenset[Id]:
    """This topic and all that hang together with it by a common template."""
    return frozenset({topic}.union(*(template.covers for template in linked_templates(problem, topic))))


def linked_templates(problem: Problem, topic: Id) -> list[Template]:
    """Templates whose topics hang together with this topic, in order."""
    topics, before = {topic}, 0
    while len(topics) > before:
        before = len(topics)
        for template in problem.templates:
            if template.covers & topics:
                topics |= template.covers
    return [template for template in problem.templates if template.covers & topics]
