"""Cases: the list of both sides, one case with its law, papers and history, and what each side does with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verbundwerk.base import clock
from verbundwerk.base.downloads import csv_response, xlsx_response
from verbundwerk.base.http import get_or_post, render_form, sent, signed_in
from verbundwerk.base.templatetags.ui import Tab
from verbundwerk.base.verdicts import require
from verbundwerk.journal.queries import told
from verbundwerk.network.models import Person
from verbundwerk.network.queries import names_known_to

from . import exports, flow, queries, rules, rules_talks
from .forms import AGREED, AwardForm, CaseForm, ConciliationForm, DocumentForm, InformForm, ReasonForm, StatementForm
from .models import Case
from .rules import EMPLOYER
from .rules_talks import Talk
from .states import CaseState

GROUPS = ("disabled", "young")


def here(request: HttpRequest) -> Person:
    """Who is there; `signed_in` has made sure that it is somebody."""
    assert isinstance(request.user, Person)
    return request.user


def tabs(current: str) -> list[Tab]:
    pages = [("codetermination:list", _("Vorgänge")), ("codetermination:proposals", _("Vorschläge des Betriebsrats"))]
    return [Tab(label, reverse(name), name == current) for name, label in pages]


# --- lists ----------------------------------------------------------------------------
@signed_in
@require_GET
def list_of_cases(request: HttpRequest) -> HttpResponse:
    person = here(request)
    require(rules.may_enter(person))
    context = {
        "table": exports.cases_table(person, request.GET),
        "tabs": tabs("codetermination:list"),
        "employer": rules.is_employer_somewhere(person),
        "council": rules.is_council_somewhere(person),
        "crumbs": [(_("Beteiligung"), "")],
    }
    return render(request, "codetermination/list.html", context)


@signed_in
@require_GET
def as_csv(request: HttpRequest) -> HttpResponseBase:
    require(rules.may_enter(here(request)))
    return csv_response(exports.cases_table(here(request), request.GET, whole=True), _("Beteiligung"))


@signed_in
@require_GET
def as_xlsx(request: HttpRequest) -> HttpResponseBase:
    require(rules.may_enter(here(request)))
    return xlsx_response(exports.cases_table(here(request), request.GET, whole=True), _("Beteiligung"))


# --- by hand -------------------------------------------------------------------------------
@signed_in
@get_or_post
def new(request: HttpRequest) -> HttpResponse:
    person = here(request)
    require(rules.is_employer_somewhere(person))
    firms, sites = queries.firms_as(person, EMPLOYER), queries.sites_as(person, EMPLOYER)
    form = CaseForm(sent(request), firms=firms, sites=sites)
    if not form.is_valid():
        crumbs = [(_("Beteiligung"), reverse("codetermination:list")), (_("Vorgang anlegen"), "")]
        return render_form(request, "codetermination/new.html", {"form": form, "crumbs": crumbs})
    case = flow.open_by_hand(form.plan(), organisation=form.firm, by=person, at=clock.now())
    messages.success(request, _("Der Vorgang ist angelegt."))
    return redirect("codetermination:case", case.pk)


# --- one case ------------------------------------------------------------------------------
@signed_in
@require_GET
def detail(request: HttpRequest, case_id: UUID) -> HttpResponse:
    return _page(request, queries.case_for(here(request), case_id))


def _page(
    request: HttpRequest, case: Case, *, statement: StatementForm | None = None, paper: DocumentForm | None = None
) -> HttpResponse:
    person, talk = here(request), queries.talk_in(case)
    context = {
        "case": case,
        "basis": case.basis,
        "tone": exports.tone_of(case),
        "next": queries.next_step(case, talk, clock.now()),
        "late": rules.is_late(case, clock.today()),
        "statements": queries.statements_of(case),
        "documents": queries.documents_of(case),
        "history": told(case, names=names_known_to(person)),
        "statement": statement or StatementForm(),
        "paper": paper or DocumentForm(),
        "nobody_reads": case.state != CaseState.NOT_REQUIRED and queries.nobody_can_read(case),
        "crumbs": [(_("Beteiligung"), reverse("codetermination:list")), (case.label, "")],
        **_verdicts(case, person),
        **_talk(case, talk, person),
    }
    return render_form(request, "codetermination/case.html", context)


def _verdicts(case: Case, person: Person) -> dict[str, Any]:
    represented = queries.is_represented(case.organisation_id, case.site_id)
    return {
        "employer": rules.speaks_for_employer(case.organisation_id, person),
        "council": rules.speaks_for_council(case.organisation_id, person),
        "gate": queries.condition_met(case.organisation_id, case.subject_kind, case.subject, clock.now()),
        "may_require": rules.may_require(case, person, represented=represented),
        "may_inform": rules.may_inform(case, person),
        "may_drop": rules.may_drop(case, person),
        "may_extend": rules.may_extend(case, person),
        "may_agree": rules.may_say(case, "agree", person),
        "may_refuse": rules.may_say(case, "refuse", person),
        "may_talk": rules.may_say(case, "talk", person),
        "may_conciliate": rules.may_conciliate(case, person),
        "may_award": rules.may_record_award(case, person, award_filed=queries.award_is_filed(case)),
        "in_conciliation": case.state == CaseState.CONCILIATION,
    }


def _talk(case: Case, talk: Talk, person: Person) -> dict[str, Any]:
    now = clock.now()
    return {
        "talk": talk,
        "may_write": rules_talks.may_write(case, person),
        "may_propose_meeting": rules_talks.may_propose(case, person),
        "may_confirm": rules_talks.may_confirm(case, talk, person, now),
        "may_note_talked": rules_talks.may_note_talked(case, talk, person, now),
    }


@signed_in
@require_POST
def say(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Two clicks: the line on the page of today, and one of three buttons."""
    person, case = here(request), queries.case_for(here(request), case_id)
    require(rules.speaks_for_council(case.organisation_id, person))
    form = StatementForm(request.POST)
    if not form.is_valid():
        return _page(request, case, statement=form)
    verbs: dict[str, Callable[..., Case]] = {"agree": flow.agree, "refuse": flow.refuse, "talk": flow.ask_to_talk}
    verbs[form.cleaned_data["says"]](case, text=form.cleaned_data["text"], by=person, at=clock.now())
    messages.success(request, _("Ihre Stellungnahme ist eingetragen. Der Betrieb bekommt sie als E-Mail."))
    return redirect("codetermination:case", case.pk)


@signed_in
@get_or_post
def inform(request: HttpRequest, case_id: UUID) -> HttpResponse:
    person, case = here(request), queries.case_for(here(request), case_id)
    require(rules.may_inform(case, person))
    form = InformForm(sent(request), case=case)
    if not form.is_valid():
        return small_form(request, case, form, _("Betriebsrat unterrichten"))
    flow.inform_council(case, due_on=form.cleaned_data["due_on"], by=person, at=clock.now())
    messages.success(request, _("Der Betriebsrat ist unterrichtet."))
    return redirect("codetermination:case", case.pk)


def small_form(request: HttpRequest, case: Case, form: Any, title: str) -> HttpResponse:
    back = reverse("codetermination:case", args=[case.pk])
    crumbs = [(_("Beteiligung"), reverse("codetermination:list")), (case.label, back), (title, "")]
    context = {"form": form, "title": title, "thing": case, "back": back, "crumbs": crumbs}
    return render_form(request, "codetermination/small_form.html", context)


@signed_in
@require_POST
def require_involvement(request: HttpRequest, case_id: UUID) -> HttpResponse:
    case = queries.case_for(here(request), case_id)
    flow.require_involvement(case, by=here(request), at=clock.now())
    messages.success(request, _("Die Beteiligung beginnt. Als Nächstes unterrichtet der Betrieb den Betriebsrat."))
    return redirect("codetermination:case", case.pk)


@signed_in
@get_or_post
def drop(request: HttpRequest, case_id: UUID) -> HttpResponse:
    person, case = here(request), queries.case_for(here(request), case_id)
    require(rules.may_drop(case, person))
    form = ReasonForm(sent(request))
    if not form.is_valid():
        return small_form(request, case, form, _("Vorhaben aufgeben"))
    flow.drop_case(case, reason=form.cleaned_data["reason"], by=person, at=clock.now())
    messages.success(request, _("Das Vorhaben ist aufgegeben. Der Betriebsrat erfährt es."))
    return redirect("codetermination:case", case.pk)


@signed_in
@get_or_post
def conciliate(request: HttpRequest, case_id: UUID) -> HttpResponse:
    person, case = here(request), queries.case_for(here(request), case_id)
    require(rules.may_conciliate(case, person))
    form = ConciliationForm(sent(request))
    # Its one field is free: an empty POST is a decision, not a mistake.
    if not form.is_valid():
        return small_form(request, case, form, _("Einigungsstelle anrufen"))
    flow.call_conciliation(case, text=form.cleaned_data["text"], by=person, at=clock.now())
    messages.success(request, _("Hier steht jetzt, dass Sie die Einigungsstelle anrufen. Die andere Seite erfährt es."))
    return redirect("codetermination:case", case.pk)


@signed_in
@get_or_post
def award(request: HttpRequest, case_id: UUID) -> HttpResponse:
    person, case = here(request), queries.case_for(here(request), case_id)
    require(rules.may_record_award(case, person, award_filed=queries.award_is_filed(case)))
    form = AwardForm(sent(request))
    if not form.is_valid():
        return small_form(request, case, form, _("Ergebnis der Einigungsstelle eintragen"))
    agreed, text = form.cleaned_data["outcome"] == AGREED, form.cleaned_data["text"]
    flow.record_award(case, agreed=agreed, text=text, by=person, at=clock.now())
    messages.success(request, _("Das Ergebnis ist eingetragen."))
    return redirect("codetermination:case", case.pk)


@signed_in
@require_POST
def note_told(request: HttpRequest, case_id: UUID) -> HttpResponse:
    case = queries.case_for(here(request), case_id)
    group = request.POST.get("group", "")
    if group not in GROUPS:
        raise Http404
    flow.note_told(case, group, by=here(request), at=clock.now())
    messages.success(request, _("Das ist vermerkt."))
    return redirect("codetermination:case", case.pk)


# --- papers -----------------------------------------------------------------------------------
@signed_in
@require_POST
def add_document(request: HttpRequest, case_id: UUID) -> HttpResponse:
    person, case = here(request), queries.case_for(here(request), case_id)
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, case, paper=form)
    flow.add_document(case, form.cleaned_data["file"], by=person, at=clock.now())
    messages.success(request, _("Die Unterlage liegt jetzt dabei."))
    return redirect("codetermination:case", case.pk)


@signed_in
@require_GET
def document(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """Always to be saved, never shown inside a page of ours."""
    paper = queries.document_for(here(request), document_id)
    return FileResponse(paper.file.open("rb"), as_attachment=True, filename=paper.name)
