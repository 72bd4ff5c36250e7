"""What waits for a person."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbundwerk.base.days import moment_text
from verbundwerk.base.lines import Kind, Line
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing
from verbundwerk.network.rules import Standing
from verbundwerk.network.terms import Role
from verbundwerk.pooling.models import Pool
from verbundwerk.pooling.states import PoolState

from .. import rules
from ..models import Booking, Course, Seat, Session
from ..states import CourseState, SeatState, SessionState

SHOWN = 5
CHANGED = timedelta(days=7)


# -- today ------------------------------------------------------------------------------------
def waiting_for(person: Any, at: datetime) -> list[Line]:
    """What this person should do, has missed, or will attend soon."""
    if not isinstance(person, Person):
        return []
    who, day = standing(person), rules.day_of(at)
    lines = [*_nameless(who, day), *_changed_days(person, at), *_own_days(person, at)]
    if who.is_a(Role.PROVIDER, Role.LECTURER):
        lines += [*_attendance_missing(person, who, at), *_to_complete(person, who, at), *_to_certify(person, who)]
    if who.coordinates:
        lines += _pools_to_turn()
    return lines


def _nameless(who: Standing, day: date) -> Iterable[Line]:
    firms = who.organisations(*rules.NAMING_ROLES)
    if not firms:
        return
    near = Q(course__starts_on__lte=day + timedelta(days=rules.NAMES_WANTED_DAYS), course__starts_on__gte=day)
    open_seats = Booking.objects.filter(near, organisation__in=firms, course__state__in=rules.BEFORE_START)
    open_seats = open_seats.annotate(free=Count("places", filter=Q(places__state=SeatState.FREE)))
    for one in (
        open_seats.filter(free__gt=0).select_related("course__topic").order_by("course__starts_on", "pk")[:SHOWN]
    ):
        yield _nameless_line(one, (one.course.starts_on - day).days)


def _nameless_line(booking: Any, days: int) -> Line:
    seats = ngettext("%(free)d Platz ohne Namen", "%(free)d Plätze ohne Namen", booking.free) % {"free": booking.free}
    begins = ngettext("beginnt in %(days)d Tag", "beginnt in %(days)d Tagen", days) % {"days": days}
    text = _("%(seats)s – „%(title)s“ %(begins)s") % {
        "seats": seats, "title": booking.course.name, "begins": begins if days else _("beginnt heute"),
    }  # fmt: skip
    late = days <= rules.NAMES_LATE_DAYS
    url = reverse("courses:booking", args=[booking.pk])
    return Line(text, url, booking.course.starts_on, "late" if late else "waits", 8 if late else 6)


def _taught(person: Person, who: Standing) -> Q:
    return Q(provider__in=who.organisations(Role.PROVIDER)) | Q(lecturer=person)


def _attendance_missing(person: Person, who: Standing, at: datetime) -> Iterable[Line]:
    taught = Course.objects.filter(_taught(person, who), state__in=[CourseState.SECURED, CourseState.RUNNING])
    begun = Session.objects.filter(course__in=taught, state=SessionState.PLANNED, starts_at__lte=at)
    for one in begun.select_related("course__topic").order_by("starts_at")[:SHOWN]:
        text = _("Anwesenheit eintragen: „%(title)s“, %(when)s")
        told = text % {"title": one.course.name, "when": moment_text(one.starts_at)}
        kind: Kind = "late" if rules.day_of(one.starts_at) < rules.day_of(at) else "waits"
        yield Line(told, reverse("courses:attendance", args=[one.pk]), rules.day_of(one.starts_at), kind, 8)


def _to_complete(person: Person, who: Standing, at: datetime) -> Iterable[Line]:
    ahead = Q(state=SessionState.PLANNED) | Q(state=SessionState.HELD, ends_at__gt=at)
    open_still = Session.objects.filter(ahead, course=OuterRef("pk"))
    done = Course.objects.filter(_taught(person, who), ~Exists(open_still), state=CourseState.RUNNING)
    for one in done.select_related("topic").order_by("ends_on")[:SHOWN]:
        text = _("Kurs abschließen: „%(title)s“") % {"title": one.name}
        yield Line(text, reverse("courses:detail", args=[one.pk]), one.ends_on, "waits", 6)


def _to_certify(person: Person, who: Standing) -> Iterable[Line]:
    waiting = Seat.objects.filter(booking__course=OuterRef("pk"), state=SeatState.ATTENDED)
    done = Course.objects.filter(_taught(person, who), Exists(waiting), state=CourseState.COMPLETED)
    for one in done.select_related("topic").order_by("ends_on")[:SHOWN]:
        text = _("Bescheinigungen ausstellen: „%(title)s“") % {"title": one.name}
        yield Line(text, reverse("courses:certificates", args=[one.pk]), one.ends_on, "waits", 6)


def _pools_to_turn() -> Iterable[Line]:
    count = Pool.objects.filter(state=PoolState.CAME_ABOUT, course=None).count()
    if count:
        text = ngettext(
            "%(count)d Bündel ist zustande gekommen und wartet auf seinen Kurs",
            "%(count)d Bündel sind zustande gekommen und warten auf ihren Kurs",
            count,
        )
        yield Line(text % {"count": count}, reverse("courses:from_pools"), weight=7)


def _own_sessions(person: Person) -> QuerySet[Session]:
    """The half days this person sits in or teaches."""
    seated = Seat.objects.filter(booking__course=OuterRef("course"), person=person, state=SeatState.NAMED)
    return Session.objects.filter(Exists(seated) | Q(course__lecturer=person)).select_related("course__topic")


def days_changed(person: Person, at: datetime, course: Course | None = None) -> list[Session]:
    """Half days that were moved or called off since this person saw them. Once the first of a course has passed,
    whoever came knows, and nobody else needs to be told any more."""
    seated = Seat.objects.filter(booking__course=OuterRef("course"), person=person, state=SeatState.NAMED)
    unseen = seated.filter(Q(days_seen_at=None) | Q(days_seen_at__lt=OuterRef("changed_at")))
    rows = Session.objects.filter(Exists(unseen), sequence__gt=0, **({"course": course} if course else {}))
    changed = list(rows.select_related("course__topic").order_by("starts_at", "pk"))
    over = {one.course_id for one in changed if one.starts_at <= at}
    return [one for one in changed if one.course_id not in over]


def _taught_days_changed(person: Person, at: datetime) -> list[Session]:
    """A lecturer opens the page of the course every day: for a week it stands here, seen or not."""
    rows = Session.objects.filter(course__lecturer=person, sequence__gt=0, changed_at__gt=at - CHANGED)
    return list(rows.filter(starts_at__gt=at).select_related("course__topic").order_by("starts_at", "pk"))


def _changed_days(person: Person, at: datetime) -> Iterable[Line]:
    changed = [*days_changed(person, at), *_taught_days_changed(person, at)]
    for course_id in dict.fromkeys(one.course_id for one in changed):
        mine = [one for one in changed if one.course_id == course_id]
        moved = [one for one in mine if one.state == SessionState.PLANNED]
        yield from (_changed_line(some) for some in (moved, [one for one in mine if one not in moved]) if some)


def _changed_line(days: Sequence[Session]) -> Line:
    first, count = days[0], len(days)
    moved = ngettext(
        "Verlegt auf %(when)s: „%(title)s“", "%(n)d Termine verlegt, der erste auf %(when)s: „%(title)s“", count
    )
    off = ngettext(
        "Fällt aus: %(when)s, „%(title)s“", "%(n)d Termine fallen aus, der erste %(when)s: „%(title)s“", count
    )
    text = moved if first.state == SessionState.PLANNED else off
    told = text % {"title": first.course.name, "when": moment_text(first.starts_at), "n": count}
    return Line(told, reverse("courses:detail", args=[first.course_id]), rules.day_of(first.starts_at), "news", 9)


def _own_days(person: Person, at: datetime) -> Iterable[Line]:
    """The next half day this person sits in or teaches, within a week."""
    week = at + timedelta(days=7)
    soon = _own_sessions(person).filter(state=SessionState.PLANNED, starts_at__gt=at, starts_at__lte=week)
    for one in soon.order_by("starts_at")[:1]:
        text = _("%(when)s: „%(title)s“") % {"when": moment_text(one.starts_at), "title": one.course.name}
        yield Line(text, reverse("courses:detail", args=[one.course_id]), rules.day_of(one.starts_at), "soon", 6)
