"""The pages as people use them, through HTTP, without JavaScript."""

import html
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from verbundwerk.base import clock, jobs
from verbundwerk.network.terms import Role
from verbundwerk.pooling import flow, queries
from verbundwerk.pooling.models import Plan, Pool
from verbundwerk.pooling.states import PlanState, PoolState
from verbundwerk.pooling.terms import VatCase
from verbundwerk.pooling.tests import make
from verbundwerk.topics.tests import make as topics

pytestmark = pytest.mark.django_db
KIB_120 = 120 * 1024


@pytest.fixture(autouse=True)
def _stopped():
    with clock.stopped(make.AT):
        yield


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(response) -> str:
    return response.content.decode()


def page(person, name, *args, **query):
    return browser(person).get(reverse(f"pooling:{name}", args=args), query)


def send(person, name, *args, **data):
    return browser(person).post(reverse(f"pooling:{name}", args=args), data, follow=True)


class TestPlans:
    def test_the_office_presses_the_button_watches_and_reads_the_plan(self):
        office = make.office()
        client = browser(office)
        asked = client.post(reverse("pooling:request_plan"), {"horizon_from": "01.02.2027", "weeks": "20"})
        plan = Plan.objects.get()
        assert asked.url == reverse("pooling:plan", args=[plan.pk])
        assert "werden berechnet" in text_of(client.get(asked.url))
        jobs.work_off()
        assert "Bündelvorschläge" in text_of(client.get(asked.url))

    def test_while_one_runs_the_button_is_grey_and_says_why(self):
        make.plan("running")
        assert "Es läuft schon eine Berechnung" in text_of(page(make.office(), "plans"))

    def test_progress_is_shown_and_the_fragment_stays_small(self):
        told = {"stage": "improve", "step": 150, "steps": 300, "objective": 90_000, "bound": 81_000}
        plan = make.plan("running", progress={**told, "served": 7, "persons": 12})
        url = reverse("pooling:plan", args=[plan.pk])
        fragment = text_of(browser(make.office()).get(url, headers={"HX-Request": "true"}))
        assert "42 Prozent erledigt" in fragment  # half of the search, which is 85 of 100
        assert "7 von 12 Personen haben einen Platz" in fragment
        assert "90.000" in fragment
        assert "höchstens 10,0 % vom bestmöglichen Plan" in fragment
        assert "<html" not in fragment

    def test_with_a_time_budget_the_bar_follows_the_clock(self):
        plan = make.plan("running", effort="thorough", progress={"stage": "improve", "step": 9, "steps": None})
        with clock.stopped(make.AT + timedelta(seconds=30)):
            assert "42 Prozent erledigt" in text_of(page(make.office(), "plan", plan.pk))

    def test_when_the_state_has_changed_the_watching_page_gets_its_new_buttons(self):
        url = reverse("pooling:plan", args=[make.plan("running").pk])
        answer = browser(make.office()).get(url, {"stand": "queued"}, headers={"HX-Request": "true"})
        assert answer["HX-Refresh"] == "true"

    def test_enough_is_one_press(self):
        plan = make.plan("running")
        assert "Anhalten und das Beste bis hierher nehmen" in text_of(page(make.office(), "plan", plan.pk))
        assert "wird abgeschlossen" in text_of(send(make.office(), "stop_plan", plan.pk))

    def test_the_second_coordinator_watches_the_plan_of_the_first(self):
        running = make.plan("running")
        answer = send(make.office(), "request_plan", weeks="20")
        assert answer.redirect_chain == [(reverse("pooling:plan", args=[running.pk]), 302)]
        assert "läuft schon" in text_of(answer)
        assert Plan.objects.count() == 1

    def test_a_worker_that_is_silent_for_long_is_told_on_the_page(self):
        plan = make.plan("running")
        with clock.stopped(make.AT + timedelta(minutes=6)):
            assert "länger nicht gemeldet" in text_of(page(make.office(), "plan", plan.pk))

    def test_a_plan_that_failed_says_why_and_offers_the_same_again(self):
        plan = make.plan("failed", failure="silent", weeks=17, effort="deep")
        text = text_of(page(make.office(), "plan", plan.pk))
        assert "nicht mehr gemeldet" in text
        assert 'value="17"' in text
        assert re.search(r'value="deep"[^>]*checked', text)

    def test_the_plan_tells_what_it_saves_against_both_ways_in_whole_euros(self):
        hand = {"runs": 2, "served": 9, "objective": 1, "cost_cents": 410_049}
        plan = make.plan("done", cost_together_cents=354_000, cost_alone_cents=900_000, by_hand=hand)
        text = text_of(page(make.office(), "plan", plan.pk))
        assert "5.460\xa0€" in text
        assert "560\xa0€" in text
        assert "kommt auf 2 Kurse für 9 Personen" in text

    def test_when_it_is_done_the_watching_page_renews_itself(self):
        plan = make.plan("done")
        url = reverse("pooling:plan", args=[plan.pk])
        assert browser(make.office()).get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"

    @pytest.mark.parametrize("state", [PlanState.FAILED, PlanState.CANCELLED])
    def test_a_plan_without_result_says_that_nothing_is_lost(self, state):
        assert "nichts verloren" in text_of(page(make.office(), "plan", make.plan(state).pk))

    @pytest.mark.parametrize("view", ["liste", "karte", "zeit", "uebrig", "unsinn"])
    def test_the_plan_can_be_looked_at_in_every_way_and_stays_small(self, view):
        plan = make.plan("done", served=180, persons=200, objective=1000, bound=750)
        for _ in range(20):
            make.proposal(plan_of=plan, firms=4)
        for _ in range(30):
            make.left_over(plan)
        response = page(make.office(), "plan", plan.pk, ansicht=view)
        assert response.status_code == 200
        assert len(response.content) < KIB_120
        assert "25 %" in text_of(response)

    @pytest.mark.parametrize("view", ["liste", "karte", "zeit", "uebrig"])
    def test_thirty_rows_ask_no_more_of_the_database_than_three(self, view, django_assert_max_num_queries):
        office = make.office()
        counts = [self.queries_for(office, rows, view) for rows in (3, 30)]
        assert counts[0] == counts[1]

    def queries_for(self, office, rows, view):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        plan = make.plan("done")
        for _ in range(rows):
            make.proposal(plan_of=plan)
            make.left_over(plan)
        with CaptureQueriesContext(connection) as caught:
            page(office, "plan", plan.pk, ansicht=view)
        return len(caught)

    def test_a_left_over_need_has_a_page_with_reason_and_ways_out(self):
        change = {"kind": "later", "amount": 1, "week": 9, "persons": 3, "price_cents": 45_000}
        row = make.left_over(make.plan("done"), changes=[change])
        text = text_of(page(make.office(), "left", row.plan_id, row.need_id))
        assert "Es fehlen mindestens 2 Personen in der Kalenderwoche 13." in text
        assert "Wenn der Zeitraum eine Woche später endet" in text

    def test_a_refused_proposal_says_why(self):
        proposal = make.proposal(firms=1, seats=8)
        response = send(make.office(), "accept", proposal.pk)
        assert response.status_code == 403
        assert "nur ein Betrieb" in text_of(response)

    def test_an_accepted_proposal_leads_to_its_pool(self):
        response = send(make.office(), "accept", make.proposal().pk)
        assert "V-0001" in text_of(response)


class TestTheWayOfAPool:
    def test_from_proposal_to_a_course_everybody_can_afford(self):
        """The whole way, every step by the button of the person it belongs to."""
        office, provider = make.office(), make.provider()
        asked = make.speaker(provider, Role.PROVIDER)
        proposal = make.proposal()
        firms = [member.need.organisation for member in proposal.members.select_related("need__organisation")]
        people = [make.speaker(firm) for firm in firms]

        send(office, "accept", proposal.pk)
        pool = Pool.objects.get()
        send(office, "ask", pool.pk, answer_until="25.01.2027", providers=[provider.pk])
        (enquiry,) = queries.enquiries_of(pool)
        answered = send(
            asked, "enquiry", enquiry.pk, fixed_cents="4.800", per_seat_cents="60", seats_min="8", seats_max="15",
            dates="02.03.2027, 09.03.2027", vat=VatCase.EXEMPT_CERTIFICATE, valid_until="26.02.2027",
        )  # fmt: skip
        assert "Das Angebot ist eingetragen" in text_of(answered)
        (answer,) = queries.enquiries_of(pool)
        send(office, "choose", answer.bid.pk)
        send(office, "open_commitments", pool.pk, commit_until="01.02.2027")
        for firm, person in zip(firms, people, strict=True):
            said = send(person, "commit", pool.pk, organisation=firm.pk, limit_cents="700", low="3", high="3")
            assert "Ihre Zusage ist eingetragen" in text_of(said)
        closed = send(office, "close_commitments", pool.pk)
        assert "zustande gekommen" in text_of(closed)
        assert "593,34" in text_of(page(people[0], "pool", pool.pk))

    def test_what_was_typed_stays_when_a_word_makes_no_sense(self):
        pool = make.committing()
        firm = make.firms_of(pool)[0]
        response = send(
            make.speaker(firm), "commit", pool.pk, organisation=firm.pk, limit_cents="viel", low="3", high="2"
        )
        assert response.status_code == 422
        assert "„viel“ ist kein Betrag" in text_of(response)
        assert 'value="viel"' in text_of(response)

    def test_a_bid_with_strange_dates_says_which(self):
        enquiry = make.enquiry()
        person = make.speaker(enquiry.provider, Role.PROVIDER)
        response = send(person, "enquiry", enquiry.pk, dates="32.03.2027", fixed_cents="-5", vat="x")
        assert response.status_code == 422
        assert "„32.03.2027“ ist kein Datum" in text_of(response)

    def test_the_office_merges_by_hand(self):
        topic = topics.topic()
        needs = [make.need(topic=topic) for _ in range(2)]
        office = make.office()
        assert needs[0].label in text_of(page(office, "merge"))
        response = send(
            office, "merge", needs=[one.pk for one in needs], title="Zusammen", topic=topic.pk, level="1",
            starts_on="02.03.2027", ends_on="09.03.2027", format="onsite", days="2", seats_min="4", seats_max="12",
            firms_min="3", reason="gleiche Anlage",
        )  # fmt: skip
        assert "eröffnet" in text_of(response)

    def test_giving_up_asks_for_a_reason(self):
        pool, office = make.pool_with_firms(), make.office()
        assert send(office, "give_up", pool.pk).status_code == 422
        assert "aufgegeben" in text_of(send(office, "give_up", pool.pk, reason="price"))


class TestAPriceNobodyCanReach:
    @pytest.mark.parametrize(("limit", "warned"), [("37,99", True), ("380", False)])
    def test_a_limit_below_the_cheapest_price_is_taken_and_pointed_out(self, limit, warned):
        pool = make.committing()  # 4,800 and 60 each: 380 at fifteen seats
        firm = make.firms_of(pool)[0]
        said = send(make.speaker(firm), "commit", pool.pk, organisation=firm.pk, limit_cents=limit, low="3", high="3")
        assert "Ihre Zusage ist eingetragen" in text_of(said)
        assert ("Auch bei voller Gruppe kostet ein Platz 380,00" in text_of(said)) is warned


def test_a_firm_from_outside_sees_no_form_where_nobody_from_outside_may_join():
    pool = make.committing(published=True)
    stranger = make.speaker(make.firm())
    assert 'id="zusage"' in text_of(page(stranger, "pool", pool.pk))
    pool.members.first().need.hidden_from.add(make.firm())
    assert 'id="zusage"' not in text_of(page(stranger, "pool", pool.pk))


class TestLists:
    def test_the_lists_ask_the_same_whatever_their_length(self):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        office = make.office()

        def count(address):
            with CaptureQueriesContext(connection) as caught:
                browser(office).get(address)
            return len(caught)

        addresses = [reverse("pooling:list"), reverse("pooling:public"), reverse("pooling:plans")]
        for _ in range(3):
            make.pool_with_firms(published=True)
            make.plan("done")
        few = [count(one) for one in addresses]
        for _ in range(17):
            make.pool_with_firms(published=True)
            make.plan("done")
        assert [count(one) for one in addresses] == few

    def test_the_office_page_of_a_pool_asks_the_same_whatever_its_size(self):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        office, counts = make.office(), []
        for firms in (3, 30):
            pool = make.committing(firms=firms, seats_max=99)
            for firm in make.firms_of(pool):
                make.commitment(pool_of=pool, organisation=firm)
            with CaptureQueriesContext(connection) as caught:
                response = page(office, "pool", pool.pk)
            counts.append(len(caught))
            assert len(response.content) < KIB_120
        assert counts[0] == counts[1]

    def test_the_list_can_be_taken_along(self):
        pool = make.pool_with_firms()
        for kind in ("csv", "xlsx"):
            assert page(make.office(), kind).status_code == 200
        assert pool.title in b"".join(page(make.office(), "csv").streaming_content).decode()


class TestWhatWaits:
    def waits(self, person):
        return [line.text for line in queries.waiting_for(person, make.AT)]

    def test_the_office_is_told_the_next_step_of_each_pool(self):
        pool = make.pool_with_firms(PoolState.SOUNDING)
        assert self.waits(make.office()) == [f"{pool.label}: Anbieter fragen für „{pool.title}“"]

    def test_a_firm_is_asked_until_it_has_answered(self):
        pool = make.committing()
        firm = make.firms_of(pool)[0]
        person = make.speaker(firm)
        assert self.waits(person) == [f"Sind Sie dabei? {pool.title}"]
        flow.commit(pool, firm, limit_cents=50_000, low=1, high=2, by=person, at=make.AT)
        assert self.waits(person) == []

    def test_a_provider_is_asked_until_it_has_answered(self):
        enquiry = make.enquiry()
        person = make.speaker(enquiry.provider, Role.PROVIDER)
        assert self.waits(person) == [f"Anfrage beantworten: {enquiry.pool.title}"]
        flow.decline_enquiry(enquiry, by=person, at=make.AT)
        assert self.waits(person) == []

    def test_a_provider_does_not_lose_sight_of_its_bid(self):
        bid = make.bid("accepted", enquiry_of=make.enquiry("closed", pool_of=make.pool(PoolState.COMMITTING)))
        person = make.speaker(bid.enquiry.provider, Role.PROVIDER)
        assert self.waits(person) == [f"Ihr Angebot für „{bid.enquiry.pool.title}“: angenommen"]

    def test_a_gap_that_passed_its_day_is_late(self):
        make.committing(state=PoolState.GAP, commit_until=date(2027, 1, 5))
        (line,) = queries.waiting_for(make.office(), make.AT)
        assert (line.kind, line.due_on) == ("late", date(2027, 1, 5))

    def test_a_finished_plan_waits_to_be_read(self):
        plan = make.plan("done", served=9)
        make.proposal(plan_of=plan)
        (line,) = queries.waiting_for(make.office(), make.AT)
        assert "Bündelvorschlag wartet" in line.text

    def test_what_is_left_of_a_plan_goes_on_waiting_when_something_was_taken(self):
        plan, office = make.plan("done", served=9), make.office()
        taken, _left = make.proposal(plan_of=plan), make.proposal(plan_of=plan)
        make.proposal(plan_of=plan, firms=1)  # nobody can take a course of one firm as a pool
        assert "2 Bündelvorschläge warten" in self.waits(office)
        flow.accept_proposal(taken, by=office, at=make.AT)
        assert "1 Bündelvorschlag wartet" in self.waits(office)

    def test_nobody_else_is_bothered(self):
        make.committing()
        assert self.waits(make.speaker(make.firm())) == []
        assert self.waits(make.speaker(make.firm(), Role.EMPLOYEE)) == []


def test_letters_come_in_the_language_of_the_person():
    from verbundwerk.post.models import Letter

    proposal = make.proposal()
    member = proposal.members.select_related("need__organisation").first()
    person = make.speaker(member.need.organisation)
    person.language = "en"
    person.save()
    flow.accept_proposal(proposal, by=make.office(), at=make.AT + timedelta(days=1))
    letter = Letter.objects.get(to=person.email)
    assert "joint course" in letter.subject.lower()


def test_whoever_needs_a_published_pool_too_finds_its_topic_in_the_form(client):
    pool = make.pool_with_firms()
    client.force_login(make.speaker(make.firm()))
    pool.published = True
    pool.save(update_fields=["published"])
    page = client.get(reverse("pooling:public_pool", args=[pool.pk])).content.decode()
    address = html.unescape(re.search(r'href="(/bedarfe/melden/[^"]*)"', page)[1])
    assert f'value="{pool.topic.label}"' in client.get(address, follow=True).content.decode()


def test_a_plan_does_not_begin_in_the_past():
    answer = send(make.office(), "request_plan", horizon_from="2020-03-02", weeks="26", effort="quick")
    assert answer.status_code == 422
    assert "liegt schon zurück" in text_of(answer)
    assert not Plan.objects.exists()


def test_providers_are_not_asked_to_answer_after_the_course():
    pool, provider = make.pool_with_firms(), make.provider()
    late = pool.ends_on + timedelta(days=1)
    answer = send(make.office(), "ask", pool.pk, answer_until=late.isoformat(), providers=[provider.pk])
    assert answer.status_code == 422
    assert "müsste der Kurs schon vorbei sein" in text_of(answer)
    assert str(provider.pk) in text_of(answer)


def test_a_word_for_one_seat_is_said_in_the_singular():
    word = make.commitment(seats_low=1, seats_high=1)
    person = make.speaker(word.organisation)
    assert "je Platz, 1 Platz" in text_of(page(person, "pool", word.pool_id))
