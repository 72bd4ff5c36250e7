"""Pools and their members: who may know of which."""

from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum, UUIDField, Value
from django.db.models.functions import Coalesce
from django.http import Http404

from verbundwerk.journal.sight import seen
from verbundwerk.needs.models import Need
from verbundwerk.network.queries import standing

from .. import rules
from ..models import Commitment, Enquiry, Pool, PoolMember
from ..states import OPEN, PoolState

View = Literal["office", "firm", "provider", "public"]


def pool_for(person: Any, pool_id: UUID) -> Pool:
    found = pools_visible_to(person).filter(pk=pool_id).first()
    if found is None:
        raise Http404
    if standing(person).coordinates:  # nobody else is told which firms are in it
        members = PoolMember.objects.filter(pool=found).order_by()
        seen(person, members.values_list("need__organisation", Value(None, UUIDField())).distinct())
    return found


def pools_visible_to(person: Any) -> QuerySet[Pool]:
    """The office sees all; a firm its own, a provider those it was asked about; published ones everybody."""
    pools = Pool.objects.select_related("topic", "venue__site")
    who = standing(person)
    if who.coordinates:
        return pools
    mine = own_pools(person).values("pk")
    return pools.filter(Q(pk__in=mine) | (Q(published=True) & Q(state__in=OPEN)))


def with_counts(pools: QuerySet[Pool]) -> QuerySet[Pool]:
    """How many firms and seats, for the office's list."""
    mine = PoolMember.objects.filter(pool=OuterRef("pk")).order_by().values("pool")
    seats = Subquery(mine.annotate(n=Sum("seats")).values("n"))
    firms = Subquery(mine.annotate(n=Count("need__organisation", distinct=True)).values("n"))
    return pools.annotate(seats_wanted=Coalesce(seats, 0), firms=Coalesce(firms, 0))


def own_pools(person: Any) -> QuerySet[Pool]:
    """Pools in which this person's firm or provider has a part."""
    who = standing(person)
    firms, providers = who.organisations(*rules.FIRM_ROLES), who.organisations(*rules.PROVIDER_ROLES)
    parts = [
        PoolMember.objects.filter(need__organisation__in=firms).values("pool"),
        Commitment.objects.filter(organisation__in=firms).values("pool"),
        Enquiry.objects.filter(provider__in=providers).values("pool"),
    ]
    within = Q()
    for part in parts:
        within |= Q(pk__in=part)
    return Pool.objects.filter(within).select_related("topic", "venue__site")


def view_of(person: Any, pool: Pool) -> View:
    """How much of this pool the person may see. The pool came through a guard."""
    who = standing(person)
    if who.coordinates:
        return "office"
    if firms_in(pool, person):
        return "firm"
    asked = Enquiry.objects.filter(pool=pool, provider__in=who.organisations(*rules.PROVIDER_ROLES))
    return "provider" if asked.exists() else "public"


def firms_in(pool: Pool, person: Any) -> frozenset[UUID]:
    """The organisations this person belongs to that have a part in the pool."""
    own = standing(person).organisations(*rules.FIRM_ROLES)
    if not own:
        return frozenset()
    members = PoolMember.objects.filter(pool=pool, need__organisation__in=own)
    committed = Commitment.objects.filter(pool=pool, organisation__in=own)
    found = {*members.values_list("need__organisation", flat=True), *committed.values_list("organisation", flat=True)}
    return frozenset(found)


def came_about() -> QuerySet[Pool]:
    """Pools that found their firms; what becomes of them is the business of the courses."""
    return Pool.objects.filter(state=PoolState.CAME_ABOUT).select_related("topic", "venue__site")


def members_of(pool: Pool) -> list[PoolMember]:
    """With needs, their firms and their walls; three queries whatever the number."""
    rows = PoolMember.objects.filter(pool=pool).select_related("need__organisation", "need__topic", "need__site")
    return list(rows.prefetch_related("need__hidden_from").order_by("need__organisation__sort_key", "need__number"))


def member_for(person: Any, pool: Pool, need_id: UUID) -> PoolMember:
    """The office's and the firm's own way to one need in the pool."""
    rows = PoolMember.objects.select_related("need__organisation").filter(pool=pool)
    if not standing(person).coordinates:
        rows = rows.filter(need__organisation__in=standing(person).organisations(*rules.FIRM_ROLES))
    found = rows.filter(need=need_id).first()
    if found is None:
        raise Http404
    return found


def pool_of_need(need: Need) -> Pool | None:
    """The pool a need sits in now, for the trail of the need; the caller has guarded the need."""
    return Pool.objects.filter(members__need=need).exclude(state=PoolState.FAILED).order_by("-opened_at").first()
