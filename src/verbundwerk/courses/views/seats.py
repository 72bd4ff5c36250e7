"""A firm takes seats, fills them with people, and gives them back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from verbundwerk.base import clock
from verbundwerk.base.http import accepted, render_form, sent, signed_in
from verbundwerk.base.verdicts import require
from verbundwerk.network.queries import standing

from .. import flow, queries, rules
from ..forms import BookForm, HeadcountForm, NamesForm
from ..models import Booking, Course
from .courses import page_of
from .tools import PersonRequest, course_crumbs


@signed_in
@require_POST
def book(request: PersonRequest, course_id: UUID) -> HttpResponse:
    course = queries.course_to_book_for(request.user, course_id)
    require(rules.may_book(standing(request.user)))
    form = BookForm(request.POST, firms=queries.organisations_booking_for(request.user))
    made: list[Booking] = []
    if accepted(form, lambda: made.append(_book(request, course, form))):
        seats = made[0].seats
        text = ngettext("%(seats)d Platz ist gebucht.", "%(seats)d Plätze sind gebucht.", seats)
        messages.success(request, text % {"seats": seats} + " " + _("Wer soll teilnehmen?"))
        return redirect("courses:booking", made[0].pk)
    course.refresh_from_db(fields=["taken", "state"])
    return render_form(request, "courses/detail.html", page_of(request, course, form))


def _book(request: PersonRequest, course: Course, form: BookForm) -> Booking:
    said = form.cleaned_data
    return flow.book_seats(
        course, said["organisation"], said["seats"], key=said["once"], by=request.user, at=clock.now()
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: PersonRequest, booking_id: UUID) -> HttpResponse:
    booking = queries.booking_for(request.user, booking_id)
    form = NamesForm(sent(request), booking=booking)
    if accepted(form, lambda: _name(request, booking, form)):
        messages.success(request, _("Die Namen sind gespeichert. Wer neu benannt ist, bekommt eine Einladung."))
        return redirect("courses:booking", booking.pk)
    return _booking_page(request, booking, form, _headcounts(booking))


@signed_in
@require_POST
def count(request: PersonRequest, booking_id: UUID) -> HttpResponse:
    """How many of the people belong to which group; beside the names, never at a name."""
    booking = queries.booking_for(request.user, booking_id)
    require(rules.may_count(standing(request.user), booking))
    form = _headcounts(booking, request.POST)
    if accepted(form, lambda: flow.count_groups(booking, form.counts, by=request.user, at=clock.now())):
        messages.success(request, _("Die Zahlen sind gespeichert. Gezeigt werden sie nur in Gruppen."))
        return redirect("courses:booking", booking.pk)
    return _booking_page(request, booking, NamesForm(booking=booking), form)


def _headcounts(booking: Booking, data: Any = None) -> HeadcountForm:
    return HeadcountForm(data, counted=queries.counted_in(booking), people=queries.people_named_in(booking))


def _booking_page(request: PersonRequest, booking: Booking, names: NamesForm, counts: HeadcountForm) -> HttpResponse:
    may_name, known = _may_name(request.user, booking), standing(request.user)
    context = {
        "booking": booking,
        "course": booking.course,
        "form": names if may_name else None,
        "reason": may_name.reason,
        "knows_names": booking.organisation_id in known.organisations(*rules.FIRM_ROLES),
        "counts": counts if counts.people and rules.may_count(known, booking) else None,
        "cancellable": rules.may_cancel_booking(known, booking, rules.day_of(clock.now())),
        "beside": queries.beside(request.user, booking),
        "clashes": queries.clashes(booking) if may_name else [],
        "crumbs": course_crumbs(booking.course, _("Plätze von %(firm)s") % {"firm": booking.organisation.name}),
    }
    return render_form(request, "courses/booking.html", context)


def _may_name(person: Any, booking: Booking) -> Any:
    return rules.may_name_for(standing(person), booking.organisation_id) & rules.may_still_name(
        booking.course, booking, queries.begins_at(booking.course), clock.now()
    )


def _name(request: PersonRequest, booking: Booking, form: NamesForm) -> None:
    flow.name_people(booking, form.names, by=request.user, at=clock.now())


@signed_in
@require_POST
def cancel(request: PersonRequest, booking_id: UUID) -> HttpResponse:
    booking = queries.booking_for(request.user, booking_id)
    flow.cancel_booking(booking, by=request.user, at=clock.now())
    messages.success(request, _("Die Plätze sind zurückgegeben."))
    return redirect("courses:detail", booking.course_id)
