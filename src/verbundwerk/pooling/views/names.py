"""Whether the other firms of a pool may read one's name, and whose names they let one read."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbundwerk.base import clock
from verbundwerk.base.http import signed_in
from verbundwerk.base.verdicts import Verdict
from verbundwerk.network.models import Organisation
from verbundwerk.network.queries import standing

from .. import flow, queries, rules
from ..models import Pool


@dataclass(frozen=True)
class OwnName:
    """A firm of this person in the pool: whether it is named, and whether it may be."""

    organisation: Organisation
    named: bool
    verdict: Verdict


def own_names(person: Any, pool: Pool) -> list[OwnName]:
    speaks = standing(person).organisations(*rules.COMMITTING_ROLES)
    return [
        OwnName(
            one,
            queries.is_named(pool, one.pk),
            rules.may_be_named(own=one.pk in speaks, inside=True, quiet=queries.is_quiet(pool, one.pk)),
        )
        for one in queries.own_in_pool(person, pool)
    ]


@signed_in
@require_POST
def allow(request: HttpRequest, pool_id: UUID, organisation_id: UUID) -> HttpResponse:
    pool = queries.pool_for(request.user, pool_id)
    firm = queries.own_in_pool_for(request.user, pool, organisation_id)
    flow.allow_name(pool, firm, by=request.user, at=clock.now())
    messages.success(request, _("Die anderen Betriebe in diesem Bündel lesen jetzt Ihren Namen."))
    return redirect("pooling:pool", pool.pk)


@signed_in
@require_POST
def take_back(request: HttpRequest, pool_id: UUID, organisation_id: UUID) -> HttpResponse:
    pool = queries.pool_for(request.user, pool_id)
    firm = queries.own_in_pool_for(request.user, pool, organisation_id)
    flow.take_back_name(pool, firm, by=request.user, at=clock.now())
    messages.success(request, _("Ihr Name ist wieder verborgen. Wer ihn schon gelesen hat, kennt ihn natürlich."))
    return redirect("pooling:pool", pool.pk)
