"""What firms and providers answer: commitments and bids."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbundwerk.base import clock
from verbundwerk.base.days import day_text
from verbundwerk.base.figures import euro_text
from verbundwerk.base.holidays import date_warnings
from verbundwerk.base.http import accepted, get_or_post, render_form, sent, signed_in
from verbundwerk.base.verdicts import require
from verbundwerk.network.models import Organisation
from verbundwerk.network.queries import coordinating, standing

from .. import flow, papers, planner, queries, rules
from ..forms import BidForm, CommitForm, CorrectForm
from ..models import Bid, Enquiry, Pool
from ..states import BidState
from .pools import show_pool
from .tools import crumbs


# --- firms ----------------------------------------------------------------------------------------
@signed_in
@require_POST
def commit(request: HttpRequest, pool_id: UUID) -> HttpResponse:
    pool = queries.pool_for(request.user, pool_id)
    firms = queries.firms_that_may_commit(request.user, pool)
    form = CommitForm(request.POST, firms=firms, holds=queries.holds_open_to(request.user, firms))
    if not accepted(form, lambda: _commit(request, pool, form)):
        return show_pool(request, pool, form)
    messages.success(request, _("Ihre Zusage ist eingetragen. Mehr als diesen Betrag zahlen Sie nie."))
    _hint_at_the_price(request, pool, form.cleaned_data["limit_cents"])
    _hint_at_the_seats(request, pool, form.cleaned_data["organisation"], form.cleaned_data["high"])
    return redirect("pooling:pool", pool.pk)


def _hint_at_the_seats(request: HttpRequest, pool: Pool, firm: Organisation, high: int) -> None:
    wanted = queries.seats_of(pool, firm.pk)
    if wanted and high > wanted:
        text = _("Zugesagt sind bis zu %(high)d Plätze, Ihr Bedarf nennt %(wanted)d. Bitte prüfen Sie, ob das stimmt.")
        messages.warning(request, text % {"high": high, "wanted": wanted})


def _hint_at_the_price(request: HttpRequest, pool: Pool, limit_cents: int) -> None:
    """A limit that no group can reach is most often a slip, and never wrong enough to refuse."""
    bid = queries.chosen_bid(pool)
    cheapest = planner.cheapest(bid, pool.seats_max) if bid else 0
    if limit_cents < cheapest:
        text = _("Auch bei voller Gruppe kostet ein Platz %(price)s. Mit %(limit)s sind Sie nicht dabei.")
        messages.warning(request, text % {"price": euro_text(cheapest), "limit": euro_text(limit_cents)})


def _commit(request: HttpRequest, pool: Pool, form: CommitForm) -> None:
    typed: dict[str, Any] = dict(form.cleaned_data)
    organisation = typed.pop("organisation")
    flow.commit(pool, organisation, by=request.user, at=clock.now(), **typed)


@signed_in
@require_POST
def withdraw(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    word = queries.commitment_for(request.user, commitment_id)
    flow.withdraw_commitment(word, by=request.user, at=clock.now())
    messages.success(request, _("Ihre Zusage ist zurückgezogen."))
    return redirect("pooling:pool", word.pool_id)


# --- providers ----------------------------------------------------------------------------------------
@signed_in
@get_or_post
def enquiry(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """What is looked for, and the form for the price."""
    enquiry = queries.enquiry_for(request.user, enquiry_id)
    form = BidForm(sent(request), initial=_guessed(enquiry))
    if accepted(form, lambda: _bid(request, enquiry, form)):
        messages.success(request, _("Das Angebot ist eingetragen. Danke."))
        _warn_of_dates(request, form.cleaned_data["dates"])
        return redirect("pooling:enquiry", enquiry.pk)
    context = {
        "enquiry": enquiry,
        "pool": enquiry.pool,
        "disclosed": queries.disclosed(enquiry.pool),
        "outcome": queries.outcome_of(request.user, enquiry.pool),
        "verdict": rules.may_answer(enquiry, standing(request.user), clock.today()),
        "form": form,
        "crumbs": crumbs((_("Anfrage %(label)s") % {"label": enquiry.pool.label}, "")),
        **_bid_context(request, enquiry),
    }
    return render_form(request, "pooling/enquiry.html", context)


def _bid_context(request: HttpRequest, enquiry: Enquiry) -> dict[str, Any]:
    bid, who = getattr(enquiry, "bid", None), standing(request.user)
    if bid is None:
        return {"bid": None}
    correct, withdraw = rules.may_correct(bid, who, clock.today()), rules.may_withdraw_bid(bid, who)
    return {
        "bid": bid,
        "earlier": list(bid.earlier.all()),
        "follows": papers.what_follows(bid, enquiry.pool),
        "may_correct": correct,
        "may_withdraw": withdraw,
        "contact": _whom_to_call() if bid.state in {BidState.SUBMITTED, BidState.ACCEPTED} and not correct else None,
    }


def _whom_to_call() -> dict[str, Any]:
    return {"offices": list(coordinating(clock.today())), "operator": settings.OPERATOR}


def _warn_of_dates(request: HttpRequest, days: list[date]) -> None:
    warned = [f"{day_text(one.day)}: {one.text}" for one in date_warnings(days)]
    if warned:
        text = _(
            "Bitte prüfen Sie diese Tage, und rufen Sie die Verbundkoordination an, wenn einer nicht stimmt: %(days)s"
        )
        messages.warning(request, text % {"days": "; ".join(warned)})


def _guessed(enquiry: Enquiry) -> dict[str, Any]:
    pool = enquiry.pool
    return {"seats_min": pool.seats_min, "seats_max": pool.seats_max}


def _bid(request: HttpRequest, enquiry: Enquiry, form: BidForm) -> None:
    flow.enter_bid(enquiry, form.data_for_bid(), by=request.user, at=clock.now())


@signed_in
@get_or_post
def correct(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """The same form, filled with what the bid says now."""
    enquiry = queries.enquiry_for(request.user, enquiry_id)
    bid = _bid_of(enquiry)
    require(rules.may_correct(bid, standing(request.user), clock.today()))
    form = CorrectForm(sent(request), initial=CorrectForm.said_in(bid))
    if accepted(form, lambda: _correct(request, bid, form)):
        messages.success(request, " ".join([_("Das geänderte Angebot ist eingetragen."), _who_knows(request)]))
        _warn_of_dates(request, form.cleaned_data["dates"])
        return redirect("pooling:enquiry", enquiry.pk)
    back = reverse("pooling:enquiry", args=[enquiry.pk])
    here = crumbs((_("Anfrage %(label)s") % {"label": enquiry.pool.label}, back), (_("Angebot ändern"), ""))
    return render_form(
        request, "pooling/correct.html", {"enquiry": enquiry, "pool": enquiry.pool, "form": form, "crumbs": here}
    )


def _correct(request: HttpRequest, bid: Bid, form: CorrectForm) -> None:
    seen = form.cleaned_data["seen"]
    flow.correct_bid(bid, form.data_for_bid(), by=request.user, at=clock.now(), seen=seen)


def _who_knows(request: HttpRequest) -> str:
    if standing(request.user).coordinates:
        return _("Der Anbieter bekommt Bescheid.")
    return _("Die Verbundkoordination bekommt Bescheid.")


def _bid_of(enquiry: Enquiry) -> Bid:
    bid = getattr(enquiry, "bid", None)
    if bid is None:
        raise Http404
    return bid


@signed_in
@require_POST
def take_back(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    enquiry = queries.enquiry_for(request.user, enquiry_id)
    flow.withdraw_bid(_bid_of(enquiry), by=request.user, at=clock.now())
    messages.success(request, " ".join([_("Das Angebot ist zurückgezogen."), _who_knows(request)]))
    return redirect("pooling:enquiry", enquiry.pk)


@signed_in
@require_POST
def decline(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    enquiry = queries.enquiry_for(request.user, enquiry_id)
    flow.decline_enquiry(enquiry, by=request.user, at=clock.now())
    messages.success(request, _("Die Anfrage ist abgesagt. Danke für die schnelle Antwort."))
    return redirect("pooling:enquiry", enquiry.pk)
