"""Who was there: one page per half day, made for a phone in the hall."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from verbundwerk.base import clock
from verbundwerk.base.http import accepted, render_form, sent, signed_in, wants_fragment
from verbundwerk.base.pdf import pdf_response
from verbundwerk.network.queries import standing

from .. import flow, papers, queries, rules
from ..forms import AttendanceForm
from ..models import Course, Seat, Session
from .tools import PersonRequest, course_crumbs


def course_to_teach(request: PersonRequest, course_id: UUID) -> Course:
    course = queries.course_for(request.user, course_id)
    if not rules.teaches(standing(request.user), course, request.user.pk):
        raise Http404
    return course


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: PersonRequest, session_id: UUID) -> HttpResponse:
    session = queries.taught_session_for(request.user, session_id)
    form = _form(request, session, list(queries.participants(session.course)))
    late = False
    if accepted(form, lambda: _take(request, session, form)):
        if not form.differs:
            messages.success(request, _saved_text(form))
            return redirect("courses:attendance", session.pk)
        form.add_error(None, _differs_text(len(form.differs)))
        late = True
    response = render_form(request, "courses/attendance.html", _page(session, form))
    response.status_code = HTTPStatus.CONFLICT if late else response.status_code
    return response


def _form(request: PersonRequest, session: Session, people: list[Seat]) -> AttendanceForm:
    return AttendanceForm(sent(request), people=people, known=queries.presences_of(session))


def _page(session: Session, form: AttendanceForm) -> dict[str, object]:
    course = session.course
    return {
        "session": session,
        "course": course,
        "form": form,
        "takeable": rules.may_take_attendance(course, session, clock.now()),
        "others": queries.sessions_of(course),
        "crumbs": course_crumbs(course, _("Anwesenheit")),
    }


def _take(request: PersonRequest, session: Session, form: AttendanceForm) -> None:
    presences = form.everybody_there if "everybody" in request.POST else form.presences
    taken = flow.take_attendance(session, presences, by=request.user, at=clock.now(), seen=form.seen)
    form.tell(taken.differs, queries.presences_of(session))


def _saved_text(form: AttendanceForm) -> str:
    saved = _("Die Anwesenheit ist gespeichert.")
    left = form.open_count
    text = ngettext("%(n)d Person ist noch offen.", "%(n)d Personen sind noch offen.", left)
    return f"{saved} {text % {'n': left}}" if left else saved


def _differs_text(count: int) -> str:
    return ngettext(
        "%(n)d Person hat inzwischen jemand anders eingetragen. Alles Übrige ist gespeichert.",
        "%(n)d Personen hat inzwischen jemand anders eingetragen. Alles Übrige ist gespeichert.",
        count,
    ) % {"n": count}


# -- one row -----------------------------------------------------------------------------------
@signed_in
@require_POST
def mark(request: PersonRequest, session_id: UUID, seat_id: UUID) -> HttpResponse:
    """A tap is saved at once where scripts run. The page does the same with one button where they do not."""
    session, seat = queries.participant_for(request.user, session_id, seat_id)
    if not wants_fragment(request):
        return redirect("courses:attendance", session.pk)
    one = _form(request, session, [seat])
    fine = accepted(one, lambda: _take(request, session, one))
    row = one.row(seat)
    if fine and not one.differs:
        row.note, row.tone = _("gespeichert"), "success"
    elif not fine:
        row.note, row.tone = " ".join(str(text) for texts in one.errors.values() for text in texts), "danger"
    everybody = AttendanceForm(people=queries.participants(session.course), known=queries.presences_of(session))
    return render(request, "courses/parts/mark_saved.html", {"mark": row, "session": session, "form": everybody})


@signed_in
@require_GET
def attendance_list(request: PersonRequest, course_id: UUID) -> HttpResponse:
    """To print and sign; with firms only when asked for."""
    course = course_to_teach(request, course_id)
    sessions, people = queries.sessions_to_hold(course), queries.participants_for(request.user, course)
    pdf = papers.attendance_list(course, sessions, people, with_firms="betriebe" in request.GET)
    return pdf_response(pdf, f"{course.label} Teilnahmeliste")
