"""One need from the firm's side: write it down, look at it, change it, end it."""

from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from verbundwerk.base import clock
from verbundwerk.base.downloads import csv_response, xlsx_response
from verbundwerk.base.http import get_or_post, render_form, sent, signed_in
from verbundwerk.base.verdicts import Refused, require
from verbundwerk.network.models import Person
from verbundwerk.network.queries import organisations_visible_to
from verbundwerk.topics.models import Topic
from verbundwerk.topics.queries import suggest

from . import exports, flow, queries, rules, rules_quick
from .facts import said
from .forms import WITHDRAW, EndForm, NeedForm, TopicForm
from .forms.walls import offers
from .models import Need
from .places import place_name
from .states import NeedState
from .terms import Confidentiality

QUICK_SHOWN = 5


def here(request: HttpRequest) -> Person:
    """Who is there; `signed_in` has made sure that it is somebody."""
    assert isinstance(request.user, Person)
    return request.user


def crumbs_below(need: Need, here: str) -> list[tuple[str, str]]:
    """The way to a page of one need."""
    return [(_("Bedarfe"), reverse("needs:list")), (need.label, reverse("needs:detail", args=[need.pk])), (here, "")]


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
        "may_link": rules_quick.may_make_links(person),
        "quick_needs": queries.quick_waiting(person)[:QUICK_SHOWN],
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
@get_or_post
def new(request: HttpRequest) -> HttpResponse:
    person = here(request)
    require(rules.may_raise_somewhere(person))
    words = {"topic_text": request.GET.get("thema", "")[:200]}
    firms, others = queries.firms_for(person), organisations_visible_to(person)
    form = NeedForm(sent(request), firms=firms, others=others, initial=words)
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
@require_GET
def firms(request: HttpRequest) -> HttpResponse:
    """While somebody types the name of a firm: a few that may be meant, as boxes to tick."""
    require(rules.may_raise_somewhere(here(request)))
    others = organisations_visible_to(here(request))
    typed = request.GET.get("hidden_names", "")[:1000]
    walls = offers(typed, request.GET.getlist("hidden_from"), others)
    return render(request, "needs/parts/walls.html", {"walls": walls})


@signed_in
@get_or_post
def edit(request: HttpRequest, need_id: UUID) -> HttpResponse:
    person, need = here(request), queries.need_for(here(request), need_id)
    # Somebody who has typed gets everything back, with the reason above it.
    require(rules.may_edit(need, person) if request.method == "GET" else rules.may_act(need, person))
    form = NeedForm(
        sent(request), firms=queries.firm_of(need), others=organisations_visible_to(person), need=need,
        corrects=rules.corrects(need, person),
    )  # fmt: skip
    late = False
    if form.is_valid():
        if (changed := _changed(request, need, form)) is not None:
            return _after_change(request, need, changed)
        late = True
    title = _("%(label)s bearbeiten") % {"label": need.label}
    response = _form_page(request, form, title, reverse("needs:detail", args=[need.pk]))
    response.status_code = HTTPStatus.CONFLICT if late else response.status_code
    return response


def _changed(request: HttpRequest, need: Need, form: NeedForm) -> Need | None:
    """None when somebody was faster; then the form says what stands there now."""
    typed = form.cleaned_data
    try:
        return flow.change_need(
            need, form.draft(), by=here(request), at=clock.now(), seen=typed["edition"], reason=typed.get("reason", "")
        )
    except flow.ChangedMeanwhile as meanwhile:
        form.add_error(None, _changed_text(meanwhile))
        form.renew(meanwhile.need)
    except Refused as refused:
        form.add_error(None, str(refused.verdict.reason))
    return None


def _changed_text(meanwhile: flow.ChangedMeanwhile) -> str:
    now = "; ".join(f"{name}: {value}" for name, value in said(meanwhile.need, meanwhile.differs))
    kept = _("Jemand hat diesen Bedarf inzwischen geändert. Ihre Eingaben stehen noch hier.")
    if not now:
        return kept
    return " ".join([kept, _("Anders als bei Ihnen steht dort jetzt: %(now)s.") % {"now": now},
                     _("Wenn Sie noch einmal speichern, gilt Ihre Fassung.")])  # fmt: skip


def _after_change(request: HttpRequest, before: Need, need: Need) -> HttpResponse:
    if "submit" in request.POST and rules.may_submit(need, here(request)):
        flow.submit_need(need, by=here(request), at=clock.now())
    again = before.state not in rules.MOVABLE and need.state == NeedState.SUBMITTED
    messages.success(request, _("Ihre Änderungen sind gespeichert.") + (f" {_LOOKS_AGAIN}" if again else ""))
    return redirect("needs:detail", need.pk)


_LOOKS_AGAIN = gettext_lazy("Die Koordination sieht den Bedarf noch einmal an.")


# --- look at it ---------------------------------------------------------------------
@signed_in
@require_GET
def detail(request: HttpRequest, need_id: UUID) -> HttpResponse:
    return detail_page(request, queries.need_for(here(request), need_id))


def detail_page(request: HttpRequest, need: Need, *, status: int = 200) -> HttpResponse:
    """Of a need the caller has loaded through `need_for`."""
    person = here(request)
    context = {
        "need": need,
        "tone": exports.tone_of(need),
        "next": queries.next_step(need),
        "steps": queries.trail(need),
        "happened": queries.happened(need),
        "act": _act(need, person),
        "topic_words": quote(need.topic_text),
        "asked": queries.is_asked(need) and rules.may_keep(need, person),
        "evaluation": (evaluation := queries.evaluation_of(need)),
        "may_evaluate": bool(rules.may_evaluate(need, evaluation, person)),
        "alike": queries.like_need(person, need),
        "others": queries.others_like(need),
        "hidden": queries.firms_kept_out(need, person),
        "suggestions": _suggestions(need, person),
        "place": place_name(need.postal_code),
        "who_may_know": Confidentiality(need.confidentiality).label,
        "crumbs": [(_("Bedarfe"), reverse("needs:list")), (need.label, "")],
        **_verdicts(need, person),
    }
    return render(request, "needs/detail.html", context, status=status)


def _act(need: Need, person: Person) -> queries.Act | None:
    """What this person is awaited for, unless it is done on this very page."""
    act = queries.next_act(need, person)
    return act if act and act.url.partition("#")[0] != reverse("needs:detail", args=[need.pk]) else None


def _suggestions(need: Need, person: Person) -> list[Topic]:
    """For the firm; the coordination has its own list beside."""
    if need.topic_id or rules.coordinates(person) or not rules.may_choose_topic(need, person):
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
        found["topic_form"] = TopicForm(initial={"topic": best[0].pk if best else None, "edition": need.edition})
    return found


# --- move it ------------------------------------------------------------------------
@signed_in
@require_POST
def choose_topic(request: HttpRequest, need_id: UUID) -> HttpResponse:
    need = queries.need_for(here(request), need_id)
    require(rules.may_choose_topic(need, here(request)))
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
@get_or_post
def withdraw(request: HttpRequest, need_id: UUID) -> HttpResponse:
    need = queries.need_for(here(request), need_id)
    require(rules.may_withdraw(need, here(request)))
    form = EndForm(sent(request))
    if form.is_valid():
        _end(need, form, by=here(request), at=clock.now())
        messages.success(request, _("Der Bedarf %(label)s ist beendet.") % {"label": need.label})
        return redirect("needs:detail", need.pk)
    title = _("%(label)s beenden") % {"label": need.label}
    context = {"form": form, "need": need, "title": title, "crumbs": crumbs_below(need, title)}
    return render_form(request, "needs/withdraw.html", context)


def _end(need: Need, form: EndForm, *, by: Person, at: datetime) -> None:
    end = flow.withdraw_need if form.cleaned_data["ending"] == WITHDRAW else flow.cover_elsewhere
    end(need, reason=form.cleaned_data["reason"], by=by, at=at)


# --- still wanted? ------------------------------------------------------------------
@signed_in
@get_or_post
def expiry(request: HttpRequest, need_id: UUID) -> HttpResponse:
    need = queries.need_for(here(request), need_id)
    require(rules.may_keep(need, here(request)))
    if request.method == "POST":
        _answer(request, need, here(request))
        return redirect("needs:detail", need.pk)
    return render(request, "needs/expiry.html", {"need": need, "crumbs": crumbs_below(need, _("Noch aktuell?"))})


@never_cache
@get_or_post
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
