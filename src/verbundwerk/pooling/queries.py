from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from verbundwerk.disclosure.rules import Band
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.network.models import Mandate, Person
from verbundwerk.network.queries import in_force, standing
from verbundwerk.network.terms import District

from . import rules
from .models import Bid, Commitment, Enquiry, LeftOver, Plan, Pool, PoolMember, Proposal, ProposalMember
from .states import OPEN, BidState, CommitmentState, EnquiryState, PlanState, PoolState

View = Literal["office", "firm", "provider", "public"]


# --- pools ------------------------------------------------------------------------------------
def pool_for(person: Any, pool_id: UUID) -> Pool:
    found = pools_visible_to(person).filter(pk=pool_id).first()
    if found is None:
        raise Http404
    return found


def public_pool_for(pool_id: UUID) -> Pool:
    found = _published().filter(pk=pool_id).first()
    if found is None:
        raise Http404
    return found


def pools_visible_to(person: Any) -> QuerySet[Pool]:
    """The office sees all; a firm its own, a provider those it was asked about; published ones everybody."""
    pools = Pool.objects.select_related("topic", "venue__site")
    who = standing(person)
    if who.coordinates:
        return pools
    mine = own_pools(person).values("pk")
    return pools.filter(Q(pk__in=mine) | (Q(published=True) & Q(state__in=OPEN)))


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


def member_for(pool: Pool, need_id: UUID) -> PoolMember:
    found = PoolMember.objects.select_related("need__organisation").filter(pool=pool, need=need_id).first()
    if found is None:
        raise Http404
    return found


def pool_of_need(need: Need) -> Pool | None:
    """The pool a need sits in now, for the trail of the need; the caller has guarded the need."""
    return Pool.objects.filter(members__need=need).exclude(state=PoolState.FAILED).order_by("-opened_at").first()


# --- what the public may see ------------------------------------------------------------------
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
    members = PoolMember.objects.select_related("need").prefetch_related("need__hidden_from")
    pools = Pool.objects.filter(published=True, state__in=OPEN).select_related("topic", "venue__site")
    return pools.prefetch_related(Prefetch("members", members))


# --- enquiries, bids, commitments ---------------------------------------------------------------
def enquiry_for(person: Any, enquiry_id: UUID) -> Enquiry:
    """For the asked provider and the office."""
    rows = Enquiry.objects.select_related("pool__topic", "pool__venue__site", "provider", "bid")
    if not standing(person).coordinates:
        rows = rows.filter(provider__in=standing(person).organisations(*rules.PROVIDER_ROLES))
    found = rows.filter(pk=enquiry_id).first()
    if found is None:
        raise Http404
    return found


def enquiries_of(pool: Pool) -> list[Enquiry]:
    return list(Enquiry.objects.filter(pool=pool).select_related("provider", "bid").order_by("sent_at", "pk"))


def bid_for(person: Any, bid_id: UUID) -> Bid:
    rows = Bid.objects.select_related("enquiry__pool", "enquiry__provider")
    found = rows.filter(pk=bid_id).first() if standing(person).coordinates else None
    if found is None:
        raise Http404
    return found


def chosen_bid(pool: Pool) -> Bid | None:
    rows = Bid.objects.filter(enquiry__pool=pool, state=BidState.ACCEPTED)
    return rows.select_related("enquiry__provider").first()


def commitments_of(pool: Pool) -> list[Commitment]:
    """Everybody's word that stands or was kept, in the order of making."""
    alive = (CommitmentState.STANDING, CommitmentState.MET, CommitmentState.NOT_MET)
    rows = Commitment.objects.filter(pool=pool, state__in=alive)
    return list(rows.select_related("organisation").order_by("made_at", "pk"))


def standing_commitments(pool: Pool) -> list[Commitment]:
    rows = Commitment.objects.filter(pool=pool, state=CommitmentState.STANDING)
    return list(rows.select_related("organisation").order_by("made_at", "pk"))


def belongs(pool: Pool, organisation: UUID) -> bool:
    """Whether a need of this firm is in the pool."""
    return PoolMember.objects.filter(pool=pool, need__organisation=organisation).exists()


def everybody_answered(pool: Pool, words: Iterable[Commitment]) -> bool:
    """Whether every firm with a need in the pool has given its word; false when there is none."""
    firms = set(PoolMember.objects.filter(pool=pool).values_list("need__organisation", flat=True))
    return bool(firms) and firms <= {word.organisation_id for word in words}


def commitment_of(pool: Pool, organisation: UUID) -> Commitment | None:
    return Commitment.objects.filter(pool=pool, organisation=organisation).first()


def seats_met(pool: Pool) -> list[Commitment]:
    """Who is in, with seats and price, once the pool came about: what a course is made from."""
    rows = Commitment.objects.filter(pool=pool, state=CommitmentState.MET)
    return list(rows.select_related("organisation").order_by("made_at", "pk"))


def speakers(organisations: Iterable[UUID], roles: Iterable[str], day: date) -> list[tuple[UUID, Person]]:
    """(organisation, person) for everybody who holds one of the roles there today; who gets the letters."""
    rows = Mandate.objects.filter(in_force(day), organisation__in=list(organisations), role__in=list(roles))
    rows = rows.filter(person__is_active=True).select_related("person").order_by("person__sort_key", "person__pk")
    return list({(row.organisation_id, row.person_id): (row.organisation_id, row.person) for row in rows}.values())


# --- plans ----------------------------------------------------------------------------------------
def plan_for(person: Any, plan_id: UUID) -> Plan:
    """Plans show who needs what: for the office only."""
    found = Plan.objects.filter(pk=plan_id).first() if standing(person).coordinates else None
    if found is None:
        raise Http404
    return found


def plans_visible_to(person: Any) -> QuerySet[Plan]:
    rows = Plan.objects.select_related("requested_by").defer("problem", "result")
    return rows.annotate(runs=Count("proposals")) if standing(person).coordinates else rows.none()


def unfinished_plans() -> QuerySet[Plan]:
    return Plan.objects.filter(state__in=[PlanState.QUEUED, PlanState.RUNNING]).defer("problem", "result")


def proposal_for(person: Any, proposal_id: UUID) -> Proposal:
    rows = Proposal.objects.select_related("plan", "offer__topic", "offer__provider", "venue__site")
    found = rows.filter(pk=proposal_id).first() if standing(person).coordinates else None
    if found is None:
        raise Http404
    return found


def proposals_of(plan: Plan) -> list[Proposal]:
    """With offer, room, members and their firms: a constant number of queries."""
    members = ProposalMember.objects.select_related("need__organisation")
    rows = Proposal.objects.filter(plan=plan).select_related(
        "plan", "offer__topic", "offer__provider", "venue__site", "pool"
    )
    return list(rows.prefetch_related(Prefetch("members", members)).order_by("position"))


def left_over_of(plan: Plan) -> QuerySet[LeftOver]:
    rows = LeftOver.objects.filter(plan=plan).select_related("need__organisation", "need__topic")
    return rows.order_by("need__organisation__sort_key", "need__number")


# --- what a plan is made from -------------------------------------------------------------------
def needs_to_plan() -> list[Need]:
    """Every need that waits for partners and says what it is about, in the order of its number.

    Confidential needs are among them: the office may pool them, they are shown to nobody else."""
    rows = Need.objects.filter(state=NeedState.IN_POOL, topic__isnull=False)
    return list(rows.select_related("organisation", "topic").prefetch_related("hidden_from").order_by("number"))


def needs_to_merge(person: Any) -> QuerySet[Need]:
    """What the office can put into a pool by hand."""
    rows = Need.objects.filter(state=NeedState.IN_POOL).select_related("organisation", "topic")
    return rows.prefetch_related("hidden_from").order_by("topic__sort_key", "level", "number") if standing(
        person
    ).coordinates else rows.none()  # fmt: skip


def rooms_in_use() -> list[Pool]:
    """Pools that already count on a room."""
    held = (*OPEN, PoolState.CAME_ABOUT)
    return list(Pool.objects.filter(state__in=held, venue__isnull=False).only("venue_id", "starts_on", "ends_on"))


# --- due ------------------------------------------------------------------------------------------
def running_since(moment: datetime) -> list[Plan]:
    """Plans that gave no sign of life since then."""
    started = Plan.objects.filter(state=PlanState.RUNNING, started_at__lt=moment).defer("problem", "result")
    return [plan for plan in started if plan.progress.get("at", "") < moment.isoformat()]


def commitments_to_close(today: date) -> list[Pool]:
    return list(Pool.objects.filter(state=PoolState.COMMITTING, commit_until__lt=today).order_by("number"))


def enquiries_waiting(person: Any) -> list[Enquiry]:
    providers = standing(person).organisations(*rules.PROVIDER_ROLES)
    rows = Enquiry.objects.filter(provider__in=providers, state=EnquiryState.SENT)
    return list(rows.select_related("pool").order_by("answer_until"))


def commitments_waiting(person: Any) -> list[Pool]:
    """Pools in which a firm of this person has a need and has not answered."""
    firms = standing(person).organisations(*rules.COMMITTING_ROLES)
    answered = Commitment.objects.filter(organisation__in=firms).values("pool")
    rows = Pool.objects.filter(members__need__organisation__in=firms, state__in=[PoolState.COMMITTING, PoolState.GAP])
    return list(rows.exclude(pk__in=answered).distinct().order_by("commit_until"))


def pools_for_the_office() -> list[Pool]:
    waiting = [PoolState.SOUNDING, PoolState.ENQUIRY, PoolState.BID_CHOSEN, PoolState.GAP]
    rows = Pool.objects.filter(state__in=waiting)
    return list(rows.annotate(answers=Count("enquiries", filter=Q(enquiries__state="answered"))).order_by("number"))
