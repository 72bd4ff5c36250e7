"""Explanations of a plan: why a need is left over, and the smallest changes that would serve it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from poolplan.changes import Change, apply
from poolplan.check import breaches
from poolplan.plan import Plan, Run
from poolplan.reasons import Numbers, reason
from poolplan.scene import Scene
from poolplan.types import ONLINE, Id, Problem

NO_LIMIT = 10**7
LADDERS = (
    ("more_persons", (1, 2, 3)),
    ("later", (1, 2, 4)),
    ("earlier", (1, 2, 4)),
    ("online", (0,)),
    ("travel", (10, 20, 30)),
    ("budget", (NO_LIMIT,)),
    ("no_wall", (0,)),
    ("split", (0,)),
)
# More of it only ever adds slots the need could come to; people come whole, so more of them can also be too many.
WIDENING = frozenset({"later", "earlier", "travel"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that was tried out: with it, `persons` of the need sit in `run`.

    `price` is the run's price per seat in euros (fixed cost by its size, plus cost per person).
    """

    change: Change
    run: Run
    persons: int
    price: Fraction


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why `left` persons of a need have no seat: the stage, its numbers, and what would help."""

    need: Id
    left: int
    stage: str
    numbers: Numbers = field(default_factory=dict)
    changes: tuple[Proposal, ...] = ()


def explain(problem: Problem, plan: Plan, need_id: Id) -> Explanation:
    """Which rule keeps the need out of this (feasible) plan, and verified smallest changes.

    Stages, the first that leaves no option: "served" (nobody is left over), "no_template",
    "no_slot_in_window", "format", "travel", "closed", "too_few_partners" (persons, needed, missing,
    week), "parts_used_up" (split rules), "price_ceiling" (price, budget, missing), "competitor",
    "slot_taken", "run_full", "not_worth" (loss), "possible" (the plan could take it at a gain; a
    finished `solve` seldom leaves that). Every proposal was carried out on the changed problem and
    passed the independent check. Raises `ProblemError` for an unknown need.
    """
    scene = Scene(problem, plan, need_id)
    stage, numbers = reason(scene)
    found = () if stage in ("served", "possible") else tuple(_proposals(scene, plan))
    return Explanation(need_id, scene.left, stage, numbers, found)


def _proposals(scene: Scene, plan: Plan) -> Iterator[Proposal]:
    """Per kind of change the smallest amount that serves, least burden first."""
    for kind, amounts in LADDERS:
        if not _sensible(scene, kind):
            continue
        hit = _smallest(scene, plan, kind, amounts)
        if hit is not None and kind == "budget":
            hit = _exact_budget(scene, plan, hit)
        if hit is not None:
            yield hit


def _smallest(scene: Scene, plan: Plan, kind: str, amounts: tuple[int, ...]) -> Proposal | None:
    """The first amount that serves. What only widens is tried at its widest first: if that is no help, less is none."""

    def tried(amount: int) -> Proposal | None:
        return _try(scene, plan, Change(kind, scene.need.id, amount))

    widest = tried(amounts[-1]) if kind in WIDENING else None
    if kind in WIDENING and widest is None:
        return None
    narrower = amounts[:-1] if kind in WIDENING else amounts
    return next((proposal for amount in narrower if (proposal := tried(amount))), widest)


def _sensible(scene: Scene, kind: str) -> bool:
    need = scene.need
    if kind == "online":
        return not need.formats & ONLINE
    if kind == "no_wall":
        return bool(scene.market.avoid[scene.market.firm[scene.at]])
    if kind == "split":
        return need.persons > 1 and (need.max_parts < 3 or need.min_part > 1 or need.min_total > 1)
    return kind != "earlier" or need.weeks > 0


def _try(before: Scene, plan: Plan, change: Change) -> Proposal | None:
    """Carry the change out; None unless the need gets seats in a plan that breaks no rule."""
    changed = apply(before.problem, change)
    scene = Scene(changed, plan, before.need.id, before=before)
    way = scene.best_way_in()
    if way is None:
        return None
    after, run = scene.carry_out(way, plan)
    if breaches(changed, after):
        return None
    each = changed.template(run.template).per_person
    price = Fraction(way.run.candidate.fixed, run.size) + each
    return Proposal(change, run, dict(way.group.members)[scene.at], price)


def _exact_budget(scene: Scene, plan: Plan, hit: Proposal) -> Proposal | None:
    """What the price in the run found without a limit asks on top of the budget, tried again."""
    price = -(-hit.price.numerator // hit.price.denominator)
    missing = price - scene.need.budget
    if missing <= 0:
        return None
    return _try(scene, plan, Change("budget", scene.need.id, missing))
