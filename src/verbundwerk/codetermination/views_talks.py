"""Works council and employer write to each other about a case and find a day to talk."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verbundwerk.base import clock
from verbundwerk.base.http import get_or_post, sent, signed_in
from verbundwerk.base.ical import calendar, ics_response
from verbundwerk.base.verdicts import require

from . import exports, flow, queries, rules, rules_talks
from .forms_talks import ExtendForm, MeetingForm, WriteForm
from .views import here, small_form


@signed_in
@get_or_post
def write(request: HttpRequest, case_id: UUID) -> HttpResponse:
    person, case = here(request), queries.case_for(here(request), case_id)
    require(rules_talks.may_write(case, person))
    form = WriteForm(sent(request))
    if not form.is_valid():
        return small_form(request, case, form, _("Nachricht schreiben"))
    flow.write_word(case, text=form.cleaned_data["text"], by=person, at=clock.now())
    messages.success(request, _("Ihre Nachricht steht jetzt hier. Die andere Seite bekommt sie als E-Mail."))
    return redirect("codetermination:case", case.pk)


@signed_in
@get_or_post
def propose_meeting(request: HttpRequest, case_id: UUID) -> HttpResponse:
    person, case = here(request), queries.case_for(here(request), case_id)
    require(rules_talks.may_propose(case, person))
    form = MeetingForm(sent(request))
    if not form.is_valid():
        return small_form(request, case, form, _("Termin vorschlagen"))
    flow.propose_meeting(case, meets_at=form.meets_at, text=form.cleaned_data["text"], by=person, at=clock.now())
    messages.success(request, _("Der Termin ist vorgeschlagen. Die andere Seite sagt, ob er passt."))
    return redirect("codetermination:case", case.pk)


@signed_in
@require_POST
def confirm_meeting(request: HttpRequest, case_id: UUID) -> HttpResponse:
    case = queries.case_for(here(request), case_id)
    flow.confirm_meeting(case, meets_at=_read(request), by=here(request), at=clock.now())
    messages.success(request, _("Der Termin steht. Beide Seiten bekommen eine E-Mail."))
    return redirect("codetermination:case", case.pk)


def _read(request: HttpRequest) -> datetime:
    """The time that stood on the page the person pressed on."""
    try:
        moment = parse_datetime(request.POST.get("meets_at", ""))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Http404
    return moment


@signed_in
@require_POST
def note_talked(request: HttpRequest, case_id: UUID) -> HttpResponse:
    case = queries.case_for(here(request), case_id)
    flow.note_talked(case, by=here(request), at=clock.now())
    messages.success(request, _("Das Gespräch ist vermerkt. Jetzt sagt der Betriebsrat, wie er dazu steht."))
    return redirect("codetermination:case", case.pk)


@signed_in
@require_GET
def meeting_ics(request: HttpRequest, case_id: UUID) -> HttpResponse:
    case = queries.case_for(here(request), case_id)
    event = exports.meeting_event(case, queries.talk_in(case), clock.now())
    if event is None:
        raise Http404
    return ics_response(calendar(case.label, [event]), case.label)


@signed_in
@get_or_post
def extend(request: HttpRequest, case_id: UUID) -> HttpResponse:
    person, case = here(request), queries.case_for(here(request), case_id)
    require(rules.may_extend(case, person))
    form = ExtendForm(sent(request), case=case)
    if not form.is_valid():
        return small_form(request, case, form, _("Frist verlängern"))
    flow.extend_deadline(case, due_on=form.cleaned_data["due_on"], by=person, at=clock.now())
    messages.success(request, _("Die Frist ist verlängert. Der Betriebsrat erfährt es."))
    return redirect("codetermination:case", case.pk)
