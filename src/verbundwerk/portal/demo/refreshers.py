"""Two short courses of the demo's provider without a pool: one was evaluated by enough people, one still asks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from verbundwerk.courses import flow as courses
from verbundwerk.courses.flow import CourseData, PersonName
from verbundwerk.courses.models import Course
from verbundwerk.feedback.terms import Kind
from verbundwerk.topics.models import Topic

from .cast import day, invented_name
from .lessons import attend_nearly_all, reachable
from .voices import SIX, asked, look_back

if TYPE_CHECKING:
    from datetime import datetime

    from .story import Story

PROVIDER = "stromkreis"
EVALUATED, STILL_ASKED = -28, -4  # days on which a short course of the demo's provider was held
SEATS = {"heidkamp": 3, "edemissen": 3}
CONTENTS = "Die fünf Sicherheitsregeln\nSpannungsfreiheit feststellen\nMessgeräte prüfen\nVerhalten bei einem Unfall"


def hold_short_courses(story: Story) -> None:
    look_back(story, _short_course(story, EVALUATED), EVALUATED + 1, SIX)
    last = _short_course(story, STILL_ASKED)
    with story.moment(STILL_ASKED + 1, hour=18) as at:
        asked(last, Kind.EVALUATION, at)


def _short_course(story: Story, offset: int) -> Course:
    provider = story.cast.organisations[PROVIDER]
    by, teacher = story.cast.speaker(PROVIDER), story.cast.lecturer_of(provider)
    with story.moment(offset - 28) as at:
        held_on = day(story.anchor, offset)
        data = CourseData(
            title="Hochvolt: Auffrischung an einem Tag", topic=Topic.objects.get(slug="hochvolt-2"), capacity=8,
            dates=[{"date": held_on.isoformat(), "part": "day"}], price_cents=24_000, place="Lehrwerkstatt Peine",
            goals="Die Teilnehmenden frischen auf, was sie für die Arbeit an Hochvolt-Systemen wissen müssen.",
            contents=CONTENTS,
        )  # fmt: skip
        course = courses.plan_course(data, provider=provider, by=by, at=at)
        courses.appoint_lecturer(course, teacher, by=by, at=at)
        courses.open_course(course, by=by, at=at)
        _sit_down(story, course, at + timedelta(hours=1))
        courses.secure_course(course, by=by, at=at)
    for session in course.sessions.all():
        attend_nearly_all(story, course, session)
    with story.moment(offset, hour=17) as at:
        course.refresh_from_db()
        courses.complete_course(course, by=by, at=at)
        courses.issue_certificates(course, by=by, at=at)
    return course


def _sit_down(story: Story, course: Course, at: datetime) -> None:
    for key, seats in SEATS.items():
        firm, speaker = story.cast.organisations[key], story.cast.speaker(key)
        booking = courses.book_seats(course, firm, seats, key=f"{course.label}-{key}", by=speaker, at=at)
        known = story.cast.employee_of(firm)
        names = [PersonName(1, known.name, known.email)] if known else []
        for position in range(len(names) + 1, seats + 1):
            names.append(reachable(position, invented_name(story.random), key))
        courses.name_people(booking, names, by=speaker, at=at)
