"""What stands beside a course or a booking on the pages of the room below."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbundwerk.base import clock
from verbundwerk.courses.models import Booking, Course
from verbundwerk.courses.queries import Aside, begins_at, takes
from verbundwerk.courses.rules import BOOKING_ROLES
from verbundwerk.network.queries import standing
from verbundwerk.network.rules import Standing

from .. import rules
from ..models import ListEntry
from ..states import EntryState, GivenState
from .giving import given_in, given_seats_of
from .lists import entries_in, own_entry_in


def beside(person: Any, thing: Course | Booking) -> Iterator[Aside]:
    yield from _of_booking(person, thing) if isinstance(thing, Booking) else _of_course(person, thing)


def _of_course(person: Any, course: Course) -> Iterator[Aside]:
    who, at = standing(person), clock.now()
    if not who.is_a(*BOOKING_ROLES) and not who.coordinates:
        return
    url = reverse("exchange:list", args=[course.pk])
    entry = own_entry_in(person, course)
    if entry is not None:
        yield _own(entry, url)
    elif _waits_or_full(course) and _may_wait(who, course) and rules.list_is_open(course, begins_at(course), at):
        yield Aside(_("Warteliste"), _words(course), url, _("Zur Warteliste"))


def _may_wait(who: Standing, course: Course) -> bool:
    return who.coordinates or any(takes(course, firm) for firm in who.organisations(*BOOKING_ROLES))


def _waits_or_full(course: Course) -> bool:
    return course.free <= 0 or course.waiting > 0


def _own(entry: ListEntry, url: str) -> Aside:
    if entry.state == EntryState.OFFERED:
        text = _("Für Ihren Betrieb ist ein Platz frei. Nehmen Sie ihn rechtzeitig an.")
        return Aside(_("Ein Platz für Sie"), text, url, _("Ansehen und annehmen"), "primary")
    return Aside(_("Warteliste"), _("Ihr Betrieb steht in der Warteliste."), url, _("Wo stehen wir?"))


def _words(course: Course) -> str:
    if given_in(course).filter(state=GivenState.OPEN).exists() and not course.waiting:
        return _("Ein Betrieb gibt einen Platz ab. Sie können ihn gleich übernehmen.")
    waiting = entries_in(course).count()
    if not waiting:
        return _("Der Kurs ist voll. Wird ein Platz frei, bieten wir ihn der Reihe nach an.")
    text = ngettext("Der Kurs ist voll, %(n)d Betrieb wartet.", "Der Kurs ist voll, %(n)d Betriebe warten.", waiting)
    return text % {"n": waiting}


def _of_booking(person: Any, booking: Booking) -> Iterator[Aside]:
    if not rules.may_speak(standing(person), booking.organisation_id):
        return
    url = reverse("exchange:give", args=[booking.pk])
    open_now = [one for one in given_seats_of(booking) if one.state in {GivenState.OPEN, GivenState.OFFERED}]
    if open_now:
        text = ngettext("Sie bieten %(n)d Platz an.", "Sie bieten %(n)d Plätze an.", len(open_now))
        yield Aside(_("Platz abgeben"), text % {"n": len(open_now)}, url, _("Stand ansehen"))
    elif booking.state == "binding" and rules.list_is_open(booking.course, begins_at(booking.course), clock.now()):
        text = _("Braucht Ihr Betrieb einen Platz nicht, übernimmt ihn vielleicht ein anderer. Dann zahlen Sie nichts.")
        yield Aside(_("Platz abgeben"), text, url, _("Platz abgeben"))
