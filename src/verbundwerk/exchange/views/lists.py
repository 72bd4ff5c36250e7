"""The list of a course: join, see where one stands, accept, decline, leave."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from verbundwerk.base import clock
from verbundwerk.base.http import accepted, get_or_post, render_form, sent, signed_in
from verbundwerk.base.verdicts import require
from verbundwerk.courses.models import Course
from verbundwerk.courses.queries import begins_at, organisations_booking_for
from verbundwerk.network.queries import standing

from .. import flow, queries, rules
from ..forms import JoinForm
from ..models import ListEntry
from ..states import EntryState
from .tools import PersonRequest, crumbs


@signed_in
@require_GET
def home(request: PersonRequest) -> HttpResponse:
    person = request.user
    require(rules.may_enter(standing(person)))
    context = {
        "entries": queries.own_entries(person),
        "given": queries.own_given(person),
        "to_take": queries.seats_to_take_over(person),
        "lists": queries.lists_in_view(person),
        "crumbs": [(_("Platzbörse"), "")],
    }
    return render(request, "exchange/home.html", context)


@signed_in
@get_or_post
def course_list(request: PersonRequest, course_id: UUID) -> HttpResponse:
    course = queries.list_course_for(request.user, course_id)
    firms = queries.firms_to_wait(request.user, course)
    form = JoinForm(sent(request), firms=firms)
    made: list[ListEntry] = []
    if firms and accepted(form, lambda: made.append(_join(request, course, form))):
        _say_joined(request, made[0])
        return redirect("exchange:list", course.pk)
    course.refresh_from_db()
    return render_form(request, "exchange/list.html", _page(request, course, form if firms else None))


def _join(request: PersonRequest, course: Course, form: JoinForm) -> ListEntry:
    said = form.cleaned_data
    return flow.join_list(
        course, said["organisation"], seats=said["seats"], at_least=form.at_least, by=request.user, at=clock.now()
    )


def _say_joined(request: PersonRequest, entry: ListEntry) -> None:
    if entry.state == EntryState.OFFERED:
        messages.success(request, _("Es ist gleich etwas frei für Sie. Bitte nehmen Sie es an."))
    else:
        messages.success(request, _("Ihr Betrieb steht in der Warteliste. Wird etwas frei, bekommen Sie Bescheid."))


def _page(request: PersonRequest, course: Course, form: JoinForm | None) -> dict[str, Any]:
    person, at = request.user, clock.now()
    own, who = queries.own_entry_in(person, course), standing(person)
    return {
        "course": course,
        "form": form,
        "own": own,
        "position": queries.position_of(own) if own else 0,
        "waiting": queries.entries_in(course).count(),
        "steps": queries.steps_seen_by(person, course),
        "is_open": rules.list_is_open(course, begins_at(course), at),
        "may_accept": rules.may_accept(own, who, at) if own else None,
        "may_leave": rules.may_leave(own, who) if own else None,
        "firms": organisations_booking_for(person),
        "crumbs": crumbs((course.name, "")),
    }


@signed_in
@require_POST
def accept(request: PersonRequest, entry_id: UUID) -> HttpResponse:
    entry = queries.entry_for(request.user, entry_id)
    booking = flow.accept_offer(entry, by=request.user, at=clock.now())
    text = ngettext("%(n)d Platz gehört jetzt Ihnen.", "%(n)d Plätze gehören jetzt Ihnen.", booking.seats)
    messages.success(request, text % {"n": booking.seats} + " " + _("Wer soll teilnehmen?"))
    return redirect("courses:booking", booking.pk)


@signed_in
@require_POST
def decline(request: PersonRequest, entry_id: UUID) -> HttpResponse:
    entry = queries.entry_for(request.user, entry_id)
    flow.decline_offer(entry, by=request.user, at=clock.now())
    messages.success(request, _("Sie haben abgelehnt. Der Platz geht an den nächsten Betrieb."))
    return redirect("exchange:list", entry.course_id)


@signed_in
@require_POST
def leave(request: PersonRequest, entry_id: UUID) -> HttpResponse:
    entry = queries.entry_for(request.user, entry_id)
    flow.leave_list(entry, by=request.user, at=clock.now())
    messages.success(request, _("Ihr Betrieb steht nicht mehr in der Warteliste."))
    return redirect("exchange:home")


@signed_in
@get_or_post
def fewer(request: PersonRequest, entry_id: UUID) -> HttpResponse:
    """Needing less than before keeps the place in the list."""
    entry = queries.entry_for(request.user, entry_id)
    form = JoinForm(sent(request), firms=queries.firm_of(entry), entry=entry)
    if accepted(form, lambda: _ask_for_fewer(request, entry, form)):
        messages.success(request, _("Ihre neue Zahl gilt. Ihren Platz in der Liste behalten Sie."))
        return redirect("exchange:list", entry.course_id)
    context = {"form": form, "entry": entry, "course": entry.course, "crumbs": crumbs((entry.course.name, ""))}
    return render_form(request, "exchange/fewer.html", context)


def _ask_for_fewer(request: PersonRequest, entry: ListEntry, form: JoinForm) -> None:
    seats = form.cleaned_data["seats"]
    flow.ask_for_fewer(entry, seats=seats, at_least=form.at_least, by=request.user, at=clock.now())
