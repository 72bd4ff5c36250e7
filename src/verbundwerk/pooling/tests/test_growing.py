"""A pool that still stands before its price is in the next plan: nobody in it is moved, others may join."""

from datetime import date

import pytest

from verbundwerk.base import clock, jobs
from verbundwerk.base.verdicts import Refused
from verbundwerk.catalogue.tests import make as catalogue
from verbundwerk.journal.models import JournalEntry
from verbundwerk.needs.states import NeedState
from verbundwerk.pooling import flow, queries
from verbundwerk.pooling.flow import SteeringData
from verbundwerk.pooling.models import Plan, PoolMember
from verbundwerk.pooling.states import PlanState, PoolState
from verbundwerk.pooling.tests import make
from verbundwerk.post.models import Letter
from verbundwerk.topics.tests import make as topics

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.office()


@pytest.fixture
def topic():
    """Wanted by four firms; one room, one course of four to twelve people."""
    topic = topics.topic("Hochvolt")
    catalogue.venue(organisation=make.provider(), capacity=12)
    catalogue.offer(topic=topic, days=1, seats_min=4, seats_max=12, patterns=["weekly_tue"])
    return topic


def planned(office) -> Plan:
    """Calculated from scratch; what is stored went through the independent check."""
    plan = flow.request_plan(by=office, at=make.AT, horizon_from=make.MONDAY)
    return worked_off(plan)


def worked_off(plan: Plan) -> Plan:
    with clock.stopped(make.AT):
        jobs.work_off()
    plan.refresh_from_db()
    assert plan.state == PlanState.DONE
    return plan


def only_run(plan: Plan):
    (run,) = queries.proposals_of(plan)
    return run


@pytest.fixture
def pool(topic, office):
    """Four firms with two people each sit in it."""
    for _ in range(4):
        make.need(topic=topic, seats=2)
    return flow.accept_proposal(only_run(planned(office)), by=office, at=make.AT)


@pytest.fixture
def newcomer(pool, topic):
    return make.need(topic=topic, seats=2)


class TestAPlanLetsOthersJoin:
    def test_a_need_too_small_for_a_course_of_its_own_joins_the_pool(self, pool, newcomer, office):
        run = only_run(planned(office))
        assert run.grows == pool
        assert [row.need for row in run.members.all()] == [newcomer]
        assert (run.starts_on, run.venue, run.seats) == (pool.starts_on, pool.venue, 2)

    def test_the_figures_speak_of_those_who_wait_and_of_nobody_in_the_pool(self, pool, newcomer, office):
        plan = planned(office)
        assert (plan.persons, plan.served) == (2, 2)
        assert plan.cost_together_cents == sum(row.cost_cents * row.seats for row in only_run(plan).members.all())
        assert 0 <= plan.bound <= plan.objective

    def test_without_a_newcomer_the_plan_proposes_nothing(self, pool, office):
        plan = planned(office)
        assert list(queries.proposals_of(plan)) == []
        assert (plan.persons, plan.objective, plan.bound) == (0, 0, 0)

    def test_a_seat_gets_cheaper_by_joining_than_it_was(self, pool, newcomer, office):
        before = pool.proposal.members.first()
        assert only_run(planned(office)).members.first().cost_cents < before.cost_cents

    def test_whoever_cannot_come_then_does_not_join(self, pool, topic, office):
        make.need(topic=topic, seats=2, window_from=date(2027, 5, 1))
        assert list(queries.proposals_of(planned(office))) == []

    def test_nobody_joins_whom_a_firm_in_the_pool_avoids(self, topic, pool, office):
        member = pool.members.first().need
        make.need(topic=topic, seats=2, hidden_from=[member.organisation])
        assert list(queries.proposals_of(planned(office))) == []

    def test_a_big_group_gets_a_course_of_its_own_in_another_week_or_day(self, topic, pool, office):
        make.need(topic=topic, seats=8)
        run = only_run(planned(office))
        assert run.grows is None
        assert (run.starts_on, run.venue) != (pool.starts_on, pool.venue)

    def test_it_joins_though_the_offer_has_left_the_catalogue(self, pool, newcomer, office):
        offer = pool.proposal.offer
        type(offer).objects.filter(pk=offer.pk).update(fixed_cents=None, per_seat_cents=None)
        assert only_run(planned(office)).grows == pool

    @pytest.mark.parametrize("state", [PoolState.BID_CHOSEN, PoolState.COMMITTING, PoolState.CAME_ABOUT])
    def test_with_a_price_settled_nobody_joins_by_plan(self, pool, newcomer, office, state):
        type(pool).objects.filter(pk=pool.pk).update(state=state)
        assert list(queries.proposals_of(planned(office))) == []

    def test_a_pool_that_stands_outside_the_weeks_of_the_plan_is_left_alone(self, pool, newcomer, office):
        plan = flow.request_plan(by=office, at=make.AT, horizon_from=date(2027, 3, 1))
        assert pool.starts_on < plan.horizon_from
        assert list(queries.proposals_of(worked_off(plan))) == []

    def test_a_room_forbidden_in_its_week_leaves_the_pool_and_takes_nobody_in(self, pool, newcomer, office):
        first = planned(office)
        wish = SteeringData(kind="no_room", venue=pool.venue, week_from=make.MONDAY)
        flow.steer_plan(first, wish, by=office, at=make.AT)
        second = worked_off(flow.replan(first, effort="counted", by=office, at=make.AT))
        assert all(run.grows is None for run in queries.proposals_of(second))

    def test_calculated_again_it_still_joins(self, pool, newcomer, office):
        first = planned(office)
        second = worked_off(flow.replan(first, effort="counted", by=office, at=make.AT))
        assert only_run(second).grows == pool
        assert not queries.compare(first, second).anything


class TestTheOfficeTakesThemIn:
    def test_the_need_sits_in_the_pool_and_its_firm_is_told(self, pool, newcomer, office):
        speaker = make.speaker(newcomer.organisation)
        run = only_run(planned(office))
        assert flow.accept_proposal(run, by=office, at=make.AT) == pool
        newcomer.refresh_from_db()
        assert newcomer.state == NeedState.BUNDLED
        assert pool.members.filter(need=newcomer, seats=2).exists()
        assert Letter.objects.filter(to=speaker.email).count() == 1
        assert JournalEntry.objects.filter(verb="pool.grown").count() == 1

    def test_it_cannot_be_done_twice(self, pool, newcomer, office):
        run = only_run(planned(office))
        flow.accept_proposal(run, by=office, at=make.AT)
        with pytest.raises(Refused, match="schon angenommen"):
            flow.accept_proposal(run, by=office, at=make.AT)

    def test_a_pool_with_a_price_takes_nobody_in(self, pool, newcomer, office):
        run = only_run(planned(office))
        type(pool).objects.filter(pk=pool.pk).update(state=PoolState.BID_CHOSEN)
        with pytest.raises(Refused, match="nimmt niemanden mehr auf"):
            flow.accept_proposal(run, by=office, at=make.AT)
        newcomer.refresh_from_db()
        assert newcomer.state == NeedState.IN_POOL

    def test_what_is_full_meanwhile_takes_nobody_in(self, pool, newcomer, office):
        run = only_run(planned(office))
        late = make.need(topic=pool.topic, state=NeedState.BUNDLED, seats=3)
        PoolMember.objects.create(pool=pool, need=late, seats=3)
        with pytest.raises(Refused, match="nur noch 1"):
            flow.accept_proposal(run, by=office, at=make.AT)

    def test_a_wall_built_meanwhile_holds(self, pool, newcomer, office):
        run = only_run(planned(office))
        newcomer.hidden_from.add(pool.members.first().need.organisation)
        with pytest.raises(Refused, match="nicht zusammenkommen"):
            flow.accept_proposal(run, by=office, at=make.AT)
