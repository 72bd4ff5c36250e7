"""What the coordination office does with a pool."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbundwerk.base import clock
from verbundwerk.base.forms import Form
from verbundwerk.base.http import accepted, get_or_post, render_form, sent, signed_in
from verbundwerk.catalogue.queries import venues
from verbundwerk.network.queries import standing

from .. import flow, queries
from ..forms import AskForm, FailForm, MergeForm, UntilForm, chosen_needs
from ..models import Pool
from .tools import crumbs, pool_crumbs


def _office_pool(request: HttpRequest, pool_id: UUID) -> Pool:
    """For others these pages do not exist, also when they know the pool."""
    if not standing(request.user).coordinates:
        raise Http404
    return queries.pool_for(request.user, pool_id)


def _form_page(request: HttpRequest, pool: Pool, form: Form, words: dict[str, Any]) -> HttpResponse:
    context = {"pool": pool, "form": form, "crumbs": pool_crumbs(pool, words["title"]), **words}
    return render_form(request, "pooling/form.html", context)


def _back(request: HttpRequest, pool: Pool, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("pooling:pool", pool.pk)


# --- merging by hand ------------------------------------------------------------------------------
@signed_in
@get_or_post
def merge(request: HttpRequest) -> HttpResponse:
    if not standing(request.user).coordinates:
        raise Http404
    waiting, only = list(queries.needs_to_merge(request.user)), request.GET.get("thema", "")
    needs = [need for need in waiting if not only or str(need.topic_id) == only]
    ids = request.POST.getlist("needs") if request.method == "POST" else request.GET.getlist("bedarf")
    chosen = chosen_needs(needs, ids)
    form = MergeForm(sent(request), venues=venues(), initial=_guessed(chosen))
    made: list[Pool] = []
    if accepted(form, lambda: made.append(_merged(request, form, chosen))):
        return _back(request, made[0], _("Das Bündel ist eröffnet. Die Betriebe haben eine E-Mail bekommen."))
    context = {
        "form": form,
        "needs": needs,
        "topics": list(dict.fromkeys(need.topic for need in waiting if need.topic)),
        "only": only,
        "chosen": {one.pk for one in chosen},
        "crumbs": crumbs((_("Von Hand"), "")),
    }
    return render_form(request, "pooling/merge.html", context)


def _guessed(needs: list[Any]) -> dict[str, Any]:
    """What the chosen needs have in common, as a beginning."""
    if not needs:
        return {}
    first = needs[0]
    return {
        "title": first.topic.label if first.topic else first.topic_text,
        "topic": first.topic_id,
        "level": first.level,
        "starts_on": max(one.window_from for one in needs),
        "ends_on": min(one.window_until for one in needs),
    }


def _merged(request: HttpRequest, form: MergeForm, needs: list[Any]) -> Pool:
    reason = form.cleaned_data["reason"]
    return flow.open_pool(form.data_for_pool(), needs, reason=reason, by=request.user, at=clock.now())


@signed_in
@require_POST
def drop(request: HttpRequest, pool_id: UUID, need_id: UUID) -> HttpResponse:
    """The office takes a need out, or a firm leaves."""
    pool = queries.pool_for(request.user, pool_id)
    need = queries.member_for(request.user, pool, need_id).need
    flow.drop_member(pool, need, by=request.user, at=clock.now())
    messages.success(request, _("Der Bedarf %(label)s wartet wieder auf Partner.") % {"label": need.label})
    return redirect("needs:detail", need.pk)


# --- providers ----------------------------------------------------------------------------------------
@signed_in
@get_or_post
def ask(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    pool = _office_pool(request, pool_id)
    proposal = queries.proposal_of(pool)
    planned = [proposal.offer.provider_id] if proposal else []
    form = AskForm(sent(request), providers=queries.providers_to_ask(pool), initial={"providers": planned})

    def act() -> None:
        typed = form.cleaned_data
        flow.ask_providers(
            pool, list(typed["providers"]), answer_until=typed["answer_until"], by=request.user, at=clock.now()
        )

    if accepted(form, act):
        return _back(request, pool, _("Die Anbieter sind gefragt."))
    words = {
        "title": _("Anbieter fragen"),
        "lead": _("Die Anbieter erfahren Thema, Niveau, Zeitraum und Größenordnung, aber keinen Betrieb."),
        "label": _("Anfragen"),
    }
    return _form_page(request, pool, form, words)


@signed_in
@require_POST
def choose(request: HttpRequest, bid_id: UUID) -> HttpResponse:
    bid = queries.bid_for(request.user, bid_id)
    seen = request.POST.get("seen", "")
    pool = flow.choose_bid(bid, by=request.user, at=clock.now(), seen=int(seen) if seen.isdecimal() else None)
    return _back(request, pool, _("Das Angebot ist gewählt."))


# --- commitments ----------------------------------------------------------------------------------------
@signed_in
@get_or_post
def open_commitments(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    words = {
        "title": _("Zusagen eröffnen"),
        "lead": _("Jeder Betrieb bekommt eine E-Mail und nennt den Betrag, bis zu dem er dabei ist."),
        "label": _("Zusagen eröffnen"),
        "done": _("Die Betriebe können jetzt zusagen."),
    }
    return _until(request, pool_id, flow.open_commitments, words)


@signed_in
@get_or_post
def extend_commitments(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    words = {
        "title": _("Mehr Zeit geben"),
        "lead": _("Die Betriebe erfahren die neue Frist in einer E-Mail."),
        "label": _("Frist verlängern"),
        "done": _("Die Frist ist verlängert."),
    }
    return _until(request, pool_id, flow.extend_commitments, words)


def _until(request: HttpRequest, pool_id: UUID, verb: Any, words: dict[str, Any]) -> HttpResponse:
    pool = _office_pool(request, pool_id)
    form = UntilForm(sent(request))

    def act() -> None:
        verb(pool, commit_until=form.cleaned_data["commit_until"], by=request.user, at=clock.now())

    if accepted(form, act):
        return _back(request, pool, words["done"])
    return _form_page(request, pool, form, words)


@signed_in
@require_POST
def close_commitments(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    pool = flow.close_commitments(_office_pool(request, pool_id), by=request.user, at=clock.now())
    return _back(request, pool, _("Stand nach dem Abschluss: %(state)s.") % {"state": pool.get_state_display()})


# --- shown, given up, tried again --------------------------------------------------------------------------
@signed_in
@require_POST
def publish(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    pool = flow.publish_pool(_office_pool(request, pool_id), by=request.user, at=clock.now())
    return _back(request, pool, _("Das Bündel ist veröffentlicht, ohne Namen von Betrieben."))


@signed_in
@require_POST
def unpublish(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    pool = flow.unpublish_pool(_office_pool(request, pool_id), by=request.user, at=clock.now())
    return _back(request, pool, _("Das Bündel ist nicht mehr öffentlich."))


@signed_in
@get_or_post
def give_up(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    pool = _office_pool(request, pool_id)
    form = FailForm(sent(request))

    def act() -> None:
        flow.fail_pool(pool, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())

    if accepted(form, act):
        return _back(request, pool, _("Das Bündel ist aufgegeben. Die Bedarfe warten wieder auf Partner."))
    words = {
        "title": _("Bündel aufgeben"),
        "lead": _("Alle Betriebe und Anbieter sind danach frei. Die Betriebe erfahren den Grund."),
        "label": _("Aufgeben"),
    }
    return _form_page(request, pool, form, words)


@signed_in
@require_POST
def revive(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    pool = flow.revive_pool(_office_pool(request, pool_id), by=request.user, at=clock.now())
    return _back(request, pool, _("Das Bündel wird neu sondiert."))
