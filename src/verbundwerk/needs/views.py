"""One need from the firm's side: write it down, look at it, change it, end it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from verbundwerk.base import clock
from verbundwerk.base.downloads import csv_response, xlsx_response
from verbundwerk.base.http import render_form, signed_in
from verbundwerk.base.verdicts import require
from verbundwerk.network.models import Person
from verbundwerk.network.queries import organisations_visible_to
from verbundwerk.topics.models import Topic
from verbundwerk.topics.queries import suggest

from . import exports, flow, queries, rules
from .forms import WITHDRAW, EndForm, NeedForm, TopicForm
from .models import Need
from .places import place_name
from .terms import Confidentiality

either = require_http_methods(["GET", "POST"])


def here(request: HttpRequest) -> Person:
    """Who is there; `signed_in` has made sure that it is somebody."""
    assert isinstance(request.user, Person)
    return request.user


def _sent(request: HttpRequest) -> Any:
    """What a form was sent with; an empty POST is a form with nothing in it, not a new page."""
    return request.POST if request.method == "POST" else None


# --- lists --------------------------------------------------------------------------
@signed_in
@require_GET
def list_of_needs(request: HttpRequest) -> HttpResponse:
    person = here(request)
    require(rules.may_raise_somewhere(person))
    context = {
        "table": exports.needs_table(person, request.GET),
        "may_check": rules.coordinates(person),
        "may_import": rules.may_import(person),
        "crumbs": [(_("Bedarfe"), "")],
    }
    return render(request, "needs/list.html", context)


@signed_in
@require_GET
def as_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response(_table(request), _("Bedarfe"))


@signed_in
@require_GET
def as_xlsx(request: HttpRequest) -> HttpResponseBase:
    return xlsx_response(_table(request), _("Bedarfe"))


def _table(request: HttpRequest) -> Any:
    require(rules.may_raise_somewhere(here(request)))
    return exports.needs_table(here(request), request.GET, whole=True)


# --- write it down ------------------------------------------------------------------
@signed_in
@either
def new(request: HttpRequest) -> HttpResponse:
    person = here(request)
    require(rules.may_raise_somewhere(person))
    words = {"topic_text": request.GET.get("thema", "")[:200]}
    firms, others = queries.firms_for(person), organisations_visible_to(person)
    form = NeedForm(_sent(request), firms=firms, others=others, initial=words)
    if form.is_valid():
        return _written(request, form)
    return _form_page(request, form, _("Bedarf melden"), reverse("needs:list"))


def _written(request: HttpRequest, form: NeedForm) -> HttpResponse:
    if "draft" in request.POST:
        need = flow.raise_need(form.draft(), organisation=form.firm, by=here(request), at=clock.now())
        messages.success(request, _("Der Entwurf %(label)s ist gesichert.") % {"label": need.label})
    else:
        need = flow.raise_and_submit(form.draft(), organisation=form.firm, by=here(request), at=clock.now())
        messages.success(request, _("Ihr Bedarf %(label)s ist eingereicht.") % {"label": need.label})
    return redirect("needs:detail", need.pk)


def _form_page(request: HttpRequest, form: NeedForm, title: str, back: str) -> HttpResponse:
    crumbs = [(_("Bedarfe"), reverse("needs:list")), (title, "")]
    return render_form(request, "needs/form.html", {"form": form, "title": title, "back": back, "crumbs": crumbs})


@signed_in
@either
def edit(request: HttpRequest, need_id: UUID) -> HttpResponse:
    person, need = here(request), queries.need_for(here(request), need_id)
    require(rules.may_edit(need, person))
    form = NeedForm(
        _sent(request), firms=queries.firm_of(need), others=organisations_visible_to(person), need=need
    )  # fmt: skip
    if not form.is_valid():
        title = _("%(label)s bearbeiten") % {"label": need.label}
        return _form_page(request, form, title, reverse("needs:detail", args=[need.pk]))
    flow.change_need(need, form.draft(), by=person, at=clock.now())
    if "submit" in request.POST and rules.may_submit(need, person):
        flow.submit_need(need, by=person, at=clock.now())
    messages.success(request, _("Ihre Änderungen sind gespeichert."))
    return redirect("needs:detail", need.pk)


# --- look at it ---------------------------------------------------------------------
@signed_in
@require_GET
def detail(request: HttpRequest, need_id: UUID) -> HttpResponse:
    person, need = here(request), queries.need_for(here(request), need_id)
    context = {
        "need": need,
        "tone": exports.tone_of(need),
        "next": queries.next_step(need),
        "steps": queries.trail(need),
        "happened": queries.happened(need),
        "asked": queries.is_asked(need) and rules.may_keep(need, person),
        "others": queries.others_like(need),
        "suggestions": _suggestions(need, person),
        "place": place_name(need.postal_code),
        "who_may_know": Confidentiality(need.confidentiality).label,
        "crumbs": [(_("Bedarfe"), reverse("needs:list")), (need.label, "")],
        **_verdicts(need, person),
    }
    return render(request, "needs/detail.html", context)


def _suggestions(need: Need, person: Person) -> list[Topic]:
    """For the firm; the coordination has its own list beside."""
    if need.topic_id or rules.coordinates(person) or not rules.may_edit(need, person):
        return []
    return suggest(need.topic_text)


def _verdicts(need: Need, person: Person) -> dict[str, Any]:
    coordinates = rules.coordinates(person)
    found: dict[str, Any] = {
        "may_edit": rules.may_edit(need, person),
        "may_submit": rules.may_submit(need, person),
        "may_withdraw": rules.may_withdraw(need, person),
        "may_act": rules.may_act(need, person),
        "coordinates": coordinates,
    }
    if coordinates:
        found["may_release"] = rules.may_check(need, person)
        found["may_set_aside"] = rules.may_set_aside(need, person)
        best = [need.topic] if need.topic else suggest(need.topic_text, limit=1)
        found["topic_form"] = TopicForm(initial={"topic": best[0].pk if best else None})
    return found


# --- move it ------------------------------------------------------------------------
@signed_in
@require_POST
def choose_topic(request: HttpRequest, need_id: UUID) -> HttpResponse:
    need = queries.need_for(here(request), need_id)
    require(rules.may_edit(need, here(request)))
    form = TopicForm(request.POST)
    if form.is_valid():
        flow.choose_topic(need, form.cleaned_data["topic"], by=here(request), at=clock.now())
        messages.success(request, _("Das Thema ist zugeordnet."))
    else:
        messages.info(request, _("Das Thema bleibt offen, die Koordination ordnet es zu."))
    return redirect("needs:detail", need.pk)


@signed_in
@require_POST
def submit(request: HttpRequest, need_id: UUID) -> HttpResponse:
    need = queries.need_for(here(request), need_id)
    flow.submit_need(need, by=here(request), at=clock.now())
    messages.success(request, _("Ihr Bedarf %(label)s ist eingereicht.") % {"label": need.label})
    return redirect("needs:detail", need.pk)


@signed_in
@either
def withdraw(request: HttpRequest, need_id: UUID) -> HttpResponse:
    need = queries.need_for(here(request), need_id)
    require(rules.may_withdraw(need, here(request)))
    form = EndForm(_sent(request))
    if form.is_valid():
        _end(need, form, by=here(request), at=clock.now())
        messages.success(request, _("Der Bedarf %(label)s ist beendet.") % {"label": need.label})
        return redirect("needs:detail", need.pk)
    title = _("%(label)s beenden") % {"label": need.label}
    crumbs = [(_("Bedarfe"), reverse("needs:list")), (need.label, reverse("needs:detail", args=[need.pk])), (title, "")]
    context = {"form": form, "need": need, "title": title, "crumbs": crumbs}
    return render_form(request, "needs/withdraw.html", context)


def _end(need: Need, form: EndForm, *, by: Person, at: datetime) -> None:
    end = flow.withdraw_need if form.cleaned_data["ending"] == WITHDRAW else flow.cover_elsewhere
    end(need, reason=form.cleaned_data["reason"], by=by, at=at)


# --- still wanted? ------------------------------------------------------------------
@signed_in
@either
def expiry(request: HttpRequest, need_id: UUID) -> HttpResponse:
    need = queries.need_for(here(request), need_id)
    require(rules.may_keep(need, here(request)))
    if request.method == "POST":
        _answer(request, need, here(request))
        return redirect("needs:detail", need.pk)
    crumbs = [(_("Bedarfe"), reverse("needs:list")), (need.label, reverse("needs:detail", args=[need.pk]))]
    return render(request, "needs/expiry.html", {"need": need, "crumbs": [*crumbs, (_("Noch aktuell?"), "")]})


@never_cache
@either
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter: two buttons, no signing in."""
    need, person = queries.letter_for(token)
    verdict = rules.may_keep(need, person)
    answer = _answer(request, need, person) if request.method == "POST" and verdict else ""
    return render(request, "needs/letter.html", {"need": need, "verdict": verdict, "answer": answer})


def _answer(request: HttpRequest, need: Need, person: Person) -> str:
    if "keep" in request.POST:
        flow.keep_need(need, by=person, at=clock.now())
        answer = _("Danke. Der Bedarf bleibt ein weiteres Jahr bestehen.")
    else:
        flow.withdraw_need(need, reason=_("Nicht mehr nötig"), by=person, at=clock.now())
        answer = _("Danke. Der Bedarf ist zurückgezogen.")
    messages.success(request, answer)
    return answer
