"""Plans, and what they are made from."""

from typing import Any
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.http import Http404

from verbundwerk.journal.sight import EVERY_FIRM, seen
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.network.queries import standing

from .. import rules
from ..models import LeftOver, Plan, Pool, PoolMember, Proposal, ProposalMember
from ..states import GROWING, OPEN, UNFINISHED, PlanState, PoolState


def plan_for(person: Any, plan_id: UUID) -> Plan:
    """Plans show who needs what: for the office only."""
    found = Plan.objects.filter(pk=plan_id).first() if standing(person).coordinates else None
    if found is None:
        raise Http404
    seen(person, EVERY_FIRM)
    return found


def plans_visible_to(person: Any) -> QuerySet[Plan]:
    rows = Plan.objects.select_related("requested_by").defer("problem", "result")
    return (
        rows.annotate(runs=Count("proposals", filter=_joint("proposals__")))
        if standing(person).coordinates
        else rows.none()
    )


def _joint(proposals: str = "") -> Q:
    """Several firms, or one that joins a pool and is not alone there; `proposals`: the way to them, as `plan__`."""
    return Q(**{f"{proposals}firms__gte": rules.FEWEST_FIRMS}) | Q(**{f"{proposals}grows__isnull": False})


def unfinished_plans() -> QuerySet[Plan]:
    return Plan.objects.filter(state__in=UNFINISHED).defer("problem", "result")


def proposal_for(person: Any, proposal_id: UUID) -> Proposal:
    rows = Proposal.objects.select_related("plan", "offer__topic", "offer__provider", "venue__site", "grows")
    found = rows.filter(pk=proposal_id).first() if standing(person).coordinates else None
    if found is None:
        raise Http404
    seen(person, EVERY_FIRM)
    return found


def proposals_in(plan: Plan) -> QuerySet[Proposal]:
    """New runs to choose one from. The plan came through its guard."""
    return Proposal.objects.filter(plan=plan, grows=None).select_related("offer__topic", "venue__site")


def finished_plans() -> QuerySet[Plan]:
    """The latest, to compare two of them; the caller has been guarded."""
    return Plan.objects.filter(state=PlanState.DONE).defer("problem", "result").order_by("-requested_at")


def proposals_of(plan: Plan) -> QuerySet[Proposal]:
    """With offer, room, members and their firms: a constant number of queries, and members only of what is shown.
    Each knows this very plan, so that its large columns are read once."""
    members = ProposalMember.objects.select_related("need__organisation")
    rows = plan.proposals.select_related("offer__topic", "offer__provider", "venue__site", "pool", "grows")
    return rows.prefetch_related(Prefetch("members", members), *_of_the_pool()).order_by("position")


def joint_among(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return proposals.filter(_joint())


def alone_among(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Courses in which one firm fills the room by itself: worth it, but nothing to pool."""
    return proposals.exclude(_joint())


def _of_the_pool() -> list[Prefetch[str]]:
    """Who sits in the pool others would join."""
    members = PoolMember.objects.select_related("need__organisation").prefetch_related("need__hidden_from")
    return [Prefetch("grows__members", members), Prefetch("members__need__hidden_from")]


def left_over_for(plan: Plan, need_id: UUID) -> LeftOver:
    """The plan came through its guard."""
    found = left_over_of(plan).filter(need=need_id).first()
    if found is None:
        raise Http404
    return found


def left_over_of(plan: Plan) -> QuerySet[LeftOver]:
    rows = LeftOver.objects.filter(plan=plan).select_related("need__organisation", "need__topic")
    return rows.order_by("need__organisation__sort_key", "need__number")


def needs_to_plan() -> list[Need]:
    """Every need that waits for partners and says what it is about, in the order of its number.

    Confidential needs are among them: the office may pool them, they are shown to nobody else."""
    rows = Need.objects.filter(state=NeedState.IN_POOL, topic__isnull=False)
    return list(rows.select_related("organisation", "topic").prefetch_related("hidden_from").order_by("number"))


def needs_to_merge(person: Any) -> QuerySet[Need]:
    """What the office can put into a pool by hand."""
    seen(person, EVERY_FIRM)
    rows = Need.objects.filter(state=NeedState.IN_POOL).select_related("organisation", "topic")
    return rows.prefetch_related("hidden_from").order_by("topic__sort_key", "level", "number") if standing(
        person
    ).coordinates else rows.none()  # fmt: skip


def rooms_in_use() -> list[Pool]:
    """Pools that already count on a room."""
    held = (*OPEN, PoolState.CAME_ABOUT)
    return list(Pool.objects.filter(state__in=held, venue__isnull=False).only("venue_id", "starts_on", "ends_on"))


def pools_that_grow() -> list[Pool]:
    """Pools made from a run of a plan that still stand on its date, with a seat free, before a price is settled: with
    their members, who also want their place."""
    rows = Pool.objects.filter(state__in=GROWING, proposal__starts_on=F("starts_on"), proposal__ends_on=F("ends_on"))
    rows = rows.select_related("proposal__offer__topic").order_by("number")
    members = PoolMember.objects.select_related("need__organisation", "pool").prefetch_related("need__hidden_from")
    found = rows.prefetch_related(Prefetch("members", members))
    return [pool for pool in found if pool.venue_id == pool.proposal.venue_id and _has_room(pool)]


def _has_room(pool: Pool) -> bool:
    return 0 < sum(one.seats for one in pool.members.all()) < pool.seats_max
