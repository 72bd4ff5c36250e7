"""The coordinator knows reasons the plan does not know, lays them down, and calculates anew."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from verbundwerk.base import clock, jobs
from verbundwerk.base.verdicts import Refused
from verbundwerk.catalogue.tests import make as catalogue
from verbundwerk.journal.models import JournalEntry
from verbundwerk.pooling import flow, papers, queries
from verbundwerk.pooling.flow import SteeringData
from verbundwerk.pooling.models import Plan, Steering
from verbundwerk.pooling.states import PlanState
from verbundwerk.pooling.terms import PlanFailure
from verbundwerk.pooling.tests import make
from verbundwerk.topics.tests import make as topics

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.office()


@pytest.fixture
def region():
    """Six firms want the same, two rooms stand ready, one course takes them all."""
    topic = topics.topic("Hochvolt")
    rooms = [catalogue.venue(organisation=make.provider(), capacity=12) for _ in range(2)]
    catalogue.offer(topic=topic, days=1, seats_min=4, seats_max=12, patterns=["weekly_tue"])
    return {"topic": topic, "rooms": rooms, "needs": [make.need(topic=topic, seats=2) for _ in range(6)]}


def calculated(plan: Plan) -> Plan:
    with clock.stopped(make.AT):
        jobs.work_off()
    plan.refresh_from_db()
    return plan


@pytest.fixture
def first(region, office):
    return calculated(flow.request_plan(by=office, at=make.AT, horizon_from=make.MONDAY))


def again(plan: Plan, office, *wishes: SteeringData) -> Plan:
    for wish in wishes:
        flow.steer_plan(plan, wish, by=office, at=make.AT)
    return calculated(flow.replan(plan, effort="counted", by=office, at=make.AT))


def only_run(plan: Plan):
    (run,) = queries.proposals_of(plan)
    return run


def members(plan: Plan):
    return {row.need_id for run in queries.proposals_of(plan) for row in run.members.all()}


def together(plan: Plan, one, other) -> bool:
    runs = [{row.need.organisation_id for row in run.members.all()} for run in queries.proposals_of(plan)]
    return any({one.organisation_id, other.organisation_id} <= firms for firms in runs)


class TestAnInstructionShapesTheNextPlan:
    def test_without_any_the_plan_stays_as_it_is(self, first, office):
        second = again(first, office)
        assert second.state == PlanState.DONE
        assert not queries.compare(first, second).anything

    def test_a_week_that_does_not_suit_is_not_used_for_this_topic(self, first, office):
        run = only_run(first)
        second = again(first, office, SteeringData.of_run("no_week", run))
        assert only_run(second).starts_on != run.starts_on
        (moved,) = queries.compare(first, second).moved
        assert (moved.before, moved.after) == (run, only_run(second))

    def test_a_room_is_not_used_in_that_week(self, first, office):
        run = only_run(first)
        moved = only_run(again(first, office, SteeringData.of_run("no_room", run)))
        assert (moved.venue, moved.starts_on) != (run.venue, run.starts_on)

    def test_two_firms_are_kept_apart_both_ways(self, first, office, region):
        one, other = region["needs"][:2]
        assert together(first, one, other)
        for pair in ((one, other), (other, one)):
            wish = SteeringData(kind="apart", firm=pair[0].organisation, other_firm=pair[1].organisation)
            second = again(first, office, wish)
            assert not together(second, one, other)
            Steering.objects.all().delete()

    def test_a_need_is_left_out_this_time_and_counts_nowhere(self, first, office, region):
        need = region["needs"][0]
        second = again(first, office, SteeringData(kind="leave_out", need=need))
        assert need.pk not in members(second)
        assert second.persons == first.persons - need.seats
        assert not queries.left_over_of(second).filter(need=need).exists()

    def test_a_run_that_is_kept_stays_where_it_is_whatever_comes(self, first, office, region):
        run = only_run(first)
        make.need(topic=region["topic"], seats=9, window_from=date(2027, 4, 1))
        second = again(first, office, SteeringData.of_run("keep", run))
        kept = [
            one for one in queries.proposals_of(second) if one.starts_on == run.starts_on and one.venue == run.venue
        ]
        assert {row.need_id for row in run.members.all()} <= {row.need_id for row in kept[0].members.all()}

    def test_instructions_that_contradict_each_other_end_with_that_word(self, first, office):
        run = only_run(first)
        second = again(first, office, SteeringData.of_run("keep", run), SteeringData.of_run("no_room", run))
        assert (second.state, second.failure) == (PlanState.FAILED, PlanFailure.CONTRADICTION)
        assert flow.request_plan(by=office, at=make.AT)

    def test_a_run_whose_people_are_all_elsewhere_is_not_kept_by_force(self, first, office, region):
        run = only_run(first)
        flow.steer_plan(first, SteeringData.of_run("keep", run), by=office, at=make.AT)
        flow.accept_proposal(run, by=office, at=make.AT)
        second = calculated(flow.replan(first, effort="counted", by=office, at=make.AT))
        assert second.state == PlanState.DONE
        assert list(queries.proposals_of(second)) == []
        assert not queries.compare(first, second).anything

    def test_a_run_that_is_kept_may_lie_where_nothing_else_of_its_topic_may(self, first, office):
        run = only_run(first)
        second = again(first, office, SteeringData.of_run("keep", run), SteeringData.of_run("no_week", run))
        assert not queries.compare(first, second).anything


class TestWhatCannotBeKeptIsSaid:
    def told(self, plan: Plan) -> str:
        (wish,) = queries.steering_in_trouble(plan)
        return papers.status_of(wish)

    def test_when_the_offer_has_left_the_catalogue(self, first, office):
        run = only_run(first)
        type(run.offer).objects.filter(pk=run.offer_id).update(published=False)
        second = again(first, office, SteeringData.of_run("keep", run))
        assert second.state == PlanState.DONE
        assert "nicht mehr im Katalog" in self.told(second)

    def test_when_nobody_of_it_waits_any_more(self, first, office, region):
        run = only_run(first)
        for row in run.members.all():
            type(row.need).objects.filter(pk=row.need_id).update(state="withdrawn")
        second = again(first, office, SteeringData.of_run("keep", run))
        assert "Keiner seiner Bedarfe" in self.told(second)

    def test_when_a_firm_has_changed_its_need_so_that_it_no_longer_fits(self, first, office, region):
        run, (moved, *others) = only_run(first), region["needs"]
        type(moved).objects.filter(pk=moved.pk).update(window_from=date(2027, 5, 1))
        second = again(first, office, SteeringData.of_run("keep", run))
        kept = next(one for one in queries.proposals_of(second) if one.starts_on == run.starts_on)
        assert {row.need for row in kept.members.all()} == set(others)
        assert "Nur zum Teil" in self.told(second)

    def test_when_too_few_are_left_to_hold_it(self, first, office, region):
        run = only_run(first)
        for need in region["needs"][1:]:
            type(need).objects.filter(pk=need.pk).update(window_from=date(2027, 5, 1))
        second = again(first, office, SteeringData.of_run("keep", run))
        assert second.state == PlanState.DONE
        assert "Zu wenige" in self.told(second)

    def test_when_it_would_lie_before_the_plan_begins(self, first, office):
        run = only_run(first)
        flow.steer_plan(first, SteeringData.of_run("keep", run), by=office, at=make.AT)
        Plan.objects.filter(pk=first.pk).update(horizon_from=date(2027, 3, 1))
        first.refresh_from_db()
        second = calculated(flow.replan(first, effort="counted", by=office, at=make.AT))
        assert "vor dem Zeitraum" in self.told(second)

    def test_what_became_a_pool_is_no_trouble(self, first, office):
        run = only_run(first)
        flow.steer_plan(first, SteeringData.of_run("keep", run), by=office, at=make.AT)
        flow.accept_proposal(run, by=office, at=make.AT)
        second = calculated(flow.replan(first, effort="counted", by=office, at=make.AT))
        assert queries.steering_in_trouble(second) == []
        assert [papers.status_of(one) for one in queries.steering_of(second)] == ["ist inzwischen ein Bündel"]

    def test_the_next_calculation_looks_again(self, first, office):
        run = only_run(first)
        type(run.offer).objects.filter(pk=run.offer_id).update(published=False)
        second = again(first, office, SteeringData.of_run("keep", run))
        type(run.offer).objects.filter(pk=run.offer_id).update(published=True)
        third = again(second, office)
        assert queries.steering_in_trouble(third) == []
        assert only_run(third).starts_on == run.starts_on


class TestInstructionsStay:
    def test_they_go_on_from_plan_to_plan_until_removed(self, first, office, region):
        wish = SteeringData(kind="leave_out", need=region["needs"][0])
        second = again(first, office, wish)
        (carried,) = queries.steering_of(second)
        assert (carried.applied, carried.wanted) == (True, True)
        flow.unsteer_plan(carried, by=office, at=make.AT)
        (kept,) = queries.steering_of(second)
        assert papers.status_of(kept) == "gilt in diesem Plan, danach nicht mehr"
        third = again(second, office)
        assert queries.steering_of(third) == []
        assert region["needs"][0].pk in members(third)

    def test_what_never_shaped_a_plan_is_gone_when_removed(self, first, office, region):
        wish = flow.steer_plan(first, SteeringData(kind="leave_out", need=region["needs"][0]), by=office, at=make.AT)
        assert papers.status_of(wish) == "gilt ab der nächsten Berechnung"
        flow.unsteer_plan(wish, by=office, at=make.AT)
        assert queries.steering_of(first) == []

    def test_laid_down_twice_it_stands_there_once(self, first, office, region):
        wish = SteeringData(kind="leave_out", need=region["needs"][0])
        for _ in range(2):
            flow.steer_plan(first, wish, by=office, at=make.AT)
        assert len(queries.steering_of(first)) == 1
        assert JournalEntry.objects.filter(verb="plan.steered").count() == 1

    def test_a_firm_is_not_kept_apart_from_itself(self, first, office, region):
        firm = region["needs"][0].organisation
        with pytest.raises(Refused, match="zwei verschiedene"):
            flow.steer_plan(first, SteeringData(kind="apart", firm=firm, other_firm=firm), by=office, at=make.AT)

    def test_only_the_office_and_only_on_a_finished_plan(self, region):
        wish = SteeringData(kind="leave_out", need=region["needs"][0])
        with pytest.raises(Refused, match="Verbundkoordination"):
            flow.steer_plan(make.plan("done"), wish, by=make.speaker(make.firm()), at=make.AT)
        with pytest.raises(Refused, match="fertig"):
            flow.steer_plan(make.plan("running"), wish, by=make.office(), at=make.AT)

    def test_the_database_takes_no_instruction_that_says_nothing(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            make.steering(kind="apart", firm=make.firm())


class TestTwoPlans:
    def test_runs_needs_and_moves_are_told_apart(self):
        before, after = make.plan("done"), make.plan("done")
        offer = catalogue.offer()
        needs = [make.need(topic=offer.topic) for _ in range(3)]
        old = make.proposal(plan_of=before, offer=offer, needs=needs)
        new = make.proposal(plan_of=after, offer=offer, needs=needs[:2], starts_on=date(2027, 4, 6))
        alone, other = make.proposal(plan_of=before), make.proposal(plan_of=after)
        found = queries.compare(before, after)
        assert [(pair.before, pair.after) for pair in found.moved] == [(old, new)]
        assert found.only_before == (alone,)
        assert found.only_after == (other,)
        assert needs[2] in found.lost
        assert len(found.gained) == 3

    def test_a_run_that_became_a_pool_is_not_lost(self):
        before, after = make.plan("done"), make.plan("done")
        make.proposal(plan_of=before, pool=make.pool())
        assert not queries.compare(before, after).anything

    def test_a_plan_compared_with_itself_changes_nothing(self):
        plan = make.plan("done")
        for _ in range(3):
            make.proposal(plan_of=plan)
        found = queries.compare(plan, plan)
        assert (found.same, found.anything) == (3, False)
        assert papers.changes_in(found) == "Es ändert sich nichts."
