"""The values that go into a problem: needs, companies, templates, rooms, trainers, time and money.

Money is in whole euros, distance in whole kilometres, travel in whole minutes. Ids are any
hashable values (UUID strings in the product, positions in the file format). Weeks and dayparts
are bit masks: bit w of `Need.weeks` says that week w suits. Daypart 2*d is the working day d
(0 = Monday), daypart 2*d+1 its evening. Formats are the bits ONSITE, ONLINE, HYBRID.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from poolplan.errors import ProblemError, require, require_whole

ONSITE, ONLINE, HYBRID = 1, 2, 4
ALL_FORMATS = ONSITE | ONLINE | HYBRID
DAYPARTS = 12

Id = Hashable
Cell = tuple[int, int]
"""(week, daypart); inside a pattern the week counts from the start week."""


def mask(positions: Iterable[int]) -> int:
    """The bit mask with the given bits set: `mask([0, 3]) == 0b1001`."""
    bits = 0
    for position in positions:
        bits |= 1 << position
    return bits


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rhythm of teaching: for a course of so many days, the cells it fills (None: does not fit)."""

    kind: str
    offsets: Mapping[int, tuple[Cell, ...]]

    def cells(self, days: int) -> tuple[Cell, ...] | None:
        """(week from the start, daypart) of every session of a course of `days` days, or None."""
        return self.offsets.get(days)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The horizon: weeks 0..weeks-1, twelve dayparts each; holiday weeks are told, not enforced."""

    weeks: int
    dayparts: int = DAYPARTS
    holidays: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        require_whole(self.weeks, "calendar.weeks", 1)
        require(self.dayparts == DAYPARTS, "calendar.dayparts", f"must be {DAYPARTS}")


@dataclass(frozen=True, slots=True)
class Params:
    """What things cost: cents per km, euros per travel hour, per day absent, per run, per firm."""

    km_cent: int
    travel_hour: int
    absence_day: int
    absence_offhours_day: int
    run_admin: int
    company_unserved: int

    def __post_init__(self) -> None:
        for name in self.__slots__:
            require_whole(getattr(self, name), f"params.{name}")


@dataclass(frozen=True, slots=True)
class Travel:
    """One-way minutes and kilometres between places; rows: from, columns: to, in order of `places`."""

    places: tuple[Id, ...]
    minutes: tuple[tuple[int, ...], ...]
    km: tuple[tuple[int, ...], ...]
    _at: dict[Id, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._at.update({place: i for i, place in enumerate(self.places)})
        require(len(self._at) == len(self.places), "travel.places", "a place stands there twice")
        for name in ("minutes", "km"):
            square = [len(row) for row in getattr(self, name)] == [len(self.places)] * len(self.places)
            require(square, f"travel.{name}", f"must have {len(self.places)} rows and columns")

    def knows(self, place: Id) -> bool:
        """Whether distances from and to this place are known."""
        return place in self._at

    def between(self, start: Id, end: Id) -> tuple[int, int]:
        """(minutes, km) one way."""
        i, j = self._at[start], self._at[end]
        return self.minutes[i][j], self.km[i][j]


@dataclass(frozen=True, slots=True)
class Company:
    """A firm: heads, home place, and firms its people shall not sit with (works both ways)."""

    id: Id
    size: int
    home: Id
    avoid: frozenset[Id] = frozenset()

    def __post_init__(self) -> None:
        require_whole(self.size, f"companies[{self.id!r}].size")


@dataclass(frozen=True, slots=True)
class Need:
    """So many persons of a company need a topic, within these weeks, dayparts, formats, minutes, euros.

    `penalty`: euros per person left unserved. `budget`: the highest price per seat (fixed cost of
    the run divided by its size, plus cost per person). They may be spread over at most `max_parts`
    runs, at least `min_part` in each, and either nobody or at least `min_total` are served.
    """

    id: Id
    company: Id
    topic: Id
    persons: int
    penalty: int
    weeks: int
    days: int
    formats: int
    max_travel: int
    latest_week: int
    budget: int
    max_parts: int = 1
    min_part: int = 1
    min_total: int = 1
    priority: str = "B"

    def __post_init__(self) -> None:
        for name, least in _NEED_LEAST.items():
            require_whole(getattr(self, name), f"needs[{self.id!r}].{name}", least)
        known = self.formats <= ALL_FORMATS
        require(known, f"needs[{self.id!r}].formats", f"unknown format bits in {self.formats}")


_NEED_LEAST = {
    "persons": 1, "penalty": 0, "weeks": 0, "days": 0, "formats": 0, "max_travel": 0,
    "latest_week": 0, "budget": 0, "max_parts": 1, "min_part": 1, "min_total": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Template:
    """A course on offer: topics, days, group size, prices, formats, rhythms, trainers, rooms.

    `patterns` are positions in `Problem.patterns`; `venues` None means any venue. No session may
    fall into `closed_cells` (week, daypart): dates a coordinator forbids.
    """

    id: Id
    covers: frozenset[Id]
    days: int
    min_size: int
    max_size: int
    fixed: int
    per_person: int
    modes: int
    patterns: tuple[int, ...]
    trainer_pool: Id
    online_fixed: int = 0
    hybrid_fixed: int = 0
    venues: frozenset[Id] | None = None
    provider: Id | None = None
    closed_cells: frozenset[Cell] = frozenset()

    def __post_init__(self) -> None:
        name = f"templates[{self.id!r}]"
        for part in ("days", "min_size", "max_size"):
            require_whole(getattr(self, part), f"{name}.{part}", 1)
        for part in ("fixed", "per_person", "online_fixed", "hybrid_fixed", "modes"):
            require_whole(getattr(self, part), f"{name}.{part}")
        require(self.min_size <= self.max_size, f"{name}.max_size", "is below min_size")
        require(self.modes <= ALL_FORMATS, f"{name}.modes", f"unknown format bits in {self.modes}")


@dataclass(frozen=True, slots=True)
class Venue:
    """A place with equal rooms: seats per room, number of rooms, rent per day, closed weeks."""

    id: Id
    place: Id
    capacity: int
    rooms: int = 1
    rent_per_day: int = 0
    closed_weeks: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        for name in ("capacity", "rooms", "rent_per_day"):
            require_whole(getattr(self, name), f"venues[{self.id!r}].{name}")


@dataclass(frozen=True, slots=True)
class TrainerPool:
    """Trainers who can stand in for one another: so many at the same time, closed weeks."""

    id: Id
    headcount: int = 1
    closed_weeks: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        require_whole(self.headcount, f"trainer_pools[{self.id!r}].headcount")


@dataclass(frozen=True, slots=True)
class Membership:
    """So many persons of a need (in a run, or left over)."""

    need: Id
    persons: int


@dataclass(frozen=True, slots=True)
class FrozenRun:
    """A confirmed run: date, format, place and members stay; it may grow."""

    id: Id
    template: Id
    pattern: int
    start_week: int
    mode: int
    venue: Id | None
    members: tuple[Membership, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything `solve` needs to know. Raises `ProblemError` where it contradicts itself."""

    calendar: Calendar
    patterns: tuple[Pattern, ...]
    params: Params
    travel: Travel
    companies: tuple[Company, ...]
    needs: tuple[Need, ...]
    templates: tuple[Template, ...]
    venues: tuple[Venue, ...]
    trainer_pools: tuple[TrainerPool, ...]
    frozen_runs: tuple[FrozenRun, ...] = ()
    _by_id: dict[str, dict[Id, object]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("companies", "needs", "templates", "venues", "trainer_pools", "frozen_runs"):
            things = getattr(self, name)
            self._by_id[name] = {thing.id: thing for thing in things}
            require(len(self._by_id[name]) == len(things), name, "an id stands there twice")
        _check_references(self)

    def changed(self, **parts: tuple[Any, ...]) -> Problem:
        """This problem with some of its lists exchanged (`needs=`, `companies=`, ...), unchecked.

        For lists that name nothing but what stands here or comes along with them, so that what was checked once
        need not be checked again. O(length of the new lists)."""
        other = object.__new__(Problem)
        for one in fields(Problem):
            object.__setattr__(other, one.name, parts.get(one.name, getattr(self, one.name)))
        by_id = {name: {thing.id: thing for thing in things} for name, things in parts.items()}
        object.__setattr__(other, "_by_id", {**self._by_id, **by_id})
        return other

    def need(self, need_id: Id) -> Need:
        """The need with this id; `ProblemError` if there is none."""
        return self._get("needs", need_id)  # type: ignore[return-value]

    def company(self, company_id: Id) -> Company:
        """The company with this id; `ProblemError` if there is none."""
        return self._get("companies", company_id)  # type: ignore[return-value]

    def template(self, template_id: Id) -> Template:
        """The template with this id; `ProblemError` if there is none."""
        return self._get("templates", template_id)  # type: ignore[return-value]

    def venue(self, venue_id: Id) -> Venue:
        """The venue with this id; `ProblemError` if there is none."""
        return self._get("venues", venue_id)  # type: ignore[return-value]

    def trainer_pool(self, pool_id: Id) -> TrainerPool:
        """The trainer pool with this id; `ProblemError` if there is none."""
        return self._get("trainer_pools", pool_id)  # type: ignore[return-value]

    def has(self, kind: str, thing_id: Id) -> bool:
        """Whether `kind` ("needs", "companies", ...) holds a thing with this id."""
        return thing_id in self._by_id[kind]

    def _get(self, kind: str, thing_id: Id) -> object:
        try:
            return self._by_id[kind][thing_id]
        except KeyError:
            raise ProblemError(kind, f"no such id: {thing_id!r}") from None


def _check_references(problem: Problem) -> None:
    for company in problem.companies:
        _known_place(problem, company.home, f"companies[{company.id!r}].home")
        for other in company.avoid:
            _known(problem, "companies", other, f"companies[{company.id!r}].avoid")
    for need in problem.needs:
        _known(problem, "companies", need.company, f"needs[{need.id!r}].company")
    for venue in problem.venues:
        _known_place(problem, venue.place, f"venues[{venue.id!r}].place")
    for template in problem.templates:
        _check_template(problem, template)
    for frozen in problem.frozen_runs:
        _check_frozen(problem, frozen)


def _check_template(problem: Problem, template: Template) -> None:
    name = f"templates[{template.id!r}]"
    _known(problem, "trainer_pools", template.trainer_pool, f"{name}.trainer_pool")
    for venue in template.venues or ():
        _known(problem, "venues", venue, f"{name}.venues")
    for pattern in template.patterns:
        inside = isinstance(pattern, int) and 0 <= pattern < len(problem.patterns)
        require(inside, f"{name}.patterns", f"no such pattern: {pattern!r}")


def _check_frozen(problem: Problem, frozen: FrozenRun) -> None:
    name = f"frozen_runs[{frozen.id!r}]"
    _known(problem, "templates", frozen.template, f"{name}.template")
    if frozen.venue is not None:
        _known(problem, "venues", frozen.venue, f"{name}.venue")
    for member in frozen.members:
        _known(problem, "needs", member.need, f"{name}.members")


def _known(problem: Problem, kind: str, thing_id: Id, where: str) -> None:
    require(problem.has(kind, thing_id), where, f"no such id: {thing_id!r}")


def _known_place(problem: Problem, place: Id, where: str) -> None:
    require(problem.travel.knows(place), where, f"no travel times for place {place!r}")
