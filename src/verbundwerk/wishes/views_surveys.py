"""A survey from the two sides of a firm; and the page without an account on which people answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe

from verbundwerk.base import clock
from verbundwerk.base.callers import address_of
from verbundwerk.base.http import accepted, get_or_post, paginate, render_form, sent, signed_in, unlisted
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.qr import qr_svg
from verbundwerk.base.verdicts import require
from verbundwerk.codetermination.queries import firms_as, sites_as
from verbundwerk.codetermination.rules import SIDES

from . import flow, queries, rules_surveys
from .forms import AnswerForm, SurveyForm
from .models import Survey
from .states import SurveyState
from .views import crumbs, here

GONE, TOO_MANY, WRONG = 410, 429, 422
TONES = {"open": "info", "closed": "warning", "raised": "success", "laid_before": "info"}


def _ways(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return crumbs((_("Befragungen"), reverse("wishes:surveys") if more else ""), *more)


@signed_in
@require_GET
def surveys(request: HttpRequest) -> HttpResponse:
    require(rules_surveys.may_enter_surveys(here(request)))
    page = paginate(queries.surveys_of(here(request)), request)
    for one in page:
        one.tone = TONES.get(one.state, "neutral")
    return render(request, "wishes/surveys.html", {"page": page, "crumbs": _ways()})


@signed_in
@get_or_post
def new_survey(request: HttpRequest) -> HttpResponse:
    person = here(request)
    require(rules_surveys.may_enter_surveys(person))
    form = SurveyForm(sent(request), firms=firms_as(person, SIDES), sites=sites_as(person, SIDES))
    built: list[Survey] = []
    if accepted(form, lambda: built.append(_built(request, form))):
        messages.success(request, _("Die Befragung ist angelegt. Noch hat sie niemand gesehen."))
        return redirect("wishes:survey", built[0].pk)
    context = {"form": form, "back": reverse("wishes:surveys"), "crumbs": _ways((_("Befragung anlegen"), ""))}
    return render_form(request, "wishes/new_survey.html", context)


def _built(request: HttpRequest, form: SurveyForm) -> Survey:
    once = form.cleaned_data["once"]
    return flow.build_survey(form.words(), organisation=form.firm, by=here(request), at=clock.now(), once=once)


@signed_in
@get_or_post
def edit_survey(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    person, found = here(request), queries.survey_for(here(request), survey_id)
    require(rules_surveys.may_change_survey(found, person))
    sites = sites_as(person, SIDES).filter(organisation=found.organisation_id)
    form = SurveyForm(sent(request), survey=found, firms=firms_as(person, SIDES), sites=sites)
    if accepted(form, lambda: flow.change_survey(found, form.words(), by=person, at=clock.now())):
        messages.success(request, _("Ihre Änderungen sind gespeichert."))
        return redirect("wishes:survey", found.pk)
    back = reverse("wishes:survey", args=[found.pk])
    context = {"form": form, "survey": found, "back": back, "crumbs": _ways((found.title, back), (_("Ändern"), ""))}
    return render_form(request, "wishes/new_survey.html", context)


@signed_in
@require_GET
def survey(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    person, found = here(request), queries.survey_for(here(request), survey_id)
    gate = queries.gate(found, clock.now())
    address = request.build_absolute_uri(reverse("wishes:answer", args=[found.code]))
    wanted = queries.wanted_topics(found) if rules_surveys.enough_answers(found) else []
    context = {
        "survey": found,
        "tone": TONES.get(found.state, "neutral"),
        "topics": queries.topics_of(found),
        "case": queries.case_of(found),
        "running": rules_surveys.takes_answers(found, clock.today()),
        "address": address,
        "qr": mark_safe(qr_svg(address)) if found.state == SurveyState.OPEN else "",  # noqa: S308 - drawn by us
        "over": rules_surveys.is_over(found),
        "enough": rules_surveys.enough_answers(found),
        "result": queries.result_of(found),
        "may_change": rules_surveys.may_change_survey(found, person),
        "may_lay_before": rules_surveys.may_lay_before(found, person),
        "may_open": rules_surveys.may_open(found, person, gate=gate, on=clock.today()),
        "may_close": rules_surveys.may_close(found, person),
        "may_drop": rules_surveys.may_drop(found, person),
        "may_raise": rules_surveys.may_raise_survey(found, person, topics=len(wanted)),
        "crumbs": _ways((found.title, "")),
    }
    return render(request, "wishes/survey.html", context)


@signed_in
@require_POST
def lay_before(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    found = queries.survey_for(here(request), survey_id)
    flow.lay_before(found, by=here(request), at=clock.now())
    return _back(request, found, _("Die Befragung liegt vor. Unter „Beteiligung“ steht, was der Betriebsrat sagt."))


@signed_in
@require_POST
def open_survey(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    found = queries.survey_for(here(request), survey_id)
    flow.open_survey(found, by=here(request), at=clock.now())
    return _back(request, found, _("Die Befragung läuft. Geben Sie jetzt die Adresse oder den QR-Code weiter."))


@signed_in
@require_POST
def close_survey(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    found = queries.survey_for(here(request), survey_id)
    flow.close_survey(found, by=here(request), at=clock.now())
    return _back(request, found, _("Die Befragung ist beendet."))


@signed_in
@require_POST
def drop_survey(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    found = queries.survey_for(here(request), survey_id)
    flow.drop_survey(found, reason=_("Die Befragung wurde verworfen."), by=here(request), at=clock.now())
    return _back(request, found, _("Die Befragung ist verworfen."))


@signed_in
@require_POST
def raise_survey(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    found = queries.survey_for(here(request), survey_id)
    needs = flow.raise_from_survey(found, by=here(request), at=clock.now())
    said = ngettext(
        "Daraus ist %(n)s Bedarf geworden: %(labels)s.", "Daraus sind %(n)s Bedarfe geworden: %(labels)s.", len(needs)
    )
    return _back(request, found, said % {"n": len(needs), "labels": ", ".join(one.label for one in needs)})


def _back(request: HttpRequest, found: Survey, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("wishes:survey", found.pk)


# --- without an account -------------------------------------------------------------------
# Nobody is signed in here, so there is nothing another site could abuse; a telephone without cookies can answer too.
@csrf_exempt
@get_or_post
def answer(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.answerable_for(code)
    form = AnswerForm(sent(request), survey=found)
    if not rules_surveys.takes_answers(found, clock.today()):
        return _page(request, found, form, GONE)
    if not form.is_bound:
        return _page(request, found, form, 200)
    if not form.is_valid():
        return _page(request, found, form, WRONG)
    if not rules_surveys.PER_CALLER.admits(address_of(request), clock.now().timestamp()):
        return _page(request, found, form, TOO_MANY)
    return _counted(request, found, form)


def _counted(request: HttpRequest, found: Survey, form: AnswerForm) -> HttpResponse:
    """A machine that filled in what nobody sees is thanked as well, and not counted."""
    typed: dict[str, Any] = form.cleaned_data
    try:
        if not typed["website"]:
            flow.answer_survey(found, typed["topics"], typed["shift"], once=typed["once"], at=clock.now())
    except AlreadyMoved:
        return _page(request, found, form, GONE)
    return unlisted(redirect("wishes:thanks", found.code))


def _page(request: HttpRequest, found: Survey, form: AnswerForm, status: int) -> HttpResponse:
    template = "wishes/answer_closed.html" if status == GONE else "wishes/answer.html"
    context = {"survey": found, "form": form, "too_many": status == TOO_MANY, "has_errors": status >= WRONG}
    return unlisted(render(request, template, context, status=status))


@require_safe
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    return unlisted(render(request, "wishes/thanks.html", {"survey": queries.answerable_for(code)}))
