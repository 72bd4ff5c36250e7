"""Who may read which case, paper and proposal, and what a case means for the plan behind it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from verbundwerk.base import clock
from verbundwerk.base.verdicts import YES, Verdict, yes_if
from verbundwerk.network.models import Mandate, Organisation, Person, Site
from verbundwerk.network.queries import in_force, standing
from verbundwerk.network.terms import Representation

from .. import bases, rules
from ..models import Case, Document, Proposal, Statement
from ..rules import COUNCIL, SIDES
from ..rules_talks import Talk, talk_of
from ..states import PENDING, CaseState, ProposalState
from ..terms import Duty, SubjectKind

SHOWN = ("organisation", "site")


# --- one ------------------------------------------------------------------------------
def case_for(person: Any, case_id: UUID) -> Case:
    found = cases_of(person).filter(pk=case_id).select_related(*SHOWN, "opened_by").first()
    if found is None:
        raise Http404
    return found


def document_for(person: Any, document_id: UUID) -> Document:
    found = Document.objects.filter(pk=document_id, case__in=cases_of(person)).select_related("case").first()
    if found is None:
        raise Http404
    return found


def proposal_for(person: Any, proposal_id: UUID) -> Proposal:
    found = proposals_of(person).filter(pk=proposal_id).select_related(*SHOWN, "made_by", "answered_by").first()
    if found is None:
        raise Http404
    return found


# --- lists ----------------------------------------------------------------------------
def cases_of(person: Any) -> QuerySet[Case]:
    """The cases of the firms for which this person speaks on one of the two sides; of no other firm, for nobody."""
    return Case.objects.filter(organisation__in=standing(person).organisations(*SIDES))


def proposals_of(person: Any) -> QuerySet[Proposal]:
    return Proposal.objects.filter(organisation__in=standing(person).organisations(*SIDES))


def firms_as(person: Any, roles: frozenset[str]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=standing(person).organisations(*roles))


def sites_as(person: Any, roles: frozenset[str]) -> QuerySet[Site]:
    return Site.objects.filter(organisation__in=standing(person).organisations(*roles)).select_related("organisation")


def statements_of(case: Case) -> QuerySet[Statement]:
    return Statement.objects.filter(case=case).select_related("said_by")


def documents_of(case: Case) -> QuerySet[Document]:
    return Document.objects.filter(case=case).select_related("uploaded_by")


def talk_in(case: Case) -> Talk:
    """How far the two sides are with their talk about this case; one query."""
    return talk_of(Statement.objects.filter(case=case))


def award_is_filed(case: Case) -> bool:
    """Whether a paper was added after the conciliation board had been called."""
    called = Statement.objects.filter(case=case, kind="conciliation").order_by("-said_at").first()
    return called is not None and Document.objects.filter(case=case, uploaded_at__gte=called.said_at).exists()


def survey_case_of(proposal: Proposal) -> Case | None:
    """The case that followed from an accepted demand for a survey."""
    return Case.objects.filter(organisation=proposal.organisation_id, subject=proposal.pk).first()


def earlier_case(organisation: UUID, kind: str, subject: UUID, basis_code: str) -> Case | None:
    return Case.objects.filter(
        organisation=organisation, subject_kind=kind, subject=subject, basis_code=basis_code
    ).first()


# --- who is there -----------------------------------------------------------------------
def is_represented(organisation: UUID, site: UUID | None = None) -> bool:
    """Whether somebody speaks for the staff: of this site, or of any site of the firm.

    The people count as well as the entry of the site: a firm that forgot the entry has a works council all the same."""
    sites = Site.objects.filter(organisation=organisation).exclude(representation=Representation.NONE)
    if (sites.filter(pk=site) if site else sites).exists():
        return True
    return bool(people_of(organisation, COUNCIL, clock.today())) if site is None else False


def people_of(organisation: UUID, roles: frozenset[str], on: date) -> list[Person]:
    held = Mandate.objects.filter(in_force(on), organisation=organisation, role__in=roles)
    return list(Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("sort_key", "pk"))


def nobody_can_read(case: Case) -> bool:
    """A works council exists, but none of its members has a way in yet."""
    return not people_of(case.organisation_id, COUNCIL, clock.today())


# --- what follows for the plan behind it ----------------------------------------------------
def condition_met(
    organisation: UUID, kind: str, subject: UUID, at: datetime, *, employees_agreed: bool = False
) -> Verdict:
    """For the eyes of this firm: whether works council or employees let this plan go on, and why not.

    `kind` is a `SubjectKind`, `subject` the id the case was opened with. Several cases on one subject all have to
    say yes. `employees_agreed` is what the room above knows of the employees' own consent (SGB III § 82 (5))."""
    if employees_agreed and kind == SubjectKind.GROUP_APPLICATION:
        return YES
    day, cases = timezone.localdate(at), _cases_about(organisation, kind, subject)
    represented = is_represented(organisation)
    asked = {case.basis_code for case in cases}
    verdict = rules.was_asked(kind, asked, bases.usual_for(kind, day).code, represented=represented)
    for case in cases:
        verdict &= rules.gate(case, represented=is_represented(organisation, case.site_id), on=day)
    return verdict & rules.employees_needed(kind, represented=represented)


def _cases_about(organisation: UUID, kind: str, subject: UUID) -> list[Case]:
    return list(Case.objects.filter(organisation=organisation, subject_kind=kind, subject=subject))


def may_send_survey(organisation: UUID, survey: UUID, at: datetime) -> Verdict:
    """The gate before a questionnaire leaves the house (BetrVG § 94): consent spoken, or nobody there to ask.

    For the people of this firm: the reason says what is missing. `survey` is the id its case was opened with;
    without such a case the answer is no wherever somebody speaks for the staff. Three queries and one per case."""
    return condition_met(organisation, SubjectKind.SURVEY, survey, at)


def may_apply_for_group(organisation: UUID, application: UUID, at: datetime, *, employees_agreed: bool) -> Verdict:
    """The gate before a group application (SGB III § 82 (5)): works council or employees concerned have agreed.

    `employees_agreed`: ALL employees concerned have declared it themselves; the room above keeps the papers."""
    kind = SubjectKind.GROUP_APPLICATION
    return condition_met(organisation, kind, application, at, employees_agreed=employees_agreed)


def agreed_until(organisation: UUID, kind: str, subject: UUID, *, basis: str, until: date) -> Verdict:
    """For rooms that act on a condition ("in, if the works council agrees by then"): met, or not met.

    Met: a yes spoken at the latest on the day `until`, under this basis, or nobody there to ask. Silence, refusal,
    talks, a yes that came too late and a plan given up all read the same; no reason is in the answer."""
    case = earlier_case(organisation, kind, subject, basis)
    return rules.neutral(yes_if(case is not None and rules.agreed_in_time(case, until), rules.NOT_MET))


def condition_met_for_others(
    organisation: UUID, kind: str, subject: UUID, at: datetime, *, employees_agreed: bool = False
) -> Verdict:
    """For everybody else: yes, or „Bedingung nicht erfüllt“; no reason, no state, no date."""
    return rules.neutral(condition_met(organisation, kind, subject, at, employees_agreed=employees_agreed))


# --- what is late -------------------------------------------------------------------------
def cases_overdue(on: date) -> QuerySet[Case]:
    """Who waits for an answer whose day has passed; of information no answer is expected."""
    waiting = Case.objects.filter(state__in=PENDING, due_on__lt=on, reminded_at=None)
    return waiting.exclude(duty=Duty.INFORM).select_related(*SHOWN).order_by("due_on", "pk")


def proposals_overdue(on: date) -> QuerySet[Proposal]:
    waiting = Proposal.objects.filter(state=ProposalState.SUBMITTED, answer_by__lt=on, reminded_at=None)
    return waiting.select_related(*SHOWN).order_by("answer_by", "pk")


# --- what is over -------------------------------------------------------------------------
def cases_settled_before(day: datetime) -> QuerySet[Case]:
    """Settled, waived, or information the works council was given: nobody waits for an answer there."""
    waived = Q(state=CaseState.NOT_REQUIRED, settled_at=None, opened_at__lt=day)
    informed = Q(state=CaseState.INFORMED, duty=Duty.INFORM, informed_at__lt=day)
    return Case.objects.filter(Q(settled_at__lt=day) | waived | informed)


def proposals_closed_before(day: datetime) -> QuerySet[Proposal]:
    closed = Proposal.objects.exclude(state=ProposalState.SUBMITTED)
    return closed.annotate(closed_at=Coalesce("answered_at", "made_at")).filter(closed_at__lt=day)
