"""Who may do what in the works council's room, and what a case means for the plan behind it."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import YES, Verdict, no, yes_if
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing
from verbundwerk.network.terms import Role, SizeClass

from .models import Case, Proposal
from .states import CASE, PENDING, PROPOSAL, UNSETTLED, CaseState, ProposalState
from .terms import Duty, ProposalKind, StatementKind, SubjectKind, Waiver

# The two sides of one firm. Nobody else sees anything of this room, also not the coordination office.
EMPLOYER, COUNCIL = frozenset({Role.HR}), frozenset({Role.WORKS_COUNCIL})
SIDES = EMPLOYER | COUNCIL
# Without any case these need consent; for the others the employer may go on and informs.
CONSENT_KINDS = frozenset({SubjectKind.SURVEY, SubjectKind.PLATFORM, SubjectKind.GROUP_APPLICATION})
MOST_ANSWER_DAYS = 90
DOCUMENTS_AT_MOST = 20

NOT_MET = _("Bedingung nicht erfüllt.")
_HR_ONLY = _("Das dürfen nur die Personalverantwortlichen des Betriebs.")
_COUNCIL_ONLY = _("Das darf nur der Betriebsrat.")
_TEXT_NEEDED = _("Bitte schreiben Sie einen Satz dazu.")


# --- who ----------------------------------------------------------------------------
def on_the_side_of(organisation: UUID, by: object, roles: frozenset[str]) -> bool:
    return organisation in standing(by).organisations(*roles)


def belongs_here(by: object) -> bool:
    """Whether this room has a page for this person."""
    return bool(standing(by).organisations(*SIDES))


def may_enter(by: object) -> Verdict:
    return yes_if(
        belongs_here(by), _("Diese Seite ist für Betriebsräte und für die Personalverantwortlichen der Betriebe.")
    )


def speaks_for_employer(organisation: UUID, by: Person) -> Verdict:
    return yes_if(on_the_side_of(organisation, by, EMPLOYER), _HR_ONLY)


def speaks_for_council(organisation: UUID, by: Person) -> Verdict:
    return yes_if(on_the_side_of(organisation, by, COUNCIL), _COUNCIL_ONLY)


def is_employer_somewhere(by: Person) -> Verdict:
    return yes_if(bool(standing(by).organisations(*EMPLOYER)), _HR_ONLY)


def is_council_somewhere(by: Person) -> Verdict:
    return yes_if(bool(standing(by).organisations(*COUNCIL)), _COUNCIL_ONLY)


def takes_part(case: Case, by: Person) -> Verdict:
    return yes_if(
        on_the_side_of(case.organisation_id, by, SIDES), _("Das dürfen nur die beiden Seiten dieses Betriebs.")
    )


# --- a case -------------------------------------------------------------------------
def fits_subject(subjects: Iterable[str], kind: str) -> Verdict:
    return yes_if(
        kind in subjects, _("Diese Rechtsgrundlage passt nicht zu diesem Vorhaben. Bitte wählen Sie eine andere.")
    )


def is_a_deadline(due_on: date, informed_on: date) -> Verdict:
    """At least the next day, at most three months: who has no time to read cannot answer."""
    if due_on <= informed_on:
        return no(_("Die Frist muss nach heute enden, damit der Betriebsrat lesen und beraten kann."))
    return yes_if(
        due_on <= informed_on + timedelta(days=MOST_ANSWER_DAYS), _("Die Frist darf höchstens drei Monate lang sein.")
    )


def may_require(case: Case, by: Person, *, represented: bool) -> Verdict:
    """The works council itself may always ask to be involved, whatever the entry of the site says."""
    council = yes_if(
        represented or on_the_side_of(case.organisation_id, by, COUNCIL),
        _("Dieser Betrieb hat keine Interessenvertretung."),
    )
    return takes_part(case, by) & CASE.may(case.state, "require") & council


def may_inform(case: Case, by: Person) -> Verdict:
    return speaks_for_employer(case.organisation_id, by) & CASE.may(case.state, "inform")


def may_extend(case: Case, by: Person) -> Verdict:
    """Only the employer, who has named the day."""
    runs = case.state in PENDING and case.duty != Duty.INFORM
    return speaks_for_employer(case.organisation_id, by) & yes_if(
        runs, _("Hier läuft keine Frist, die sich verlängern ließe.")
    )


def is_longer(case: Case, due_on: date, on: date) -> Verdict:
    """Only more time, never less: somebody may have planned with the day."""
    later = case.due_on is None or due_on > case.due_on
    return yes_if(later, _("Der neue Tag muss nach dem bisherigen liegen.")) & is_a_deadline(due_on, on)


def can_be_called_off(case: Case) -> bool:
    """Somebody still waits for an answer to it."""
    return case.state in UNSETTLED


def may_say(case: Case, move: str, by: Person) -> Verdict:
    """Agree, refuse or ask for a talk: only the works council, never the calendar."""
    return speaks_for_council(case.organisation_id, by) & CASE.may(case.state, move)


def may_conciliate(case: Case, by: Person) -> Verdict:
    named = yes_if(case.basis.conciliation, _("Für diese Rechtsgrundlage sieht das Gesetz keine Einigungsstelle vor."))
    return takes_part(case, by) & CASE.may(case.state, "conciliate") & named


def may_record_award(case: Case, by: Person, *, award_filed: bool) -> Verdict:
    """The employer's word alone would open the gate: so the paper of the board has to lie here."""
    paper = yes_if(
        award_filed or on_the_side_of(case.organisation_id, by, COUNCIL),
        _("Bitte laden Sie zuerst die Entscheidung der Einigungsstelle hoch."),
    )
    return takes_part(case, by) & CASE.may(case.state, "award_agreed") & paper


def may_drop(case: Case, by: Person) -> Verdict:
    return speaks_for_employer(case.organisation_id, by) & CASE.may(case.state, "drop")


def may_add_document(case: Case, by: Person, *, filed: int) -> Verdict:
    room = yes_if(
        filed < DOCUMENTS_AT_MOST,
        _("Hier liegen schon %(n)s Unterlagen, mehr sind nicht vorgesehen.") % {"n": DOCUMENTS_AT_MOST},
    )
    return takes_part(case, by) & room


def may_note_told(case: Case, by: Person, *, concerned: bool, told: bool) -> Verdict:
    needed = yes_if(concerned and not told, _("Hier ist niemand mehr zu unterrichten."))
    return speaks_for_employer(case.organisation_id, by) & needed


def says_something(text: str) -> Verdict:
    return yes_if(bool(text.strip()), _TEXT_NEEDED)


def says_enough(kind: str, text: str) -> Verdict:
    """A consent and the wish to talk need no words, a refusal does."""
    if kind != StatementKind.REFUSE:
        return YES
    return yes_if(bool(text.strip()), _("Bitte schreiben Sie in ein paar Worten, warum Sie ablehnen."))


# --- what follows for the plan behind a case --------------------------------------------
_WHY_NOT: dict[str, str | Promise] = {
    CaseState.OPEN: _("Der Betriebsrat ist noch nicht unterrichtet."),
    CaseState.INFORMED: _("Der Betriebsrat hat noch nicht zugestimmt. Schweigen ist keine Zustimmung."),
    CaseState.CONSULTING: _("Sie beraten noch mit dem Betriebsrat."),
    CaseState.REFUSED: _("Der Betriebsrat hat nicht zugestimmt."),
    CaseState.CONCILIATION: _("Die Einigungsstelle hat noch nicht entschieden."),
}
_HEARD_NOTHING = _("Der Betriebsrat hat noch nichts gesagt. Bis zu dem genannten Tag warten Sie auf das Gespräch.")
_DROPPED = _("Das Vorhaben ist aufgegeben.")
_NEW_COUNCIL = _("Inzwischen gibt es eine Interessenvertretung. Bitte beteiligen Sie sie.")
_NO_CASE = _("Der Betriebsrat ist noch nicht beteiligt. Bitte legen Sie zuerst einen Vorgang an.")
_EMPLOYEES = _("Ohne Betriebsrat müssen die Beschäftigten selbst einverstanden sein.")


def gate(case: Case, *, represented: bool, on: date) -> Verdict:
    """Whether this one case lets its plan go on, as the people of the firm may read it.

    Consent: only a spoken yes. Consultation: heard, or offered until a date that has passed.
    Information: told. A firm without a works council goes on."""
    if case.state == CaseState.NOT_REQUIRED:
        return _gate_waived(case, represented)
    if case.state == CaseState.AGREED:
        return YES
    waits_for_talk = case.duty == Duty.CONSULT and case.state == CaseState.INFORMED
    return yes_if(_done_without_consent(case, on), _HEARD_NOTHING if waits_for_talk else _WHY_NOT[case.state])


def _gate_waived(case: Case, represented: bool) -> Verdict:
    if case.waiver == Waiver.DROPPED:
        return no(_DROPPED)
    return yes_if(not represented, _NEW_COUNCIL)


def _done_without_consent(case: Case, on: date) -> bool:
    if case.duty == Duty.INFORM:
        return case.state != CaseState.OPEN
    if case.duty == Duty.CONSULT:
        offered = case.state == CaseState.INFORMED and case.due_on is not None and case.due_on < on
        return offered or case.state in (CaseState.REFUSED, CaseState.CONCILIATION)
    return False


def was_asked(kind: str, asked: Iterable[str], usual: str, *, represented: bool) -> Verdict:
    """What needs consent needs the case that asks for it: having only informed or consulted opens nothing.

    `asked`: the bases of the cases there are; `usual`: the basis that asks for this kind's consent."""
    return yes_if(not represented or kind not in CONSENT_KINDS or usual in asked, _NO_CASE)


def employees_needed(kind: str, *, represented: bool) -> Verdict:
    """SGB III § 82 (5): the employees concerned or the works council; without a works council only they can."""
    return yes_if(represented or kind != SubjectKind.GROUP_APPLICATION, _EMPLOYEES)


def agreed_in_time(case: Case, until: date) -> bool:
    if case.state == CaseState.NOT_REQUIRED:
        return case.waiver == Waiver.NO_COUNCIL
    spoken = case.state == CaseState.AGREED and case.settled_at is not None
    return spoken and timezone.localdate(case.settled_at) <= until


def neutral(verdict: Verdict) -> Verdict:
    """What anybody outside the firm gets: one and the same sentence, whatever happened inside."""
    return yes_if(bool(verdict), NOT_MET)


# --- proposals ------------------------------------------------------------------------
def may_withdraw(proposal: Proposal, by: Person) -> Verdict:
    return speaks_for_council(proposal.organisation_id, by) & PROPOSAL.may(proposal.state, "withdraw")


def may_answer(proposal: Proposal, by: Person) -> Verdict:
    return speaks_for_employer(proposal.organisation_id, by) & PROPOSAL.may(proposal.state, "accept")


def must_answer_in_writing(proposal: Proposal) -> bool:
    """BetrVG § 92a (2): above 100 employees the reasons are written down. A size class that may lie above counts."""
    size = proposal.organisation.size_class
    return proposal.kind == ProposalKind.JOB_SECURITY and (size is None or size >= SizeClass.MEDIUM)


def gives_reasons(proposal: Proposal, *, accepted: bool, answer: str, told_in_person: bool) -> Verdict:
    if accepted or answer.strip():
        return YES
    if must_answer_in_writing(proposal):
        return no(
            _("Bei mehr als 100 Beschäftigten müssen Sie schriftlich begründen, warum der Vorschlag nicht geeignet "
              "ist (§ 92a Abs. 2 BetrVG).")
        )  # fmt: skip
    return yes_if(
        told_in_person,
        _("Bitte nennen Sie Ihre Gründe, oder vermerken Sie, dass Sie sie im Gespräch genannt haben."),
    )


def is_waiting(proposal: Proposal) -> bool:
    return proposal.state == ProposalState.SUBMITTED


def is_late(case: Case, on: date) -> bool:
    """An answer was expected and has not come. Of mere information none is expected."""
    return case.state in PENDING and case.duty != Duty.INFORM and case.due_on is not None and case.due_on < on
