"""What mentors heard, without names."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verbundwerk.base import clock
from verbundwerk.base.http import accepted, get_or_post, paginate, render_form, sent, signed_in
from verbundwerk.base.verdicts import require

from . import flow, queries, rules_talks
from .forms import TalkForm
from .views import crumbs, here


@signed_in
@require_GET
def talks(request: HttpRequest) -> HttpResponse:
    person = here(request)
    require(rules_talks.may_mentor(person))
    groups = [(one, rules_talks.may_raise(one.talk, person, people=one.people)) for one in queries.heard_by(person)]
    page = paginate(queries.own_talks(person), request)
    for one in page:
        one.may_delete = rules_talks.may_delete_talk(one, person)
    context = {"groups": groups, "page": page, "crumbs": crumbs((_("Gespräche"), ""))}
    return render(request, "wishes/talks.html", context)


@signed_in
@get_or_post
def new_talk(request: HttpRequest) -> HttpResponse:
    person = here(request)
    require(rules_talks.may_mentor(person))
    form = TalkForm(sent(request), firms=queries.firms_mentored_by(person))
    if accepted(form, lambda: _noted(request, form)):
        return redirect("wishes:talks")
    ways = crumbs((_("Gespräche"), reverse("wishes:talks")), (_("Gespräch festhalten"), ""))
    return render_form(request, "wishes/new_talk.html", {"form": form, "crumbs": ways})


def _noted(request: HttpRequest, form: TalkForm) -> None:
    once = form.cleaned_data["once"]
    flow.note_talk(form.words(), organisation=form.firm, by=here(request), at=clock.now(), once=once)
    messages.success(request, _("Das Gespräch ist festgehalten, ohne Namen."))


@signed_in
@require_POST
def raise_need(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    talk = queries.talk_for(here(request), talk_id)
    need = flow.raise_from_talks(talk, by=here(request), at=clock.now())
    said = _("Daraus ist der Bedarf %(label)s geworden. Bitte prüfen Sie Zeitraum und Ort.")
    messages.success(request, said % {"label": need.label})
    return redirect("needs:detail", need.pk)


@signed_in
@require_POST
def pass_on(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    flow.pass_on(queries.talk_for(here(request), talk_id), by=here(request), at=clock.now())
    messages.success(request, _("Die Koordination kann den Hinweis lesen, Ihr Betrieb nicht."))
    return redirect("wishes:talks")


@signed_in
@require_POST
def keep_back(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    flow.keep_back(queries.talk_for(here(request), talk_id), by=here(request), at=clock.now())
    messages.success(request, _("Die Koordination sieht den Hinweis nicht mehr."))
    return redirect("wishes:talks")


@signed_in
@require_POST
def delete(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    flow.delete_talk(queries.talk_for(here(request), talk_id), by=here(request), at=clock.now())
    messages.success(request, _("Das Gespräch ist gelöscht."))
    return redirect("wishes:talks")


@signed_in
@require_GET
def hints(request: HttpRequest) -> HttpResponse:
    require(rules_talks.may_read_hints(here(request)))
    context = {"hints": queries.hints(here(request)), "crumbs": crumbs((_("Hinweise aus Gesprächen"), ""))}
    return render(request, "wishes/hints.html", context)
