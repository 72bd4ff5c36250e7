"""The four rounds of pooling: one course is finished, one runs, one is to come; one pool failed, two are under way."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from verbundwerk.base.verdicts import Refused
from verbundwerk.network.models import Organisation
from verbundwerk.pooling import flow as pooling
from verbundwerk.pooling.models import Bid, Enquiry, Plan, Pool, Proposal
from verbundwerk.pooling.states import PoolState
from verbundwerk.pooling.terms import FailureReason, Hold, VatCase

from . import lessons
from .cast import day
from .tables import rows

if TYPE_CHECKING:
    from .story import Story

HORIZON_WEEKS = 26
FIRMS_WANTED = 3
HEARD_LATER = ("heidkamp", "elmblick")
TIED = ("hagenring",)  # in only if its works council agrees, which has not spoken yet
YES_WANTED_BY = 8
NEVER_HEARD = ("isenbuettel",)  # whose seats stay free for others


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of one pool's way, counted from the anchor; `lessons` are the days of the course."""

    opened: int
    asked: int
    bid: int
    chosen: int
    promised: int
    closed: int
    lessons: tuple[int, ...]


FINISHED = Calendar(opened=-149, asked=-148, bid=-143, chosen=-141, promised=-139, closed=-126, lessons=(-96, -89, -82))
RUNNING = Calendar(opened=-60, asked=-59, bid=-53, chosen=-51, promised=-49, closed=-35, lessons=(-7, 0, 7))
COMING = Calendar(opened=-44, asked=-43, bid=-38, chosen=-36, promised=-34, closed=-20, lessons=(22,))
PROMISING = Calendar(opened=-13, asked=-12, bid=-8, chosen=-7, promised=-5, closed=9, lessons=(42, 49))
ASKING = Calendar(opened=-13, asked=-11, bid=-3, chosen=4, promised=6, closed=20, lessons=(56, 57, 58))


def first_round(story: Story) -> None:
    plan = _calculate(story, -150)
    best, second = _largest(plan, 2)
    pool = _to_the_close(story, best, FINISHED)
    lessons.hold_and_finish(story, pool, FINISHED)
    _give_up(story, second)


def second_round(story: Story) -> None:
    plan = _calculate(story, -61)
    best = _of_topic(plan, "hochvolt-2", provider="stromkreis")
    pool = _to_the_close(story, best, RUNNING)
    lessons.hold_so_far(story, pool, RUNNING)


def third_round(story: Story) -> None:
    """A course that comes soon and still has seats."""
    plan = _calculate(story, -45)
    pool = _to_the_close(story, _of_topic(plan, "it-sicherheit"), COMING, silent=NEVER_HEARD)
    lessons.announce(story, pool, COMING)


def fourth_round(story: Story) -> None:
    """Under way: one pool waits for the word of the firm in Peine, one for the bid of the demo's provider."""
    plan = _calculate(story, -14)
    promising, asking = (_of_topic(plan, topic) for topic in ("energie", "hochvolt-3"))
    _promise(story, _to_the_chosen_bid(story, promising, PROMISING), PROMISING, silent=HEARD_LATER, tied=TIED)
    _send_enquiry(story, _open(story, asking, ASKING), ASKING)
    _calculate(story, -1)


def _calculate(story: Story, offset: int) -> Plan:
    with story.moment(offset, hour=17) as at:
        plan = pooling.request_plan(by=story.cast.coordinator, at=at, weeks=HORIZON_WEEKS)
        pooling.carry_out_plan(str(plan.pk))
        plan.refresh_from_db()
    return plan


def _largest(plan: Plan, count: int) -> list[Proposal]:
    """The runs with most firms, as a coordinator would take them first."""
    return list(_runs(plan)[:count])


def _of_topic(plan: Plan, topic: str, provider: str = "") -> Proposal:
    """The run of this topic with most firms; the named provider's before the others."""
    name = next((row["name"] for row in rows("organisations") if row["key"] == provider), "")
    runs = [run for run in _runs(plan).filter(offer__topic__slug=topic) if run.firms >= FIRMS_WANTED]
    if not runs:
        raise RuntimeError(f"the demo region expected a run of {topic} in its plan")
    return min(runs, key=lambda run: run.offer.provider.name != name)


def _runs(plan: Plan) -> QuerySet[Proposal]:
    return plan.proposals.select_related("offer__provider").order_by("-firms", "-seats", "position")


def _open(story: Story, proposal: Proposal, days: Calendar) -> Pool:
    with story.moment(days.opened, hour=10) as at:
        pool = pooling.accept_proposal(proposal, by=story.cast.coordinator, at=at)
        # What disclosure does not allow to show stays unseen, as it would in life.
        with suppress(Refused):
            pooling.publish_pool(pool, by=story.cast.coordinator, at=at)
    return pool


def _send_enquiry(story: Story, pool: Pool, days: Calendar) -> list[Enquiry]:
    """The provider of the proposed course and one more are asked."""
    offer = pool.proposal.offer
    others = Organisation.objects.filter(offers__topic=offer.topic).exclude(pk=offer.provider_id).distinct()[:1]
    with story.moment(days.asked) as at:
        until = day(story.anchor, days.chosen)
        return pooling.ask_providers(
            pool, [offer.provider, *others], answer_until=until, by=story.cast.coordinator, at=at
        )


def _ask(story: Story, pool: Pool, days: Calendar) -> Bid:
    """Of those who were asked, the provider of the proposed course answers."""
    asked, offer = _send_enquiry(story, pool, days), pool.proposal.offer
    first = next(one for one in asked if one.provider_id == offer.provider_id)
    with story.moment(days.bid, hour=14) as at:
        return pooling.enter_bid(first, _bid(story, pool, days), by=story.cast.speaker_of(offer.provider), at=at)


def _bid(story: Story, pool: Pool, days: Calendar) -> pooling.BidData:
    offer = pool.proposal.offer
    dates = [day(story.anchor, offset) for offset in days.lessons]
    return pooling.BidData(
        fixed_cents=offer.fixed_cents or 0,
        per_seat_cents=offer.per_seat_cents or 0,
        seats_min=offer.seats_min,
        seats_max=pool.seats_max,
        starts_on=dates[0],
        ends_on=dates[-1],
        dates=tuple({"date": one.isoformat(), "part": "day"} for one in dates),
        place=_place(pool),
        teaching_units=len(dates) * 8,
        vat=VatCase.EXEMPT_CERTIFICATE,
        valid_until=day(story.anchor, days.closed) + timedelta(days=30),
    )


def _place(pool: Pool) -> str:
    if pool.venue is None:
        return "online"
    site = pool.venue.site
    return f"{pool.venue.name}, {site.postal_code} {site.place}"


def _to_the_chosen_bid(story: Story, proposal: Proposal, days: Calendar) -> Pool:
    pool = _open(story, proposal, days)
    bid = _ask(story, pool, days)
    with story.moment(days.chosen) as at:
        pooling.choose_bid(bid, by=story.cast.coordinator, at=at)
    with story.moment(days.promised) as at:
        pool.refresh_from_db()
        until = day(story.anchor, days.closed)
        pooling.open_commitments(pool, commit_until=until, by=story.cast.coordinator, at=at)
    return pool


def _promise(
    story: Story, pool: Pool, days: Calendar, silent: Collection[str] = (), tied: Collection[str] = ()
) -> None:
    """Each firm answers with its own limit; those who are silent have not answered yet, the tied wait for a yes."""
    waiting = {story.cast.organisations[key] for key in tied}
    condition = {"hold": Hold.COUNCIL, "hold_until": day(story.anchor, YES_WANTED_BY)}
    unheard = {story.cast.organisations[key] for key in silent}
    alone = (pool.proposal.offer.fixed_cents or 0) // max(1, pool.seats_min) + (pool.proposal.offer.per_seat_cents or 0)
    answering = [(firm, seats) for firm, seats in _seats_by_firm(pool) if firm not in unheard]
    for number, (firm, seats) in enumerate(answering):
        with story.moment(days.promised + 1 + number % 3, hour=9 + number) as at:
            limit = alone + story.random.randrange(2000, 20000, 500)
            word: Any = {"limit_cents": limit, "low": 1, "high": seats, **(condition if firm in waiting else {})}
            pooling.commit(pool, firm, by=story.cast.speaker_of(firm), at=at, **word)


def _seats_by_firm(pool: Pool) -> list[tuple[Organisation, int]]:
    seats: dict[Organisation, int] = {}
    for member in pool.members.select_related("need__organisation").order_by("need__number"):
        firm = member.need.organisation
        seats[firm] = seats.get(firm, 0) + member.seats
    return list(seats.items())


def _to_the_close(story: Story, proposal: Proposal, days: Calendar, silent: Collection[str] = ()) -> Pool:
    pool = _to_the_chosen_bid(story, proposal, days)
    _promise(story, pool, days, silent)
    with story.moment(days.closed + 1, hour=7) as at:
        pool.refresh_from_db()
        pooling.close_commitments(pool, by=story.cast.coordinator, at=at)
    pool.refresh_from_db()
    if pool.state != PoolState.CAME_ABOUT:
        raise RuntimeError(f"the demo region expected {pool.label} to come about, it is {pool.state}")
    return pool


def _give_up(story: Story, proposal: Proposal) -> None:
    """Nobody wanted these dates: the needs wait for partners again."""
    pool = _open(story, proposal, FINISHED)
    with story.moment(FINISHED.closed + 2) as at:
        pooling.fail_pool(pool, reason=FailureReason.DATE, by=story.cast.coordinator, at=at)
