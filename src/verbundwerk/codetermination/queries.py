from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from verbundwerk.base import clock
from verbundwerk.base.lines import Line
from verbundwerk.base.verdicts import YES, Verdict, yes_if
from verbundwerk.network.models import Mandate, Organisation, Person, Site
from verbundwerk.network.queries import in_force, standing
from verbundwerk.network.terms import Representation

from . import bases, rules
from .models import Case, Document, Proposal, Statement
from .rules import COUNCIL, EMPLOYER, SIDES
from .states import PENDING, CaseState, ProposalState
from .terms import Duty, SubjectKind

NEWS = timedelta(days=7)
LINES = 5  # of one kind on somebody's page of today
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


# --- for the page of today ------------------------------------------------------------------
def waiting_for(person: Any, at: datetime) -> list[Line]:
    """What waits in this room, for whoever sits on one of the two sides."""
    if not rules.belongs_here(person):
        return []
    today = timezone.localdate(at)
    return [*_council_lines(person, today), *_employer_lines(person, today)]


def _council_lines(person: Any, today: date) -> list[Line]:
    firms = standing(person).organisations(*COUNCIL)
    mine = Case.objects.filter(organisation__in=firms).order_by("due_on", "pk")
    asked = mine.filter(state=CaseState.INFORMED).exclude(duty=Duty.INFORM)
    told = mine.filter(state=CaseState.INFORMED, duty=Duty.INFORM, due_on__gte=today)
    return [
        *(_case_line(_("Ihre Stellungnahme: %(label)s"), one, today, 7) for one in asked[:LINES]),
        *(_news_line(one) for one in told[:LINES]),
        *_answer_lines(person, today),
    ]


def _answer_lines(person: Any, today: date) -> list[Line]:
    """Own proposals: what was not answered in time, and what was answered these days."""
    mine = Proposal.objects.filter(organisation__in=standing(person).organisations(*COUNCIL)).order_by(
        "answer_by", "pk"
    )
    late = mine.filter(state=ProposalState.SUBMITTED, answer_by__lt=today)[:LINES]
    fresh = mine.filter(answered_at__gte=clock.now() - NEWS)[:LINES]
    return [
        *(_proposal_line(_("Ohne Antwort: %(title)s"), one, today, 6) for one in late),
        *(_proposal_line(_("Der Betrieb hat geantwortet: %(title)s"), one, today, 3) for one in fresh),
    ]


def _employer_lines(person: Any, today: date) -> list[Line]:
    firms = standing(person).organisations(*EMPLOYER)
    untold = Case.objects.filter(organisation__in=firms, state=CaseState.OPEN).order_by("opened_at", "pk")
    talks = Case.objects.filter(organisation__in=firms, state=CaseState.CONSULTING).order_by("due_on", "pk")
    asked = Proposal.objects.filter(organisation__in=firms, state=ProposalState.SUBMITTED).order_by("answer_by", "pk")
    asks = _("Der Betriebsrat erwartet Ihre Antwort: %(title)s")
    return [
        *(_case_line(_("Betriebsrat unterrichten: %(label)s"), one, today, 6) for one in untold[:LINES]),
        *(_talk_line(one) for one in talks[:LINES]),
        *(_proposal_line(asks, one, today, 7) for one in asked[:LINES]),
    ]


def _news_line(case: Case) -> Line:
    """Nothing has to be done, so there is no day either."""
    text = _("Zur Kenntnis: %(label)s") % {"label": case.label}
    return Line(text, reverse("codetermination:case", args=[case.pk]), None, "news", 4)


def _talk_line(case: Case) -> Line:
    """The day in the case was the works council's to answer by, and it has answered: it wants to talk."""
    text = _("Der Betriebsrat möchte sprechen: %(label)s") % {"label": case.label}
    return Line(text, reverse("codetermination:case", args=[case.pk]), None, "waits", 6)


def _case_line(text: str, case: Case, today: date, weight: int) -> Line:
    late = case.due_on is not None and case.due_on < today
    url = reverse("codetermination:case", args=[case.pk])
    return Line(text % {"label": case.label}, url, case.due_on, "late" if late else "waits", weight)


def _proposal_line(text: str, proposal: Proposal, today: date, weight: int) -> Line:
    open_ = proposal.state == ProposalState.SUBMITTED
    url = reverse("codetermination:proposal", args=[proposal.pk])
    late = open_ and proposal.answer_by < today
    due = proposal.answer_by if open_ else None
    return Line(text % {"title": proposal.title}, url, due, "late" if late else "waits", weight)


# --- the next step, in words ------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Next:
    """What happens next and who does it."""

    what: str
    who: str
    until: date | None = None


def next_step(case: Case) -> Next:
    what, who = _next_words(case)
    open_end = case.state not in PENDING or case.duty == Duty.INFORM
    return Next(what, who, None if open_end else case.due_on)


def _next_words(case: Case) -> tuple[str, str]:
    employer, council = _("Die Personalverantwortlichen"), _("Der Betriebsrat")
    both, nobody = _("Beide Seiten"), _("Niemand, hier ist alles getan")
    if case.state == CaseState.INFORMED and case.duty == Duty.INFORM:
        return _("Der Betriebsrat ist unterrichtet. Er kann Unterlagen oder ein Gespräch verlangen."), nobody
    return {
        CaseState.NOT_REQUIRED: (str(case.get_waiver_display()), nobody),
        CaseState.OPEN: (_("Der Betrieb legt die Unterlagen dazu und unterrichtet den Betriebsrat."), employer),
        CaseState.INFORMED: (_("Der Betriebsrat berät und sagt, wie er dazu steht."), council),
        CaseState.CONSULTING: (_("Sie sprechen miteinander. Danach sagt der Betriebsrat, wie er dazu steht."), both),
        CaseState.AGREED: (_("Der Betriebsrat hat zugestimmt."), nobody),
        CaseState.REFUSED: (
            _("Der Betriebsrat hat abgelehnt. Sie können darüber sprechen oder das Vorhaben ändern."), both
        ),
        CaseState.CONCILIATION: (_("Die Einigungsstelle verhandelt. Danach wird das Ergebnis hier eingetragen."), both),
    }[CaseState(case.state)]  # fmt: skip
