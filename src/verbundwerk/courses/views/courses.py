"""The list, the page of one course, and how a course begins."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from verbundwerk.base import clock
from verbundwerk.base.downloads import csv_response, xlsx_response
from verbundwerk.base.holidays import date_warnings
from verbundwerk.base.http import accepted, paginate, render_form, sent, signed_in
from verbundwerk.base.verdicts import Verdict
from verbundwerk.network.queries import standing

from .. import exports, flow, queries, rules
from ..forms import BookForm, CancelForm, CourseForm, PlanForm
from ..models import Booking, Course
from ..states import COURSE, CourseState
from .tools import PersonRequest, course_crumbs, crumbs


@signed_in
@require_GET
def listing(request: PersonRequest) -> HttpResponse:
    who = standing(request.user)
    context = {
        "table": exports.courses_table(request.user, request.GET.dict()),
        "may_plan": rules.may_plan(who),
        "sees_participation": queries.firms_in_view(request.user).exists(),
        "pools_waiting": queries.pools_without_course().count() if rules.may_make_courses(who) else 0,
    }
    return render(request, "courses/list.html", context)


@signed_in
@require_GET
def as_csv(request: PersonRequest) -> StreamingHttpResponse:
    return csv_response(exports.courses_table(request.user, request.GET.dict()), _("Kurse"))


@signed_in
@require_GET
def as_xlsx(request: PersonRequest) -> FileResponse:
    return xlsx_response(exports.courses_table(request.user, request.GET.dict()), _("Kurse"))


# -- one course ------------------------------------------------------------------------------
@signed_in
@require_GET
def detail(request: PersonRequest, course_id: UUID) -> HttpResponse:
    course = queries.course_for(request.user, course_id)
    changed = queries.days_changed(request.user, clock.now(), course)
    context = {**page_of(request, course), "changed": {one.pk for one in changed}}
    if changed:
        flow.see_days(course, by=request.user, at=clock.now())
    return render(request, "courses/detail.html", context)


def page_of(request: PersonRequest, course: Course, form: BookForm | None = None) -> dict[str, Any]:
    """Everything the page of a course shows to this person."""
    person, who, at = request.user, standing(request.user), clock.now()
    sessions, teaches = list(queries.sessions_of(course)), rules.teaches(who, course, person.pk)
    firms = queries.organisations_booking_for(person)
    return {
        "course": course,
        "free_seats": rules.free_told(who, course, person.pk) or 0,
        "tone": exports.tone(course),
        "crumbs": course_crumbs(course),
        "days": _days(sessions),
        "bookings": exports.bookings_table(person, course, request.GET.dict()),
        "to_name": _to_name(person, course),
        "own_seat": queries.own_seat(person, course),
        "teaches": teaches,
        "arranges": bool(rules.may_arrange(who, course.provider_id)),
        "moves": _moves(course, who),
        "bookable": rules.is_bookable(course, rules.day_of(at)) & rules.nobody_waits(course) & rules.fits(course, 1),
        "book_form": (form or BookForm(firms=firms)) if firms and course.listed else None,
        "beside": queries.beside(person, course),
        "keep_needs_back": bool(firms) and queries.keep_needs_back(firms),
        "completable": _completable(course) if teaches else None,
        "further": queries.further_pages(person, course),
        "has_certificates": course.state == CourseState.COMPLETED,
    }


def _to_name(person: Any, course: Course) -> list[Booking]:
    """As long as names may still change."""
    own = queries.bookings_to_name(person, course)
    begins = queries.begins_at(course) if own else None
    return [one for one in own if rules.may_still_name(course, one, begins, clock.now())]


def _completable(course: Course) -> Verdict | None:
    """Counted only where the button stands."""
    if course.state != CourseState.RUNNING:
        return None
    return rules.may_complete(course, queries.ends_at(course), clock.now(), *queries.unaccounted(course))


def _days(sessions: list[Any]) -> list[dict[str, Any]]:
    """Half days with what there is to know about their date."""
    language = get_language() or "de"
    warned: dict[Any, list[str]] = {}
    for one in date_warnings((rules.day_of(one.starts_at) for one in sessions), language):
        warned.setdefault(one.day, []).append(one.text)
    tired = set(rules.too_little_rest((one.starts_at, one.ends_at) for one in sessions))
    return [
        {"session": one, "warnings": warned.get(rules.day_of(one.starts_at), []), "short_rest": one.starts_at in tired}
        for one in sessions
    ]


def _moves(course: Course, who: Any) -> dict[str, bool]:
    open_now = {one.name for one in COURSE.open_from(course.state)}
    arranges = bool(rules.may_arrange(who, course.provider_id))
    return {
        "open": "open" in open_now and arranges,
        "secure": "secure" in open_now and arranges,
        "cancel": "cancel_by_pool" in open_now and arranges,
        "edit": arranges and bool(rules.is_not_over(course)),
    }


# -- the way of a course -------------------------------------------------------------------------
@signed_in
@require_POST
def open_course(request: PersonRequest, course_id: UUID) -> HttpResponse:
    course = queries.course_for(request.user, course_id)
    flow.open_course(course, by=request.user, at=clock.now())
    messages.success(request, _("Die Anmeldung ist offen."))
    return redirect("courses:detail", course.pk)


@signed_in
@require_POST
def secure_course(request: PersonRequest, course_id: UUID) -> HttpResponse:
    course = queries.course_for(request.user, course_id)
    flow.secure_course(course, by=request.user, at=clock.now())
    messages.success(request, _("Der Kurs ist gesichert. Alle Beteiligten bekommen Bescheid."))
    return redirect("courses:detail", course.pk)


@signed_in
@require_POST
def start_course(request: PersonRequest, course_id: UUID) -> HttpResponse:
    course = queries.course_for(request.user, course_id)
    flow.start_course(course, by=request.user, at=clock.now())
    messages.success(request, _("Der Kurs läuft."))
    return redirect("courses:detail", course.pk)


@signed_in
@require_POST
def complete_course(request: PersonRequest, course_id: UUID) -> HttpResponse:
    course = queries.course_for(request.user, course_id)
    flow.complete_course(course, by=request.user, at=clock.now())
    messages.success(request, _("Der Kurs ist abgeschlossen. Jetzt können Sie Bescheinigungen ausstellen."))
    return redirect("courses:certificates", course.pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_course(request: PersonRequest, course_id: UUID) -> HttpResponse:
    course = _to_arrange(request, course_id)
    form = CancelForm(sent(request))
    if accepted(form, lambda: _cancel(request, course, form)):
        messages.success(request, _("Der Kurs ist abgesagt. Alle Beteiligten bekommen Bescheid."))
        return redirect("courses:detail", course.pk)
    context = {"course": course, "form": form, "crumbs": course_crumbs(course, _("Absagen"))}
    return render_form(request, "courses/cancel.html", context)


def _cancel(request: PersonRequest, course: Course, form: CancelForm) -> None:
    by_provider = bool(rules.may_provide(standing(request.user), course))
    reason = form.cleaned_data["reason"]
    flow.cancel_course(course, by_provider=by_provider, reason=reason, by=request.user, at=clock.now())


def _to_arrange(request: PersonRequest, course_id: UUID) -> Course:
    """A page nobody else may know of."""
    course = queries.course_for(request.user, course_id)
    if not rules.may_arrange(standing(request.user), course.provider_id):
        raise Http404
    return course


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, course_id: UUID) -> HttpResponse:
    course = _to_arrange(request, course_id)
    provides = rules.may_provide(standing(request.user), course)
    lecturers = queries.lecturers_of(course.provider_id) if provides else None
    form = CourseForm(sent(request), course=course, lecturers=lecturers)
    if accepted(form, lambda: _change(request, course, form)):
        messages.success(request, _("Die Angaben sind gespeichert."))
        return redirect("courses:detail", course.pk)
    context = {"course": course, "form": form, "crumbs": course_crumbs(course, _("Bearbeiten"))}
    return render_form(request, "courses/edit.html", context)


def _change(request: PersonRequest, course: Course, form: CourseForm) -> None:
    flow.change_course(course, form.cleaned_data, by=request.user, at=clock.now())


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: PersonRequest) -> HttpResponse:
    if not rules.may_plan(standing(request.user)):
        raise Http404
    form = PlanForm(sent(request), providers=queries.providers_for(request.user))
    made: list[Course] = []
    if accepted(form, lambda: made.append(_plan(request, form))):
        messages.success(request, _("Der Kurs ist geplant. Öffnen Sie die Anmeldung, wenn alles stimmt."))
        return redirect("courses:detail", made[0].pk)
    context = {"form": form, "crumbs": crumbs((_("Kurs planen"), ""))}
    return render_form(request, "courses/plan.html", context)


def _plan(request: PersonRequest, form: PlanForm) -> Course:
    provider = form.cleaned_data["provider"]
    return flow.plan_course(form.data_of_course, provider=provider, by=request.user, at=clock.now())


# -- from pools --------------------------------------------------------------------------------
@signed_in
@require_GET
def from_pools(request: PersonRequest) -> HttpResponse:
    if not rules.may_make_courses(standing(request.user)):
        raise Http404
    page = paginate(queries.pools_without_course().order_by("starts_on", "number"), request)
    context = {"page": page, "crumbs": crumbs((_("Aus Bündeln Kurse machen"), ""))}
    return render(request, "courses/from_pools.html", context)


@signed_in
@require_POST
def from_pool(request: PersonRequest, pool_id: UUID) -> HttpResponse:
    pool = queries.waiting_pool_for(request.user, pool_id)
    course = flow.course_from_pool(pool, by=request.user, at=clock.now())
    messages.success(request, _("Aus dem Bündel ist der Kurs %(label)s geworden.") % {"label": course.label})
    return redirect("courses:detail", course.pk)
