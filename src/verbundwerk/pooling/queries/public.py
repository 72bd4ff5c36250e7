"""What everybody may see of a published pool."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from verbundwerk.disclosure.queries import Said, said, said_of
from verbundwerk.disclosure.rules import Band, Part
from verbundwerk.needs.terms import DEMAND
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
    as_of: date | None
    commit_until: date | None
    accessible: bool


def public_pool_for(pool_id: UUID) -> Pool:
    found = _published().filter(pk=pool_id).first()
    if found is None:
        raise Http404
    return found


def published_pools(limit: int | None = None) -> list[PublicPool]:
    pools = list(_published().order_by("starts_on", "number")[:limit])
    words = said_of(DEMAND, [rules.pool_key(pool.pk) for pool in pools])
    return [_told(pool, words.get(rules.pool_key(pool.pk))) for pool in pools]


def disclosed(pool: Pool) -> PublicPool:
    """The same figure for everybody who may know the pool: whoever is in it counts themselves among them."""
    return _told(pool, said_about(pool))


def said_about(pool: Pool) -> Said | None:
    """The seats all firms of a pool look for together, as this week's snapshot has them."""
    return said(DEMAND, rules.pool_key(pool.pk))


def parts() -> list[Part]:
    """What pools on their way add to the region's demand; the snapshot asks for it once a week."""
    rows = PoolMember.objects.filter(pool__state__in=OPEN).select_related("need").prefetch_related("need__hidden_from")
    return rules.pool_parts((row.pool_id, row.need, row.seats) for row in rows.order_by("pk"))


def _told(pool: Pool, word: Said | None) -> PublicPool:
    where = pool.venue.site.district if pool.venue else None
    return PublicPool(
        id=pool.pk,
        label=pool.label,
        title=pool.name,
        topic_id=pool.topic_id,
        level=pool.get_level_display(),
        starts_on=pool.starts_on,
        ends_on=pool.ends_on,
        region=str(District(where).label) if where else "",
        seats=word.seats if word else None,
        as_of=word.day if word else None,
        commit_until=pool.commit_until,
        accessible=bool(pool.venue and pool.venue.accessible),
    )


def _published() -> QuerySet[Pool]:
    return Pool.objects.filter(published=True, state__in=OPEN).select_related("topic", "venue__site")
