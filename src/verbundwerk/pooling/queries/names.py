"""Who sits in a pool, and which of them let the others read their names."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from verbundwerk.needs.models import Need
from verbundwerk.needs.terms import Confidentiality
from verbundwerk.network.models import Organisation
from verbundwerk.network.queries import standing

from .. import rules
from ..models import Commitment, Naming, Pool, PoolMember
from ..states import CommitmentState, PoolState
from .answers import standing_commitments


def sits_in(pool: Pool) -> frozenset[UUID]:
    """The firms that are in this pool now. A word that can still be taken back makes nobody a member: otherwise an
    outsider would give one, read the names and leave."""
    if pool.state == PoolState.FAILED:
        return frozenset()
    words = Commitment.objects.filter(pool=pool, state=CommitmentState.MET).values_list("organisation", flat=True)
    if pool.state == PoolState.CAME_ABOUT:
        return frozenset(words)
    members = PoolMember.objects.filter(pool=pool).values_list("need__organisation", flat=True)
    bound = (word.organisation_id for word in standing_commitments(pool) if pool.threshold_at)
    return frozenset(members) | frozenset(bound)


def own_in_pool(person: Any, pool: Pool) -> QuerySet[Organisation]:
    """The firms in this pool whose papers this person may read."""
    inside = sits_in(pool) & standing(person).organisations(*rules.FIRM_ROLES)
    return Organisation.objects.filter(pk__in=inside).order_by("sort_key", "pk")


def own_in_pool_for(person: Any, pool: Pool, organisation_id: UUID) -> Organisation:
    found = own_in_pool(person, pool).filter(pk=organisation_id).first()
    if found is None:
        raise Http404
    return found


def is_quiet(pool: Pool, organisation: UUID) -> bool:
    """Whether a need of this firm in this pool is less than open."""
    return _quiet(pool).filter(need__organisation=organisation).exists()


def is_named(pool: Pool, organisation: UUID) -> bool:
    return Naming.objects.filter(pool=pool, organisation=organisation).exists()


def others_named(person: Any, pool: Pool) -> list[str]:
    """The other firms of the pool that said their name may be read. Only for members; never across a wall, and not
    while a need of theirs in the pool is less than open."""
    own = own_in_pool(person, pool).values_list("pk", flat=True)
    if not own:
        return []
    quiet = _quiet(pool).filter(need__organisation=OuterRef("organisation"))
    walled = Need.objects.filter(organisation=OuterRef("organisation"), hidden_from__in=list(own))
    rows = Naming.objects.filter(pool=pool, organisation__in=sits_in(pool)).exclude(organisation__in=list(own))
    shown = rows.exclude(Exists(quiet)).exclude(Exists(walled))
    return list(shown.order_by("organisation__sort_key", "pk").values_list("organisation__name", flat=True))


def _quiet(pool: Pool) -> QuerySet[PoolMember]:
    return PoolMember.objects.filter(pool=pool).exclude(need__confidentiality=Confidentiality.OPEN)
