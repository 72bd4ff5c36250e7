"""The half days of a course as calendar entries: one entry per half day for ever, whatever happens to it."""

from collections.abc import Iterable
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from verbundwerk.base.ical import Event, Method, Status, Who, calendar
from verbundwerk.post.papers import absolute

from ..models import Course, Session
from ..queries import Addressee
from ..states import SessionState

# Who comes in person gets an invitation; everybody else an entry to look at.
COMING = ("named", "lecturer")
GONE = (SessionState.CANCELLED, SessionState.MADE_UP)


def course_calendar(course: Course, sessions: Iterable[Session]) -> bytes:
    """To download from the course's page."""
    return calendar(f"{course.label} {course.title}", [_event(course, one) for one in sessions])


def calendar_of(sessions: Iterable[Session]) -> bytes:
    """Everything one person has a part in; `course` is loaded with each session."""
    return calendar(_("Kurse im Verbundwerk"), [_event(one.course, one) for one in sessions])


def calendar_for(course: Course, sessions: Iterable[Session], to: Addressee, *, cancelled: bool = False) -> bytes:
    """What goes with a letter to this one."""
    comes = to.kind in COMING
    method: Method = "PUBLISH" if not comes else "CANCEL" if cancelled else "REQUEST"
    who = Who(to.name, to.email) if comes else None
    return calendar(course.title, [_event(course, one, attendee=who, cancelled=cancelled) for one in sessions], method)


def feed_address(token: str) -> str:
    return absolute(reverse("courses:feed", args=[token]))


def _event(course: Course, session: Session, *, attendee: Who | None = None, cancelled: bool = False) -> Event:
    status: Status = "CANCELLED" if cancelled or session.state in GONE else "CONFIRMED"
    return Event(
        uid=f"{session.pk}@verbundwerk",
        sequence=session.sequence,
        changed_at=session.changed_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        summary=course.title,
        description=f"{course.label} · {course.provider.name}",
        location=session.place or course.place,
        url=absolute(reverse("courses:detail", args=[course.pk])),
        status=status,
        organizer=_house() if attendee else None,
        attendee=attendee,
    )


def _house() -> Who:
    name, email = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return Who(name, email)
