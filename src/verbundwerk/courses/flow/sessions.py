"""Half days: planned, moved, fallen out, made up for."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbundwerk.base.verdicts import Verdict, no, require, yes_if
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing

from .. import papers, queries, rules
from ..models import Course, Session
from ..rules import HalfDay, Moved
from ..states import SESSION, SessionState
from .letters import post

COUNTED = (SessionState.PLANNED, SessionState.HELD)
OCCUPIED = gettext_lazy("Zu dieser Zeit hat der Kurs schon einen anderen Termin.")


def enter_half_days(course: Course, halves: Sequence[HalfDay], at: datetime) -> list[Session]:
    """Those that are not there yet; part of a verb that has asked and writes the journal."""
    there = set(course.sessions.filter(state__in=COUNTED).values_list("starts_at", flat=True))
    new = [
        Session(
            course=course,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            half=one.half,
            place=course.place,
            changed_at=at,
        )
        for one in halves
        if one.starts_at not in there
    ]
    return Session.objects.bulk_create(new)


@transaction.atomic
def plan_sessions(course: Course, halves: Sequence[HalfDay], *, by: Person, at: datetime) -> list[Session]:
    """Further half days. Everybody concerned gets the new dates for the calendar."""
    require(
        rules.may_arrange(standing(by), course.provider_id),
        rules.is_not_over(course),
        *(rules.may_begin_at(course, one.starts_at, at) for one in halves),
        *(_fits_in(course, one) for one in halves),
        *(lecturer_is_free(course, one.starts_at, one.ends_at) for one in halves),
    )
    new = enter_half_days(course, halves, at)
    fit_dates(course)
    record(by, "course.sessions_planned", course, at=at, count=len(new))
    post(papers.sessions_changed(course, new, queries.concerned(course)), at=at)
    return new


@transaction.atomic
def move_session(move: Moved, *, later_too: bool = False, by: Person, at: datetime) -> Session:
    """The same entry in everybody's calendar, at its new time; told in one letter, however many half days move.

    `later_too`: the planned half days after it move by as many days and keep their hours."""
    session, course = move.session, move.session.course
    require(
        rules.may_arrange(standing(by), course.provider_id),
        rules.may_move(course, session),
        yes_if(move.ends_at > move.starts_at, _("Das Ende muss nach dem Beginn liegen.")),
    )
    later = rules.moved_along(move, _planned_after(session)) if later_too else []
    moves = [move, *later]
    require(*(verdict for one in moves for verdict in _may_stand(course, one, moves, at)))
    before = {one.session.pk: one.session.starts_at for one in moves}
    for one in rules.in_safe_order(moves):
        _put(one, at)
    fit_dates(course)
    record(by, "session.moved", session, at=at, sequence=session.sequence, with_later=len(later))
    moved, to = [one.session for one in moves], queries.concerned(course)
    post(papers.sessions_changed(course, moved, to, before=before), at=at)
    return session


def _planned_after(session: Session) -> list[Session]:
    return list(session.course.sessions.filter(state=SessionState.PLANNED, starts_at__gt=session.starts_at))


def _may_stand(course: Course, move: Moved, moves: Sequence[Moved], at: datetime) -> list[Verdict]:
    staying = course.sessions.filter(state__in=COUNTED).exclude(pk__in=[one.session.pk for one in moves])
    return [
        rules.may_begin_at(course, move.starts_at, at),
        yes_if(rules.overlap(move.starts_at, move.ends_at, staying) is None, OCCUPIED),
        lecturer_is_free(course, move.starts_at, move.ends_at),
    ]


def _put(move: Moved, at: datetime) -> None:
    Session.objects.filter(pk=move.session.pk).update(
        starts_at=move.starts_at, ends_at=move.ends_at, place=move.place, half=rules.half_of(move.starts_at),
        sequence=F("sequence") + 1, changed_at=at,
    )  # fmt: skip
    move.session.refresh_from_db()


def _fits_in(course: Course, half: HalfDay) -> Verdict:
    """The very same half day once more is no mistake: it is there already."""
    own = course.sessions.filter(state__in=COUNTED).exclude(starts_at=half.starts_at)
    return yes_if(rules.overlap(half.starts_at, half.ends_at, own) is None, OCCUPIED)


def lecturer_is_free(course: Course, starts_at: datetime, ends_at: datetime) -> Verdict:
    if course.lecturer is None:
        return rules.YES
    other = rules.overlap(starts_at, ends_at, queries.other_sessions_of(course.lecturer, course))
    if other is None:
        return rules.YES
    text = _("Die Lehrkraft hält zu dieser Zeit schon den Kurs %(label)s.")
    return no(text % {"label": other.course.label})


@transaction.atomic
def cancel_session(session: Session, *, by: Person, at: datetime) -> Session:
    require(rules.may_arrange(standing(by), session.course.provider_id))
    SESSION.advance(session, "cancel", sequence=session.sequence + 1, changed_at=at)
    record(by, "session.cancelled", session, at=at)
    post(papers.session_cancelled(session, queries.concerned(session.course)), at=at)
    return session


@transaction.atomic
def make_up_session(session: Session, halves: Sequence[HalfDay], *, by: Person, at: datetime) -> list[Session]:
    """What fell out takes place on another day: the old entry says so, the new one is planned."""
    new = plan_sessions(session.course, halves, by=by, at=at)
    require(yes_if(bool(new), OCCUPIED))
    SESSION.advance(session, "make_up", changed_at=at)
    record(by, "session.made_up", session, at=at)
    return new


@transaction.atomic
def see_days(course: Course, *, by: Person, at: datetime) -> None:
    """Whoever sits in the course has had its changed days before the eyes."""
    queries.own_seats(by, course).update(days_seen_at=at)
    record(by, "course.days_seen", course, at=at)


def fit_dates(course: Course) -> None:
    """First and last day follow the half days that count."""
    span = course.sessions.filter(state__in=COUNTED).aggregate(first=Min("starts_at"), last=Max("ends_at"))
    if span["first"] is None:
        return
    course.starts_on, course.ends_on = rules.day_of(span["first"]), rules.day_of(span["last"])
    course.save(update_fields=["starts_on", "ends_on"])
