"""Questions to firms about their needs: guarded, and what waits for an answer."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from verbundwerk.journal.sight import firm, seen
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.network.queries import standing

from .. import rules
from ..models import ChangeRequest, Plan
from ..states import ChangeState, PlanState


def change_for(person: Any, change_id: UUID) -> ChangeRequest:
    """The firm's own, and every one for the office."""
    rows = ChangeRequest.objects.select_related("need__organisation", "need__topic", "plan")
    found = rows.filter(pk=change_id).first()
    if found is None or not rules.speaks_for(found, standing(person)):
        raise Http404
    seen(person, firm(found.need.organisation_id))
    return found


def changes_asked(needs: Collection[UUID]) -> list[ChangeRequest]:
    """Everything these needs were ever asked, whatever plan it came from; the plan came through its guard."""
    return list(ChangeRequest.objects.filter(need__in=needs).order_by("asked_at"))


def was_asked(need: Need, kind: str, value: str) -> bool:
    return ChangeRequest.objects.filter(need=need, kind=kind, value=value).exists()


def changes_waiting(person: Any) -> list[ChangeRequest]:
    """For the page of today of whoever speaks for the firm."""
    firms = standing(person).organisations(*rules.COMMITTING_ROLES)
    rows = ChangeRequest.objects.filter(need__organisation__in=firms, state=ChangeState.ASKED)
    return list(rows.filter(need__state=NeedState.IN_POOL).select_related("need").order_by("answer_until"))


def changes_to_lapse(today: date) -> QuerySet[ChangeRequest]:
    """Not answered in time, or the need waits no more."""
    over = Q(answer_until__lt=today) | ~Q(need__state=NeedState.IN_POOL)
    return ChangeRequest.objects.filter(over, state=ChangeState.ASKED).order_by("asked_at")


def agreed_since_the_last_plan() -> int:
    """Changes no plan knows yet: time to calculate anew."""
    agreed = ChangeRequest.objects.filter(state=ChangeState.AGREED, need__state=NeedState.IN_POOL)
    latest = Plan.objects.filter(state=PlanState.DONE).order_by("-requested_at").first()
    return agreed.filter(answered_at__gt=latest.requested_at).count() if latest else 0
