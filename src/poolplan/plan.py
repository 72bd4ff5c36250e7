"""The values that come out: runs, who sits in them, who is left over, what it costs, how good it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from poolplan.errors import require
from poolplan.types import Id, Membership


@dataclass(frozen=True, slots=True)
class Run:
    """A joint course run; `frozen` is the id of the confirmed run it continues, if any."""

    template: Id
    pattern: int
    start_week: int
    mode: int
    venue: Id | None
    members: tuple[Membership, ...]
    frozen: Id | None = None

    @property
    def size(self) -> int:
        """Persons in the run."""
        return sum(member.persons for member in self.members)

    def persons_of(self, need_id: Id) -> int:
        """Persons of this need in the run."""
        return sum(member.persons for member in self.members if member.need == need_id)


@dataclass(frozen=True, slots=True)
class CostBreakdown:
    """The objective in its parts, whole euros."""

    unserved: int = 0
    company_unserved: int = 0
    run_fixed: int = 0
    run_admin: int = 0
    per_person: int = 0
    travel: int = 0
    absence: int = 0

    @property
    def total(self) -> int:
        """The objective: what is to be as small as possible."""
        return sum(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan and its proof: `bound` is a proven lower bound on the objective of ANY plan."""

    runs: tuple[Run, ...]
    unserved: tuple[Membership, ...] = ()
    cost: CostBreakdown = CostBreakdown()
    bound: int = 0

    @property
    def objective(self) -> int:
        """Total cost in euros (see `CostBreakdown`)."""
        return self.cost.total

    @property
    def gap(self) -> float:
        """At most this share of the objective could still be saved: (objective - bound) / objective."""
        return (self.objective - self.bound) / self.objective if self.objective else 0.0

    def served(self, need_id: Id) -> int:
        """Persons of this need who sit in some run."""
        return sum(run.persons_of(need_id) for run in self.runs)


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try. Stops at whichever comes first; without any, a default number of steps.

    `steps`: improvement steps, the same plan on every machine. `seconds`: read from `clock`, so
    the plan depends on the machine. `gap`: good enough. `workers`: processes, two at most are used;
    their number does not change the plan made with `steps`.
    """

    seconds: float | None = None
    steps: int | None = None
    workers: int = 1
    gap: float = 0.0
    clock: Callable[[], float] = field(default=time.monotonic, repr=False, compare=False)

    def __post_init__(self) -> None:
        require(self.seconds is None or self.seconds > 0, "effort.seconds", "must be above 0")
        require(self.steps is None or self.steps >= 0, "effort.steps", "must not be below 0")
        require(self.workers >= 1, "effort.workers", "must be at least 1")
        require(0 <= self.gap < 1, "effort.gap", "must be from 0 up to below 1")


@dataclass(frozen=True, slots=True)
class Progress:
    """Told while solving: stage, steps done of how many, best objective, proven bound, persons served."""

    stage: str
    step: int
    steps: int | None
    objective: int
    bound: int
    served: int = 0
