"""What the two sides of one firm see and do on the pages, and what nobody else does."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from verbundwerk.base import clock
from verbundwerk.codetermination.models import Case, Document, Proposal
from verbundwerk.codetermination.states import CaseState
from verbundwerk.network.models import Person
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network

from . import make

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _today(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    with clock.stopped(make.AT):
        yield


def at_desk(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def page(person: Person, name: str, *args: Any) -> str:
    answer = at_desk(person).get(reverse(f"codetermination:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def send(person: Person, name: str, *args: Any, **typed: Any) -> Any:
    return at_desk(person).post(reverse(f"codetermination:{name}", args=args), typed)


# --- the case ---------------------------------------------------------------------------
def test_the_works_council_reads_the_law_in_one_sentence_and_finds_three_buttons(firm, council):
    shown = page(council, "case", make.case(organisation=firm).pk)
    assert "Ein Fragebogen an die Beschäftigten darf erst verschickt werden" in shown
    for words in ("Zustimmen", "Ablehnen", "Gespräch gewünscht"):
        assert words in shown


def test_the_employer_finds_no_button_to_consent_with(firm, hr):
    shown = page(hr, "case", make.case(organisation=firm).pk)
    assert "Zustimmen" not in shown
    assert "Schweigen ist keine Zustimmung" in shown


@pytest.mark.parametrize("role", [Role.HR, Role.WORKS_COUNCIL])
def test_people_of_another_firm_find_nothing(firm, role):
    stranger = network.person(role, make.firm())
    address = reverse("codetermination:case", args=[make.case(organisation=firm).pk])
    assert at_desk(stranger).get(address).status_code == 404
    assert "Fragebogen" not in page(stranger, "list")


@pytest.mark.parametrize("role", [Role.FOREMAN, Role.MENTOR, Role.EMPLOYEE, Role.COORDINATION])
def test_other_roles_of_the_same_firm_find_nothing_either(firm, role):
    person = network.person(role, firm)
    address = reverse("codetermination:case", args=[make.case(organisation=firm).pk])
    assert at_desk(person).get(address).status_code == 404
    assert at_desk(person).get(reverse("codetermination:list")).status_code == 403


def test_consent_is_one_press(firm, council):
    case = make.case(organisation=firm)
    assert send(council, "say", case.pk, says="agree").status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.AGREED


def test_a_refusal_without_words_keeps_the_page_and_names_the_field(firm, council):
    case = make.case(organisation=firm)
    answer = send(council, "say", case.pk, says="refuse", text="")
    assert answer.status_code == 422
    assert "warum Sie ablehnen" in answer.content.decode()
    case.refresh_from_db()
    assert case.state == CaseState.INFORMED


def test_hr_cannot_send_the_works_councils_form(firm, hr):
    case = make.case(organisation=firm)
    assert send(hr, "say", case.pk, says="agree").status_code == 403
    case.refresh_from_db()
    assert case.state == CaseState.INFORMED


def test_hr_opens_adds_a_paper_and_informs(firm, hr, council):
    once = "7d0a3a52-6ad6-4c63-9f5e-0f7d0c9f4f11"
    typed = {"kind": "survey", "label": "Bogen 2027", "once": once}
    first, second = send(hr, "new", **typed), send(hr, "new", **typed)
    assert first.url == second.url
    case = Case.objects.get()
    assert send(hr, "add_document", case.pk, file=make.file()).status_code == 302
    due = make.TODAY + timedelta(days=10)
    assert send(hr, "inform", case.pk, due_on=due.isoformat()).status_code == 302
    assert "Fragebogen.pdf" in page(council, "case", case.pk)


def test_a_deadline_in_the_past_is_refused_beside_its_field(firm, hr):
    case = make.case(CaseState.OPEN, organisation=firm)
    answer = send(hr, "inform", case.pk, due_on=make.TODAY.isoformat())
    assert answer.status_code == 422
    assert "nach heute" in answer.content.decode()


def test_the_use_of_the_platform_is_one_case_per_firm(firm, hr):
    for number in (1, 2):
        send(hr, "new", kind="platform", label="Verbundwerk", once=f"7d0a3a52-6ad6-4c63-9f5e-0f7d0c9f4f1{number}")
    assert Case.objects.get().subject == firm.pk


def test_a_basis_for_something_else_is_refused_beside_its_field(firm, hr):
    once = "7d0a3a52-6ad6-4c63-9f5e-0f7d0c9f4f11"
    answer = send(hr, "new", kind="platform", label="x", basis="betrvg-94-1", once=once)
    assert answer.status_code == 422
    assert "passt nicht zu diesem Vorhaben" in answer.content.decode()


def test_a_site_of_another_firm_cannot_be_chosen(firm, hr):
    network.site(firm)
    foreign = network.site(make.firm())
    once = "7d0a3a52-6ad6-4c63-9f5e-0f7d0c9f4f11"
    answer = send(hr, "new", kind="survey", label="x", site=foreign.pk, once=once)
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_a_firm_without_a_works_council_reads_that_it_may_go_on():
    firm = make.firm(council=False)
    shown = page(make.hr(firm), "case", make.case(CaseState.NOT_REQUIRED, organisation=firm).pk)
    assert "keine Interessenvertretung" in shown
    assert "<dd>Ja.</dd>" in shown


def test_for_a_group_application_the_employees_are_named():
    firm = make.firm(council=False)
    case = make.case(CaseState.NOT_REQUIRED, organisation=firm, kind="group_application")
    assert "die Beschäftigten selbst einverstanden" in page(make.hr(firm), "case", case.pk)


def test_hr_learns_that_no_member_of_the_works_council_can_read(firm, hr):
    assert "noch niemand einen Zugang" in page(hr, "case", make.case(organisation=firm).pk)


def test_hr_notes_that_the_representatives_of_disabled_employees_know(firm, hr):
    case = make.case(organisation=firm, concerns_disabled=True)
    assert "Schwerbehindertenvertretung" in page(hr, "case", case.pk)
    assert send(hr, "note_told", case.pk, group="disabled").status_code == 302
    assert send(hr, "note_told", case.pk, group="opened").status_code == 404


# --- papers -----------------------------------------------------------------------------
def test_a_paper_is_saved_by_both_sides_and_nobody_else(firm, hr, council):
    paper = make.document(make.case(organisation=firm), by=hr)
    address = reverse("codetermination:document", args=[paper.pk])
    answer = at_desk(council).get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="Fragebogen.pdf"'
    assert b"".join(answer) == make.PDF
    assert at_desk(make.council(make.firm())).get(address).status_code == 404
    assert at_desk(network.coordinator()).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_page_of_the_web_is_no_paper_whatever_its_name(firm, hr):
    case = make.case(organisation=firm)
    wrong = make.file("Fragebogen.pdf", b"\x00\x01<html><script>alert(1)</script>")
    answer = send(hr, "add_document", case.pk, file=wrong)
    assert answer.status_code == 422
    assert "keine Datei der erlaubten Art" in answer.content.decode()
    assert not Document.objects.exists()


def test_a_paper_that_is_too_big_is_refused(firm, hr):
    case = make.case(organisation=firm)
    answer = send(hr, "add_document", case.pk, file=make.file(content=make.PDF + b" " * 5 * 1024 * 1024))
    assert answer.status_code == 422
    assert "höchstens" in answer.content.decode()


# --- proposals ---------------------------------------------------------------------------
def test_the_works_council_proposes_and_the_employer_answers(firm, hr, council):
    typed = {
        "kind": "participants", "title": "Auch die Nachtschicht", "text": "Zwei Plätze.",
        "answer_by": (make.TODAY + timedelta(days=14)).isoformat(), "once": "7d0a3a52-6ad6-4c63-9f5e-0f7d0c9f4f11",
    }  # fmt: skip
    assert send(council, "propose", **typed).status_code == 302
    proposal = Proposal.objects.get()
    assert "Antworten" in page(hr, "proposal", proposal.pk)
    assert send(hr, "answer", proposal.pk, decision="decline").status_code == 422
    assert send(hr, "answer", proposal.pk, decision="decline", answer="Der Kurs ist voll.").status_code == 302
    assert "Der Kurs ist voll." in page(council, "proposal", proposal.pk)


def test_hr_finds_no_way_to_propose_for_the_works_council(hr):
    assert at_desk(hr).get(reverse("codetermination:propose")).status_code == 403


def test_a_withdrawn_proposal_cannot_be_answered(firm, hr, council):
    proposal = make.proposal(organisation=firm)
    send(council, "withdraw", proposal.pk)
    assert send(hr, "answer", proposal.pk, decision="accept").status_code == 403


# --- lists ----------------------------------------------------------------------------------
def test_the_list_is_filtered_searched_and_taken_along(firm, council):
    make.case(organisation=firm, label="Größe des Bogens")
    make.case(CaseState.AGREED, organisation=firm, label="Plattform", kind="platform")
    client = at_desk(council)
    address = reverse("codetermination:list")
    assert "Plattform</a>" not in client.get(address, {"state": "informed"}).content.decode()
    assert "Größe des Bogens" in client.get(address, {"q": "groesse"}).content.decode()
    taken = b"".join(client.get(reverse("codetermination:csv"), {"kind": "platform"})).decode()
    assert "Plattform" in taken
    assert "Bogens" not in taken


def test_whoever_speaks_for_two_firms_sees_both_and_chooses_between_them(firm, hr):
    other = make.firm()
    network.mandate(hr, other, Role.HR)
    make.case(organisation=firm, label="Hier")
    make.case(organisation=other, label="Dort")
    shown = page(hr, "list")
    assert "Hier" in shown
    assert "Dort" in shown
    assert "Für welchen Betrieb?" in page(hr, "new")


@pytest.mark.parametrize(("role", "there"), [(Role.HR, True), (Role.WORKS_COUNCIL, True), (Role.FOREMAN, False)])
def test_the_navigation_leads_here_only_who_finds_something(firm, role, there):
    shown = at_desk(network.person(role, firm)).get("/heute/").content.decode()
    assert (reverse("codetermination:list") in shown) is there
