"""Deadlines pass: both sides are reminded once, and nothing else happens. Silence changes no state."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from verbundwerk.base.jobs import due
from verbundwerk.journal.flow import record

from .. import papers, queries, rules
from ..models import Case, Proposal
from .common import tell


@due
def remind_of_cases(at: datetime) -> int:
    return sum(_remind_case(case, at) for case in queries.cases_overdue(timezone.localdate(at)))


@due
def remind_of_proposals(at: datetime) -> int:
    return sum(_remind_proposal(one, at) for one in queries.proposals_overdue(timezone.localdate(at)))


@transaction.atomic
def _remind_case(case: Case, at: datetime) -> bool:
    """Compare and set: two ticks at once remind once."""
    if not queries.cases_overdue(timezone.localdate(at)).filter(pk=case.pk).update(reminded_at=at):
        return False
    record(None, "case.reminded", case, at=at)
    tell(case, rules.SIDES, lambda: papers.overdue(case), occasion=f"overdue/{case.due_on}", at=at)
    return True


@transaction.atomic
def _remind_proposal(proposal: Proposal, at: datetime) -> bool:
    if not queries.proposals_overdue(timezone.localdate(at)).filter(pk=proposal.pk).update(reminded_at=at):
        return False
    record(None, "proposal.reminded", proposal, at=at)
    tell(proposal, rules.SIDES, lambda: papers.unanswered(proposal), occasion=f"unanswered/{proposal.pk}", at=at)
    return True
