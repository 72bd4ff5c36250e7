"""Pages to answer on, with an account or with nothing but the link; and what came of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe

from verbundwerk.base import clock
from verbundwerk.base.callers import address_of
from verbundwerk.base.http import accepted, get_or_post, render_form, sent, signed_in, unlisted
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import require
from verbundwerk.network.queries import standing

from . import flow, pictures, queries, rules
from .forms import CheckForm, form_for
from .models import Ticket
from .states import TicketState
from .terms import Kind

GONE, TOO_MANY = 410, 429


# -- without an account -------------------------------------------------------------------
# The link alone says who may answer; a telephone that takes no cookies can use it too.
@csrf_exempt
@get_or_post
def answer_by_link(request: HttpRequest, token: str) -> HttpResponse:
    try:
        ticket = queries.letter_ticket_for(token)
    except Http404:
        return unlisted(render(request, "feedback/unknown.html", status=404))
    return unlisted(_answer(request, ticket, reverse("feedback:drop_by_link", args=[token])))


@csrf_exempt
@require_POST
def drop_by_link(request: HttpRequest, token: str) -> HttpResponse:
    flow.drop_check(queries.letter_ticket_for(token), at=clock.now())
    return unlisted(redirect("feedback:answer_by_link", token))


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return unlisted(render(request, "feedback/thanks.html"))


# -- with an account ----------------------------------------------------------------------
@signed_in
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    context = {
        "tickets": queries.own_tickets(request.user),
        "checks": queries.own_checks(request.user),
        "crumbs": [(_("Meine Rückmeldungen"), "")],
    }
    return render(request, "feedback/own.html", context)


@signed_in
@get_or_post
def answer(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    ticket = queries.own_ticket_for(request.user, ticket_id)
    return unlisted(_answer(request, ticket, reverse("feedback:drop", args=[ticket.pk])))


@signed_in
@require_POST
def drop(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    flow.drop_check(queries.own_ticket_for(request.user, ticket_id), at=clock.now())
    messages.success(request, _("Ihr Selbst-Check ist gelöscht."))
    return redirect("feedback:own")


# -- one way for both ---------------------------------------------------------------------
def _answer(request: HttpRequest, ticket: Ticket, drop_url: str) -> HttpResponse:
    if request.method == "POST" and not rules.PER_CALLER.admits(address_of(request), clock.now().timestamp()):
        return render(request, "feedback/slow.html", status=TOO_MANY)
    act = _check if ticket.round.kind == Kind.CHECK else _count
    return act(request, ticket, {"ticket": ticket, "round": ticket.round, "drop_url": drop_url})


def _count(request: HttpRequest, ticket: Ticket, context: dict[str, Any]) -> HttpResponse:
    if ticket.state == TicketState.SPENT:
        return render(request, "feedback/spent.html", context, status=GONE if request.method == "POST" else 200)
    form = form_for(ticket.round.kind)(sent(request))
    if not _is_open(ticket):
        return render(request, "feedback/over.html", context, status=GONE)
    done = _tried(form, lambda: flow.answer_round(ticket, form.said(), at=clock.now()))
    if done is None:
        return render(request, "feedback/spent.html", context, status=GONE)
    return (
        redirect("feedback:thanks") if done else render_form(request, "feedback/answer.html", {**context, "form": form})
    )


def _check(request: HttpRequest, ticket: Ticket, context: dict[str, Any]) -> HttpResponse:
    check = queries.check_of(ticket)
    context = {**context, "check": check, "chart": pictures.own_levels(check) if check else None}
    if not _is_open(ticket):
        return render(request, "feedback/check_over.html", context, status=200 if check else GONE)
    form = CheckForm(sent(request), found=ticket.round, check=check)
    done = _tried(form, lambda: flow.keep_check(ticket, form.levels, at=clock.now()))
    if done is None:
        return render(request, "feedback/check_over.html", context, status=GONE)
    return redirect(f"{request.path}#ergebnis") if done else render_form(
        request, "feedback/check.html", {**context, "form": form}
    )  # fmt: skip


def _is_open(ticket: Ticket) -> bool:
    return rules.takes_answers(ticket.round, clock.today())


def _tried(form: Any, act: Callable[[], Any]) -> bool | None:
    """None when somebody was faster: the round has ended, or the same link was used a moment ago."""
    try:
        return accepted(form, act)
    except AlreadyMoved:
        return None


# -- what came of it ------------------------------------------------------------------------
@signed_in
@require_GET
def course(request: HttpRequest, course_id: UUID) -> HttpResponse:
    found, who = queries.course_for(request.user, course_id), standing(request.user)
    evaluation = queries.round_of(found, Kind.EVALUATION)
    result, profile = queries.result_of(found), queries.profile_of(found)
    may_see = rules.may_read_profile(who, found, request.user.pk)
    context = {
        "course": found,
        "evaluation": evaluation,
        "enough": rules.enough_answers(evaluation) if evaluation else None,
        "result": result,
        "chart": pictures.means(result.means) if result else None,
        "check": queries.round_of(found, Kind.CHECK),
        "may_see": may_see,
        "profile": pictures.group(profile) if profile and may_see else None,
        "too_wide": queries.is_too_wide(found),
        "advises": who.coordinates,
        "crumbs": _course_crumbs(found.name, reverse("courses:detail", args=[found.pk])),
    }
    return render(request, "feedback/course.html", context)


def _course_crumbs(name: str, url: str) -> list[tuple[str, str]]:
    return [(_("Kurse"), reverse("courses:list")), (name, url), (_("Rückmeldungen"), "")]


@signed_in
@require_GET
def trend(request: HttpRequest) -> HttpResponse:
    require(rules.may_read_trend(standing(request.user)))
    today = clock.today()
    context = {
        "evaluations": [(one, pictures.means(one.means)) for one in reversed(queries.development(today))],
        "follow_ups": [(one, pictures.means(one.means)) for one in reversed(queries.follow_up(today))],
        "crumbs": [(_("Kurse"), reverse("courses:list")), (_("Rückmeldungen aus allen Kursen"), "")],
    }
    return render(request, "feedback/trend.html", context)
