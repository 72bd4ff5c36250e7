"""Steering and comparing as the office does it, by its buttons, without JavaScript."""

import pytest
from django.urls import reverse

from verbundwerk.base import clock
from verbundwerk.base.days import span_text
from verbundwerk.pooling import queries
from verbundwerk.pooling.models import Plan
from verbundwerk.pooling.tests import make
from verbundwerk.pooling.tests.test_pages import page, send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stopped():
    with clock.stopped(make.AT):
        yield


def test_a_run_is_kept_by_one_press_and_the_list_says_so():
    run, office = make.proposal(), make.office()
    text = text_of(send(office, "steer_run", run.plan_id, kind="keep", proposal=run.pk))
    assert f"{run.offer.title}, {span_text(run.starts_on, run.ends_on)}: diesen Kurs so lassen" in text
    assert "gilt ab der nächsten Berechnung" in text


def test_a_run_that_became_a_pool_meanwhile_says_why_it_needs_no_keeping():
    run = make.proposal(pool=make.pool())
    answer = send(make.office(), "steer_run", run.plan_id, kind="keep", proposal=run.pk)
    assert answer.status_code == 422
    assert "schon ein Bündel" in text_of(answer)


def test_two_firms_of_the_plan_are_kept_apart_and_the_wish_can_be_removed():
    run, office = make.proposal(), make.office()
    firms = [row.need.organisation for row in run.members.select_related("need__organisation")]
    text = text_of(send(office, "steer_apart", run.plan_id, firm=firms[0].pk, other_firm=firms[1].pk))
    assert f"{firms[0].name} und {firms[1].name} nicht zusammen" in text
    (wish,) = queries.steering_of(run.plan)
    text = text_of(send(office, "unsteer", wish.pk))
    assert "Noch keine Vorgaben" in text


def test_the_same_firm_twice_is_refused_in_words():
    run = make.proposal()
    firm = run.members.first().need.organisation
    answer = send(make.office(), "steer_apart", run.plan_id, firm=firm.pk, other_firm=firm.pk)
    assert answer.status_code == 422
    assert "zwei verschiedene Betriebe" in text_of(answer)


def test_a_need_of_another_plan_cannot_be_left_out_here():
    run, stranger = make.proposal(), make.need()
    assert send(make.office(), "steer_leave_out", run.plan_id, need=stranger.pk).status_code == 422


def test_the_new_calculation_starts_from_the_plan():
    plan, office = make.plan("done"), make.office()
    send(office, "replan", plan.pk, effort="quick")
    new = Plan.objects.exclude(pk=plan.pk).get()
    assert (new.based_on, new.effort) == (plan, "quick")


def test_two_plans_are_ticked_and_stand_side_by_side():
    office = make.office()
    plans = [make.plan("done", served=served, persons=900) for served in (311, 622)]
    runs = [make.proposal(plan_of=plan) for plan in plans]
    assert "Zwei Pläne vergleichen" in text_of(page(office, "plans"))
    text = text_of(page(office, "compare_plans", plan=[one.pk for one in plans]))
    assert "311" in text
    assert "622" in text
    assert all(run.offer.title in text for run in runs)


@pytest.mark.parametrize("ticked", [[], ["x"], [1], [1, 2, 3]])
def test_one_plan_or_three_are_not_two(ticked):
    ids = ticked if ticked == ["x"] else [make.plan("done").pk for _ in ticked]
    answer = page(make.office(), "compare_plans", plan=ids)
    assert answer.url == reverse("pooling:plans")


def test_a_plan_says_what_it_changes_against_the_one_before():
    before = make.plan("done")
    after = make.plan("done", based_on=before)
    make.proposal(plan_of=after)
    text = text_of(page(make.office(), "plan", after.pk))
    assert "1 Kurs ist neu" in text
    assert f"?plan={before.pk}" in text


def test_a_plan_says_at_its_head_what_it_could_not_keep():
    run = make.proposal()
    plan = make.plan("done")
    make.steering(plan_of=plan, kind="keep", proposal=run, applied=True, trouble="offer")
    text = text_of(page(make.office(), "plan", plan.pk))
    assert "Nicht oder nur zum Teil eingehalten" in text
    assert "nicht mehr im Katalog" in text


def test_a_calculation_without_result_leads_back_to_its_instructions():
    before = make.plan("done")
    plan = make.plan("failed", based_on=before, failure="contradiction")
    answer = page(make.office(), "plan", plan.pk)
    assert f"{reverse('pooling:plan', args=[before.pk])}?ansicht=vorgaben" in answer.content.decode()


def test_the_list_of_plans_speaks_in_whole_euros():
    make.plan("done", cost_alone_cents=1_234_567, cost_together_cents=0)
    text = text_of(page(make.office(), "plans"))
    assert "12.346 €" in text.replace("\xa0", " ")


class TestAPoolThatGrows:
    @pytest.fixture
    def run(self):
        pool = make.pool_with_firms(firms=2, seats=2)
        return make.proposal(firms=1, seats=2, grows=pool)

    def test_the_office_takes_the_need_in_by_one_press(self, run):
        office = make.office()
        assert f"In {run.grows.label} aufnehmen" in text_of(page(office, "plan", run.plan_id))
        assert f"Das Bündel {run.grows.label} ist größer geworden." in text_of(send(office, "accept", run.pk))
        assert "angenommen" in text_of(page(office, "plan", run.plan_id))

    def test_a_pool_with_a_price_says_beside_the_button_why_not(self, run):
        type(run.grows).objects.filter(pk=run.grows_id).update(state="committing")
        assert f"{run.grows.label} nimmt niemanden mehr auf" in text_of(page(make.office(), "plan", run.plan_id))

    def test_it_cannot_be_kept_or_moved_by_an_instruction(self, run):
        office = make.office()
        assert "Vorgabe machen" not in text_of(page(office, "plan", run.plan_id))
        assert send(office, "steer_run", run.plan_id, kind="keep", proposal=run.pk).status_code == 422


class TestAPlanReadAloud:
    def test_courses_of_one_firm_are_told_apart_from_joint_ones_and_so_are_their_savings(self):
        plan = make.plan("done", cost_alone_cents=2_000_000, cost_together_cents=800_000)
        make.proposal(plan_of=plan)
        make.proposal(plan_of=plan, firms=1, cost_alone_cents=500_000, cost_cents=100_000)
        text = text_of(page(make.office(), "plan", plan.pk)).replace("\xa0", " ")
        assert "dazu 1 Kurs für nur einen Betrieb" in text
        assert "stecken auch 4.000 € aus 1 Kurs, den ein Betrieb allein füllt" in text

    def test_a_plan_of_joint_courses_only_says_nothing_about_courses_of_one_firm(self):
        run = make.proposal()
        text = text_of(page(make.office(), "plan", run.plan_id))
        assert "nur einen Betrieb" not in text
        assert "allein füllt" not in text

    def test_who_has_no_seat_is_told_in_people_and_in_needs(self):
        plan = make.plan("done")
        make.left_over(plan, seats=3)
        make.left_over(plan, seats=2)
        text = text_of(page(make.office(), "plan", plan.pk, ansicht="uebrig"))
        assert "5 Personen aus 2 Bedarfen haben in diesem Plan keinen Platz." in text

    def test_the_list_of_plans_counts_joint_courses_only(self):
        plan = make.plan("done")
        for firms in (1, 2, 3):
            make.proposal(plan_of=plan, firms=firms)
        assert queries.plans_visible_to(make.office()).get().runs == 2
