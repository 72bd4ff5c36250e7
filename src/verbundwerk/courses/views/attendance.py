"""Who was there: one page per half day, made for a phone in the hall."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from verbundwerk.base import clock
from verbundwerk.base.http import render_form, signed_in
from verbundwerk.base.pdf import pdf_response
from verbundwerk.network.queries import standing

from .. import flow, papers, queries, rules
from ..forms import AttendanceForm
from ..models import Course, Session
from .tools import PersonRequest, accepted, course_crumbs


def course_to_teach(request: PersonRequest, course_id: UUID) -> Course:
    course = queries.course_for(request.user, course_id)
    if not rules.teaches(standing(request.user), course, request.user.pk):
        raise Http404
    return course


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: PersonRequest, session_id: UUID) -> HttpResponse:
    session = queries.taught_session_for(request.user, session_id)
    course, people = session.course, queries.participants(session.course)
    sent = request.POST if request.method == "POST" else None
    form = AttendanceForm(sent, people=people, known=queries.presences_of(session))
    if sent is not None and accepted(form, lambda: _take(request, session, form)):
        messages.success(request, _("Die Anwesenheit ist gespeichert."))
        return redirect("courses:attendance", session.pk)
    context = {
        "session": session,
        "course": course,
        "form": form,
        "takeable": rules.may_take_attendance(course, session, clock.now()),
        "others": queries.sessions_of(course),
        "crumbs": course_crumbs(course, _("Anwesenheit")),
    }
    return render_form(request, "courses/attendance.html", context)


def _take(request: PersonRequest, session: Session, form: AttendanceForm) -> None:
    presences = form.everybody_there if "everybody" in request.POST else form.presences
    flow.take_attendance(session, presences, by=request.user, at=clock.now())


@signed_in
@require_GET
def attendance_list(request: PersonRequest, course_id: UUID) -> HttpResponse:
    """To print and sign; with firms only when asked for."""
    course = course_to_teach(request, course_id)
    sessions, people = queries.sessions_to_hold(course), queries.participants(course)
    pdf = papers.attendance_list(course, sessions, people, with_firms="betriebe" in request.GET)
    return pdf_response(pdf, f"{course.label} Teilnahmeliste")
