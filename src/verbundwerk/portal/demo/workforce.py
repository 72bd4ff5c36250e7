"""What the people of two firms say themselves: wishes, talks with a mentor, and a survey that is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from verbundwerk.codetermination import flow as codetermination
from verbundwerk.needs.terms import Shift
from verbundwerk.network.models import Organisation, Person
from verbundwerk.pooling.models import Pool
from verbundwerk.topics.models import Topic
from verbundwerk.wishes import flow as wishes
from verbundwerk.wishes.flow import SurveyWords, TalkWords, WishWords
from verbundwerk.wishes.models import Survey
from verbundwerk.wishes.queries import case_of
from verbundwerk.wishes.terms import Times

if TYPE_CHECKING:
    from .story import Story

FIRM, MENTORED = "heidkamp", "edemissen"
ASKED = ("ki-grundlagen", "hochvolt-2", "gabelstapler", "excel")
# So many tick each topic; seven more answer and tick none of them.
TICKED = {"ki-grundlagen": 9, "hochvolt-2": 6, "excel": 3}


def let_the_workforce_speak(story: Story) -> None:
    _wish(story)
    _talk(story)
    _ask_everybody(story)


def _wish(story: Story) -> None:
    """Kevin keeps one wish for himself, has released another, and would come to a course that is being prepared."""
    firm, kevin = story.cast.organisations[FIRM], story.cast.people["Kevin Lüders"]
    with story.moment(-12, hour=18) as at:
        words = WishWords(topic_text="Roboter einrichten", details="Ich möchte nicht immer nur zusehen.")
        wishes.write_wish(words, organisation=firm, by=kevin, at=at)
    with story.moment(-6, hour=18) as at:
        words = WishWords(
            topic_text="Englisch für Gespräche mit Zulieferern", shift=Shift.EARLY, times=Times.AFTERNOON,
            fixed_end=True,
        )  # fmt: skip
        wishes.release_wish(wishes.write_wish(words, organisation=firm, by=kevin, at=at), by=kevin, at=at)
    with story.moment(-4, hour=18) as at:
        pool = Pool.objects.filter(published=True, state="committing").order_by("number").first()
        words = WishWords(shift=Shift.EARLY, times=Times.MORNING)
        wishes.write_wish(words, organisation=firm, by=kevin, at=at, pool=pool)


def _talk(story: Story) -> None:
    """Birgit has heard two people about one topic and one about another, which only the office may know."""
    firm, birgit = story.cast.organisations[MENTORED], story.cast.people["Birgit Hansmann"]
    with story.moment(-8, hour=13) as at:
        wishes.note_talk(_heard("ki-grundlagen", 2), organisation=firm, by=birgit, at=at)
    with story.moment(-5, hour=13) as at:
        talk = wishes.note_talk(_heard("hochvolt-2", 1), organisation=firm, by=birgit, at=at)
        wishes.pass_on(talk, by=birgit, at=at)


def _heard(slug: str, people: int) -> TalkWords:
    return TalkWords(topic=Topic.objects.get(slug=slug), people=people, shift=Shift.EARLY)


def _ask_everybody(story: Story) -> None:
    """Built, agreed to, answered by 25 people, over: one press would make two needs of it."""
    firm, hr, council = story.cast.organisations[FIRM], story.cast.speaker(FIRM), story.cast.people["Serap Aydin"]
    with story.moment(-34, hour=9) as at:
        survey = _build(firm, hr, at)
    case = case_of(survey)
    with story.moment(-31, hour=10) as at:
        if case:
            codetermination.agree(case, text="Gut, dass niemand einzeln gespeichert wird.", by=council, at=at)
    with story.moment(-30, hour=8) as at:
        wishes.open_survey(survey, by=hr, at=at)
    with story.moment(-20, hour=14) as at:
        _answer(survey, at)
    with story.moment(-9, hour=8) as at:
        wishes.close_survey(survey, by=hr, at=at)


def _build(firm: Organisation, hr: Person, at: datetime) -> Survey:
    words = SurveyWords(
        title="Was möchten wir im nächsten Jahr lernen?",
        intro="Wir planen gerade die Weiterbildung. Ihre Antwort bleibt ohne Namen.",
        topics=tuple(Topic.objects.filter(slug__in=ASKED).order_by("sort_key")),
        runs_until=at.date() + timedelta(days=25),
    )  # fmt: skip
    return wishes.lay_before(wishes.build_survey(words, organisation=firm, by=hr, at=at), by=hr, at=at)


def _answer(survey: Survey, at: datetime) -> None:
    """`once` is stored nowhere, so it need not be the same every time the region is built."""
    ticked = [Topic.objects.get(slug=slug) for slug, count in TICKED.items() for _ in range(count)]
    for number in range(25):
        chosen = ticked[number : number + 1]
        wishes.answer_survey(survey, chosen, (Shift.EARLY, Shift.LATE)[number % 2], once=uuid4(), at=at)
