"""How hard a plan is looked for."""

from django.conf import settings

import poolplan

from ..models import Plan
from ..terms import Effort

# The counted effort gives the same plan on every machine: for the demo region and for tests. Beyond a few exact
# repairs little is gained; SECONDS is what people see as its length, nothing looks at a clock.
STEPS, GAP, SECONDS = 16, 0.01, 20.0
BUDGETS = {Effort.QUICK: 10.0, Effort.THOROUGH: 60.0, Effort.DEEP: 300.0, Effort.COUNTED: SECONDS}


def seconds_of(plan: Plan) -> float:
    """How long the search may take at most."""
    return BUDGETS[Effort(plan.effort)]


def effort_of(plan: Plan) -> poolplan.Effort:
    counted = plan.effort == Effort.COUNTED or settings.PLANS_COUNT_STEPS
    return poolplan.Effort(steps=STEPS, gap=GAP) if counted else poolplan.Effort(seconds=seconds_of(plan), gap=0.001)
