"""Factories of the room: rows standing where a test needs them, and the way there through the flows."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from verbundwerk.catalogue.tests import make as catalogue
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.tests import make as needs
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.pooling import flow
from verbundwerk.pooling.models import (
    Bid,
    ChangeRequest,
    Commitment,
    Enquiry,
    LeftOver,
    Plan,
    Pool,
    PoolMember,
    Proposal,
    ProposalMember,
    Steering,
)
from verbundwerk.pooling.states import BID, CHANGE, COMMITMENT, ENQUIRY, PLAN, POOL, PoolState
from verbundwerk.pooling.terms import VatCase
from verbundwerk.topics.models import Topic
from verbundwerk.topics.tests import make as topics

AT = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
TODAY = AT.date()
MONDAY = date(2027, 2, 1)
FAR = date(2099, 12, 31)  # for tests that run at the real time
_next = count(1)


def office() -> Person:
    return network.coordinator()


def firm(name: str = "", **fields: Any) -> Organisation:
    return network.organisation(**({"name": name} if name else {}), **fields)


def speaker(organisation: Organisation, role: str = Role.HR) -> Person:
    return network.person(role, organisation)


def provider(name: str = "") -> Organisation:
    return network.organisation("provider", **({"name": name} if name else {}))


def need(
    *,
    organisation: Organisation | None = None,
    topic: Topic | None = None,
    state: str = NeedState.IN_POOL,
    **fields: Any,
) -> Need:
    """Waits for partners from February to May 2027, in the day shift, in Peine."""
    values = {"window_from": date(2027, 2, 1), "window_until": date(2027, 5, 28), "seats": 3, **fields}
    walls = values.pop("hidden_from", ())
    made = needs.need(organisation=organisation or firm(), topic=topic or topics.topic(), state=state, **values)
    made.hidden_from.set(walls)
    return made


# --- plans ------------------------------------------------------------------------------------------
def plan(state: str = PLAN.start, **fields: Any) -> Plan:
    values = {"requested_at": AT, "horizon_from": MONDAY, "state": state, **fields}
    values.setdefault("requested_by", None) or values.update(requested_by=office())
    if state == "running":
        values.setdefault("started_at", AT)
    return Plan.objects.create(**values)


def proposal(*, plan_of: Plan | None = None, firms: int = 3, seats: int = 3, **fields: Any) -> Proposal:
    """A run of one topic for so many firms with so many people each."""
    offer = fields.pop("offer", None) or catalogue.offer()
    wanted = fields.pop("needs", None) or [need(topic=offer.topic, seats=seats) for _ in range(firms)]
    start = fields.pop("starts_on", date(2027, 3, 2))
    values = {
        "plan": plan_of or plan("done"),
        "position": next(_next),
        "offer": offer,
        "format": "onsite",
        "pattern": "weekly_tue",
        "starts_on": start,
        "ends_on": start + timedelta(days=7),
        "dates": [{"date": start.isoformat(), "part": "day"}],
        "seats": sum(one.seats for one in wanted),
        "firms": len({one.organisation_id for one in wanted}),
        "cost_cents": 354_000,
        "cost_alone_cents": 900_000,
    }
    made = Proposal.objects.create(**{**values, **fields})
    for one in wanted:
        ProposalMember.objects.create(
            proposal=made, need=one, seats=one.seats, cost_cents=39_400, cost_alone_cents=100_000
        )
    return made


def left_over(plan_of: Plan, **fields: Any) -> LeftOver:
    values = {"need": fields.pop("need", None) or need(), "seats": 3, "stage": "too_few_partners"}
    values["numbers"] = {"persons": 4, "needed": 6, "missing": 2, "week": 8}
    return LeftOver.objects.create(plan=plan_of, **{**values, **fields})


def steering(*, plan_of: Plan | None = None, **fields: Any) -> Steering:
    """By default: leave a need out in the next calculation."""
    values: dict[str, Any] = {"kind": "leave_out", "set_at": AT, **fields}
    if values["kind"] == "leave_out":
        values.setdefault("need", None) or values.update(need=need())
    values.setdefault("set_by", None) or values.update(set_by=office())
    return Steering.objects.create(plan=plan_of or plan("done"), **values)


def change_request(state: str = CHANGE.start, **fields: Any) -> ChangeRequest:
    """May the way be half an hour longer?"""
    asked = fields.pop("need", None) or need()
    values = {"plan": fields.pop("plan", None) or plan("done"), "need": asked, "kind": "travel", "asked_at": AT}
    values |= {"was": str(asked.travel_minutes_max), "value": str(asked.travel_minutes_max + 30), "state": state}
    values |= {"asked_by": fields.pop("asked_by", None) or office(), "answer_until": TODAY + timedelta(days=7)}
    return ChangeRequest.objects.create(**{**values, **fields})


# --- pools --------------------------------------------------------------------------------------------
def pool(state: str = PoolState.SOUNDING, *, needs: tuple[Need, ...] = (), **fields: Any) -> Pool:
    """A stored pool standing in that state; with needs also its members."""
    number = 5000 + next(_next)
    values: dict[str, Any] = {
        "number": number,
        "title": f"Gemeinsamer Kurs {number}",
        "starts_on": date(2027, 3, 2),
        "ends_on": date(2027, 3, 9),
        "opened_at": AT,
        "state": state,
        **fields,
    }
    values.setdefault("opened_by", None) or values.update(opened_by=office())
    values.setdefault("topic", None) or values.update(topic=needs[0].topic if needs else topics.topic())
    made = Pool.objects.create(**values)
    PoolMember.objects.bulk_create(PoolMember(pool=made, need=one, seats=one.seats) for one in needs)
    return made


def pool_with_firms(state: str = PoolState.SOUNDING, firms: int = 3, *, seats: int = 3, **fields: Any) -> Pool:
    topic = topics.topic()
    members = tuple(need(topic=topic, state=NeedState.BUNDLED, seats=seats) for _ in range(firms))
    return pool(state, needs=members, **fields)


def enquiry(state: str = ENQUIRY.start, *, pool_of: Pool | None = None, **fields: Any) -> Enquiry:
    values = {
        "pool": pool_of or pool(PoolState.ENQUIRY),
        "provider": fields.pop("provider", None) or provider(),
        "sent_at": AT,
        "answer_until": TODAY + timedelta(days=14),
        "state": state,
    }
    return Enquiry.objects.create(**{**values, **fields})


def bid(state: str = BID.start, *, enquiry_of: Enquiry | None = None, **fields: Any) -> Bid:
    values = {
        "enquiry": enquiry_of or enquiry("answered"),
        "fixed_cents": 480_000,
        "per_seat_cents": 6_000,
        "seats_min": 8,
        "seats_max": 15,
        "starts_on": date(2027, 3, 2),
        "ends_on": date(2027, 3, 9),
        "dates": [{"date": "2027-03-02", "part": "day"}, {"date": "2027-03-09", "part": "day"}],
        "vat": VatCase.EXEMPT_CERTIFICATE,
        "valid_until": date(2027, 2, 26),
        "entered_by": fields.pop("entered_by", None) or office(),
        "entered_at": AT,
        "state": state,
    }
    return Bid.objects.create(**{**values, **fields})


def bid_data(**fields: Any) -> flow.BidData:
    values = {
        "fixed_cents": 480_000,
        "per_seat_cents": 6_000,
        "seats_min": 8,
        "seats_max": 15,
        "starts_on": date(2027, 3, 2),
        "ends_on": date(2027, 3, 9),
        "dates": ({"date": "2027-03-02", "part": "day"}, {"date": "2027-03-09", "part": "day"}),
        "vat": VatCase.EXEMPT_CERTIFICATE,
        "valid_until": date(2027, 2, 26),
    }
    return flow.BidData(**{**values, **fields})


def committing(*, firms: int = 3, seats: int = 3, state: str = PoolState.COMMITTING, **fields: Any) -> Pool:
    """Commitments are open until 1 February, on a bid of 4,800 euros and 60 per seat, 8 to 15 seats."""
    values = {"seats_min": 8, "seats_max": 15, "commit_until": date(2027, 2, 1), **fields}
    made = pool_with_firms(state, firms, seats=seats, **values)
    bid("accepted", enquiry_of=enquiry("closed", pool_of=made))
    return made


def commitment(state: str = COMMITMENT.start, *, pool_of: Pool | None = None, **fields: Any) -> Commitment:
    firm_of = fields.pop("organisation", None) or firm()
    values = {
        "pool": pool_of or pool(PoolState.COMMITTING),
        "organisation": firm_of,
        "limit_cents": 60_000,
        "seats_low": 1,
        "seats_high": 3,
        "made_by": fields.pop("made_by", None) or speaker(firm_of),
        "made_at": AT,
        "state": state,
    }
    return Commitment.objects.create(**{**values, **fields})


def firms_of(pool_of: Pool) -> list[Organisation]:
    """The firms with a need in the pool, in the order of their needs."""
    return [member.need.organisation for member in pool_of.members.select_related("need__organisation").order_by("pk")]


STATEFUL = {
    PLAN: plan,
    POOL: pool,
    ENQUIRY: enquiry,
    BID: bid,
    COMMITMENT: commitment,
    CHANGE: change_request,
}
