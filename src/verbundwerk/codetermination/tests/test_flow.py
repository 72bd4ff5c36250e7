"""Works council and employer of one firm: from the first letter to the answer, and nothing by silence."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.test import override_settings

from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused
from verbundwerk.codetermination import flow, queries
from verbundwerk.codetermination.models import Case, Proposal, Statement
from verbundwerk.codetermination.states import CaseState, ProposalState
from verbundwerk.codetermination.terms import Duty, ProposalKind, SubjectKind, Waiver
from verbundwerk.journal.models import JournalEntry
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.terms import Role, SizeClass
from verbundwerk.network.tests import make as network
from verbundwerk.post.models import Letter

from . import make

pytestmark = pytest.mark.django_db
AT = make.AT
DUE = make.TODAY + timedelta(days=14)


def letters_to(person: Person) -> list[str]:
    return list(Letter.objects.filter(to=person.email).order_by("created_at", "pk").values_list("subject", flat=True))


# --- opening ----------------------------------------------------------------------------
def test_a_room_above_opens_a_case_once_and_the_works_council_reads_of_it(firm, hr, council):
    data = make.data(SubjectKind.BOOKING, label="Kurs K-0001: Hochvolt")
    case = flow.open_case(data, organisation=firm, by=None, at=AT)
    again = flow.open_case(data, organisation=firm, by=hr, at=make.day(3))

    assert case == again
    assert (case.state, case.duty) == (CaseState.INFORMED, Duty.INFORM)
    assert letters_to(council) == ["Zur Kenntnis: Kurs K-0001: Hochvolt"]
    assert letters_to(hr) == []


def test_the_letter_leads_to_the_page_and_explains_the_law(firm, council):
    case = flow.open_case(make.data(), organisation=firm, by=None, at=AT)
    text = Letter.objects.get(to=council.email).text
    assert f"/beteiligung/{case.pk}/" in text
    assert "§\u00a094" in text
    assert "gilt das nicht als Zustimmung" in text


def test_two_firms_with_the_same_subject_have_a_case_each():
    data = make.data(SubjectKind.POOL)
    first, second = (flow.open_case(data, organisation=make.firm(), by=None, at=AT) for _ in range(2))
    assert first.pk != second.pk


def test_a_firm_without_a_works_council_gets_a_case_that_says_so():
    firm = make.firm(council=False)
    case = flow.open_case(make.data(), organisation=firm, by=None, at=AT)
    assert (case.state, case.waiver) == (CaseState.NOT_REQUIRED, Waiver.NO_COUNCIL)
    assert queries.condition_met(firm.pk, case.subject_kind, case.subject, AT)


def test_works_councils_count_even_when_the_site_is_entered_without_one():
    firm = make.firm(council=False)
    make.council(firm)
    assert flow.open_case(make.data(), organisation=firm, by=None, at=AT).state == CaseState.INFORMED


def test_a_site_entered_without_one_does_not_silence_the_firms_works_council(firm, council):
    site = network.site(firm, representation="none")
    case = flow.open_case(make.data(site=site), organisation=firm, by=None, at=AT)
    assert case.state == CaseState.NOT_REQUIRED
    assert letters_to(council) == ["Ohne Ihre Beteiligung: Fragebogen Weiterbildung"]

    flow.require_involvement(case, by=council, at=AT)
    assert case.state == CaseState.OPEN
    assert not queries.condition_met(firm.pk, case.subject_kind, case.subject, AT)


def test_hr_opens_by_hand_lays_papers_beside_it_and_then_informs(firm, hr, council):
    case = flow.open_by_hand(make.data(SubjectKind.PLATFORM), organisation=firm, by=hr, at=AT)
    assert case.state == CaseState.OPEN
    assert letters_to(council) == []
    make.document(case, by=hr)
    flow.inform_council(case, due_on=DUE, by=hr, at=AT)
    assert (case.state, case.due_on) == (CaseState.INFORMED, DUE)
    assert letters_to(council) == ["Ihre Stellungnahme: Fragebogen Weiterbildung"]


def test_a_basis_that_does_not_fit_is_refused(firm, hr):
    with pytest.raises(Refused, match="passt nicht"):
        flow.open_by_hand(make.data(SubjectKind.PLATFORM, basis="betrvg-94-1"), organisation=firm, by=hr, at=AT)


def test_the_works_council_does_not_inform_itself(firm, council):
    case = make.case(CaseState.OPEN, organisation=firm)
    with pytest.raises(Refused):
        flow.inform_council(case, due_on=DUE, by=council, at=AT)


# --- saying -----------------------------------------------------------------------------
def test_consent_opens_the_gate_and_the_employer_reads_of_it(firm, hr, council):
    case = make.case(organisation=firm)
    assert not queries.condition_met(firm.pk, case.subject_kind, case.subject, AT)
    flow.agree(case, by=council, at=AT)
    assert queries.condition_met(firm.pk, case.subject_kind, case.subject, AT)
    assert letters_to(hr) == ["Der Betriebsrat hat zugestimmt: Fragebogen Weiterbildung"]


def test_a_refusal_needs_words_and_closes_the_gate(firm, council):
    case = make.case(organisation=firm)
    with pytest.raises(Refused, match="warum"):
        flow.refuse(case, text="  ", by=council, at=AT)
    flow.refuse(case, text="Der Bogen fragt nach Krankheiten.", by=council, at=AT)
    assert case.state == CaseState.REFUSED
    assert "nicht zugestimmt" in str(queries.condition_met(firm.pk, case.subject_kind, case.subject, AT).reason)


def test_after_a_talk_a_refusal_can_become_a_consent(firm, council):
    case = make.case(organisation=firm)
    flow.refuse(case, text="So nicht.", by=council, at=AT)
    flow.ask_to_talk(case, by=council, at=make.day(1))
    flow.agree(case, text="Frage 7 ist gestrichen.", by=council, at=make.day(2))
    assert [one.kind for one in queries.statements_of(case)] == ["refuse", "talk", "agree"]
    assert case.state == CaseState.AGREED


@pytest.mark.parametrize("role", [Role.HR, Role.FOREMAN, Role.MENTOR, Role.COORDINATION])
def test_nobody_but_the_works_council_says_yes(firm, role):
    case = make.case(organisation=firm)
    with pytest.raises(Refused):
        flow.agree(case, by=network.person(role, firm), at=AT)


def test_the_works_council_of_another_firm_says_nothing_here(firm):
    case = make.case(organisation=firm)
    stranger = make.council(make.firm())
    with pytest.raises(Refused):
        flow.agree(case, by=stranger, at=AT)
    with pytest.raises(Http404):
        queries.case_for(stranger, case.pk)


def test_two_members_pressing_at_once_decide_once(firm, council):
    case, old = make.case(organisation=firm), None
    old = Case.objects.get(pk=case.pk)
    flow.agree(case, by=council, at=AT)
    with pytest.raises((AlreadyMoved, Refused)):
        flow.refuse(old, text="Doch nicht.", by=council, at=AT)
    assert Statement.objects.count() == 1


def test_what_was_said_cannot_be_rewritten(firm, council):
    case = make.case(organisation=firm)
    flow.agree(case, text="Ja.", by=council, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.update(text="Nein.")
    assert Statement.objects.get().text == "Ja."


# --- the conciliation board ----------------------------------------------------------------
def test_the_employers_word_alone_is_no_award(firm, hr):
    case = make.case(CaseState.REFUSED, organisation=firm)
    make.document(case, by=hr)
    flow.call_conciliation(case, by=hr, at=make.day(1))
    with pytest.raises(Refused, match="Einigungsstelle hoch"):
        flow.record_award(case, agreed=True, text="Spruch vom 3. Dezember.", by=hr, at=make.day(9))

    flow.add_document(case, make.file("Spruch.pdf"), by=hr, at=make.day(9))
    flow.record_award(case, agreed=True, text="Spruch vom 3. Dezember.", by=hr, at=make.day(9))
    assert case.state == CaseState.AGREED


def test_no_board_where_the_law_names_none(firm, hr):
    case = make.case(CaseState.REFUSED, organisation=firm, kind=SubjectKind.GROUP_APPLICATION)
    with pytest.raises(Refused, match="keine Einigungsstelle"):
        flow.call_conciliation(case, by=hr, at=AT)


# --- time --------------------------------------------------------------------------------------
def test_a_passed_deadline_reminds_both_sides_once_and_changes_nothing(firm, hr, council):
    case = make.case(organisation=firm)
    assert flow.remind_of_cases(make.day(14)) == 0
    assert [flow.remind_of_cases(make.day(n)) for n in (15, 15, 40)] == [1, 0, 0]
    case.refresh_from_db()
    assert case.state == CaseState.INFORMED
    for person in (hr, council):
        assert letters_to(person) == ["Die Frist ist vorbei: Fragebogen Weiterbildung"]
    assert not queries.condition_met(firm.pk, case.subject_kind, case.subject, make.day(400))


def test_of_mere_information_nobody_is_reminded(firm, council):
    flow.open_case(make.data(SubjectKind.BOOKING), organisation=firm, by=None, at=AT)
    assert flow.remind_of_cases(make.day(60)) == 0


# --- dropping, telling, filing ---------------------------------------------------------------------
def test_a_plan_given_up_waits_for_nobody_but_opens_no_gate(firm, hr, council):
    case = make.case(organisation=firm)
    flow.drop_case(case, reason="Die Befragung entfällt.", by=hr, at=AT)
    assert (case.state, case.waiver) == (CaseState.NOT_REQUIRED, Waiver.DROPPED)
    assert letters_to(council) == ["Das Vorhaben ist aufgegeben: Fragebogen Weiterbildung"]
    assert not queries.condition_met(firm.pk, case.subject_kind, case.subject, AT)


def test_hr_notes_once_that_the_representatives_of_disabled_employees_know(firm, hr):
    case = make.case(organisation=firm, concerns_disabled=True)
    flow.note_told(case, "disabled", by=hr, at=AT)
    assert case.disabled_told_at == AT
    for group in ("disabled", "young"):
        with pytest.raises(Refused):
            flow.note_told(case, group, by=hr, at=AT)


def test_a_stored_file_bears_no_name_somebody_chose(firm, hr, settings, tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path):
        paper = make.document(make.case(organisation=firm), by=hr, name="../../etc/Lohnliste.pdf")
        stored = [one.name for one in tmp_path.rglob("*.pdf")]
    assert stored == [f"{paper.pk}.pdf"]
    assert paper.name == "Lohnliste.pdf"


# --- proposals ---------------------------------------------------------------------------------
def _propose(kind: str, organisation: Organisation, by: Person) -> Proposal:
    data = flow.ProposalData(kind=kind, title="Bedarf ermitteln", text="Bitte.", answer_by=DUE, once=uuid4())
    first = flow.make_proposal(data, organisation=organisation, by=by, at=AT)
    assert flow.make_proposal(data, organisation=organisation, by=by, at=AT) == first
    return first


def test_the_employer_has_to_answer_a_proposal(firm, hr, council):
    proposal = _propose(ProposalKind.PARTICIPANTS, firm, council)
    assert letters_to(hr) == ["Vorschlag des Betriebsrats: Bedarf ermitteln"]
    with pytest.raises(Refused, match="Gründe"):
        flow.answer_proposal(proposal, accepted=False, answer="", by=hr, at=AT)
    flow.answer_proposal(proposal, accepted=False, answer="", told_in_person=True, by=hr, at=AT)
    assert proposal.state == ProposalState.DECLINED
    assert letters_to(council) == ["Antwort auf Ihren Vorschlag: Bedarf ermitteln"]


@pytest.mark.parametrize(
    ("size", "writes"),
    [(SizeClass.MICRO, False), (SizeClass.SMALL, False), (SizeClass.MEDIUM, True), (SizeClass.LARGE, True),
     (None, True)],
)  # fmt: skip
def test_reasons_about_job_security_are_written_where_more_than_100_may_work(size, writes):
    firm = make.firm(size_class=size)
    hr, proposal = make.hr(firm), make.proposal(organisation=firm, kind=ProposalKind.JOB_SECURITY)
    if writes:
        with pytest.raises(Refused, match="schriftlich"):
            flow.answer_proposal(proposal, accepted=False, answer="", told_in_person=True, by=hr, at=AT)
    else:
        flow.answer_proposal(proposal, accepted=False, answer="", told_in_person=True, by=hr, at=AT)


def test_an_accepted_demand_for_a_survey_opens_the_case_of_its_questionnaire(firm, hr, council):
    proposal = _propose(ProposalKind.SURVEY, firm, council)
    flow.answer_proposal(proposal, accepted=True, answer="Gern.", by=hr, at=AT)
    case = Case.objects.get(subject=proposal.pk)
    assert (case.state, case.basis_code) == (CaseState.OPEN, "betrvg-94-1")
    assert not queries.condition_met(firm.pk, "survey", proposal.pk, AT)


def test_only_the_works_council_proposes_and_withdraws(firm, hr, council):
    data = flow.ProposalData(kind=ProposalKind.SURVEY, title="x", text="y", answer_by=DUE)
    with pytest.raises(Refused):
        flow.make_proposal(data, organisation=firm, by=hr, at=AT)
    proposal = make.proposal(organisation=firm)
    with pytest.raises(Refused):
        flow.withdraw_proposal(proposal, by=hr, at=AT)
    flow.withdraw_proposal(proposal, by=council, at=AT)
    assert letters_to(hr) == ["Vorschlag zurückgezogen: Auch die Nachtschicht schulen"]


def test_an_unanswered_proposal_stays_open_and_reminds_once(firm, hr, council):
    proposal = make.proposal(organisation=firm)
    assert [flow.remind_of_proposals(make.day(n)) for n in (14, 15, 99)] == [0, 1, 0]
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SUBMITTED
    assert letters_to(hr) == ["Noch keine Antwort: Auch die Nachtschicht schulen"]


# --- the page of today ----------------------------------------------------------------------------
def test_today_tells_each_side_what_waits_for_it(firm, hr, council):
    make.case(organisation=firm)
    make.case(CaseState.OPEN, organisation=firm, label="Plattform")
    make.proposal(organisation=firm)
    make.case(label="Fremd")
    said = [line.text for line in queries.waiting_for(council, AT)]
    asked = [line.text for line in queries.waiting_for(hr, AT)]
    assert said == ["Ihre Stellungnahme: Fragebogen Weiterbildung"]
    assert asked == [
        "Betriebsrat unterrichten: Plattform", "Der Betriebsrat erwartet Ihre Antwort: Auch die Nachtschicht schulen",
    ]  # fmt: skip
    assert queries.waiting_for(network.coordinator(), AT) == []


def test_today_says_what_is_late(firm, hr, council):
    make.case(organisation=firm)
    assert {line.kind for line in queries.waiting_for(council, make.day(14))} == {"waits"}
    assert {line.kind for line in queries.waiting_for(council, make.day(15))} == {"late"}


def test_the_journal_names_every_step(firm, hr, council):
    case = flow.open_by_hand(make.data(), organisation=firm, by=hr, at=AT)
    flow.inform_council(case, due_on=DUE, by=hr, at=AT)
    flow.agree(case, by=council, at=AT)
    verbs = JournalEntry.objects.filter(subject=case.pk).values_list("verb", flat=True)
    assert sorted(verbs) == ["case.agreed", "case.informed", "case.opened"]


def test_a_wish_to_talk_is_not_late_for_the_employer_the_day_it_comes(firm, council, hr):
    """The day was the works council's own to answer by."""
    case = make.case(organisation=firm)
    flow.ask_to_talk(case, by=council, at=make.day(400))
    (line,) = [one for one in queries.waiting_for(hr, make.day(400)) if "möchte sprechen" in one.text]
    assert (line.kind, line.due_on) == ("waits", None)
