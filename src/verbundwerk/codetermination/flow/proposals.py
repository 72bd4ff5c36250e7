"""The works council proposes, the employer has to answer."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Organisation, Person, Site

from .. import papers, rules
from ..models import Proposal
from ..states import PROPOSAL
from ..terms import ProposalKind, SubjectKind
from .cases import CaseData, open_case
from .common import lock, tell


@dataclass(frozen=True, slots=True)
class ProposalData:
    """What the works council writes. `once` is the key of the form: pressing twice makes one proposal."""

    kind: str
    title: str
    text: str
    answer_by: date
    site: Site | None = None
    once: UUID | None = None


@transaction.atomic
def make_proposal(data: ProposalData, *, organisation: Organisation, by: Person, at: datetime) -> Proposal:
    require(
        rules.speaks_for_council(organisation.pk, by),
        rules.is_a_deadline(data.answer_by, timezone.localdate(at)),
    )
    columns = {"kind": data.kind, "title": data.title, "text": data.text, "answer_by": data.answer_by}
    made = {"organisation": organisation, "site": data.site, "made_by": by, "made_at": at, **columns}
    if data.once is None:
        return _made(Proposal.objects.create(**made), by=by, at=at)
    proposal, new = Proposal.objects.get_or_create(once=uuid5(data.once, str(by.pk)), defaults=made)
    return _made(proposal, by=by, at=at) if new else proposal


def _made(proposal: Proposal, *, by: Person, at: datetime) -> Proposal:
    record(by, "proposal.made", proposal, at=at, kind=proposal.kind, until=proposal.answer_by.isoformat())
    tell(proposal, rules.EMPLOYER, lambda: papers.proposed(proposal), occasion="proposed", at=at)
    return proposal


@transaction.atomic
def answer_proposal(
    proposal: Proposal, *, accepted: bool, answer: str, by: Person, at: datetime, told_in_person: bool = False
) -> Proposal:
    """Accept, or decline with reasons. An accepted demand for a survey opens the case its questionnaire needs."""
    lock(proposal)
    answer = answer.strip()
    require(
        rules.may_answer(proposal, by),
        rules.gives_reasons(proposal, accepted=accepted, answer=answer, told_in_person=told_in_person),
    )
    said = {"answer": answer, "told_in_person": told_in_person and not accepted}
    PROPOSAL.advance(proposal, "accept" if accepted else "decline", answered_by=by, answered_at=at, **said)
    record(by, "proposal.accepted" if accepted else "proposal.declined", proposal, at=at)
    tell(proposal, rules.COUNCIL, lambda: papers.answered(proposal), occasion="answered", at=at)
    if accepted and proposal.kind == ProposalKind.SURVEY:
        _open_survey_case(proposal, by=by, at=at)
    return proposal


def _open_survey_case(proposal: Proposal, *, by: Person, at: datetime) -> None:
    """The questionnaire itself needs consent (BetrVG § 94): HR lays it beside the case and then informs."""
    data = CaseData(kind=SubjectKind.SURVEY, subject=proposal.pk, label=proposal.title, site=proposal.site)
    open_case(data, organisation=proposal.organisation, by=by, at=at, inform=False)


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, by: Person, at: datetime) -> Proposal:
    lock(proposal)
    require(rules.may_withdraw(proposal, by))
    PROPOSAL.advance(proposal, "withdraw")
    record(by, "proposal.withdrawn", proposal, at=at)
    tell(proposal, rules.EMPLOYER, lambda: papers.withdrawn(proposal), occasion="withdrawn", at=at)
    return proposal
