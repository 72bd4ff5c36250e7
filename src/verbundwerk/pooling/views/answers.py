"""What firms and providers answer: commitments and bids."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbundwerk.base import clock
from verbundwerk.base.days import day_text
from verbundwerk.base.figures import euro_text
from verbundwerk.base.holidays import date_warnings
from verbundwerk.base.http import accepted, get_or_post, render_form, sent, signed_in
from verbundwerk.network.models import Organisation
from verbundwerk.network.queries import standing

from .. import flow, papers, planner, queries, rules
from ..forms import BidForm, CommitForm
from ..models import Enquiry, Pool
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
    bid = getattr(enquiry, "bid", None)
    context = {
        "enquiry": enquiry,
        "pool": enquiry.pool,
        "disclosed": queries.disclosed(enquiry.pool),
        "bid": bid,
        "follows": papers.what_follows(bid, enquiry.pool) if bid else "",
        "outcome": queries.outcome_of(request.user, enquiry.pool),
        "verdict": rules.may_answer(enquiry, standing(request.user), clock.today()),
        "form": form,
        "crumbs": crumbs((_("Anfrage %(label)s") % {"label": enquiry.pool.label}, "")),
    }
    return render_form(request, "pooling/enquiry.html", context)


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
@require_POST
def decline(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    enquiry = queries.enquiry_for(request.user, enquiry_id)
    flow.decline_enquiry(enquiry, by=request.user, at=clock.now())
    messages.success(request, _("Die Anfrage ist abgesagt. Danke für die schnelle Antwort."))
    return redirect("pooling:enquiry", enquiry.pk)
