"""The interchange formats pooling-instance/1 and pooling-plan/1 (JSON, optionally gzipped).

In files, ids are positions (0, 1, 2, ...). Problems with other ids are written with positions and
read back with those; everything a file carries beyond the problem (names, coordinates) is ignored.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from poolplan.errors import FormatError, ProblemError
from poolplan.patterns import KINDS, pattern_of
from poolplan.plan import Plan, Run
from poolplan.types import (
    Calendar,
    Company,
    FrozenRun,
    Id,
    Membership,
    Need,
    Params,
    Problem,
    Template,
    TrainerPool,
    Travel,
    Venue,
)

INSTANCE_FORMAT = "pooling-instance/1"
PLAN_FORMAT = "pooling-plan/1"
Data = dict[str, Any]
T = TypeVar("T")


def read_instance(path: str | Path) -> Problem:
    """The problem in a pooling-instance/1 file (.gz is unpacked). Raises `FormatError`."""
    return instance_from(_load(path))


def write_instance(problem: Problem, path: str | Path) -> None:
    """Write a problem as pooling-instance/1 (packed where the name ends in .gz)."""
    _save(instance_to(problem), path)


def read_plan(path: str | Path) -> Plan:
    """The runs of a pooling-plan/1 file; costs and bound are not in the file, see `check.objective`."""
    return plan_from(_load(path))


def write_plan(problem: Problem, plan: Plan, path: str | Path) -> None:
    """Write a plan as pooling-plan/1; ids become positions in the problem."""
    _save(plan_to(problem, plan), path)


def instance_from(data: object) -> Problem:
    """The problem in decoded pooling-instance/1 data. Raises `FormatError` (field, reason)."""
    top = _headed(data, INSTANCE_FORMAT)
    try:
        return _problem(top)
    except FormatError:
        raise
    except ProblemError as error:
        raise FormatError(error.field, error.reason) from error


def plan_from(data: object) -> Plan:
    """The plan in decoded pooling-plan/1 data. Raises `FormatError` (field, reason)."""
    top = _headed(data, PLAN_FORMAT)
    return Plan(tuple(_each(top, "runs", _run)))


def instance_to(problem: Problem) -> Data:
    """A problem as pooling-instance/1 data, ids as positions, topics numbered as they come."""
    return _Writer(problem).instance()


def plan_to(problem: Problem, plan: Plan) -> Data:
    """A plan as pooling-plan/1 data, ids as positions in the problem."""
    writer = _Writer(problem)
    return {"format": PLAN_FORMAT, "runs": [writer.run(run, run.frozen) for run in plan.runs]}


# --- reading ---------------------------------------------------------------------------------


def _load(path: str | Path) -> object:
    opener = gzip.open if str(path).endswith(".gz") else open
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            return json.load(file)
    except (OSError, EOFError) as error:
        raise FormatError(str(path), f"cannot be read ({error})") from error
    except (ValueError, RecursionError) as error:
        raise FormatError(str(path), f"is not JSON ({error})") from error


def _headed(data: object, name: str) -> Data:
    if not isinstance(data, dict):
        raise FormatError("format", f"expected an object with format {name!r}")
    if data.get("format") != name:
        raise FormatError("format", f"expected {name!r}, found {data.get('format')!r}")
    return data


def _field(row: Data, name: str, where: str = "") -> Any:
    if name not in row:
        raise FormatError(f"{where}{name}", "is missing")
    return row[name]


def _whole(row: Data, name: str, where: str) -> int:
    value = _field(row, name, where)
    if not isinstance(value, int) or isinstance(value, bool):
        raise FormatError(f"{where}{name}", f"must be a whole number, not {value!r}")
    return value


def _list(row: Data, name: str, where: str = "") -> list[Any]:
    value = _field(row, name, where)
    if not isinstance(value, list):
        raise FormatError(f"{where}{name}", "must be a list")
    return value


def _numbers(row: Data, name: str, where: str) -> list[int]:
    values = _list(row, name, where)
    for i, value in enumerate(values):
        if not isinstance(value, int) or isinstance(value, bool):
            raise FormatError(f"{where}{name}[{i}]", f"must be a whole number, not {value!r}")
    return values


def _each(top: Data, name: str, build: Callable[[Data, str], T]) -> list[T]:
    built = []
    for i, row in enumerate(_list(top, name)):
        if not isinstance(row, dict):
            raise FormatError(f"{name}[{i}]", "must be an object")
        built.append(build(row, f"{name}[{i}]."))
    return built


def _positioned(top: Data, name: str, build: Callable[[Data, str], T]) -> tuple[T, ...]:
    things = tuple(_each(top, name, build))
    for i, row in enumerate(top[name]):
        if row.get("id") != i:
            raise FormatError(f"{name}[{i}].id", f"must be its position {i}, not {row.get('id')!r}")
    return things


def _problem(top: Data) -> Problem:
    frozen = top.get("frozen_runs") or []
    return Problem(
        calendar=Calendar(
            _whole(top, "weeks", ""),
            _whole(top, "dayparts", ""),
            tuple(_numbers(top, "holidays", "")) if "holidays" in top else (),
        ),
        patterns=tuple(pattern_of(kind) for kind in _list(top, "patterns")),
        params=_params(top),
        travel=_travel(top),
        companies=_positioned(top, "companies", _company),
        needs=_positioned(top, "needs", _need),
        templates=_positioned(top, "templates", _template),
        venues=_positioned(top, "venues", _venue),
        trainer_pools=_positioned(top, "trainer_pools", _pool),
        frozen_runs=tuple(_frozen(row, i) for i, row in enumerate(frozen)),
    )


def _params(top: Data) -> Params:
    row = _field(top, "params")
    if not isinstance(row, dict):
        raise FormatError("params", "must be an object")
    return Params(**{name: _whole(row, name, "params.") for name in Params.__slots__})


def _travel(top: Data) -> Travel:
    minutes, km = _matrix(top, "minutes"), _matrix(top, "km")
    return Travel(tuple(range(len(minutes))), minutes, km)


def _matrix(top: Data, name: str) -> tuple[tuple[int, ...], ...]:
    rows = _list(top, name)
    return tuple(tuple(_numbers({name: row}, name, f"[{i}].")) for i, row in enumerate(rows))


def _company(row: Data, where: str) -> Company:
    avoid = frozenset(_numbers(row, "avoid", where))
    return Company(_field(row, "id", where), _whole(row, "size", where), _whole(row, "home", where), avoid)


_NEED_NUMBERS = (
    "id", "company", "topic", "persons", "penalty", "weeks", "days", "formats", "max_travel",
    "latest_week", "budget", "max_parts", "min_part", "min_total",
)  # fmt: skip


def _need(row: Data, where: str) -> Need:
    numbers = {name: _whole(row, name, where) for name in _NEED_NUMBERS}
    return Need(**numbers, priority=str(_field(row, "priority", where)))


_TEMPLATE_NUMBERS = (
    "id", "days", "min_size", "max_size", "fixed", "per_person", "modes", "trainer_pool",
    "online_fixed", "hybrid_fixed",
)  # fmt: skip


def _template(row: Data, where: str) -> Template:
    venues = None if row.get("venues") is None else frozenset(_numbers(row, "venues", where))
    return Template(
        **{name: _whole(row, name, where) for name in _TEMPLATE_NUMBERS},
        covers=frozenset(_numbers(row, "covers", where)),
        patterns=tuple(_numbers(row, "patterns", where)),
        venues=venues,
        provider=row.get("provider"),
        closed_cells=_forbidden(row, where),
    )


def _forbidden(row: Data, where: str) -> frozenset[tuple[int, int]]:
    """Dates a coordinator forbade, a field of our own: [[week, daypart], ...]."""
    cells = [_numbers({"closed_cells": pair}, "closed_cells", where) for pair in row.get("closed_cells") or []]
    for cell in cells:
        if len(cell) != 2:
            raise FormatError(f"{where}closed_cells", "must be pairs [week, daypart]")
    return frozenset((week, daypart) for week, daypart in cells)


def _venue(row: Data, where: str) -> Venue:
    return Venue(
        id=_field(row, "id", where),
        place=_whole(row, "muni", where),
        capacity=_whole(row, "capacity", where),
        rooms=_whole(row, "rooms", where),
        rent_per_day=_whole(row, "rent_per_day", where),
        closed_weeks=frozenset(_numbers(row, "unavailable_weeks", where)),
    )


def _pool(row: Data, where: str) -> TrainerPool:
    closed = frozenset(_numbers(row, "unavailable_weeks", where))
    return TrainerPool(_field(row, "id", where), _whole(row, "headcount", where), closed)


def _frozen(row: object, position: int) -> FrozenRun:
    where = f"frozen_runs[{position}]"
    if not isinstance(row, dict):
        raise FormatError(where, "must be an object")
    run = _run(row, f"{where}.")
    return FrozenRun(position, run.template, run.pattern, run.start_week, run.mode, run.venue, run.members)


def _run(row: Data, where: str) -> Run:
    venue = None if row.get("venue") is None else _whole(row, "venue", where)
    frozen = None if row.get("frozen") is None else _whole(row, "frozen", where)
    return Run(
        template=_whole(row, "template", where),
        pattern=_whole(row, "pattern", where),
        start_week=_whole(row, "start_week", where),
        mode=_whole(row, "mode", where),
        venue=venue,
        members=tuple(_member(pair, where) for pair in _list(row, "members", where)),
        frozen=frozen,
    )


def _member(pair: object, where: str) -> Membership:
    if not isinstance(pair, list) or len(pair) != 2:
        raise FormatError(f"{where}members", f"must be pairs [need, persons], not {pair!r}")
    need, persons = _numbers({"members": pair}, "members", where)
    return Membership(need, persons)


# --- writing ---------------------------------------------------------------------------------


class _Writer:
    """Turns ids into positions."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        kinds = ("companies", "needs", "templates", "venues", "trainer_pools", "frozen_runs")
        self.at = {kind: _positions([x.id for x in getattr(problem, kind)]) for kind in kinds}
        self.at["places"] = _positions(list(problem.travel.places))
        covered = [topic for t in problem.templates for topic in sorted(t.covers, key=repr)]
        self.at["topics"] = _topic_numbers([need.topic for need in problem.needs] + covered)

    def instance(self) -> Data:
        problem = self.problem
        return {
            "format": INSTANCE_FORMAT,
            "weeks": problem.calendar.weeks,
            "dayparts": problem.calendar.dayparts,
            "patterns": [_kind(pattern.kind) for pattern in problem.patterns],
            "holidays": list(problem.calendar.holidays),
            "params": {name: getattr(problem.params, name) for name in Params.__slots__},
            "km": [list(row) for row in problem.travel.km],
            "minutes": [list(row) for row in problem.travel.minutes],
            "topics": [{"id": i} for i in range(len(self.at["topics"]))],
            "companies": [self.company(x) for x in problem.companies],
            "needs": [self.need(x) for x in problem.needs],
            "templates": [self.template(x) for x in problem.templates],
            "venues": [self.venue(x) for x in problem.venues],
            "trainer_pools": [self.pool(x) for x in problem.trainer_pools],
            "frozen_runs": [self.run(x, None) for x in problem.frozen_runs],
        }

    def company(self, company: Company) -> Data:
        avoid = sorted(self.at["companies"][other] for other in company.avoid)
        home = self.at["places"][company.home]
        return {"id": self.at["companies"][company.id], "size": company.size, "home": home, "avoid": avoid}

    def need(self, need: Need) -> Data:
        row: Data = {name: getattr(need, name) for name in _NEED_NUMBERS}
        row["id"] = self.at["needs"][need.id]
        row["company"] = self.at["companies"][need.company]
        row["topic"] = self.at["topics"][need.topic]
        return row | {"priority": need.priority}

    def template(self, template: Template) -> Data:
        row: Data = {name: getattr(template, name) for name in _TEMPLATE_NUMBERS}
        row["id"] = self.at["templates"][template.id]
        row["trainer_pool"] = self.at["trainer_pools"][template.trainer_pool]
        row["covers"] = sorted(self.at["topics"][topic] for topic in template.covers)
        row["patterns"] = list(template.patterns)
        venues = template.venues
        row["venues"] = None if venues is None else sorted(self.at["venues"][v] for v in venues)
        forbidden = {"closed_cells": sorted(map(list, template.closed_cells))} if template.closed_cells else {}
        return row | forbidden

    def venue(self, venue: Venue) -> Data:
        return {
            "id": self.at["venues"][venue.id],
            "muni": self.at["places"][venue.place],
            "capacity": venue.capacity,
            "rooms": venue.rooms,
            "rent_per_day": venue.rent_per_day,
            "unavailable_weeks": sorted(venue.closed_weeks),
        }

    def pool(self, pool: TrainerPool) -> Data:
        number = self.at["trainer_pools"][pool.id]
        return {"id": number, "headcount": pool.headcount, "unavailable_weeks": sorted(pool.closed_weeks)}

    def run(self, run: Run | FrozenRun, frozen: Id | None) -> Data:
        row: Data = {
            "template": self.at["templates"][run.template],
            "pattern": run.pattern,
            "start_week": run.start_week,
            "mode": run.mode,
            "venue": None if run.venue is None else self.at["venues"][run.venue],
            "members": [[self.at["needs"][m.need], m.persons] for m in run.members],
        }
        return row if frozen is None else row | {"frozen": self.at["frozen_runs"][frozen]}


def _positions(ids: list[Id]) -> dict[Id, int]:
    return {thing: i for i, thing in enumerate(dict.fromkeys(ids))}


def _topic_numbers(topics: list[Id]) -> dict[Id, int]:
    """Topics that are numbers already keep theirs, so that a file read and written stays the same."""
    numbers = [topic for topic in topics if isinstance(topic, int) and topic >= 0]
    if len(numbers) < len(topics):
        return _positions(topics)
    return {number: number for number in range(max(numbers, default=-1) + 1)}


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise FormatError("patterns", f"the format cannot carry the pattern {kind!r}")
    return kind


def _save(data: Data, path: str | Path) -> None:
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "wt", encoding="utf-8") as file:
        json.dump(data, file, separators=(",", ":"))
