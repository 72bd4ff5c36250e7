"""A case is opened, papers are added, the works council is informed; or the plan is given up."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Organisation, Person, Site

from .. import bases, papers, queries, rules
from ..models import Case, Document
from ..states import CASE, PENDING, CaseState
from ..terms import Waiver
from .common import lock, tell


@dataclass(frozen=True, slots=True)
class CaseData:
    """What a room above, or a person by hand, says about a plan. `subject` is the id of the thing it is about.

    Without `basis` the usual one for this kind is taken. `concerns_*`: further people who must be told."""

    kind: str
    subject: UUID
    label: str
    details: str = ""
    basis: str = ""
    site: Site | None = None
    concerns_disabled: bool = False
    concerns_young: bool = False


# --- for the rooms above ----------------------------------------------------------------
@transaction.atomic
def open_case(data: CaseData, *, organisation: Organisation, by: Any, at: datetime, inform: bool = True) -> Case:
    """Open the case of this plan, once: the same firm, kind, subject and basis give the same case again.

    A firm without a works council gets a case that says so; nobody has to wait. With `inform` the works council
    reads of it at once and the time to answer begins. Asks no person: the room above has decided that it is so."""
    basis = _basis_of(data, at)
    earlier = queries.earlier_case(organisation.pk, data.kind, data.subject, basis.code)
    if earlier is not None:
        return earlier
    try:
        with transaction.atomic():
            case = _store(data, basis, organisation, by=by, at=at)
    except IntegrityError:  # somebody was faster
        return Case.objects.get(
            organisation=organisation, subject_kind=data.kind, subject=data.subject, basis_code=basis.code
        )
    record(by, "case.opened", case, at=at, kind=data.kind, basis=basis.code, represented=not case.waiver)
    if case.waiver:
        tell(case, rules.COUNCIL, lambda: papers.waived(case), occasion="waived", at=at)
    elif inform:
        _inform(case, basis.due_on(timezone.localdate(at)), by=by, at=at)
    return case


@transaction.atomic
def tell_council(data: CaseData, *, organisation: Organisation, by: Any, at: datetime) -> Case | None:
    """`open_case` for mere information: where nobody speaks for the staff there is nothing to tell and no case."""
    if not queries.is_represented(organisation.pk, data.site.pk if data.site else None):
        return None
    return open_case(data, organisation=organisation, by=by, at=at)


@transaction.atomic
def ask_for_consent(data: CaseData, *, organisation: Organisation, due_on: date, by: Any, at: datetime) -> Case:
    """For a plan that shall only go on with a yes by `due_on`: open its case, or take it up again, and inform.

    Asked again with another day while no answer is there: the day moves and the works council reads of it."""
    case = open_case(data, organisation=organisation, by=by, at=at, inform=False)
    lock(case)
    if case.waiver and queries.is_represented(organisation.pk, case.site_id):
        _begin(case, by=by, at=at)
    if case.state == CaseState.OPEN:
        _inform(case, due_on, by=by, at=at)
    elif case.state in PENDING and case.due_on != due_on:
        _move_deadline(case, due_on, by=by, at=at)
    return case


@transaction.atomic
def call_off(case: Case, *, reason: str, by: Any, at: datetime) -> Case:
    """The room above says that nobody needs an answer any more. What is settled stays as it is."""
    lock(case)
    return _drop(case, reason, by=by, at=at) if rules.can_be_called_off(case) else case


def _move_deadline(case: Case, due_on: date, *, by: Any, at: datetime) -> None:
    case.due_on, case.reminded_at = due_on, None
    case.save(update_fields=["due_on", "reminded_at"])
    record(by, "case.deadline_moved", case, at=at, until=due_on.isoformat())
    tell(case, rules.COUNCIL, lambda: papers.moved(case), occasion=f"moved/{at.isoformat()}", at=at)


def _basis_of(data: CaseData, at: datetime) -> bases.Basis:
    day = timezone.localdate(at)
    return bases.basis(data.basis, day) if data.basis else bases.usual_for(data.kind, day)


def _store(data: CaseData, basis: bases.Basis, organisation: Organisation, *, by: Any, at: datetime) -> Case:
    represented = queries.is_represented(organisation.pk, data.site.pk if data.site else None)
    return Case.objects.create(
        organisation=organisation,
        site=data.site,
        subject_kind=data.kind,
        subject=data.subject,
        label=data.label[:200],
        details=data.details,
        basis_code=basis.code,
        duty=basis.duty,
        state=CaseState.OPEN if represented else CASE.start,
        waiver="" if represented else Waiver.NO_COUNCIL,
        opened_by=by,
        opened_at=at,
        concerns_disabled=data.concerns_disabled,
        concerns_young=data.concerns_young,
    )


# --- by the employer ----------------------------------------------------------------------
@transaction.atomic
def open_by_hand(data: CaseData, *, organisation: Organisation, by: Person, at: datetime) -> Case:
    """HR opens a case and lays the papers beside it before the works council is informed."""
    basis = _basis_of(data, at)
    require(rules.speaks_for_employer(organisation.pk, by), rules.fits_subject(basis.subjects, data.kind))
    return open_case(data, organisation=organisation, by=by, at=at, inform=False)


@transaction.atomic
def inform_council(case: Case, *, due_on: date, by: Person, at: datetime) -> Case:
    lock(case)
    require(rules.may_inform(case, by), rules.is_a_deadline(due_on, timezone.localdate(at)))
    _inform(case, due_on, by=by, at=at)
    return case


def _inform(case: Case, due_on: date, *, by: Any, at: datetime) -> None:
    CASE.advance(case, "inform", informed_at=at, due_on=due_on, reminded_at=None)
    record(by, "case.informed", case, at=at, until=due_on.isoformat())
    tell(case, rules.COUNCIL, lambda: papers.informed(case), occasion=f"informed/{at.isoformat()}", at=at)


@transaction.atomic
def extend_deadline(case: Case, *, due_on: date, by: Person, at: datetime) -> Case:
    lock(case)
    require(rules.may_extend(case, by), rules.is_longer(case, due_on, timezone.localdate(at)))
    _move_deadline(case, due_on, by=by, at=at)
    return case


@transaction.atomic
def require_involvement(case: Case, *, by: Person, at: datetime) -> Case:
    """A works council exists after all, or the plan is taken up again."""
    lock(case)
    require(rules.may_require(case, by, represented=queries.is_represented(case.organisation_id, case.site_id)))
    _begin(case, by=by, at=at)
    return case


def _begin(case: Case, *, by: Any, at: datetime) -> None:
    CASE.advance(case, "require", waiver="", reason="", informed_at=None, due_on=None, settled_at=None)
    record(by, "case.required", case, at=at)


@transaction.atomic
def drop_case(case: Case, *, reason: str, by: Person, at: datetime) -> Case:
    lock(case)
    require(rules.may_drop(case, by), rules.says_something(reason))
    return _drop(case, reason, by=by, at=at)


def _drop(case: Case, reason: str, *, by: Any, at: datetime) -> Case:
    CASE.advance(case, "drop", waiver=Waiver.DROPPED, reason=reason[:300], settled_at=at)
    record(by, "case.dropped", case, at=at)
    tell(case, rules.COUNCIL, lambda: papers.dropped(case), occasion=f"dropped/{at.isoformat()}", at=at)
    return case


@transaction.atomic
def note_told(case: Case, group: str, *, by: Person, at: datetime) -> Case:
    """HR notes that the representatives of disabled or of young employees ("disabled", "young") have been told."""
    lock(case)
    concerned, told = f"concerns_{group}", f"{group}_told_at"
    require(rules.may_note_told(case, by, concerned=getattr(case, concerned), told=getattr(case, told) is not None))
    setattr(case, told, at)
    case.save(update_fields=[told])
    record(by, "case.told", case, at=at, group=group)
    return case


# --- by both ----------------------------------------------------------------------------------
@transaction.atomic
def add_document(case: Case, file: UploadedFile, *, by: Person, at: datetime) -> Document:
    """`file` has passed the form: it carries `.kind`, what it really is. It is stored under a name of its own."""
    lock(case)
    require(rules.may_add_document(case, by, filed=queries.documents_of(case).count()))
    kind: str = file.kind  # type: ignore[attr-defined]
    paper = Document(case=case, kind=kind, name=(file.name or "")[-200:], size=file.size or 0)
    paper.uploaded_by, paper.uploaded_at = by, at
    paper.file.save(f"{paper.pk}.{kind}", file, save=False)
    paper.save(force_insert=True)
    record(by, "case.document_added", case, at=at, document=str(paper.pk))
    return paper
