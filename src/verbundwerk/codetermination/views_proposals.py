"""The works council's own proposals, and the employer's answers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verbundwerk.base import clock
from verbundwerk.base.downloads import csv_response, xlsx_response
from verbundwerk.base.http import get_or_post, render_form, sent, signed_in
from verbundwerk.base.verdicts import require
from verbundwerk.journal.queries import told
from verbundwerk.network.queries import names_known_to

from . import exports, flow, papers, queries, rules
from .forms import AnswerForm, ProposalForm
from .rules import COUNCIL
from .states import ProposalState
from .views import here, tabs


@signed_in
@require_GET
def list_of_proposals(request: HttpRequest) -> HttpResponse:
    person = here(request)
    require(rules.may_enter(person))
    context = {
        "table": exports.proposals_table(person, request.GET),
        "tabs": tabs("codetermination:proposals"),
        "employer": rules.is_employer_somewhere(person),
        "council": rules.is_council_somewhere(person),
        "crumbs": [(_("Beteiligung"), reverse("codetermination:list")), (_("Vorschläge"), "")],
    }
    return render(request, "codetermination/list.html", context)


@signed_in
@require_GET
def as_csv(request: HttpRequest) -> HttpResponseBase:
    require(rules.may_enter(here(request)))
    return csv_response(exports.proposals_table(here(request), request.GET), _("Vorschläge"))


@signed_in
@require_GET
def as_xlsx(request: HttpRequest) -> HttpResponseBase:
    require(rules.may_enter(here(request)))
    return xlsx_response(exports.proposals_table(here(request), request.GET), _("Vorschläge"))


@signed_in
@get_or_post
def new(request: HttpRequest) -> HttpResponse:
    person = here(request)
    require(rules.is_council_somewhere(person))
    firms, sites = queries.firms_as(person, COUNCIL), queries.sites_as(person, COUNCIL)
    form = ProposalForm(sent(request), firms=firms, sites=sites)
    if not form.is_valid():
        crumbs = [(_("Beteiligung"), reverse("codetermination:list")), (_("Vorschlag machen"), "")]
        return render_form(request, "codetermination/propose.html", {"form": form, "crumbs": crumbs})
    proposal = flow.make_proposal(form.proposal(), organisation=form.firm, by=person, at=clock.now())
    messages.success(request, _("Ihr Vorschlag liegt dem Betrieb vor."))
    return redirect("codetermination:proposal", proposal.pk)


@signed_in
@require_GET
def detail(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    person, proposal = here(request), queries.proposal_for(here(request), proposal_id)
    context = {
        "proposal": proposal,
        "tone": exports.proposal_tone(proposal),
        "waiting": rules.is_waiting(proposal),
        "late": rules.is_waiting(proposal) and proposal.answer_by < clock.today(),
        "owed": papers.owed(proposal),
        "way_out": papers.way_out(proposal) if proposal.state == ProposalState.DECLINED else "",
        "in_writing": rules.must_answer_in_writing(proposal),
        "employer": rules.speaks_for_employer(proposal.organisation_id, person),
        "council": rules.speaks_for_council(proposal.organisation_id, person),
        "may_answer": rules.may_answer(proposal, person),
        "may_withdraw": rules.may_withdraw(proposal, person),
        "case": queries.survey_case_of(proposal),
        "history": told(proposal, names=names_known_to(person)),
        "crumbs": [
            (_("Beteiligung"), reverse("codetermination:list")),
            (_("Vorschläge"), reverse("codetermination:proposals")),
            (proposal.title, ""),
        ],
    }
    return render(request, "codetermination/proposal.html", context)


@signed_in
@get_or_post
def answer(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    person, proposal = here(request), queries.proposal_for(here(request), proposal_id)
    require(rules.may_answer(proposal, person))
    form = AnswerForm(sent(request), proposal=proposal)
    if not form.is_valid():
        back = reverse("codetermination:proposal", args=[proposal.pk])
        crumbs = [(_("Vorschläge"), reverse("codetermination:proposals")), (proposal.title, back), (_("Antworten"), "")]
        context = {"form": form, "title": _("Auf den Vorschlag antworten"), "thing": proposal, "back": back}
        context["hint"] = papers.owed(proposal)
        return render_form(request, "codetermination/small_form.html", {**context, "crumbs": crumbs})
    flow.answer_proposal(
        proposal, accepted=form.accepted, answer=form.cleaned_data["answer"], told_in_person=form.told,
        by=person, at=clock.now(),
    )  # fmt: skip
    messages.success(request, _("Ihre Antwort ist eingetragen. Der Betriebsrat bekommt sie als E-Mail."))
    return redirect("codetermination:proposal", proposal.pk)


@signed_in
@require_POST
def withdraw(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    proposal = queries.proposal_for(here(request), proposal_id)
    flow.withdraw_proposal(proposal, by=here(request), at=clock.now())
    messages.success(request, _("Ihr Vorschlag ist zurückgezogen."))
    return redirect("codetermination:proposal", proposal.pk)
