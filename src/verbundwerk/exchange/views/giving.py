"""A firm gives seats away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from verbundwerk.base import clock
from verbundwerk.base.http import accepted, get_or_post, render_form, sent, signed_in
from verbundwerk.courses.models import Booking
from verbundwerk.courses.queries import begins_at
from verbundwerk.network.queries import standing

from .. import flow, queries, rules
from ..forms import GiveForm
from .tools import PersonRequest, crumbs


@signed_in
@get_or_post
def give(request: PersonRequest, booking_id: UUID) -> HttpResponse:
    """What happens and what it costs stands here before anybody presses."""
    booking = queries.booking_to_give_for(request.user, booking_id)
    form = GiveForm(sent(request), booking=booking, fees=queries.fees_of(booking, clock.today()))
    if accepted(form, lambda: _give(request, booking, form)):
        return redirect("exchange:give", booking.pk)
    return render_form(request, "exchange/give.html", _page(request, booking, form))


def _give(request: PersonRequest, booking: Booking, form: GiveForm) -> None:
    seats, at = form.cleaned_data["seats"], clock.now()
    if form.now:
        flow.give_back_now(booking, seats, by=request.user, at=at)
        text = ngettext("%(n)d Platz ist zurückgegeben.", "%(n)d Plätze sind zurückgegeben.", seats)
    else:
        flow.give_seats(booking, form.giving, by=request.user, at=at)
        text = ngettext(
            "%(n)d Platz wird angeboten. Sobald ihn jemand übernimmt, bekommen Sie eine E-Mail.",
            "%(n)d Plätze werden angeboten. Sobald sie jemand übernimmt, bekommen Sie eine E-Mail.",
            seats,
        )
    messages.success(request, text % {"n": seats})


def _page(request: PersonRequest, booking: Booking, form: GiveForm) -> dict[str, Any]:
    who, course = standing(request.user), booking.course
    may = rules.may_give(booking, who, waits=queries.waits_in(course, booking.organisation_id))
    may &= rules.list_is_open(course, begins_at(course), clock.now())
    return {
        "booking": booking,
        "course": course,
        "form": form if may and form.most else None,
        "may": may,
        "fees": form.fee_rows,
        "waiting": queries.entries_in(course).count(),
        "given": [(one, rules.may_withdraw(one, who)) for one in queries.given_seats_of(booking)],
        "crumbs": crumbs((course.name, ""), (_("Platz abgeben"), "")),
    }


@signed_in
@require_POST
def withdraw(request: PersonRequest, given_id: UUID) -> HttpResponse:
    given = queries.given_for(request.user, given_id)
    flow.withdraw_given(given, by=request.user, at=clock.now())
    messages.success(request, _("Der Platz bleibt bei Ihrem Betrieb."))
    return redirect("exchange:give", given.seat.booking_id)
