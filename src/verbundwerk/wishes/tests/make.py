"""Wishes for tests, stored as they are, and the people of one firm."""

from datetime import UTC, date, datetime
from typing import Any

from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.terms import Representation, Role
from verbundwerk.network.tests import make as network
from verbundwerk.topics.tests import make as topics
from verbundwerk.wishes import flow
from verbundwerk.wishes.flow import SurveyWords, WishWords
from verbundwerk.wishes.models import Survey, Talk, Wish
from verbundwerk.wishes.states import SURVEY, TALK, WISH, WishState

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def firm(*, council: bool = True, **details: Any) -> Organisation:
    kind = Representation.WORKS_COUNCIL if council else Representation.NONE
    return network.organisation(main_site=network.site_data(representation=kind), **details)


def person(role: str, at: Organisation | None = None, **fields: Any) -> Person:
    return network.person(role, at or firm(), **fields)


def employee(at: Organisation | None = None, **fields: Any) -> Person:
    return person(Role.EMPLOYEE, at, **fields)


def words(**fields: Any) -> WishWords:
    return WishWords(**{"topic_text": "Roboter programmieren", **fields})


def wish(state: str = WISH.start, *, by: Person | None = None, at: Organisation | None = None, **fields: Any) -> Wish:
    owner = by or employee(at)
    shown = state != WishState.PRIVATE
    plausible = {
        "topic_text": "Roboter programmieren", "written_at": AT, "touched_at": AT,
        "released_at": AT if shown else None,
        "answered_at": AT if state in (WishState.TAKEN, WishState.DECLINED) else None,
        "answer": "Dafür fehlt gerade die Zeit." if state == WishState.DECLINED else "",
    }  # fmt: skip
    where = at or owner.mandates.get().organisation
    return Wish.objects.create(person=owner, organisation=where, state=state, **{**plausible, **fields})


def mentor(at: Organisation | None = None, **fields: Any) -> Person:
    return person(Role.MENTOR, at, **fields)


def talk(
    state: str = TALK.start, *, by: Person | None = None, at: Organisation | None = None, people: int = 1,
    **fields: Any,
) -> Talk:  # fmt: skip
    where = at or (by.mandates.get().organisation if by else firm())
    plausible = {"noted_at": AT, "passed_at": AT if state == "passed_on" else None}
    topic = fields.pop("topic", None) or topics.topic()
    return Talk.objects.create(
        organisation=where, mentor=by or mentor(where), topic=topic, people=people, state=state,
        **{**plausible, **fields},
    )  # fmt: skip


def survey_words(**fields: Any) -> SurveyWords:
    topics_ = fields.pop("topics", None) or (topics.topic(), topics.topic())
    return SurveyWords(
        **{"title": "Was möchten wir lernen?", "runs_until": date(2026, 12, 18), "topics": topics_, **fields}
    )


def survey(
    state: str = SURVEY.start, *, at: Organisation | None = None, by: Person | None = None, **fields: Any
) -> Survey:  # fmt: skip
    where = at or firm()
    made = flow.build_survey(survey_words(), organisation=where, by=by or person(Role.HR, where), at=AT)
    Survey.objects.filter(pk=made.pk).update(state=state, **fields)
    made.refresh_from_db()
    return made


STATEFUL = {WISH: wish, TALK: talk, SURVEY: survey}
CHANGES = {
    WISH: {
        "release": {"released_at": AT},
        "take_back": {"released_at": None, "answered_at": None, "answer": ""},
    }
}
