"""The words of this room's letters, each in the language of the person who reads it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from verbundwerk.base.days import moment_text, span_text
from verbundwerk.post.papers import Attachment, absolute

from .. import rules
from ..models import Booking, Certificate, Course, Seat, Session
from ..queries import Addressee
from ..states import SessionState
from .calendars import calendar_for

CALENDAR = "text/calendar"


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as this room words it. `key` says what it is about, so that it goes out once."""

    key: str
    to: Addressee
    subject: str
    text: str
    attachments: tuple[Attachment, ...] = ()


def booking_in_words(booking: Booking) -> str:
    """How many seats and when, in German: it is stored with a record of the firm."""
    with override(settings.LANGUAGE_CODE):
        text = ngettext("%(seats)d Platz, %(when)s.", "%(seats)d Plätze, %(when)s.", booking.seats)
        when = span_text(booking.course.starts_on, booking.course.ends_on)
        return text % {"seats": booking.seats, "when": when}


Words = Callable[[Addressee], tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Days:
    """The half days that go with a letter as a calendar file."""

    course: Course
    sessions: Sequence[Session]
    cancelled: bool = False

    def file_for(self, to: Addressee) -> Attachment:
        return "termine.ics", CALENDAR, calendar_for(self.course, self.sessions, to, cancelled=self.cancelled)


def _letters(key: str, to: Iterable[Addressee], words: Words, days: Days | None = None) -> list[Draft]:
    return [_letter(key, one, words, days) for one in to]


def _letter(key: str, to: Addressee, words: Words, days: Days | None) -> Draft:
    with override(to.language):
        subject, paragraphs = words(to)
        text = "\n\n".join([_("Guten Tag %(name)s!") % {"name": to.name}, *paragraphs])
        files = (days.file_for(to),) if days and days.sessions else ()
    return Draft(key, to, subject, text, files)


# -- pieces -------------------------------------------------------------------------------
def _facts(course: Course) -> str:
    lines = [
        f"{course.label}: {course.name}",
        span_text(course.starts_on, course.ends_on),
        course.place,
        _("Bildungsanbieter: %(name)s") % {"name": course.provider.name},
    ]
    return "\n".join(line for line in lines if line)


def _days(sessions: Iterable[Session]) -> str:
    return "\n".join(f"– {moment_text(one.starts_at)}{_at(one.place)}" for one in sessions)


def _moments(moments: Iterable[datetime]) -> str:
    return "\n".join(f"– {moment_text(one)}" for one in moments)


def _at(place: str) -> str:
    return f", {place}" if place else ""


def _page(course: Course) -> str:
    return _("Alles zum Kurs: %(url)s") % {"url": absolute(reverse("courses:detail", args=[course.pk]))}


def _calendar_hint() -> str:
    return _("Die Termine liegen als Kalenderdatei bei.")


# -- the letters ----------------------------------------------------------------------------
def course_made(course: Course, to: Iterable[Addressee]) -> list[Draft]:
    """The pool became a course: firms name their people, the provider prepares."""

    def words(one: Addressee) -> tuple[str, list[str]]:
        ask = (
            _("Bitte tragen Sie Ziel und Inhalte ein und bestimmen Sie eine Lehrkraft.")
            if one.kind == "provider"
            else _("Bitte benennen Sie jetzt die Personen, die teilnehmen. Bis zum Beginn können Sie tauschen.")
        )
        subject = _("Ihr Kurs steht fest: %(title)s") % {"title": course.name}
        return subject, [_facts(course), ask, _page(course), _calendar_hint()]

    return _letters(f"course-made:{course.pk}", to, words, Days(course, _planned(course)))


def course_secured(course: Course, to: Iterable[Addressee]) -> list[Draft]:
    def words(_one: Addressee) -> tuple[str, list[str]]:
        subject = _("Der Kurs findet statt: %(title)s") % {"title": course.name}
        return subject, [_("Es sind genug Plätze gebucht. Der Kurs findet statt."), _facts(course), _page(course)]

    return _letters(f"course-secured:{course.pk}", to, words, Days(course, _planned(course)))


def course_cancelled(course: Course, reason: str, to: Iterable[Addressee], sessions: Sequence[Session]) -> list[Draft]:
    def words(_one: Addressee) -> tuple[str, list[str]]:
        subject = _("Der Kurs fällt aus: %(title)s") % {"title": course.name}
        why = _("Grund: %(reason)s") % {"reason": reason}
        free = _("Ihre Plätze sind damit storniert. Die Kalenderdatei entfernt die Termine.")
        return subject, [_("Dieser Kurs findet nicht statt."), _facts(course), why, free, _page(course)]

    gone = Days(course, sessions, cancelled=True)
    return _letters(f"course-cancelled:{course.pk}", to, words, gone)


def office_told_of_cancellation(course: Course, reason: str, to: Iterable[Addressee], needs: int) -> list[Draft]:
    """A provider has called a course off: the office sees to it that the needs find another one."""

    def words(_one: Addressee) -> tuple[str, list[str]]:
        subject = _("Der Kurs fällt aus: %(title)s") % {"title": course.name}
        lead = _("Der Bildungsanbieter hat diesen Kurs abgesagt.")
        why = _("Grund: %(reason)s") % {"reason": reason}
        back = ngettext(
            "%(count)d Bedarf ist dadurch wieder im Pool.", "%(count)d Bedarfe sind dadurch wieder im Pool.", needs
        ) % {"count": needs}
        return subject, [lead, _facts(course), why, *([back] if needs else []), _page(course)]

    return _letters(f"course-cancelled:{course.pk}", to, words)


def booking_cancelled(booking: Booking, to: Iterable[Addressee], sessions: Sequence[Session]) -> list[Draft]:
    course = booking.course

    def words(one: Addressee) -> tuple[str, list[str]]:
        subject = _("Plätze storniert: %(title)s") % {"title": course.name}
        count = ngettext(
            "%(count)d Platz von %(firm)s ist storniert.",
            "%(count)d Plätze von %(firm)s sind storniert.",
            booking.seats,
        ) % {"count": booking.seats, "firm": booking.organisation.name}
        own = _("Ihr Platz in diesem Kurs ist storniert. Bitte fragen Sie in Ihrem Betrieb nach.")
        return subject, [own if one.kind == "named" else count, _facts(course), _page(course)]

    everybody = list(to)
    named = [one for one in everybody if one.kind == "named"]
    others = [one for one in everybody if one.kind != "named"]
    gone = Days(course, sessions, cancelled=True)
    key = f"booking-cancelled:{booking.pk}"
    return _letters(key, named, words, gone) + _letters(key, others, words)


def invitations(course: Course, seats: Iterable[Seat], sessions: Sequence[Session], at: datetime) -> list[Draft]:
    """To the people on these seats."""
    planned = [one for one in sessions if one.state == SessionState.PLANNED]

    def words(_one: Addressee) -> tuple[str, list[str]]:
        subject = _("Ihr Kurs: %(title)s") % {"title": course.name}
        lead = _("Ihr Betrieb hat für Sie einen Platz in diesem Kurs. Wir freuen uns, dass Sie dabei sind.")
        return subject, [lead, _facts(course), _days(planned), _calendar_hint()]

    days = Days(course, planned)
    return [
        draft
        for seat in seats
        if seat.name and seat.email
        for draft in _letters(f"seat-named:{seat.pk}:{at.isoformat()}", [_sitting(seat)], words, days)
    ]


def _sitting(seat: Seat) -> Addressee:
    return Addressee(seat.email, seat.name, seat.person.language if seat.person else "de", "named")


def released(course: Course, to: Iterable[Addressee], sessions: Sequence[Session], at: datetime) -> list[Draft]:
    """To people whose seat another one has now: the dates leave their calendar."""

    def words(_one: Addressee) -> tuple[str, list[str]]:
        subject = _("Sie sind nicht mehr für diesen Kurs benannt: %(title)s") % {"title": course.name}
        lead = _("Ihr Betrieb hat Ihren Platz an eine andere Person gegeben oder zurückgenommen.")
        return subject, [lead, _facts(course), _("Die Kalenderdatei entfernt die Termine.")]

    gone = Days(course, sessions, cancelled=True)
    return _letters(f"seat-released:{course.pk}:{at.isoformat()}", to, words, gone)


def sessions_changed(
    course: Course,
    sessions: Sequence[Session],
    to: Iterable[Addressee],
    *,
    before: Mapping[UUID, datetime] | None = None,
) -> list[Draft]:
    """`before`: when half days that were moved stood until now, so that nobody comes on the old day."""
    if not sessions:
        return []

    def words(_one: Addressee) -> tuple[str, list[str]]:
        subject = _("Geänderte Termine: %(title)s") % {"title": course.name}
        lead = _("Bitte merken Sie sich diese Termine neu vor:")
        gone = [_("Diese Termine gelten nicht mehr:"), _moments(before.values())] if before else []
        return subject, [lead, _days(sessions), *gone, _facts(course), _page(course), _calendar_hint()]

    key = f"sessions-changed:{sessions[0].pk}:{sessions[0].sequence}"
    return _letters(key, to, words, Days(course, sessions))


def session_cancelled(session: Session, to: Iterable[Addressee]) -> list[Draft]:
    course = session.course

    def words(_one: Addressee) -> tuple[str, list[str]]:
        subject = _("Ein Termin fällt aus: %(title)s") % {"title": course.name}
        lead = _("Dieser Termin fällt aus:")
        return subject, [lead, _days([session]), _facts(course), _page(course)]

    gone = Days(course, [session], cancelled=True)
    return _letters(f"session-cancelled:{session.pk}:{session.sequence}", to, words, gone)


def certificate_letters(course: Course, issued: Iterable[Certificate]) -> list[Draft]:
    def words_for(certificate: Certificate) -> Words:
        url = absolute(reverse("courses:check", args=[certificate.code]))

        def words(_one: Addressee) -> tuple[str, list[str]]:
            subject = _("Ihre Teilnahmebescheinigung: %(title)s") % {"title": course.name}
            lead = _("Sie haben an diesem Kurs teilgenommen. Ihre Bescheinigung %(number)s liegt bereit:")
            keep = _("Bewahren Sie die Adresse gut auf. Wer sie kennt, kann die Bescheinigung lesen und prüfen.")
            return subject, [lead % {"number": certificate.number}, url, keep]

        return words

    return [
        draft
        for one in issued
        if one.seat.email
        for draft in _letters(f"certificate:{one.pk}", [_sitting(one.seat)], words_for(one))
    ]


def counters_wrong(wrong: Iterable[tuple[Course, int]], to: Iterable[Addressee], at: datetime) -> list[Draft]:
    lines = [f"{course.label}: {course.taken} ≠ {booked}" for course, booked in wrong]

    def words(_one: Addressee) -> tuple[str, list[str]]:
        lead = _("Bei diesen Kursen passt die Zahl der vergebenen Plätze nicht zu den Buchungen:")
        ask = _("Bitte geben Sie das an die technische Administration weiter.")
        return _("Die Platzzahlen stimmen nicht"), [lead, "\n".join(lines), ask]

    return _letters(f"counters-wrong:{rules.day_of(at)}", to, words)


def _planned(course: Course) -> list[Session]:
    return list(course.sessions.filter(state=SessionState.PLANNED))
