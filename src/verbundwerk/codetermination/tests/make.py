"""Cases and proposals for tests: made through the flow where a state can be reached by it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from verbundwerk.codetermination import bases, flow
from verbundwerk.codetermination.models import Case, Document, Proposal
from verbundwerk.codetermination.states import CASE, PENDING, PROPOSAL, CaseState
from verbundwerk.codetermination.terms import ProposalKind, SubjectKind, Waiver
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.terms import Representation, Role
from verbundwerk.network.tests import make as network

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def firm(*, council: bool = True, **details: Any) -> Organisation:
    kind = Representation.WORKS_COUNCIL if council else Representation.NONE
    return network.organisation(main_site=network.site_data(representation=kind), **details)


def hr(organisation: Organisation, **fields: Any) -> Person:
    return network.person(Role.HR, organisation, **fields)


def council(organisation: Organisation, **fields: Any) -> Person:
    return network.person(Role.WORKS_COUNCIL, organisation, **fields)


def data(kind: str = SubjectKind.SURVEY, **fields: Any) -> flow.CaseData:
    plausible = {"subject": uuid4(), "label": "Fragebogen Weiterbildung"}
    return flow.CaseData(kind=kind, **{**plausible, **fields})


def case(
    state: str = CaseState.INFORMED, *, organisation: Organisation | None = None, kind: str = SubjectKind.SURVEY,
    basis: str = "", subject: UUID | None = None, **fields: Any,
) -> Case:  # fmt: skip
    """Stored as it is, without letters; the deadline lies two weeks ahead of `AT`."""
    line = bases.basis(basis, TODAY) if basis else bases.usual_for(kind, TODAY)
    informed = state not in (CaseState.NOT_REQUIRED, CaseState.OPEN)
    plausible = {
        "label": "Fragebogen Weiterbildung", "opened_at": AT, "duty": line.duty, "basis_code": line.code,
        "informed_at": AT if informed else None,
        "due_on": TODAY + timedelta(days=14) if informed else None,
        "waiver": Waiver.NO_COUNCIL if state == CaseState.NOT_REQUIRED else "",
        "settled_at": None if state in PENDING else AT,
    }  # fmt: skip
    return Case.objects.create(
        organisation=organisation or firm(), subject_kind=kind, subject=subject or uuid4(), state=state,
        **{**plausible, **fields},
    )  # fmt: skip


def proposal(
    state: str = PROPOSAL.start, *, organisation: Organisation | None = None, kind: str = ProposalKind.PARTICIPANTS,
    **fields: Any,
) -> Proposal:  # fmt: skip
    owner = organisation or firm()
    plausible = {
        "title": "Auch die Nachtschicht schulen", "text": "Zwei Plätze für die Nachtschicht.", "made_at": AT,
        "answer_by": TODAY + timedelta(days=14), "answer": "Dafür fehlt das Geld." if state == "declined" else "",
    }  # fmt: skip
    made_by = fields.pop("made_by", None) or council(owner)
    return Proposal.objects.create(
        organisation=owner, kind=kind, state=state, made_by=made_by, **{**plausible, **fields}
    )


def file(name: str = "Fragebogen.pdf", content: bytes = PDF, kind: str = "pdf") -> SimpleUploadedFile:
    made = SimpleUploadedFile(name, content)
    made.kind = kind
    return made


def document(of: Case | None = None, *, by: Person | None = None, **given: Any) -> Document:
    case_ = of or case()
    return flow.add_document(case_, file(**given), by=by or hr(case_.organisation), at=AT)


def day(offset: int) -> datetime:
    """So many days after `AT`, at the same hour."""
    return timezone.localtime(AT) + timedelta(days=offset)


STATEFUL = {CASE: case, PROPOSAL: proposal}
CHANGES = {
    CASE: {
        "require": {"waiver": ""},
        "inform": {"informed_at": AT, "due_on": TODAY + timedelta(days=7)},
    },
    PROPOSAL: {"decline": {"answer": "Dafür fehlt das Geld."}},
}
