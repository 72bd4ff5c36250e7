"""What everybody may see of a published pool."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from verbundwerk.disclosure.rules import Band
from verbundwerk.network.terms import District

from .. import rules
from ..models import Pool, PoolMember
from ..states import OPEN


@dataclass(frozen=True, slots=True)
class PublicPool:
    """A published pool as everybody may see it: no firms, no figures below the disclosure rule."""

    id: UUID
    label: str
    title: str
    topic_id: UUID
    level: str
    starts_on: date
    ends_on: date
    region: str
    seats: Band | None
    commit_until: date | None
    accessible: bool


def public_pool_for(pool_id: UUID) -> Pool:
    found = _published().filter(pk=pool_id).first()
    if found is None:
        raise Http404
    return found


def published_pools(limit: int | None = None) -> list[PublicPool]:
    return [disclosed(pool) for pool in _published().order_by("starts_on", "number")[:limit]]


def disclosed(pool: Pool, leave_out: Iterable[UUID] = ()) -> PublicPool:
    """`pool.members` should be prefetched with needs and walls; `leave_out`: firms who ask about the others."""
    members = [(member.need, member.seats) for member in pool.members.all()]
    where = pool.venue.site.district if pool.venue else None
    return PublicPool(
        id=pool.pk,
        label=pool.label,
        title=pool.title,
        topic_id=pool.topic_id,
        level=pool.get_level_display(),
        starts_on=pool.starts_on,
        ends_on=pool.ends_on,
        region=str(District(where).label) if where else "",
        seats=rules.disclosed_band(members, leave_out),
        commit_until=pool.commit_until,
        accessible=bool(pool.venue and pool.venue.accessible),
    )


def _published() -> QuerySet[Pool]:
    # What the band of seats asks for, and no more: the start page shows this to everybody.
    asked = ("pool", "seats", "need__organisation", "need__confidentiality")
    members = PoolMember.objects.select_related("need").only(*asked).prefetch_related("need__hidden_from")
    pools = Pool.objects.filter(published=True, state__in=OPEN).select_related("topic", "venue__site")
    return pools.prefetch_related(Prefetch("members", members))
