"""From a pool that came about to people in a room: names, attendance, certificates."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from verbundwerk.base.words import search_key
from verbundwerk.courses import flow as courses
from verbundwerk.courses.models import Booking, Course, Seat, Session
from verbundwerk.courses.terms import Group, Presence
from verbundwerk.network.models import Person
from verbundwerk.pooling.models import Pool

from .cast import invented_name
from .voices import THREE, check_before, look_back

if TYPE_CHECKING:
    from .bundles import Calendar
    from .story import Story


def hold_and_finish(story: Story, pool: Pool, days: Calendar) -> Course:
    course = _prepare(story, pool, days)
    for session in course.sessions.all():
        attend_nearly_all(story, course, session)
    with story.moment(days.lessons[-1] + 1) as at:
        course.refresh_from_db()
        courses.complete_course(course, by=_teacher(story, course), at=at)
        courses.issue_certificates(course, by=_teacher(story, course), at=at)
    look_back(story, course, days.lessons[-1] + 1, THREE)
    return course


def hold_so_far(story: Story, pool: Pool, days: Calendar) -> Course:
    """The days before today are over; the rest is still to come."""
    course = _prepare(story, pool, days)
    check_before(story, course)
    for session in course.sessions.filter(starts_at__date__lt=story.today):
        attend_nearly_all(story, course, session)
    return course


def announce(story: Story, pool: Pool, days: Calendar) -> Course:
    """Planned and described; who comes is named later."""
    with story.moment(days.closed + 1) as at:
        return _describe(story, pool, at)


def _prepare(story: Story, pool: Pool, days: Calendar) -> Course:
    with story.moment(days.closed + 1) as at:
        course = _describe(story, pool, at)
    with story.moment(days.closed + 6) as at:
        for booking in course.bookings.select_related("organisation"):
            _name_people(story, booking, at)
    return course


def _describe(story: Story, pool: Pool, at: datetime) -> Course:
    course = courses.course_from_pool(pool, by=story.cast.coordinator, at=at)
    courses.appoint_lecturer(course, _lecturer(story, course), by=_teacher(story, course), at=at)
    courses.describe_course(course, _texts(course), by=_teacher(story, course), at=at)
    return course


def _texts(course: Course) -> dict[str, str]:
    return {
        "goals": f"Die Teilnehmenden wenden „{course.title}“ in ihrem Betrieb sicher an.",
        "contents": "Grundlagen und Regeln; Übungen an Beispielen aus den Betrieben; Arbeitsschutz; "
        "eine Aufgabe aus der eigenen Arbeit mit Rückmeldung.",
    }


def _name_people(story: Story, booking: Booking, at: datetime) -> None:
    """The first seat of the firm in Peine goes to the demo's employee, so that the role has something to see."""
    speaker = story.cast.speaker_of(booking.organisation)
    names = [_somebody(story, booking, position) for position in range(1, booking.seats + 1)]
    courses.name_people(booking, names, by=speaker, at=at)
    courses.count_groups(booking, _groups(booking.seats), by=speaker, at=at)


def _groups(people: int) -> dict[str, int]:
    """The firms count working time and sex; age nobody has counted yet."""
    part_time, women = people // 4, people // 3
    return {
        Group.PART_TIME: part_time, Group.FULL_TIME: people - part_time,
        Group.WOMEN: women, Group.MEN: people - women,
    }  # fmt: skip


def _somebody(story: Story, booking: Booking, position: int) -> courses.PersonName:
    known = story.cast.employee_of(booking.organisation) if position == 1 else None
    if known:
        return courses.PersonName(position, known.name, known.email)
    return reachable(position, invented_name(story.random), story.cast.key_of(booking.organisation))


def reachable(position: int, name: str, firm: str) -> courses.PersonName:
    """Everybody has an address: what the house sends to participants goes somewhere."""
    return courses.PersonName(position, name, f"{search_key(name).replace(' ', '.')}@{firm}.example")


def attend_nearly_all(story: Story, course: Course, session: Session) -> None:
    """Nearly everybody comes; one in twenty half days somebody is ill."""
    at = session.starts_at + timedelta(minutes=20)
    seats = Seat.objects.filter(booking__course=course).exclude(name="")
    presences = {seat.pk: Presence.EXCUSED if story.random.random() < 0.05 else Presence.PRESENT for seat in seats}
    with story.at(at):
        courses.take_attendance(session, presences, by=_teacher(story, course), at=at)


def _teacher(story: Story, course: Course) -> Person:
    return story.cast.speaker_of(course.provider)


def _lecturer(story: Story, course: Course) -> Person:
    return story.cast.lecturer_of(course.provider) or _teacher(story, course)
