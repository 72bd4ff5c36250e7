"""What a firm may be asked so that its need finds a course, and who answers. Pure."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import YES, Verdict, no, yes_if
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.terms import Format
from verbundwerk.network.rules import Standing

from ..models import ChangeRequest, Plan
from ..states import ChangeState, PlanState
from ..terms import ChangeKind
from .common import COMMITTING_ROLES, OFFICE_ONLY
from .demand import accepted_weeks

ANSWER_DAYS = 7
STEP_CENTS = 500  # firms are asked for round sums, which also tells them less about the others
COLUMNS: Mapping[str, str] = {
    ChangeKind.LATER: "window_until",
    ChangeKind.EARLIER: "window_from",
    ChangeKind.ONLINE: "format",
    ChangeKind.TRAVEL: "travel_minutes_max",
    ChangeKind.BUDGET: "budget_cents",
    ChangeKind.SPLIT: "seats_min",
}
Change = Mapping[str, Any]
Horizon = tuple[date, int, Collection[int]]
"""First Monday, number of weeks, weeks without courses."""


def new_value(change: Change, need: Need, horizon: Horizon) -> Any:
    """What the need's column would be after a change the core has tried out; None where nothing can be asked."""
    tell = NEW.get(change["kind"])
    value = tell(change, need, horizon) if tell else None
    return None if value is None or value == getattr(need, COLUMNS[change["kind"]]) else value


def _weeks(need: Need, horizon: Horizon) -> frozenset[int]:
    monday, weeks, closed = horizon
    return accepted_weeks((need.window_from, need.window_until), monday, weeks, closed)


def _later(change: Change, need: Need, horizon: Horizon) -> date | None:
    """The Friday of the last week the core added."""
    weeks = _weeks(need, horizon)
    if not weeks:
        return None
    friday = horizon[0] + timedelta(weeks=max(weeks) + int(change["amount"]), days=4)
    return max(need.window_until, friday)


def _earlier(change: Change, need: Need, horizon: Horizon) -> date | None:
    weeks = _weeks(need, horizon)
    if not weeks:
        return None
    return min(need.window_from, horizon[0] + timedelta(weeks=min(weeks) - int(change["amount"])))


def _budget(change: Change, need: Need, horizon: Horizon) -> int | None:
    """The sum the core found, rounded up."""
    if need.budget_cents is None:
        return None
    asked = need.budget_cents // 100 * 100 + int(change["amount"]) * 100
    return -(-asked // STEP_CENTS) * STEP_CENTS


def _split(change: Change, need: Need, horizon: Horizon) -> int | None:
    """So few at first would do; only asked when it is less than the firm wants at least."""
    persons = int(change["persons"])
    return persons if 0 < persons < need.seats_min else None


NEW: Mapping[str, Callable[[Change, Need, Horizon], Any]] = {
    ChangeKind.LATER: _later,
    ChangeKind.EARLIER: _earlier,
    ChangeKind.ONLINE: lambda change, need, horizon: str(Format.EITHER),
    ChangeKind.TRAVEL: lambda change, need, horizon: need.travel_minutes_max + int(change["amount"]),
    ChangeKind.BUDGET: _budget,
    ChangeKind.SPLIT: _split,
}


def value_from(kind: str, text: str) -> Any:
    """A stored value as the need's column has it."""
    if kind in (ChangeKind.LATER, ChangeKind.EARLIER):
        return date.fromisoformat(text)
    return text if kind == ChangeKind.ONLINE else int(text)


def value_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


# --- asking and answering -------------------------------------------------------------------
ASKED_ALREADY = no(_("Danach ist schon gefragt worden."))


def may_ask_for_change(plan: Plan, need: Need, value: Any, known: bool, standing: Standing) -> Verdict:
    if not standing.coordinates:
        return no(OFFICE_ONLY)
    if plan.state != PlanState.DONE or value is None:
        return no(_("Danach lässt sich nicht fragen."))
    if need.state != NeedState.IN_POOL:
        return no(_("Der Bedarf wartet nicht mehr auf Partner: %(state)s.") % {"state": need.get_state_display()})
    return ASKED_ALREADY if known else YES


def speaks_for(request: ChangeRequest, standing: Standing) -> bool:
    """The firm itself; the office enters what came by telephone."""
    return standing.coordinates or request.need.organisation_id in standing.organisations(*COMMITTING_ROLES)


def may_answer_change(request: ChangeRequest, standing: Standing, today: date) -> Verdict:
    if not speaks_for(request, standing):
        return no(_("Das beantwortet der gefragte Betrieb."))
    if request.state != ChangeState.ASKED:
        return no(_("Diese Frage ist schon beantwortet oder verfallen."))
    if request.need.state != NeedState.IN_POOL:
        return no(_("Der Bedarf wartet nicht mehr auf Partner: %(state)s.")
                  % {"state": request.need.get_state_display()})  # fmt: skip
    return yes_if(today <= request.answer_until, _("Die Antwortfrist ist abgelaufen."))


def still_stands(request: ChangeRequest) -> Verdict:
    """The need is as it was when the question was asked: only then does the yes mean what it says."""
    now = value_text(getattr(request.need, COLUMNS[request.kind]))
    return yes_if(now == request.was, _("Der Bedarf hat sich seit der Frage geändert. Die Frage passt nicht mehr."))
