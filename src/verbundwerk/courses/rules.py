"""Who may do what with a course, what its dates mean, and who earned a certificate. Pure: values in, verdicts out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from verbundwerk.base.days import day_text, moment_text
from verbundwerk.base.verdicts import YES, Verdict, no, yes_if
from verbundwerk.disclosure.rules import Band, told_places
from verbundwerk.network.rules import Standing
from verbundwerk.network.terms import Role

from .models import Booking, Course, Session
from .states import HOLDING, BookingState, CourseState, SessionState
from .terms import GROUPS, Half, Presence, Trait

REGION = ZoneInfo("Europe/Berlin")

# What must have been attended for a certificate: the share funders of such courses ask for
# (domain paper, section 7, case 15: "75 % attendance rule").
ATTENDED_SHARE = 0.75
ATTENDED = frozenset({Presence.PRESENT, Presence.DIGITAL})
# A promise made in a pool is binding; seats booked later can be returned until two weeks before,
# the latest step at which the usual staircases cost nothing (domain paper, section 7, case 2).
RETURN_DAYS = 14
# Rest between two working days: § 5 (1) ArbZG.
REST = timedelta(hours=11)
UNITS_PER_HALF_DAY = 4
# From when on a firm is reminded to name its people, and from when on it is late.
NAMES_WANTED_DAYS = 21
NAMES_LATE_DAYS = 3

SEATS_AT_ONCE = 99
CLOSED = _("Für diesen Kurs ist gerade keine Anmeldung möglich.")
BOOKABLE = frozenset({CourseState.OPEN, CourseState.SECURED})
BEFORE_START = frozenset({CourseState.PLANNED, CourseState.OPEN, CourseState.SECURED})
CANCELLED = frozenset({CourseState.CANCELLED_BY_POOL, CourseState.CANCELLED_BY_PROVIDER})
BOOKING_ROLES = (Role.HR, Role.HOST)
NAMING_ROLES = (Role.HR, Role.HOST, Role.FOREMAN)
# Both sides of a firm see in groups how its people take part.
FAIRNESS_ROLES = (Role.HR, Role.WORKS_COUNCIL)
# Who may read the seats and names of the own firm.
FIRM_ROLES = (*NAMING_ROLES, Role.WORKS_COUNCIL)
# Who may see that a course of the region still has free seats.
MEMBER_ROLES = (*FIRM_ROLES, Role.MENTOR, Role.EMPLOYEE)
OVERSIGHT_ROLES = (Role.COORDINATION, Role.FINANCE)


# -- who may ----------------------------------------------------------------------------
def teaches(standing: Standing, course: Course, person_id: Any) -> bool:
    """The provider of this course, or its own lecturer; no other lecturer of the same provider."""
    return course.provider_id in standing.organisations(Role.PROVIDER) or (
        person_id is not None and course.lecturer_id == person_id and standing.is_a(Role.LECTURER)
    )


def may_run(standing: Standing, course: Course, person_id: Any) -> Verdict:
    return yes_if(
        teaches(standing, course, person_id),
        _("Das kann nur der Bildungsanbieter oder die Lehrkraft dieses Kurses tun."),
    )


def may_provide(standing: Standing, course: Course) -> Verdict:
    return yes_if(
        course.provider_id in standing.organisations(Role.PROVIDER), _("Das kann nur der Bildungsanbieter tun.")
    )


def may_arrange(standing: Standing, provider_id: Any) -> Verdict:
    """Plan, open and change: the provider, and the coordination office on its behalf."""
    return yes_if(
        standing.coordinates or provider_id in standing.organisations(Role.PROVIDER),
        _("Das können nur der Bildungsanbieter und die Verbundkoordination tun."),
    )


def may_plan(standing: Standing) -> Verdict:
    return yes_if(
        standing.is_a(Role.PROVIDER, Role.COORDINATION),
        _("Kurse planen Bildungsanbieter und die Verbundkoordination."),
    )


def may_make_courses(standing: Standing) -> Verdict:
    return yes_if(standing.coordinates, _("Das kann nur die Verbundkoordination tun."))


def may_book_for(standing: Standing, organisation_id: Any) -> Verdict:
    return yes_if(
        organisation_id in standing.organisations(*BOOKING_ROLES),
        _("Plätze bucht die Personalverantwortung Ihres Betriebs."),
    )


def may_book(standing: Standing) -> Verdict:
    return yes_if(standing.is_a(*BOOKING_ROLES), _("Plätze bucht die Personalverantwortung eines Betriebs."))


def may_name_for(standing: Standing, organisation_id: Any) -> Verdict:
    return yes_if(
        organisation_id in standing.organisations(*NAMING_ROLES),
        _("Personen benennt nur der Betrieb, dem die Plätze gehören."),
    )


def may_count(standing: Standing, booking: Booking) -> Verdict:
    """Groups are counted by who names the people, also after the course: until then somebody may have been replaced."""
    binding = yes_if(booking.state == BookingState.BINDING, _("Diese Plätze sind zurückgegeben."))
    return may_name_for(standing, booking.organisation_id) & binding


def counts_fit(counts: Mapping[str, int], people: int) -> dict[Trait, Verdict]:
    """Per trait: nobody is in two groups of one trait, so together they are at most the people who are named."""
    return {trait: _fits(sum(counts.get(one, 0) for one in groups), people) for trait, groups in GROUPS.items()}


def _fits(counted: int, people: int) -> Verdict:
    text = _("Zusammen sind das %(counted)d, benannt sind in dieser Buchung aber nur %(people)d Personen.")
    return yes_if(counted <= people, text % {"counted": counted, "people": people})


# -- what is open -----------------------------------------------------------------------
def is_bookable(course: Course, on: date) -> Verdict:
    if course.state not in BOOKABLE:
        return no(CLOSED)
    if on > (course.bookable_until or course.starts_on):
        return no(_("Die Anmeldung ist geschlossen."))
    return YES


def nobody_waits(course: Course) -> Verdict:
    return yes_if(
        not course.waiting,
        _("Hier warten schon Betriebe auf einen Platz. Bitte tragen Sie sich in die Warteliste ein."),
    )


def is_a_number_of_seats(seats: int) -> Verdict:
    return yes_if(1 <= seats <= SEATS_AT_ONCE, _("Bitte buchen Sie mindestens einen und höchstens 99 Plätze."))


def fits(course: Course, seats: int) -> Verdict:
    return yes_if(seats <= course.free, full_text(course.free))


def counts_seats(standing: Standing, course: Course, person_id: Any) -> bool:
    """Whether somebody reads the exact number of free seats: who holds the course or oversees all of them. Everybody
    else reads a range, for the exact number tells what others have booked (decision 0009)."""
    return standing.is_a(*OVERSIGHT_ROLES) or teaches(standing, course, person_id)


def free_told(standing: Standing, course: Course, person_id: Any) -> Band | None:
    """The free seats as this person may read them; None when there are none."""
    if counts_seats(standing, course, person_id):
        return Band(course.free, course.free) if course.free > 0 else None
    return told_places(course.capacity, course.taken)


def full_text(free: int) -> str:
    """Without the number: asking for too many seats would be a way to count those of the others."""
    if free <= 0:
        return str(_("Es ist kein Platz mehr frei."))
    return str(_("So viele Plätze sind nicht mehr frei. Bitte buchen Sie weniger, oder melden Sie einen Bedarf."))


def may_cancel_booking(standing: Standing, booking: Booking, on: date) -> Verdict:
    course = booking.course
    if course.state not in BEFORE_START or on >= course.starts_on:
        return no(_("Der Kurs hat begonnen. Die Plätze lassen sich nicht mehr zurückgeben."))
    if standing.coordinates:
        return YES
    return may_book_for(standing, booking.organisation_id) & _may_still_return(booking, on)


def _may_still_return(booking: Booking, on: date) -> Verdict:
    if booking.commitment_id:
        return no(
            _("Diese Plätze sind verbindlich zugesagt. Sie können eine andere Person benennen oder Plätze abgeben.")
        )
    return yes_if(
        on <= booking.course.starts_on - timedelta(days=RETURN_DAYS),
        _("Plätze lassen sich bis 14 Tage vor Beginn zurückgeben. Danach können Sie noch Personen tauschen."),
    )


def may_still_name(course: Course, booking: Booking, begins_at: datetime | None, at: datetime) -> Verdict:
    if booking.state not in HOLDING:
        return no(_("Diese Plätze gehören nicht mehr zu Ihrem Betrieb."))
    started = course.state not in BEFORE_START or (begins_at is not None and at >= begins_at)
    return yes_if(not started, _("Der Kurs hat begonnen. Personen lassen sich nicht mehr ändern."))


def may_take_attendance(course: Course, session: Session, at: datetime) -> Verdict:
    if course.state not in {CourseState.SECURED, CourseState.RUNNING}:
        return no(_("Die Anwesenheit lässt sich nur ändern, solange der Kurs läuft."))
    if session.state not in {SessionState.PLANNED, SessionState.HELD}:
        return no(_("Dieser Termin ist ausgefallen."))
    return yes_if(at >= session.starts_at, _("Die Anwesenheit lässt sich erst ab Beginn des Termins eintragen."))


def is_mine_to_write(mine: str, before: str, now: str) -> bool:
    """`mine`: what I chose; `before`: what I was shown; `now`: what stands there. I write what I have changed, unless
    somebody else has changed it meanwhile."""
    return mine not in {before, now} and now == before


def is_not_over(course: Course) -> Verdict:
    return yes_if(
        course.state in BEFORE_START | {CourseState.RUNNING},
        _("Dieser Kurs ist zu Ende. Seine Angaben ändern sich nicht mehr."),
    )


def may_move(course: Course, session: Session) -> Verdict:
    planned = yes_if(session.state == SessionState.PLANNED, _("Dieser Termin ist vorbei oder ausgefallen."))
    return is_not_over(course) & planned


def is_certificate_number(typed: str) -> bool:
    """People type what is printed largest; the number alone proves nothing, because it can be guessed."""
    return re.fullmatch(r"VW[- ]?\d{4}[- ]?\d{6}", typed.strip(), re.IGNORECASE) is not None


def plain_code(typed: str) -> str:
    """Codes are written in small letters and without gaps. (Older ones tell capitals from small letters; those are
    found as they stand.)"""
    return re.sub(r"[\s-]", "", typed).lower()


def may_begin_at(course: Course, starts_at: datetime, at: datetime) -> Verdict:
    """A slip in the date would start the course at once and lock its names. A running one may be put right."""
    text = _("Der %(day)s liegt schon zurück. Der Kurs hat noch nicht begonnen, bitte wählen Sie einen Tag ab heute.")
    return yes_if(course.state == CourseState.RUNNING or starts_at > at, text % {"day": day_text(day_of(starts_at))})


def may_complete(course: Course, ends_at: datetime | None, at: datetime, open_sessions: int, gaps: int) -> Verdict:
    """`ends_at`: of the last half day; `open_sessions`: neither held nor cancelled; `gaps`: held ones in which
    somebody is not accounted for. A paper must not say that somebody sat through an hour that is still to come."""
    if course.state != CourseState.RUNNING:
        return no(_("Nur ein laufender Kurs lässt sich abschließen."))
    if ends_at is not None and at < ends_at:
        return no(_("Der letzte Termin geht noch bis %(when)s.") % {"when": moment_text(ends_at)})
    if open_sessions:
        return no(
            ngettext(
                "Für %(count)d Termin fehlt die Anwesenheit noch.",
                "Für %(count)d Termine fehlt die Anwesenheit noch.",
                open_sessions,
            )
            % {"count": open_sessions}
        )
    return yes_if(not gaps, _("Die Anwesenheit ist noch nicht vollständig. Bitte ergänzen Sie die fehlenden Einträge."))


def says_enough(course: Course) -> Verdict:
    """§ 2 (5) AZAV: a certificate states contents, extent and goal."""
    return yes_if(
        bool(course.goals.strip() and course.contents.strip()),
        _("Eine Bescheinigung nennt Ziel und Inhalte des Kurses (§ 2 Absatz 5 AZAV). Bitte tragen Sie beides ein."),
    )


def may_issue(course: Course, waiting: int) -> Verdict:
    if course.state != CourseState.COMPLETED:
        return no(_("Bescheinigungen gibt es, sobald der Kurs abgeschlossen ist."))
    return yes_if(waiting > 0, _("Alle Bescheinigungen sind ausgestellt.")) & says_enough(course)


def has_attended(presences: Iterable[str], half_days: int) -> bool:
    """Present or digital in at least three quarters of the half days that took place."""
    there = sum(1 for one in presences if one in ATTENDED)
    return half_days > 0 and there >= ATTENDED_SHARE * half_days


# -- half days ----------------------------------------------------------------------------
HOURS: Mapping[str, tuple[time, time]] = {
    Half.MORNING: (time(8, 30), time(11, 45)),
    Half.AFTERNOON: (time(12, 30), time(15, 45)),
    Half.EVENING: (time(17, 0), time(20, 15)),
}
HALVES: Mapping[str, tuple[Half, ...]] = {
    "day": (Half.MORNING, Half.AFTERNOON),
    "morning": (Half.MORNING,),
    "afternoon": (Half.AFTERNOON,),
    "evening": (Half.EVENING,),
}


@dataclass(frozen=True, slots=True)
class HalfDay:
    """Four teaching units with a break of fifteen minutes."""

    starts_at: datetime
    ends_at: datetime
    half: Half


def half_days(dates: Sequence[Mapping[str, str]], starts_on: date, ends_on: date) -> list[HalfDay]:
    """`[{date, part}]` as half days in order; without dates every working day of the span."""
    days = [(date.fromisoformat(one["date"]), one.get("part", "day")) for one in dates]
    days = days or [(day, "day") for day in working_days(starts_on, ends_on)]
    return [half_day(day, half) for day, part in sorted(set(days)) for half in HALVES[part]]


def half_day(day: date, half: Half) -> HalfDay:
    first, last = HOURS[half]
    return HalfDay(datetime.combine(day, first, REGION), datetime.combine(day, last, REGION), half)


def half_of(starts_at: datetime) -> Half:
    hour = starts_at.astimezone(REGION).hour
    if hour >= 16:
        return Half.EVENING
    return Half.AFTERNOON if hour >= 12 else Half.MORNING


def day_of(at: datetime) -> date:
    return at.astimezone(REGION).date()


def working_days(starts_on: date, ends_on: date) -> list[date]:
    """Monday to Friday; the first day itself when the span holds no working day."""
    span = [starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1)]
    return [day for day in span if day.weekday() < 5] or [starts_on]


def rhythm_days(starts_on: date, ends_on: date, *, weekly: bool) -> list[date]:
    """Every working day of the span, or the first day's weekday every week."""
    if not weekly:
        return working_days(starts_on, ends_on)
    return [starts_on + timedelta(days=n) for n in range(0, (ends_on - starts_on).days + 1, 7)]


@dataclass(frozen=True, slots=True)
class Moved:
    """A half day and where it is to stand."""

    session: Session
    starts_at: datetime
    ends_at: datetime
    place: str


def moved_along(first: Moved, later: Iterable[Session]) -> list[Moved]:
    """`later` by as many days as the first one, at the hours on the clock they have now."""
    days = day_of(first.starts_at) - day_of(first.session.starts_at)
    return [Moved(one, _on(one.starts_at, days), _on(one.ends_at, days), one.place) for one in later] if days else []


def _on(moment: datetime, days: timedelta) -> datetime:
    here = moment.astimezone(REGION)
    return datetime.combine(here.date() + days, here.time(), REGION)


def in_safe_order(moves: Sequence[Moved]) -> list[Moved]:
    """So that none is put where another one still stands: the last first when they move to later, else the first."""
    onwards = bool(moves) and moves[0].starts_at > moves[0].session.starts_at
    return sorted(moves, key=lambda one: one.session.starts_at, reverse=onwards)


def overlap(starts_at: datetime, ends_at: datetime, others: Iterable[Session]) -> Session | None:
    return next((one for one in others if one.starts_at < ends_at and starts_at < one.ends_at), None)


def too_little_rest(spans: Iterable[tuple[datetime, datetime]]) -> list[datetime]:
    """Beginnings that come less than eleven hours after the end of the day before."""
    return [
        later[0]
        for earlier, later in pairwise(sorted(spans))
        if later[0].astimezone(REGION).date() > earlier[1].astimezone(REGION).date() and later[0] - earlier[1] < REST
    ]


# -- what a course covers -----------------------------------------------------------------
def shared_out(held: int, wanted: Sequence[tuple[UUID, int, int]]) -> dict[UUID, int]:
    """Seats of one firm on its needs: first what each brought into the pool, then what is left up to all it wants.

    `wanted`: need, its seats in this pool, its seats in all."""
    given = dict.fromkeys((need for need, _here, _all in wanted), 0)
    for step in (0, 1):
        for need, here, in_all in wanted:
            more = max(0, min(held, (here, in_all)[step] - given[need]))
            given[need], held = given[need] + more, held - more
    return given
