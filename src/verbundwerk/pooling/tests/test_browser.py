"""Plans in the real browser: everybody can use their pages, whoever watches a calculation sees it move."""

from datetime import timedelta

import pytest
from django.urls import reverse

from verbundwerk.base import clock
from verbundwerk.pooling.models import ChangeRequest, Plan
from verbundwerk.pooling.states import PlanState

from . import make

pytestmark = pytest.mark.django_db(transaction=True)
ONLINE = {"kind": "online", "amount": 1, "persons": 2, "week": 3, "price_cents": 45_000}
LATER = {**ONLINE, "kind": "later"}


@pytest.fixture
def office():
    return make.office()


@pytest.fixture
def desk(new_page, sign_in):
    def sit(person):
        page = new_page()
        sign_in(page, person)
        return page

    return sit


@pytest.fixture
def plan(office):
    """Based on another; with a run, one that joins a pool, a wish in trouble, and a need left over."""
    before = make.plan("done", requested_at=clock.now() - timedelta(days=1), objective=90_000, bound=88_000)
    made = make.plan("done", requested_at=clock.now(), based_on=before, persons=9, objective=80_000, bound=79_000)
    make.proposal(plan_of=before)
    run = make.proposal(plan_of=made)
    make.proposal(plan_of=made, firms=1, seats=2, grows=make.pool_with_firms(firms=2, seats=2))
    at = before.requested_at
    make.steering(plan_of=made, kind="keep", proposal=run, applied=True, trouble="fewer", set_at=at)
    make.left_over(made, changes=[ONLINE, LATER], need=make.need(format="onsite"))
    return made


def address(name, *args, query=""):
    return reverse(f"pooling:{name}", args=args) + query


def test_nobody_meets_a_barrier_on_the_pages_of_a_plan(plan, office, desk, barriers):
    page, left = desk(office), plan.left_over.get()
    views = [address("plan", plan.pk, query=f"?ansicht={one}") for one in ("liste", "zeit", "uebrig", "vorgaben")]
    both = address("compare_plans", query=f"?plan={plan.pk}&plan={plan.based_on_id}")
    failed = make.plan("failed", based_on=plan, failure="contradiction")
    others = [address("plans"), address("plan", failed.pk), address("left", plan.pk, left.need_id), both]
    wrong = [told for one in [*views, *others] for told in barriers(page, one)]
    assert not wrong, "\n\n".join(wrong)


def test_nobody_meets_a_barrier_while_a_calculation_runs(office, desk, barriers):
    running = make.plan("running", progress={"served": 3, "persons": 9, "objective": 90_000, "bound": 88_000})
    assert not barriers(desk(office), address("plan", running.pk))


def test_the_office_asks_by_one_press_and_the_firm_answers_by_one(plan, office, desk, barriers):
    left = plan.left_over.get()
    mine = desk(office)
    mine.goto(address("left", plan.pk, left.need_id))
    mine.get_by_role("button", name="Online anbieten").click()
    mine.get_by_text("noch keine Antwort").wait_for()
    asked = ChangeRequest.objects.get()
    theirs = desk(make.speaker(left.need.organisation))
    assert not barriers(theirs, address("change", asked.pk))
    theirs.set_viewport_size({"width": 360, "height": 740})
    theirs.get_by_role("button", name="Ja, das geht").click()
    theirs.get_by_text("Danke. Ihr Bedarf ist geändert").wait_for()
    left.need.refresh_from_db()
    assert left.need.format == "either"


def test_a_plan_is_steered_with_the_keyboard_alone(plan, office, desk):
    page = desk(office)
    page.goto(address("plan", plan.pk))
    press(page, "Vorgabe machen")
    press(page, "Dieses Thema nicht in dieser Woche")
    page.get_by_text("Die Vorgabe ist notiert").wait_for()
    press(page, "Vorgabe 2 entfernen")
    page.get_by_text("gilt in der nächsten Berechnung nicht mehr").wait_for()
    assert plan.steering.count() == 1


def press(page, words):
    """Tab until these words have the focus, then Enter."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").strip() == words:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"„{words}“ cannot be reached with the Tab key on {page.url}")


class TestWhoeverWatchesACalculation:
    @pytest.fixture
    def running(self):
        told = {"served": 3, "persons": 9, "objective": 90_000, "bound": 70_000}
        return make.plan("running", requested_at=clock.now(), started_at=clock.now(), progress=told)

    @pytest.fixture
    def page(self, running, office, desk):
        page = desk(office)
        page.goto(address("plan", running.pk))
        page.evaluate("window.stayed = true")
        return page

    def test_sees_people_costs_and_distance_move_without_loading_the_page(self, running, page):
        page.get_by_text("3 von 9 Personen haben einen Platz.").wait_for()
        told = {"served": 7, "persons": 9, "objective": 80_000, "bound": 79_200}
        Plan.objects.filter(pk=running.pk).update(progress=told)
        page.get_by_text("7 von 9 Personen haben einen Platz.").wait_for()
        assert "80.000" in page.inner_text("#fortschritt")
        assert "höchstens 1,0 %" in page.inner_text("#fortschritt")
        assert page.evaluate("window.stayed")

    def test_is_shown_the_plan_when_it_is_done(self, running, page):
        Plan.objects.filter(pk=running.pk).update(state=PlanState.DONE)
        page.get_by_role("link", name="Vorgaben").wait_for()

    def test_takes_the_best_so_far(self, running, page):
        page.get_by_role("button", name="Anhalten").click()
        page.get_by_text("Der beste Plan bis hierher wird fertig gemacht").wait_for()
        running.refresh_from_db()
        assert running.state == PlanState.STOPPING

    def test_calls_it_off(self, running, page):
        page.get_by_role("button", name="Abbrechen").click()
        page.get_by_text("Die Berechnung ist abgebrochen.").wait_for()
        running.refresh_from_db()
        assert running.state == PlanState.CANCELLED
