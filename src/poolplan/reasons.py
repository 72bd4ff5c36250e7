"""Why is a need not served? The first rule, in the order a person would ask, that leaves no option.

Every stage looks at the options the stage before has left; numbers are counts, minutes, euros.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

from poolplan.expand import MODES, NO_VENUE, Candidate, Slot, Timing
from poolplan.group import Wish, fill_group, gathered
from poolplan.scene import Scene
from poolplan.state import OpenRun, least_part
from poolplan.types import HYBRID, ONLINE, Template

Numbers = dict[str, int]
Reason = tuple[str, Numbers]


class _Date(NamedTuple):
    template: int
    pattern: int
    start: int
    timing: Timing


class _Option(NamedTuple):
    """A candidate the need could come to; `run` if it is already in the plan."""

    candidate: Candidate
    run: OpenRun | None
    persons: int
    without_walls: int


def reason(scene: Scene) -> Reason:
    """(stage, numbers); see `explain` for the stages. O(slots * venues) of the need's own topic."""
    if not scene.left:
        return "served", {}
    early = _before_company(scene)
    return early if early is not None else _among_options(scene, list(_options(scene)))


# --- offer, time, format, way ----------------------------------------------------------------


def _before_company(scene: Scene) -> Reason | None:
    templates = [t for t, row in enumerate(scene.problem.templates) if scene.need.topic in row.covers]
    if not templates:
        return "no_template", {}
    offered = [_Date(t, *rest) for t in templates for rest in scene.market.timings(_row(scene, t))]
    dates = [date for date in offered if _suits(scene, date.timing)]
    if not dates:
        return "no_slot_in_window", {"dates_offered": len(offered)}
    if not any(_formats(scene, date) for date in dates):
        modes = 0
        for date in dates:
            modes |= _row(scene, date.template).modes
        return "format", {"offered": modes, "accepted": scene.need.formats, "dates": len(dates)}
    return _way(scene, dates)


def _row(scene: Scene, template: int) -> Template:
    return scene.market.problem.templates[template]


def _suits(scene: Scene, timing: Timing) -> bool:
    need = scene.need
    weeks = need.weeks & ((2 << need.latest_week) - 1)
    return timing.weeks & weeks == timing.weeks and timing.days & need.days == timing.days


def _formats(scene: Scene, date: _Date) -> list[int]:
    offered = _row(scene, date.template).modes
    return [m for m in MODES if offered & m and (scene.need.formats & m or (m == HYBRID and scene.need.formats))]


def _way(scene: Scene, dates: list[_Date]) -> Reason | None:
    """None if some venue is near enough (or nobody has to travel) and open."""
    near = [(d, m, v) for d in dates for m in _formats(scene, d) for v in _venues(scene, d.template, m)]
    if not near:
        return "travel", {"nearest": _nearest(scene, dates), "accepted": scene.need.max_travel}
    if all(_is_closed(scene, date, venue) for date, _, venue in near):
        return "closed", {"dates": len({date for date, _, _ in near})}
    return None


def _venues(scene: Scene, template: int, mode: int) -> Iterator[int]:
    if mode == ONLINE:
        yield NO_VENUE
        return
    stays = mode == HYBRID and scene.need.formats & (ONLINE | HYBRID)
    for v, venue in _allowed(scene, template):
        if stays or scene.market.near(scene.at, venue):
            yield v


def _allowed(scene: Scene, template: int) -> Iterator[tuple[int, object]]:
    allowed = _row(scene, template).venues
    for v, venue in enumerate(scene.problem.venues):
        if allowed is None or venue.id in allowed:
            yield v, venue.place


def _nearest(scene: Scene, dates: list[_Date]) -> int:
    home, between = scene.market.home[scene.at], scene.problem.travel.between
    ways = [between(home, place)[0] for t in {d.template for d in dates} for _, place in _allowed(scene, t)]
    return min(ways, default=-1)


def _is_closed(scene: Scene, date: _Date, venue: int) -> bool:
    market = scene.market
    closed = market.pool_closed[market.pool_of[date.template]]
    if venue != NO_VENUE:
        closed |= market.venue_closed[venue]
    return bool(closed & date.timing.cells)


# --- partners, price, walls, rooms, worth ----------------------------------------------------


def _options(scene: Scene) -> Iterator[_Option]:
    left = min(scene.left, scene.market.needs[scene.at].persons)
    for run in scene.joinable():
        yield _Option(run.candidate, run, run.size + left, run.size + left)
    for slot in scene.slots():
        for candidate in scene.market.candidates(slot):
            if scene.comes_to(candidate):
                yield _Option(candidate, None, *_partners(scene, slot, candidate))


def _partners(scene: Scene, slot: Slot, candidate: Candidate) -> tuple[int, int]:
    """Left-over persons who could come, the need's own included: all, and without its competitors."""
    state, market = scene.state, scene.market
    component = market.components[slot.component]
    walls = market.avoid[market.firm[scene.at]]
    who = component.who_at(slot, candidate.venue) & (state.alive[slot.component] | state.bit[scene.at])
    everybody = friends = 0
    while who:
        low = who & -who
        who ^= low
        need = component.needs[low.bit_length() - 1]
        everybody += state.left[need]
        friends += state.left[need] if market.firm[need] not in walls else 0
    return everybody, friends


def _among_options(scene: Scene, options: list[_Option]) -> Reason:
    for stage, keeps, numbers in _STAGES:
        kept = [option for option in options if keeps(scene, option)]
        if not kept:
            return stage, numbers(scene, options)
        options = kept
    return _worth(scene, options)


def _enough(scene: Scene, option: _Option) -> bool:
    return option.run is not None or option.persons >= _least(scene, option)


def _may_split(scene: Scene, option: _Option) -> bool:
    return bool(scene.state.alive[scene.component()] & scene.state.bit[scene.at])


def _free(scene: Scene, option: _Option) -> bool:
    return option.run is not None or scene.state.fits(option.candidate)


def _asked(scene: Scene, options: list[_Option]) -> Numbers:
    return {"options": len(options), "left": scene.left, "asked": least_part(scene.state, scene.at)}


def _least(scene: Scene, option: _Option) -> int:
    return _row(scene, option.candidate.slot.template).min_size


def _too_few(scene: Scene, options: list[_Option]) -> Numbers:
    """The date closest to coming about: persons there, persons needed, its start week."""
    if not options:
        return {"persons": scene.left, "needed": 0, "missing": 0, "week": -1}
    best = min(options, key=lambda o: (_least(scene, o) - o.persons, o.candidate.slot.start))
    needed = _least(scene, best)
    return {
        "persons": best.persons,
        "needed": needed,
        "missing": needed - best.persons,
        "week": best.candidate.slot.start,
    }


def _really(scene: Scene, option: _Option) -> _Option:
    """Counted again by who can sit together and pay, not only come."""
    if option.run:
        return option
    return option._replace(persons=gathered(scene.state, option.candidate, Wish(first=scene.at)))


def _size(option: _Option) -> int:
    return min(option.persons, option.candidate.capacity)


def _payable(scene: Scene, option: _Option) -> bool:
    return scene.market.least_size(scene.at, option.candidate) <= _size(option)


def _too_dear(scene: Scene, options: list[_Option]) -> Numbers:
    """The lowest price per seat in reach (rounded up), the budget, and what is missing."""
    price, size = min((_price(scene, o), _size(o)) for o in options if _size(o))
    whole = -(-price.numerator // price.denominator)
    budget = scene.need.budget
    return {"price": whole, "budget": budget, "missing": whole - budget, "size": size}


def _price(scene: Scene, option: _Option) -> Fraction:
    each = _row(scene, option.candidate.slot.template).per_person
    return Fraction(option.candidate.fixed, max(_size(option), 1)) + each


def _beside_each_other(scene: Scene, option: _Option) -> bool:
    if option.run is None:
        return option.without_walls >= _least(scene, option)
    firm = scene.market.firm
    inside = {firm[need] for need in option.run.members}
    return not inside & scene.market.avoid[firm[scene.at]]


def _has_seats(scene: Scene, option: _Option) -> bool:
    if option.run is None:
        return True
    return option.candidate.capacity - option.run.size >= least_part(scene.state, scene.at)


_STAGES: tuple[tuple[str, Callable[[Scene, _Option], bool], Callable[[Scene, list[_Option]], Numbers]], ...] = (
    ("too_few_partners", _enough, _too_few),
    ("parts_used_up", _may_split, _asked),
    ("price_ceiling", _payable, _too_dear),
    ("competitor", _beside_each_other, _asked),
    ("slot_taken", _free, _asked),
    ("run_full", _has_seats, _asked),
)


def _worth(scene: Scene, options: list[_Option]) -> Reason:
    """Options are left: the best one's gain says whether serving would cost more than it saves."""
    best: int | None = None
    for option in options:
        only = {scene.at: scene.left} if option.run else None
        wish = Wish(only=only, first=scene.at)
        group = fill_group(scene.state, option.candidate, option.run, wish)
        if group and scene.at in dict(group.members):
            best = group.gain if best is None else max(best, group.gain)
    if best is not None and best > 0:
        return "possible", {"gain": best, "options": len(options)}
    if best is None:
        return "too_few_partners", _too_few(scene, [_really(scene, option) for option in options])
    return "not_worth", {"loss": -best, "options": len(options)}
