"""Works council and employer of one firm: a case answered in two clicks (U12), a survey demanded (U13)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.conftest import Calendar, Enter, Region, seat, welcome
from tests.journeys.test_accessible import _tab_to

from verbundwerk.codetermination import flow, queries
from verbundwerk.codetermination.models import Case, Proposal
from verbundwerk.codetermination.states import CaseState
from verbundwerk.codetermination.terms import SubjectKind
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.terms import Role
from verbundwerk.post.models import Letter

FIRM = "Heidkamp Zulieferer GmbH"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass
class Peine:
    """One firm with the two people whose story this is."""

    firm: Organisation
    planner: Person
    council: Person


@pytest.fixture
def peine(region: Region, calendar: Calendar, settings: Any, tmp_path: Path) -> Peine:
    settings.MEDIA_ROOT = tmp_path / "media"
    planner = region.settle(FIRM, "31224", "Meike Sander")
    firm = region.firms[FIRM]
    return Peine(firm, planner, welcome("Serap Aydin", firm, Role.WORKS_COUNCIL, calendar.at))


@pytest.fixture
def sit_down(new_page: Any, live_server: Any) -> Callable[..., Any]:
    """A person in front of a real browser."""

    def page_of(person: Person, **options: Any) -> Any:
        page = new_page(**options)
        seat(page, live_server.url, person)
        return page

    return page_of


@pytest.fixture
def questionnaire(tmp_path: Path) -> Path:
    file = tmp_path / "Fragebogen.pdf"
    file.write_bytes(PDF)
    return file


def test_a_questionnaire_waits_for_the_works_council(
    peine: Peine, calendar: Calendar, enter: Enter, questionnaire: Path, tick: Callable[[], None]
) -> None:
    """U12: papers, law and date on one page; consent in two clicks; until then nothing is sent."""
    employer, works_council = enter(peine.planner), enter(peine.council)
    _lay_before(employer, calendar, questionnaire)
    case = Case.objects.get()
    assert "Schweigen ist keine Zustimmung" in str(_may_go_on(case, calendar).reason)

    calendar.pass_days(15)
    tick()
    assert Letter.objects.filter(subject__startswith="Die Frist ist vorbei").count() == 2
    assert not _may_go_on(case, calendar)

    works_council.open("/heute/")
    works_council.follow("Ihre Stellungnahme: Fragebogen 2027")
    assert works_council.reads("darf erst verschickt werden, wenn der Betriebsrat dem Inhalt zugestimmt hat")
    assert works_council.take_along("Fragebogen.pdf") == PDF
    works_council.press("Zustimmen")

    assert works_council.reads("Ihre Stellungnahme ist eingetragen.")
    assert _may_go_on(case, calendar)
    assert Letter.objects.filter(to=peine.planner.email, subject__startswith="Der Betriebsrat hat zugestimmt").exists()


def _lay_before(employer: Any, calendar: Calendar, questionnaire: Path) -> None:
    employer.open("/heute/")
    employer.follow("Beteiligung")
    employer.follow("Vorgang anlegen")
    employer.choose("Befragung zum Bildungsbedarf")
    employer.fill("Wie heißt das Vorhaben?", "Fragebogen 2027")
    employer.press("Vorgang anlegen")
    employer.open(f"/beteiligung/{Case.objects.get().pk}/")
    employer.unfold("Unterlage dazulegen")
    employer.attach("Unterlage dazulegen", questionnaire)
    employer.press("Hochladen")
    employer.follow("Betriebsrat unterrichten")
    employer.fill("Antwort erbeten bis", calendar.after(14))
    employer.press("Betriebsrat unterrichten")
    assert employer.reads("Der Betriebsrat ist unterrichtet.")


def _may_go_on(case: Case, calendar: Calendar) -> Any:
    return queries.condition_met(case.organisation_id, case.subject_kind, case.subject, calendar.at)


def test_a_wish_to_talk_leads_to_a_day_both_can_keep(peine: Peine, calendar: Calendar, enter: Enter) -> None:
    employer, works_council = enter(peine.planner), enter(peine.council)
    data = flow.CaseData(kind=SubjectKind.PLATFORM, subject=peine.firm.pk, label="Nutzung von Verbundwerk")
    flow.open_case(data, organisation=peine.firm, by=None, at=calendar.at)
    works_council.open("/heute/")
    works_council.follow("Ihre Stellungnahme: Nutzung von Verbundwerk")
    works_council.press("Gespräch gewünscht")

    employer.open("/heute/")
    employer.follow("Der Betriebsrat möchte sprechen: Nutzung von Verbundwerk")
    employer.follow("Termin vorschlagen")
    employer.fill("Tag", calendar.after(3))
    employer.fill("Uhrzeit", "14:30")
    employer.fill("Wo, und was Sie dazu sagen möchten", "Raum 2")
    employer.press("Termin vorschlagen")
    assert employer.reads("Der Termin ist vorgeschlagen.")

    works_council.open("/heute/")
    works_council.follow("Passt Ihnen dieser Termin?")
    works_council.press("Der Termin passt")
    assert works_council.reads("Der Termin steht.")
    assert b"T143000" in works_council.take_along("In den Kalender")

    calendar.pass_days(4)
    works_council.open("/heute/")
    works_council.follow("Nach dem Gespräch, Ihre Stellungnahme")
    works_council.press("Zustimmen")
    assert _may_go_on(Case.objects.get(), calendar)


def test_the_works_council_demands_a_survey_and_the_survey_waits_for_its_consent(
    peine: Peine, calendar: Calendar, enter: Enter
) -> None:
    """U13: § 96 demands, the employer answers; the questionnaire itself stands under § 94."""
    employer, works_council = enter(peine.planner), enter(peine.council)
    works_council.open("/beteiligung/")
    works_council.follow("Vorschlag machen")
    works_council.choose("Ermittlung des Bildungsbedarfs verlangen")
    works_council.fill("In einem Satz", "Bedarf der Presserei ermitteln")
    works_council.fill("Ihr Vorschlag", "Alle Schichten, bis Ende März.")
    works_council.fill("Antwort erwartet bis", calendar.after(21))
    works_council.press("Vorschlag vorlegen")

    employer.open("/heute/")
    employer.follow("Der Betriebsrat erwartet Ihre Antwort")
    employer.follow("Antworten")
    employer.choose("Wir nehmen den Vorschlag an")
    employer.press("Auf den Vorschlag antworten")
    assert employer.reads("Ihre Antwort ist eingetragen.")

    proposal, case = Proposal.objects.get(), Case.objects.get()
    assert (case.subject, case.state, case.basis.paragraph) == (
        proposal.pk,
        CaseState.OPEN,
        "§\u00a094\u00a0Abs.\u00a01\u00a0BetrVG",
    )
    assert not _may_go_on(case, calendar)
    employer.follow("zum Vorgang")
    assert employer.reads("Der Betriebsrat ist noch nicht unterrichtet.")


def test_the_works_council_answers_with_the_keyboard_alone(
    peine: Peine, calendar: Calendar, sit_down: Callable[..., Any], assert_accessible: Callable[[Any], None]
) -> None:
    data = flow.CaseData(kind=SubjectKind.PLATFORM, subject=peine.firm.pk, label="Nutzung von Verbundwerk")
    case = flow.open_case(data, organisation=peine.firm, by=None, at=calendar.at)
    page = sit_down(peine.council)
    page.goto("/heute/")

    _tab_to(page, "Ihre Stellungnahme: Nutzung von Verbundwerk")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert_accessible(page)
    _tab_to(page, "Ihre Worte dazu")
    page.keyboard.type("Bitte ohne Auswertung je Person.")
    _tab_to(page, "Ablehnen")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "Ihre Stellungnahme ist eingetragen." in page.inner_text("body")
    case.refresh_from_db()
    assert case.state == CaseState.REFUSED
    assert case.statements.get().text == "Bitte ohne Auswertung je Person."


def _press(page: Any, words: str) -> None:
    _tab_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_survey_is_demanded_and_answered_with_the_keyboard_alone(
    peine: Peine, calendar: Calendar, sit_down: Callable[..., Any]
) -> None:
    council = sit_down(peine.council)
    council.goto("/beteiligung/vorschlaege/neu/")
    _tab_to(council, "Teilnehmende vorschlagen")
    council.keyboard.press("ArrowDown")
    _tab_to(council, "In einem Satz")
    council.keyboard.type("Bedarf der Presserei ermitteln")
    _tab_to(council, "Ihr Vorschlag")
    council.keyboard.type("Alle Schichten.")
    _press(council, "Vorschlag vorlegen")
    assert "Ihr Vorschlag liegt dem Betrieb vor." in council.inner_text("body")

    employer = sit_down(peine.planner)
    employer.goto("/heute/")
    _press(employer, "Der Betriebsrat erwartet Ihre Antwort")
    _press(employer, "Antworten")
    assert "muss der Betrieb den Bildungsbedarf ermitteln" in employer.inner_text("body")
    _tab_to(employer, "Wir nehmen den Vorschlag an")
    employer.keyboard.press("Space")
    _press(employer, "Auf den Vorschlag antworten")
    assert "Ihre Antwort ist eingetragen." in employer.inner_text("body")
    assert Case.objects.get().basis_code == "betrvg-94-1"


def test_every_page_of_this_room_is_free_of_barriers(
    peine: Peine, calendar: Calendar, sit_down: Callable[..., Any], barriers: Callable[[Any, str], list[str]]
) -> None:
    """Light and wide, then dark and narrow."""
    case, proposal = _something_of_everything(peine, calendar)
    talk = [f"{case.pk}/{name}/" for name in ("termin", "nachricht", "frist")]
    ours = ["", "neu/", f"{case.pk}/aufgeben/", f"{case.pk}/", *talk, f"vorschlaege/{proposal.pk}/antworten/"]
    theirs = ["vorschlaege/", "vorschlaege/neu/", f"{case.pk}/", f"vorschlaege/{proposal.pk}/", "../kurse/teilnahme/"]
    wrong = []
    for person, addresses in {peine.planner: ours, peine.council: theirs}.items():
        page = sit_down(person)
        for address in addresses:
            wrong += barriers(page, f"/beteiligung/{address}")
    assert not wrong, "\n\n".join(wrong)


def _something_of_everything(peine: Peine, calendar: Calendar) -> tuple[Case, Proposal]:
    data = flow.CaseData(
        kind=SubjectKind.SURVEY, subject=peine.planner.pk, label="Fragebogen 2027",
        concerns_disabled=True, concerns_young=True,
    )  # fmt: skip
    case = flow.open_case(data, organisation=peine.firm, by=peine.planner, at=calendar.at)
    flow.ask_to_talk(case, text="Frage 7?", by=peine.council, at=calendar.at)
    words = flow.ProposalData(
        kind="job_security", title="Umschulung statt Abbau", text="Die Presserei.",
        answer_by=calendar.today.replace(day=28),
    )  # fmt: skip
    return case, flow.make_proposal(words, organisation=peine.firm, by=peine.council, at=calendar.at)
