"""Who was there, half day by half day, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from verbundwerk.base.verdicts import Refused, no, require
from verbundwerk.journal.flow import record
from verbundwerk.needs.flow import ask_for_evaluation
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing

from .. import queries, rules
from ..models import Attendance, Course, Seat, Session
from ..states import COURSE, SEAT, SESSION, CourseState, SeatState, SessionState
from ..terms import Presence
from .courses import start_course


@dataclass(frozen=True, slots=True)
class Taken:
    """`rows`: what was written. `differs`: marked otherwise by somebody else meanwhile, and therefore left alone."""

    rows: list[Attendance]
    differs: dict[UUID, Attendance]


@transaction.atomic
def take_attendance(
    session: Session,
    presences: Mapping[UUID, Presence | str],
    *,
    by: Person,
    at: datetime,
    seen: Mapping[UUID, str] | None = None,
) -> Taken:
    """From the beginning of the half day until the course is completed.

    `seen` is what stood there when the page was shown: only what this person changed is written, and never over
    what somebody else has changed since. Without `seen` the last entry counts."""
    course = _locked(session.course_id)
    session.refresh_from_db(fields=["state", "starts_at"])
    require(
        rules.may_run(standing(by), course, by.pk),
        rules.may_take_attendance(course, session, at),
    )
    if course.state == CourseState.SECURED:
        start_course(course, by=by, at=at)
    seats = _seats(course, presences)
    there = {one.seat_id: one for one in session.attendances.select_related("taken_by")}
    wanted, differs = _to_write(presences, there, seen)
    rows = [
        Attendance(session=session, seat=seats[pk], presence=Presence(one), taken_by=by, taken_at=at)
        for pk, one in wanted.items()
    ]
    changeable = ["presence", "taken_by", "taken_at"]
    Attendance.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["session", "seat"], update_fields=changeable
    )
    if session.state == SessionState.PLANNED:
        SESSION.advance(session, "hold")
    record(by, "attendance.taken", session, at=at, seats=len(rows))
    return Taken(rows, differs)


def _to_write(
    presences: Mapping[UUID, Presence | str], there: Mapping[UUID, Attendance], seen: Mapping[UUID, str] | None
) -> tuple[dict[UUID, Presence | str], dict[UUID, Attendance]]:
    wanted, differs = {}, {}
    for pk, presence in presences.items():
        now = there[pk].presence if pk in there else ""
        before = now if seen is None else seen.get(pk, "")
        if rules.is_mine_to_write(presence, before, now):
            wanted[pk] = presence
        elif presence not in {before, now}:
            differs[pk] = there[pk]
    return wanted, differs


def _locked(course_id: UUID) -> Course:
    """Attendance and completion wait for each other, so that no entry arrives after the count."""
    return Course.objects.select_for_update().get(pk=course_id)


def _seats(course: Course, presences: Mapping[UUID, Presence | str]) -> dict[UUID, Seat]:
    seats = {one.pk: one for one in queries.participants(course)}
    if not presences.keys() <= seats.keys():
        raise Refused(no(_("Diese Person ist in diesem Kurs nicht benannt.")))
    return seats


@transaction.atomic
def complete_course(course: Course, *, by: Person, at: datetime) -> Course:
    """Every half day is accounted for; now each seat is either attended or missed."""
    _locked(course.pk)
    require(
        rules.may_run(standing(by), course, by.pk),
        rules.may_complete(course, queries.ends_at(course), at, *queries.unaccounted(course)),
    )
    COURSE.advance(course, "complete")
    held = course.sessions.filter(state=SessionState.HELD).count()
    seats = Seat.objects.filter(booking__course=course, state__in=[SeatState.FREE, SeatState.NAMED])
    verdicts = [_close(seat, held) for seat in seats.prefetch_related("attendances__session")]
    record(by, "course.completed", course, at=at, attended=sum(verdicts), seats=len(verdicts))
    about = f"{course.label} {course.title}"
    ask_for_evaluation(queries.needs_served_by(course), about=about, by=by, at=at)
    return course


def _close(seat: Seat, held: int) -> bool:
    counted = [one.presence for one in seat.attendances.all() if one.session.state == SessionState.HELD]
    there = bool(seat.name) and rules.has_attended(counted, held)
    SEAT.advance(seat, "attend" if there else "miss")
    return there
