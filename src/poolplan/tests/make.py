"""Small made-up problems for the tests, and the way to the public test instances."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from poolplan import (
    HYBRID,
    ONLINE,
    ONSITE,
    Calendar,
    Company,
    Effort,
    Need,
    Params,
    Problem,
    Steering,
    Template,
    TrainerPool,
    Travel,
    Venue,
    mask,
    pattern_of,
    solve,
    steer,
)

ALL_DAYS = mask(range(12))
PARAMS = Params(
    km_cent=38, travel_hour=32, absence_day=260, absence_offhours_day=70, run_admin=150, company_unserved=1500
)
DATA = Path(__file__).parents[3].parent / "shared" / "data" / "pooling"


def instance(name: str) -> Path:
    """A public instance, or the test is skipped."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the public instance {name} is not here (expected in ../shared/data/pooling)")
    return path


def neutral_checker() -> ModuleType:
    """The neutral checker, which shares no code with us, or the test is skipped."""
    path = instance("check_plan.py")
    spec = importlib.util.spec_from_file_location("neutral_check_plan", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def travel(*ways: tuple[int, ...]) -> Travel:
    """Places 0, 1, ... with these minutes; as many kilometres."""
    return Travel(tuple(range(len(ways))), ways, ways)


def need(need_id: object, company: object, **changes: Any) -> Need:
    """Two people who can come nearly always."""
    values: dict[str, Any] = {
        "topic": "welding", "persons": 2, "penalty": 3000, "weeks": mask(range(4)), "days": ALL_DAYS,
        "formats": ONSITE | ONLINE | HYBRID, "max_travel": 60, "latest_week": 3, "budget": 2000,
    }  # fmt: skip
    return Need(need_id, company, **(values | changes))


def course(**changes: Any) -> Template:
    """A two-day welding course for three to eight people."""
    values: dict[str, Any] = {
        "id": "course", "covers": frozenset(["welding"]), "days": 2, "min_size": 3, "max_size": 8,
        "fixed": 2000, "per_person": 50, "modes": ONSITE, "patterns": (0,), "trainer_pool": "trainers",
    }  # fmt: skip
    return Template(**(values | changes))


def problem(needs: list[Need], **changes: Any) -> Problem:
    """One course, one room, one trainer, four weeks; a firm for every company named in the needs."""
    firms = dict.fromkeys(n.company for n in needs)
    values: dict[str, Any] = {
        "calendar": Calendar(4),
        "patterns": (pattern_of("block_mon"), pattern_of("evening")),
        "params": PARAMS,
        "travel": travel((5, 40), (40, 5)),
        "companies": tuple(Company(firm, 20, 0) for firm in firms),
        "needs": tuple(needs),
        "templates": (course(),),
        "venues": (Venue("hall", 0, 10, 1, 100),),
        "trainer_pools": (TrainerPool("trainers", 1),),
    }
    return Problem(**(values | changes))


def tiny(seed: int) -> Problem:
    """Four needs of at most two people, one or two courses, every rule somewhere: solvable by hand."""
    rng = random.Random(seed)
    firms = tuple(
        Company(f"f{i}", 9, rng.randrange(2), frozenset([f"f{(i + 1) % 3}"] if rng.random() < 0.3 else []))
        for i in range(3)
    )
    needs = [_tiny_need(rng, i) for i in range(4)]
    templates = tuple(_tiny_course(rng, i) for i in range(rng.randint(1, 2)))
    return problem(
        needs,
        calendar=Calendar(2),
        companies=firms,
        templates=templates,
        venues=(Venue("hall", 0, rng.randint(3, 5), 1, rng.choice([0, 120])),),
        trainer_pools=(TrainerPool("trainers", rng.randint(1, 2)),),
    )


def tiny_confirmed(seed: int) -> Problem | None:
    """A tiny problem one of whose runs is confirmed: the first of its best plan; None if it has none."""
    free = tiny(seed)
    runs = solve(free, effort=Effort(steps=4)).runs
    return steer(free, Steering(pinned=runs[:1])) if runs else None


def _tiny_need(rng: random.Random, i: int) -> Need:
    persons = rng.randint(1, 2)
    whole = rng.random() < 0.4
    return need(
        f"n{i}", f"f{rng.randrange(3)}", persons=persons, penalty=rng.randint(500, 4000),
        weeks=rng.randint(1, 3), days=rng.choice([ALL_DAYS, ALL_DAYS, mask([0, 2])]),
        formats=rng.choice([1, 3, 5, 7]), max_travel=rng.choice([20, 60]), latest_week=rng.randint(0, 1),
        budget=rng.randint(300, 1500), max_parts=rng.randint(1, 2), min_total=persons if whole else 1,
    )  # fmt: skip


def _tiny_course(rng: random.Random, i: int) -> Template:
    return course(
        id=f"t{i}", days=rng.randint(1, 2), max_size=rng.randint(3, 6), fixed=rng.randint(500, 3000),
        modes=rng.choice([ONSITE, ONLINE, ONSITE | HYBRID]), online_fixed=50, hybrid_fixed=200,
    )  # fmt: skip
