"""A plan is asked for once, calculated by a worker, and stored whole."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from poolplan import breaches, instance_from, objective, plan_from, solve
from poolplan.tests import make as core
from verbundwerk.base import clock, jobs
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused
from verbundwerk.catalogue.tests import make as catalogue
from verbundwerk.needs.terms import Confidentiality, Format
from verbundwerk.network.terms import SizeClass
from verbundwerk.pooling import flow, papers, planner, queries
from verbundwerk.pooling.models import Plan, Proposal
from verbundwerk.pooling.planner.by_hand import by_hand
from verbundwerk.pooling.planner.problem import quiet_weeks
from verbundwerk.pooling.states import PlanState
from verbundwerk.pooling.terms import PlanFailure
from verbundwerk.pooling.tests import make
from verbundwerk.topics.tests import make as topics

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    """Four firms in Peine want the same, one in Goslar something nobody teaches."""
    topic = topics.topic("Hochvolt")
    catalogue.venue(organisation=make.provider(), capacity=12)
    offer = catalogue.offer(topic=topic, days=2, seats_min=6, seats_max=12, patterns=["weekly_tue"])
    needs = [make.need(topic=topic, seats=3) for _ in range(4)]
    lonely = make.need(topic=topics.topic("Glasblasen"), seats=2)
    return {"offer": offer, "needs": needs, "lonely": lonely}


def calculated(**options) -> Plan:
    plan = flow.request_plan(by=make.office(), at=make.AT, **options)
    with clock.stopped(make.AT):
        jobs.work_off()
    plan.refresh_from_db()
    return plan


def test_the_office_asks_a_worker_calculates_and_the_plan_can_be_read(region):
    plan = calculated()
    assert plan.state == PlanState.DONE
    assert (plan.persons, plan.served) == (14, 12)
    (proposal,) = queries.proposals_of(plan)
    assert (proposal.seats, proposal.firms) == (12, 4)
    assert proposal.offer == region["offer"]
    assert {member.need for member in proposal.members.all()} == set(region["needs"])
    assert len(proposal.dates) == 2


def test_together_is_cheaper_than_alone_and_the_sums_agree(region):
    plan = calculated()
    (proposal,) = queries.proposals_of(plan)
    assert proposal.cost_cents == 300_000 + 12 * 6_000
    assert proposal.cost_cents == plan.cost_together_cents < plan.cost_alone_cents == proposal.cost_alone_cents
    for member in proposal.members.all():
        assert member.cost_cents == 31_000
        assert member.cost_alone_cents == 106_000


def test_the_stored_plan_passes_the_independent_check(region):
    plan = calculated()
    problem, found = instance_from(plan.problem), plan_from(plan.result)
    assert breaches(problem, found) == []
    assert objective(problem, found).total == plan.objective
    assert plan.bound <= plan.objective


def test_a_need_nobody_teaches_is_left_over_with_its_reason(region):
    plan = calculated()
    (left,) = queries.left_over_of(plan)
    assert left.need == region["lonely"]
    assert (
        papers.reason_of(left, plan.horizon_from) == "Zu diesem Thema und Niveau gibt es noch kein Angebot mit Preis."
    )


def test_when_partners_are_missing_the_plan_says_how_many_and_when(region):
    for need in region["needs"][:3]:
        need.delete()
    plan = calculated(horizon_from=date(2027, 2, 1))
    left = queries.left_over_of(plan).get(need=region["needs"][3])
    assert papers.reason_of(left, plan.horizon_from) == "Es fehlen 3 Personen in der Kalenderwoche 5."
    assert any("3 Personen mit demselben Bedarf" in line for line in papers.changes_of(left, plan.horizon_from))


def test_the_reason_and_the_help_never_name_different_numbers():
    """Counted were three in another week; tried out, two are enough: then both columns say two, and the same week."""
    tried = {"kind": "more_persons", "amount": 2, "week": 4, "price_cents": 59_900}
    plan = make.plan("done")
    left = make.left_over(plan, changes=[tried])
    week = papers.week_number(plan.horizon_from, 4)
    assert papers.reason_of(left, plan.horizon_from) == f"Es fehlen 2 Personen in der Kalenderwoche {week}."
    (help_,) = papers.changes_of(left, plan.horizon_from)
    assert "noch 2 Personen" in help_


def test_a_run_whose_first_day_has_come_is_no_longer_accepted():
    proposal = make.proposal(starts_on=make.TODAY)
    with pytest.raises(Refused, match="hätte am"):
        flow.accept_proposal(proposal, by=make.office(), at=make.AT)


def test_a_need_outside_the_horizon_is_told_so(region):
    late = make.need(topic=region["offer"].topic, window_from=date(2029, 1, 1), window_until=date(2029, 2, 1))
    plan = calculated()
    left = queries.left_over_of(plan).get(need=late)
    assert "keine ganze Woche" in papers.reason_of(left, plan.horizon_from)


def test_the_same_rows_and_seed_give_the_same_plan(region):
    first = calculated()
    Plan.objects.filter(pk=first.pk).update(state=PlanState.CANCELLED)
    second = calculated()
    assert (first.problem, first.result, first.objective) == (second.problem, second.result, second.objective)


def test_while_one_plan_is_calculated_nobody_asks_for_another(region):
    office = make.office()
    flow.request_plan(by=office, at=make.AT)
    with pytest.raises(Refused, match="läuft schon"):
        flow.request_plan(by=office, at=make.AT)


def test_a_firm_cannot_ask_for_plans():
    with pytest.raises(Refused):
        flow.request_plan(by=make.speaker(make.firm()), at=make.AT)


def test_a_cancelled_plan_stores_nothing(region):
    office = make.office()
    plan = flow.request_plan(by=office, at=make.AT)
    flow.cancel_plan(plan, by=office, at=make.AT)
    jobs.work_off()
    plan.refresh_from_db()
    assert plan.state == PlanState.CANCELLED
    assert not Proposal.objects.exists()


def test_a_plan_cancelled_while_it_is_calculated_stores_nothing(region, monkeypatch):
    office, calculate = make.office(), planner.calculate

    def slow(plan, listener):
        answer = calculate(plan, listener)
        flow.cancel_plan(Plan.objects.get(pk=plan.pk), by=office, at=make.AT)
        return answer

    monkeypatch.setattr(planner, "calculate", slow)
    plan = calculated()
    assert plan.state == PlanState.CANCELLED
    assert not Proposal.objects.exists()


def test_the_search_stops_soon_after_somebody_cancels(region):
    plan = make.plan("running", started_at=make.AT)
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.CANCELLED)
    answer = planner.calculate(plan, planner.Listener(lambda progress: None, lambda: False, lambda: True))
    assert answer.runs == []


def test_the_calculation_holds_no_transaction_open(region, monkeypatch, django_db_blocker):
    """Only the pytest transaction is there: our own code opens none around the search."""
    from django.db import connection

    depths = []
    monkeypatch.setattr(planner, "calculate", lambda *args: depths.append(len(connection.savepoint_ids)) or 1 / 0)
    plan = make.plan()
    with pytest.raises(ZeroDivisionError):
        flow.carry_out_plan(plan.pk)
    assert depths == [len(connection.savepoint_ids)]


def test_a_worker_that_stumbles_leaves_a_plan_that_says_so(region, monkeypatch):
    monkeypatch.setattr(planner, "calculate", lambda *args: 1 / 0)
    plan = make.plan()
    with pytest.raises(ZeroDivisionError):
        flow.carry_out_plan(plan.pk)
    plan.refresh_from_db()
    assert plan.state == PlanState.FAILED


def test_a_worker_that_was_killed_is_noticed_and_the_plan_can_be_asked_for_again(region):
    plan = make.plan("running", started_at=make.AT)
    assert flow.fail_stale_plans(make.AT + timedelta(minutes=4)) == 0
    assert flow.fail_stale_plans(make.AT + timedelta(minutes=6)) == 1
    plan.refresh_from_db()
    assert plan.state == PlanState.FAILED
    assert flow.request_plan(by=make.office(), at=make.AT + timedelta(minutes=17))


def test_a_long_calculation_that_shows_signs_of_life_is_left_alone():
    alive = make.AT + timedelta(minutes=27)
    make.plan("running", started_at=make.AT, progress={"at": alive.isoformat(timespec="seconds")})
    assert flow.fail_stale_plans(make.AT + timedelta(minutes=30)) == 0


def test_a_second_worker_leaves_a_plan_alone_that_is_being_calculated():
    plan = make.plan("running", started_at=make.AT)
    flow.carry_out_plan(plan.pk)
    plan.refresh_from_db()
    assert plan.state == PlanState.RUNNING


def test_a_finished_plan_cannot_be_cancelled():
    with pytest.raises(AlreadyMoved):
        flow.cancel_plan(make.plan("done"), by=make.office(), at=make.AT)


class TestRowsBecomeValues:
    def problem(self, plan=None):
        return planner.problem_of(planner.scene_of(plan or make.plan(weeks=12)))

    def test_firms_that_are_hidden_from_each_other_never_sit_together(self):
        topic = topics.topic()
        catalogue.venue(capacity=12)
        catalogue.offer(topic=topic, seats_min=6, seats_max=12)
        rival = make.firm()
        make.need(topic=topic, seats=3, hidden_from=[rival])
        make.need(topic=topic, seats=3, organisation=rival)
        plan = calculated()
        assert list(queries.proposals_of(plan)) == []
        reasons = {papers.reason_of(left, plan.horizon_from) for left in queries.left_over_of(plan)}
        assert reasons == {"Mit den passenden Betrieben soll dieser Betrieb nicht zusammen lernen."}

    def test_a_wall_belongs_to_one_need_and_not_to_the_whole_firm(self):
        topic, firm, rival = topics.topic(), make.firm(), make.firm()
        catalogue.offer(topic=topic)
        walled = make.need(topic=topic, organisation=firm, hidden_from=[rival])
        free = make.need(topic=topic, organisation=firm)
        make.need(topic=topic, organisation=rival)
        problem = self.problem()
        companies = {need.id: problem.company(need.company) for need in problem.needs}
        assert companies[walled.pk].avoid
        assert not companies[free.pk].avoid

    def test_a_confidential_need_is_planned_like_any_other(self):
        topic = topics.topic()
        catalogue.offer(topic=topic)
        secret = make.need(topic=topic, confidentiality=Confidentiality.CONFIDENTIAL)
        assert [need.id for need in self.problem().needs] == [secret.pk]

    def test_budget_size_level_and_format_come_through(self):
        topic = topics.topic()
        catalogue.offer(topic=topic, level=2)
        firm = make.firm(size_class=SizeClass.SMALL)
        make.need(
            topic=topic, level=2, organisation=firm, budget_cents=48_050, seats=5, seats_min=2, format=Format.ONLINE
        )
        (need,) = self.problem().needs
        assert (need.budget, need.persons, need.min_total, need.penalty) == (480, 5, 2, 3750)
        assert need.topic == (topic.pk, 2)
        assert need.formats == 0b110

    def test_easter_and_christmas_are_no_course_weeks(self):
        quiet = quiet_weeks(date(2026, 11, 30), 26)
        mondays = {date(2026, 11, 30) + timedelta(weeks=week) for week in quiet}
        assert date(2027, 3, 22) not in mondays  # Good Friday alone leaves four days
        assert mondays == {date(2026, 12, 21), date(2026, 12, 28)}

    def test_a_room_a_pool_counts_on_is_closed_in_those_weeks(self):
        topic, room = topics.topic(), catalogue.venue()
        catalogue.offer(topic=topic)
        make.need(topic=topic)
        make.pool(venue=room, starts_on=date(2027, 2, 9), ends_on=date(2027, 2, 16))
        (venue,) = self.problem().venues
        assert venue.closed_weeks == frozenset({1, 2})

    def test_cents_become_euros_never_too_few(self):
        topic = topics.topic()
        catalogue.offer(topic=topic, fixed_cents=100_001, per_seat_cents=None)
        make.need(topic=topic)
        (template,) = self.problem().templates
        assert (template.fixed, template.per_person) == (1001, 0)

    def test_the_price_of_a_seat_is_told_in_whole_cents_rounded_up(self):
        curve = planner.price_curve(make.bid(fixed_cents=100_000, per_seat_cents=0), 3)
        assert curve == [(1, 100_000), (2, 50_000), (3, 33_334)]
        assert Fraction(100_000, 3) <= curve[2][1]


class TestNobodyIsShownAnInvalidPlan:
    def broken(self, monkeypatch, change):
        from verbundwerk.pooling.planner import solving

        honest = solving.solve
        monkeypatch.setattr(solving, "solve", lambda *args, **options: change(honest(*args, **options)))
        plan = make.plan()
        with pytest.raises(planner.InvalidPlan):
            flow.carry_out_plan(plan.pk)
        plan.refresh_from_db()
        return plan

    def test_a_run_too_small_is_refused_and_the_plan_says_so(self, region, monkeypatch):
        plan = self.broken(monkeypatch, lambda found: replace(found, runs=(_halved(found.runs[0]),)))
        assert (plan.state, plan.failure) == (PlanState.FAILED, PlanFailure.INVALID)
        assert not Proposal.objects.exists()

    def test_a_bound_above_the_plan_is_refused(self, region, monkeypatch):
        plan = self.broken(monkeypatch, lambda found: replace(found, bound=found.objective + 1))
        assert plan.failure == PlanFailure.INVALID

    def test_costs_that_are_not_the_costs_are_refused(self, region, monkeypatch):
        plan = self.broken(monkeypatch, lambda found: replace(found, cost=replace(found.cost, travel=0, absence=0)))
        assert plan.failure == PlanFailure.INVALID


def _halved(run):
    return replace(run, members=run.members[:1])


class TestStopping:
    def test_enough_takes_the_best_so_far_with_its_reasons(self, region):
        plan = make.plan("running")
        answer = planner.calculate(plan, planner.Listener(lambda told: None, lambda: True, lambda: False))
        assert [one.need for one in answer.left]

    def test_a_plan_that_was_stopped_is_stored(self, region, monkeypatch):
        office, calculate = make.office(), planner.calculate

        def slow(plan, listener):
            flow.stop_plan(Plan.objects.get(pk=plan.pk), by=office, at=make.AT)
            assert listener.enough()
            return calculate(plan, listener)

        monkeypatch.setattr(planner, "calculate", slow)
        assert calculated().state == PlanState.DONE

    def test_a_plan_that_waits_cannot_be_stopped_only_called_off(self):
        with pytest.raises(AlreadyMoved):
            flow.stop_plan(make.plan(), by=make.office(), at=make.AT)

    def test_only_the_office_stops(self):
        with pytest.raises(Refused):
            flow.stop_plan(make.plan("running"), by=make.speaker(make.firm()), at=make.AT)

    def test_progress_tells_cost_and_distance_and_keeps_them_while_reasons_are_found(self, region):
        heard = []
        planner.calculate(make.plan("running"), planner.Listener(heard.append, lambda: False, lambda: False))
        assert {"objective", "bound", "persons"} <= heard[0].keys()
        assert heard[-1]["stage"] == "explain"


class TestTheSpreadsheet:
    def test_by_hand_never_breaks_a_rule_and_never_beats_the_bound(self, region):
        problem = planner.problem_of(planner.scene_of(make.plan()))
        other = by_hand(problem)
        assert breaches(problem, other) == []
        assert solve(problem).bound <= objective(problem, other).total

    def test_it_brings_the_biggest_groups_together_on_the_best_date(self, region):
        plan = calculated()
        assert plan.by_hand["runs"] == 1
        assert plan.by_hand["served"] == 12
        assert plan.by_hand["cost_cents"] == plan.cost_together_cents

    def test_whoever_is_walled_off_stays_out(self, region):
        rival, walled = (need for need in region["needs"][:2])
        walled.hidden_from.add(rival.organisation)
        problem = planner.problem_of(planner.scene_of(make.plan()))
        assert breaches(problem, by_hand(problem)) == []

    @pytest.mark.parametrize("seed", range(12))
    def test_on_any_small_region_it_stays_within_the_rules(self, seed):
        problem = core.tiny(seed)
        assert breaches(problem, by_hand(problem)) == []


class TestHonestWords:
    @pytest.mark.parametrize(
        ("objective", "bound", "words"),
        [
            (1000, 1000, "Besser geht es nicht"),
            (1000, 988, "nachweislich höchstens 1,2 % vom bestmöglichen Plan entfernt"),
            (100_000, 99_999, "höchstens 0,1 %"),
            (1000, 700, "wissen wir noch nicht genau"),
        ],
    )
    def test_the_distance_is_told_as_it_is_known(self, objective, bound, words):
        assert words in papers.quality_of(objective, bound)

    def test_nothing_known_nothing_said(self):
        assert papers.quality_of(None, None) == ""
