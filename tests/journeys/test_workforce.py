"""What the workforce says: a mentor's talks become a need (U14), an own wish stays one's own until released (U15)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from tests.journeys.conftest import Calendar, Enter, Region, seat, welcome
from tests.journeys.test_accessible import _tab_to

from verbundwerk.codetermination import flow as codetermination
from verbundwerk.codetermination.models import Case
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.terms import Source
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.terms import Role
from verbundwerk.topics.models import Topic
from verbundwerk.wishes import flow
from verbundwerk.wishes.flow import SurveyWords, TalkWords, WishWords
from verbundwerk.wishes.models import Survey, Talk, Wish
from verbundwerk.wishes.states import SurveyState, WishState

FIRM = "Heidkamp Zulieferer GmbH"


@dataclass
class Heidkamp:
    firm: Organisation
    planner: Person
    council: Person
    mentor: Person
    kevin: Person


@pytest.fixture
def heidkamp(region: Region, calendar: Calendar) -> Heidkamp:
    planner = region.settle(FIRM, "31224", "Meike Sander")
    firm = region.firms[FIRM]
    return Heidkamp(
        firm,
        planner,
        welcome("Serap Aydin", firm, Role.WORKS_COUNCIL, calendar.at),
        welcome("Birgit Hansmann", firm, Role.MENTOR, calendar.at),
        welcome("Kevin Lueders", firm, Role.EMPLOYEE, calendar.at),
    )


@pytest.fixture
def sit_down(new_page: Any, live_server: Any) -> Callable[..., Any]:
    """A person in front of a real browser."""

    def page_of(person: Person | None, **options: Any) -> Any:
        page = new_page(**options)
        if person:
            seat(page, live_server.url, person)
        return page

    return page_of


# --- U15 --------------------------------------------------------------------------------
def test_kevin_keeps_his_wish_until_he_releases_it_and_reads_what_became_of_it(
    heidkamp: Heidkamp, enter: Enter
) -> None:
    kevin, planner = enter(heidkamp.kevin), enter(heidkamp.planner)
    kevin.open("/heute/")
    kevin.follow("Meine Wünsche")
    kevin.follow("Wunsch aufschreiben")
    kevin.fill("Was möchten Sie lernen?", "Roboter programmieren")
    kevin.press("Speichern")
    assert kevin.reads("Nur Sie können ihn lesen.")

    planner.open("/belegschaft/wuensche/")
    assert not planner.reads("Roboter programmieren")
    planner.open("/heute/")
    assert not planner.reads("Wunsch aus der Belegschaft")

    kevin.open("/belegschaft/meine-wuensche/")
    kevin.follow("Roboter programmieren")
    kevin.press("Für die Personalverantwortung freigeben")
    assert kevin.reads("Ihr Wunsch ist freigegeben.")

    planner.open("/heute/")
    planner.follow("1 Wunsch aus der Belegschaft wartet auf Ihre Antwort")
    planner.follow("Roboter programmieren")
    assert planner.reads("Kevin Lueders")
    planner.follow("Als Bedarf übernehmen")
    planner.fill("Spätestens bis", "2027-06-30")
    planner.press("Speichern und einreichen")
    need = Need.objects.get()
    assert (need.source, need.state) == (Source.EMPLOYEE, NeedState.SUBMITTED)
    assert not planner.reads("Kevin Lueders"), "the need names nobody"

    kevin.open("/heute/")
    kevin.follow("Ihr Betrieb hat auf Ihren Wunsch")
    assert kevin.reads(need.label)
    kevin.press("Zurücknehmen")
    planner.open("/belegschaft/wuensche/")
    assert not planner.reads("Roboter programmieren")


def _press(page: Any, words: str) -> None:
    _tab_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_wish_is_written_released_and_deleted_with_the_keyboard_alone(
    heidkamp: Heidkamp, sit_down: Callable[..., Any], assert_accessible: Callable[[Any], None]
) -> None:
    page = sit_down(heidkamp.kevin)
    page.goto("/heute/")
    _press(page, "Meine Wünsche")
    _press(page, "Wunsch aufschreiben")
    assert_accessible(page)
    _tab_to(page, "Was möchten Sie lernen?")
    page.keyboard.type("Englisch")
    _tab_to(page, "Ich muss pünktlich gehen können")
    page.keyboard.press("Space")
    _press(page, "Speichern")
    _press(page, "Englisch")
    assert_accessible(page)
    _press(page, "Für die Personalverantwortung freigeben")
    wish = Wish.objects.get()
    assert (wish.state, wish.fixed_end) == (WishState.RELEASED, True)
    _press(page, "Löschen")
    _press(page, "Endgültig löschen")
    assert not Wish.objects.exists()


# --- U14 --------------------------------------------------------------------------------
def test_a_mentor_notes_talks_without_names_and_three_people_make_a_need(heidkamp: Heidkamp, enter: Enter) -> None:
    mentor, planner = enter(heidkamp.mentor), enter(heidkamp.planner)
    topic = Topic.objects.get(slug="hochvolt-2")
    flow.note_talk(TalkWords(topic=topic, people=1), organisation=heidkamp.firm, by=heidkamp.mentor, at=_now(heidkamp))
    mentor.open("/belegschaft/gespraeche/")
    assert mentor.reads("Es fehlen noch 2.")
    mentor.follow("Gespräch festhalten")
    mentor.fill("Worum ging es?", topic.label)
    mentor.fill("Wie viele Personen möchten das lernen?", "2")
    mentor.press("Festhalten")
    assert not Need.objects.exists()
    planner.open("/belegschaft/")
    assert not planner.reads("Gespräche")

    mentor.press("Bedarf daraus machen")
    need = Need.objects.get()
    assert mentor.reads(f"Daraus ist der Bedarf {need.label} geworden.")
    assert (need.seats, need.source) == (3, Source.MENTOR)
    planner.open("/bedarfe/")
    assert planner.reads(need.label)


def _now(heidkamp: Heidkamp) -> Any:
    return heidkamp.mentor.created_at


def test_a_talk_is_noted_with_the_keyboard_alone(
    heidkamp: Heidkamp, sit_down: Callable[..., Any], assert_accessible: Callable[[Any], None]
) -> None:
    page = sit_down(heidkamp.mentor)
    page.goto("/heute/")
    _press(page, "Gespräch festhalten")
    assert_accessible(page)
    _tab_to(page, "Worum ging es?")
    page.keyboard.press("ArrowDown")
    _tab_to(page, "Wie viele Personen möchten das lernen?")
    page.keyboard.press("Control+A")
    page.keyboard.type("3")
    _press(page, "Festhalten")
    assert_accessible(page)
    _press(page, "Bedarf daraus machen")
    assert Talk.objects.get().need == Need.objects.get()


# --- the survey (U13) ----------------------------------------------------------------------
def _laid_before(heidkamp: Heidkamp, calendar: Calendar) -> Survey:
    topics = tuple(Topic.objects.order_by("sort_key")[:2])
    words = SurveyWords(title="Was lernen wir?", runs_until=calendar.today.replace(day=29), topics=topics)
    survey = flow.build_survey(words, organisation=heidkamp.firm, by=heidkamp.planner, at=calendar.at)
    return flow.lay_before(survey, by=heidkamp.planner, at=calendar.at)


def test_five_people_answer_without_an_account_and_one_press_makes_needs(
    heidkamp: Heidkamp, calendar: Calendar, enter: Enter
) -> None:
    survey = _laid_before(heidkamp, calendar)
    planner, anybody = enter(heidkamp.planner), enter(None)
    codetermination.agree(Case.objects.get(), by=heidkamp.council, at=calendar.at)
    planner.open("/heute/")
    planner.follow("kann starten")
    planner.press("Befragung starten")
    chosen = survey.topics.order_by("topic__sort_key").first()
    assert chosen
    for _ in range(4):
        flow.answer_survey(survey, [chosen.topic], "early", once=uuid4(), at=calendar.at)

    anybody.open(f"/belegschaft/befragung/{survey.code}/")
    anybody.choose(chosen.topic.label)
    anybody.choose("Frühschicht")
    anybody.press("Antwort abgeben")
    assert anybody.reads("Ihre Antwort ist gezählt.")

    planner.open(f"/belegschaft/befragungen/{survey.pk}/")
    planner.press("Befragung beenden")
    planner.press("Bedarfe daraus machen")
    need = Need.objects.get()
    assert planner.reads(f"Daraus ist 1 Bedarf geworden: {need.label}.")
    assert (need.seats, need.source) == (5, Source.SURVEY)


# --- every eye --------------------------------------------------------------------------------
def test_every_page_of_this_room_is_free_of_barriers(
    heidkamp: Heidkamp, calendar: Calendar, sit_down: Callable[..., Any], barriers: Callable[[Any, str], list[str]]
) -> None:
    """Light and wide, then dark and narrow."""
    wish = flow.write_wish(
        WishWords(topic_text="Englisch"), organisation=heidkamp.firm, by=heidkamp.kevin, at=calendar.at
    )
    flow.release_wish(wish, by=heidkamp.kevin, at=calendar.at)
    survey = _laid_before(heidkamp, calendar)
    flow.note_talk(
        TalkWords(topic=survey.topics.all()[0].topic, people=2), organisation=heidkamp.firm, by=heidkamp.mentor,
        at=calendar.at,
    )  # fmt: skip
    one, asked = f"wuensche/{wish.pk}/", f"befragungen/{survey.pk}/"
    eyes = {
        heidkamp.kevin: ["", "meine-wuensche/", one, f"{one}loeschen/", "../datenschutz/meine-daten/"],
        heidkamp.planner: ["", "wuensche/", one, f"{one}ablehnen/", "befragungen/", "befragungen/neu/", asked],
        heidkamp.mentor: ["gespraeche/"],
    }
    wrong = [one for person, addresses in eyes.items() for one in _barriers(sit_down(person), addresses, barriers)]
    Survey.objects.filter(pk=survey.pk).update(state=SurveyState.OPEN)
    wrong += _barriers(sit_down(None), [f"befragung/{survey.code}/", f"befragung/{survey.code}/danke/"], barriers)
    wrong += _barriers(sit_down(heidkamp.planner), [asked], barriers)
    assert not wrong, "\n\n".join(wrong)


def _barriers(page: Any, addresses: list[str], barriers: Callable[[Any, str], list[str]]) -> list[str]:
    return [found for address in addresses for found in barriers(page, f"/belegschaft/{address}")]
