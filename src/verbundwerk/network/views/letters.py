"""The outbox: which letters left, which are stuck and why."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbundwerk.base import clock
from verbundwerk.base.http import signed_in
from verbundwerk.post.rules import in_words

from .. import flow, queries, rules
from ..exports import letters_table
from ..queries import SignedInRequest


@signed_in
@require_safe
def letters(request: SignedInRequest) -> HttpResponse:
    if not rules.may_see_outbox(queries.standing(request.user)):
        raise Http404
    context = {"table": letters_table(request.user, request.GET), "crumbs": [(_("Postausgang"), "")]}
    return render(request, "network/letters.html", context)


@signed_in
@require_safe
def letter(request: SignedInRequest, letter_id: UUID) -> HttpResponse:
    one, who = queries.letter_for(request.user, letter_id), queries.standing(request.user)
    context = {
        "letter": one,
        "trouble": in_words(one.last_error),
        "coordinates": who.coordinates,
        "may_read": rules.may_read_letters(who, secret=one.secret),
        "may_retry": one.state == "given_up",
        "crumbs": [(_("Postausgang"), reverse("network:letters")), (_("E-Mail"), "")],
    }
    return render(request, "network/letter.html", context)


@signed_in
@require_POST
def retry_letter(request: SignedInRequest, letter_id: UUID) -> HttpResponse:
    one = queries.letter_for(request.user, letter_id)
    flow.retry_letter(one, by=request.user, at=clock.now())
    messages.success(request, _("Die E-Mail wird noch einmal verschickt."))
    return redirect("network:letter", one.pk)
