"""Who may do what."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from verbundwerk.base.verdicts import YES, Verdict, no, yes_if
from verbundwerk.courses.models import Booking, Course, Seat
from verbundwerk.courses.rules import BOOKING_ROLES, SEATS_AT_ONCE
from verbundwerk.courses.states import BookingState, SeatState
from verbundwerk.network.rules import Standing

from ..models import GivenSeat, ListEntry
from ..states import ENTRY, GIVEN, EntryState

GONE = _("Dieser Platz gehört nicht mehr zu Ihrem Betrieb.")
_HR_ONLY = _("Das kann nur die Personalverantwortung dieses Betriebs tun.")


def may_speak(who: Standing, organisation_id: Any) -> Verdict:
    return yes_if(organisation_id in who.organisations(*BOOKING_ROLES), _HR_ONLY)


def may_enter(who: Standing) -> Verdict:
    return yes_if(
        who.coordinates or who.is_a(*BOOKING_ROLES),
        _("Diese Seite ist für die Personalverantwortlichen der Betriebe und die Koordination."),
    )


def may_oversee(who: Standing) -> Verdict:
    return yes_if(who.coordinates, _("Das kann nur die Verbundkoordination tun."))


# -- the list ---------------------------------------------------------------------------------
def may_join(course: Course, seats: int, at_least: int, *, waits: bool, gives: bool) -> Verdict:
    """`waits`, `gives`: what the same firm does in this course already."""
    if not 1 <= at_least <= seats <= SEATS_AT_ONCE:
        return no(_("Bitte nennen Sie 1 bis 99 Plätze und als Mindestzahl höchstens ebenso viele."))
    if waits:
        return no(_("Ihr Betrieb steht schon in dieser Warteliste."))
    if gives:
        return no(_("Ihr Betrieb gibt hier gerade Plätze ab. Nehmen Sie das zuerst zurück."))
    if seats > course.capacity:
        return no(_("So viele Plätze hat dieser Kurs nicht."))
    direct = not course.waiting and seats <= course.free
    return yes_if(not direct, _("Hier sind noch genug Plätze frei. Bitte buchen Sie gleich auf der Seite des Kurses."))


def may_accept(entry: ListEntry, who: Standing, at: datetime) -> Verdict:
    verdict = may_speak(who, entry.organisation_id) & ENTRY.may(entry.state, "accept")
    if not verdict:
        return verdict
    in_time = entry.offer_until is not None and at < entry.offer_until
    return yes_if(in_time, _("Die Frist ist abgelaufen. Der Platz geht an den nächsten Betrieb."))


def may_decline(entry: ListEntry, who: Standing) -> Verdict:
    return may_speak(who, entry.organisation_id) & ENTRY.may(entry.state, "decline")


def may_leave(entry: ListEntry, who: Standing) -> Verdict:
    if entry.state == EntryState.OFFERED:
        return no(_("Ihnen ist gerade ein Platz angeboten. Bitte nehmen Sie ihn an oder lehnen Sie ihn ab."))
    return may_speak(who, entry.organisation_id) & ENTRY.may(entry.state, "leave")


def is_fewer(entry: ListEntry, seats: int, at_least: int) -> Verdict:
    fewer = 1 <= at_least <= seats <= entry.seats and at_least <= entry.at_least
    return yes_if(fewer, _("Mehr als bisher geht nur mit einem neuen Eintrag am Ende der Liste."))


# -- giving away --------------------------------------------------------------------------------
def may_give(booking: Booking, who: Standing, *, waits: bool) -> Verdict:
    """`waits`: the same firm stands in the list of this course."""
    verdict = may_speak(who, booking.organisation_id)
    if not verdict:
        return verdict
    if booking.state != BookingState.BINDING:
        return no(_("Abgeben lassen sich nur verbindliche Plätze."))
    return yes_if(not waits, _("Ihr Betrieb wartet hier selbst auf Plätze. Tragen Sie sich zuerst aus der Liste aus."))


def is_there(seat: Seat) -> Verdict:
    """It can change hands: nobody has attended on it, and it has not left its firm."""
    there = seat.state in {SeatState.FREE, SeatState.NAMED} and seat.booking.state == BookingState.BINDING
    return yes_if(there, _("Der Platz ist nicht mehr frei. Sie behalten Ihren Platz in der Liste."))


def are_there(wanted: int, there: int) -> Verdict:
    return yes_if(1 <= wanted <= there, _("So viele Plätze kann diese Buchung nicht abgeben."))


def returns_in_time(day: date | None, today: date, first_day: date) -> Verdict:
    fits = day is None or today <= day < first_day
    return yes_if(fits, _("Dieser Tag liegt nicht zwischen heute und dem Beginn des Kurses."))


def may_withdraw(given: GivenSeat, who: Standing) -> Verdict:
    return may_speak(who, given.seat.booking.organisation_id) & (
        YES
        if given.state in GIVEN["withdraw"].sources
        else no(_("Dieser Platz ist schon übernommen oder zurückgegeben."))
    )
