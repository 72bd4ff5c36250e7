"""Half days of a course: added, moved, fallen out, made up for; and the calendars people carry."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from verbundwerk.base import clock
from verbundwerk.base.holidays import date_warnings
from verbundwerk.base.http import accepted, render_form, sent, signed_in
from verbundwerk.base.ical import ics_response
from verbundwerk.network.queries import standing

from .. import flow, papers, queries, rules
from ..forms import DayForm, MoveForm
from ..models import Course, Session
from .tools import PersonRequest, course_crumbs, crumbs


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PersonRequest, course_id: UUID) -> HttpResponse:
    course = queries.course_for(request.user, course_id)
    _only_who_arranges(request, course.provider_id)
    form = DayForm(sent(request))
    new: list[Any] = []
    if accepted(form, lambda: new.extend(flow.plan_sessions(course, form.halves, by=request.user, at=clock.now()))):
        told = _("Der Termin ist geplant.") if new else _("Diesen Termin gibt es schon.")
        messages.success(request, told + _warned(form))
        return redirect("courses:detail", course.pk)
    return _day_page(request, "courses/day_add.html", form, course, _("Termin hinzufügen"))


def _day_page(request: PersonRequest, template: str, form: Any, course: Course, here: str, **more: Any) -> HttpResponse:
    context = {"course": course, "form": form, "crumbs": course_crumbs(course, here), **more}
    return render_form(request, template, context)


def _warned(form: Any) -> str:
    texts = [one.text for one in date_warnings([form.cleaned_data["on"]])]
    return " " + _("Bitte beachten Sie: %(what)s.") % {"what": ", ".join(texts)} if texts else ""


def _only_who_arranges(request: PersonRequest, provider_id: UUID) -> None:
    if not rules.may_arrange(standing(request.user), provider_id):
        raise Http404


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: PersonRequest, session_id: UUID) -> HttpResponse:
    session = queries.session_for(request.user, session_id)
    _only_who_arranges(request, session.course.provider_id)
    form = MoveForm(sent(request), session=session, later=queries.has_later(session))
    if accepted(form, lambda: _move(request, session, form)):
        along = form.cleaned_data.get("later_too")
        told = _("Der Termin und alle späteren sind verlegt.") if along else _("Der Termin ist verlegt.")
        messages.success(request, " ".join([told, _("Alle Beteiligten bekommen Bescheid.")]) + _warned(form))
        return redirect("courses:detail", session.course_id)
    return _day_page(request, "courses/day_move.html", form, session.course, _("Termin verlegen"), session=session)


def _move(request: PersonRequest, session: Session, form: MoveForm) -> None:
    move = rules.Moved(session, form.at("begins"), form.at("ends"), form.cleaned_data["place"])
    along = form.cleaned_data.get("later_too", False)
    flow.move_session(move, later_too=along, by=request.user, at=clock.now())


@signed_in
@require_POST
def cancel(request: PersonRequest, session_id: UUID) -> HttpResponse:
    session = queries.session_for(request.user, session_id)
    flow.cancel_session(session, by=request.user, at=clock.now())
    messages.success(request, _("Der Ausfall ist vermerkt. Alle Beteiligten bekommen Bescheid."))
    return redirect("courses:detail", session.course_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def make_up(request: PersonRequest, session_id: UUID) -> HttpResponse:
    session = queries.session_for(request.user, session_id)
    _only_who_arranges(request, session.course.provider_id)
    form = DayForm(sent(request), initial={"part": session.half})
    if accepted(form, lambda: flow.make_up_session(session, form.halves, by=request.user, at=clock.now())):
        messages.success(request, _("Der Ersatztermin ist geplant.") + _warned(form))
        return redirect("courses:detail", session.course_id)
    return _day_page(
        request, "courses/day_make_up.html", form, session.course, _("Ersatztermin planen"), session=session
    )


# -- calendars --------------------------------------------------------------------------------
@signed_in
@require_GET
def course_calendar(request: PersonRequest, course_id: UUID) -> HttpResponse:
    course = queries.course_for(request.user, course_id)
    return ics_response(papers.course_calendar(course, queries.sessions_of(course)), course.title)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def own_calendar(request: PersonRequest) -> HttpResponse:
    if request.method == "POST":
        flow.renew_calendar_link(by=request.user, at=clock.now())
        messages.success(request, _("Ihre Kalenderadresse ist neu. Eine ältere gilt nicht mehr."))
        return redirect("courses:own_calendar")
    link = queries.calendar_link_of(request.user)
    context = {"address": papers.feed_address(link.token) if link else "", "crumbs": crumbs((_("Mein Kalender"), ""))}
    return render(request, "courses/own_calendar.html", context)


@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Read by calendar programs, which cannot sign in: the address itself is the key."""
    person = queries.calendar_owner_for(token)
    response = ics_response(papers.calendar_of(queries.own_sessions(person)), _("Kurse im Verbundwerk"))
    response["Cache-Control"] = "private, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    return response
