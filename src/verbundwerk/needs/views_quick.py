"""A need without an account: one page, one letter, one press. Nothing here asks who is looking."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from verbundwerk.base import clock
from verbundwerk.base.callers import address_of
from verbundwerk.base.http import get_or_post, sent, unlisted
from verbundwerk.base.moves import AlreadyMoved

from . import flow, queries, rules_quick
from .forms import QuickForm
from .models import QuickLink, QuickNeed
from .states import QuickState

GONE, TOO_MANY, WRONG = 410, 429, 422


# Without a cookie nobody is signed in here, so there is nothing another site could abuse; and a phone that takes no
# cookies loses nothing it typed. The page carries a signed key of its own.
@csrf_exempt
@get_or_post
def quick(request: HttpRequest, code: str) -> HttpResponse:
    link = queries.link_for(code)
    form = QuickForm(sent(request), link=link, initial={"topic_text": request.GET.get("thema", "")[:200]})
    if not rules_quick.takes_reports(link, clock.today()):
        return _page(request, "needs/quick_closed.html", link, form, GONE)
    if not form.is_bound:
        return _page(request, "needs/quick.html", link, form, 200)
    if not form.is_valid() or not form.is_unhurried():
        return _page(request, "needs/quick.html", link, form, WRONG)
    if not _admitted(request, link):
        form.slow_down()
        return _page(request, "needs/quick.html", link, form, TOO_MANY)
    flow.send_quick(link, form.words(), once=form.shown.key, at=clock.now())
    return redirect("needs:quick_sent", link.code)


def _admitted(request: HttpRequest, link: QuickLink) -> bool:
    now = clock.now().timestamp()
    return rules_quick.PER_CALLER.admits(address_of(request), now) and rules_quick.PER_LINK.admits(link.code, now)


def _page(request: HttpRequest, template: str, link: QuickLink, form: QuickForm, status: int) -> HttpResponse:
    context = {"link": link, "form": form, "has_errors": status >= WRONG}
    return unlisted(render(request, template, context, status=status))


@require_safe
def quick_sent(request: HttpRequest, code: str) -> HttpResponse:
    """The same words for everybody, whatever became of it: nobody learns here which address is known."""
    context = {
        "link": queries.link_for(code),
        "letters": rules_quick.PER_MAILBOX,
        "days": rules_quick.UNCONFIRMED_FOR.days,
    }
    return unlisted(render(request, "needs/quick_sent.html", context))


@require_safe
def quick_privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "needs/quick_privacy.html", _periods())


def _periods() -> dict[str, Any]:
    return {
        "unconfirmed": rules_quick.UNCONFIRMED_FOR.days,
        "waits": rules_quick.WAITS_FOR.days,
        "after": rules_quick.KEPT_AFTER.days,
    }


@csrf_exempt
@get_or_post
def quick_status(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing: mail programs open links by themselves. A press does."""
    quick = queries.status_for(token)
    if request.method == "POST":
        return _pressed(request, quick, token)
    return _status_page(request, quick)


def _pressed(request: HttpRequest, quick: QuickNeed, token: str) -> HttpResponse:
    if "forget" in request.POST and flow.forget_quick(quick, at=clock.now()):
        return unlisted(render(request, "needs/quick_forgotten.html"))
    if "confirm" in request.POST:
        _confirm(quick)
    return unlisted(redirect("needs:quick_status", token))


def _confirm(quick: QuickNeed) -> None:
    with suppress(AlreadyMoved):  # pressed twice: the page that follows shows where it stands
        flow.confirm_quick(quick, at=clock.now())


def _status_page(request: HttpRequest, quick: QuickNeed) -> HttpResponse:
    context = {
        "quick": quick,
        "to_confirm": quick.state == QuickState.UNCONFIRMED,
        "forgettable": quick.state in rules_quick.FORGETTABLE,
        **_periods(),
    }
    return unlisted(render(request, "needs/quick_status.html", context))
