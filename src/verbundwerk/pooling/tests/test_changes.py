"""A need finds no course; its firm is asked for one small change and answers with one press."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.base import clock, jobs
from verbundwerk.base.verdicts import Refused
from verbundwerk.catalogue.tests import make as catalogue
from verbundwerk.journal.models import JournalEntry
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.network.terms import Role
from verbundwerk.pooling import flow, papers, queries, rules
from verbundwerk.pooling.models import ChangeRequest
from verbundwerk.pooling.states import ChangeState
from verbundwerk.pooling.tests import make
from verbundwerk.pooling.tests.test_pages import page, send, text_of
from verbundwerk.post.models import Letter
from verbundwerk.topics.tests import make as topics

pytestmark = pytest.mark.django_db
HORIZON = (make.MONDAY, 26, frozenset())
TRAVEL = {"kind": "travel", "amount": 30, "week": 4, "persons": 3, "price_cents": 45_000}


@pytest.fixture(autouse=True)
def _stopped():
    with clock.stopped(make.AT):
        yield


@pytest.fixture
def left():
    return make.left_over(make.plan("done"), changes=[TRAVEL])


@pytest.fixture
def speaker(left):
    return make.speaker(left.need.organisation)


def ask(left, change=TRAVEL):
    return flow.ask_for_change(left, change, by=make.office(), at=make.AT)


class TestAsking:
    def test_the_office_asks_and_the_firm_gets_a_letter_and_a_line(self, left, speaker):
        text = text_of(send(make.office(), "ask_change", left.plan_id, left.need_id, change="0"))
        assert "noch keine Antwort" in text
        letter = Letter.objects.get(to=speaker.email)
        assert left.need.label in letter.subject
        lines = [line.text for line in queries.waiting_for(speaker, make.AT)]
        assert lines == [f"Eine Frage zu Ihrem Bedarf {left.need.label}"]

    def test_the_button_says_what_is_asked(self, left):
        assert "Fragen: bis 30 Minuten weiter fahren" in text_of(
            page(make.office(), "left", left.plan_id, left.need_id)
        )

    def test_the_same_is_never_asked_twice_not_even_from_another_plan(self, left):
        ask(left)
        with pytest.raises(Refused, match="schon gefragt"):
            ask(left)
        again = make.left_over(make.plan("done"), need=left.need, changes=[TRAVEL])
        with pytest.raises(Refused, match="schon gefragt"):
            ask(again)
        assert Letter.objects.count() <= 1

    def test_after_a_no_it_is_not_asked_again(self, left, speaker):
        flow.refuse_change(ask(left), by=speaker, at=make.AT)
        with pytest.raises(Refused, match="schon gefragt"):
            ask(left)

    def test_what_was_not_tried_out_cannot_be_asked(self, left):
        answer = send(make.office(), "ask_change", left.plan_id, left.need_id, change="7")
        assert "eine der Änderungen" in text_of(answer)
        assert not ChangeRequest.objects.exists()

    def test_a_wall_is_the_firms_own_business_and_partners_are_nobodys_to_ask(self, left):
        for kind in ("no_wall", "more_persons"):
            with pytest.raises(Refused, match="lässt sich nicht fragen"):
                ask(left, {**TRAVEL, "kind": kind})

    def test_a_need_that_waits_no_more_is_not_asked(self, left):
        Need.objects.filter(pk=left.need_id).update(state=NeedState.BUNDLED)
        with pytest.raises(Refused, match="gebündelt"):
            ask(left)

    def test_several_firms_never_learn_of_each_other(self):
        plan = make.plan("done")
        rows = [make.left_over(plan, changes=[TRAVEL]) for _ in range(3)]
        people = [make.speaker(row.need.organisation) for row in rows]
        asked = [ask(row) for row in rows]
        names = {row.need.organisation.name for row in rows} | {row.need.label for row in rows}
        for person, row, mine in zip(people, rows, asked, strict=True):
            others = names - {row.need.organisation.name, row.need.label}
            seen = text_of(page(person, "change", mine.pk)) + str(vars(Letter.objects.get(to=person.email)))
            assert not [name for name in others if name in seen]
            assert page(person, "change", asked[0].pk).status_code == (200 if mine == asked[0] else 404)


class TestAnswering:
    def test_a_yes_changes_the_need_and_the_journal_knows_it(self, left, speaker):
        before = left.need.travel_minutes_max
        asked = ask(left)
        text = text_of(send(speaker, "agree_change", asked.pk))
        assert "Ihr Bedarf ist geändert" in text
        left.need.refresh_from_db()
        assert left.need.travel_minutes_max == before + 30
        assert left.need.state == NeedState.IN_POOL
        verbs = set(JournalEntry.objects.filter(actor=speaker.pk).values_list("verb", flat=True))
        assert verbs == {"change.agreed", "need.changed"}

    def test_a_no_changes_nothing(self, left, speaker):
        before = left.need.travel_minutes_max
        text_of(send(speaker, "refuse_change", ask(left).pk))
        left.need.refresh_from_db()
        assert left.need.travel_minutes_max == before

    @pytest.mark.parametrize(("press", "word"), [("agree_change", "ja"), ("refuse_change", "nein")])
    def test_the_answer_stands_in_the_plan(self, left, speaker, press, word):
        send(speaker, press, ask(left).pk)
        office = make.office()
        assert f"<strong>{word}</strong>" in text_of(page(office, "left", left.plan_id, left.need_id))
        assert word in text_of(page(office, "plan", left.plan_id, ansicht="uebrig"))

    def test_the_office_is_told_that_it_is_time_to_calculate_anew(self, left, speaker):
        later = make.AT + timedelta(hours=1)
        flow.agree_with_change(ask(left), by=speaker, at=later)
        assert "1 Betrieb hat Ja gesagt: neu berechnen" in [
            line.text for line in queries.waiting_for(make.office(), later)
        ]

    def test_pressed_twice_the_second_press_is_refused(self, left, speaker):
        asked = ask(left)
        flow.agree_with_change(asked, by=speaker, at=make.AT)
        with pytest.raises(Refused, match="schon beantwortet"):
            flow.refuse_change(asked, by=speaker, at=make.AT)

    def test_somebody_of_another_firm_finds_no_question(self, left):
        asked = ask(left)
        stranger = make.speaker(make.firm())
        assert page(stranger, "change", asked.pk).status_code == 404
        with pytest.raises(Refused):
            flow.agree_with_change(asked, by=stranger, at=make.AT)

    def test_a_foreman_of_the_firm_does_not_answer_for_it(self, left):
        foreman = make.speaker(left.need.organisation, Role.FOREMAN)
        assert page(foreman, "change", ask(left).pk).status_code == 404

    def test_a_need_changed_meanwhile_makes_the_question_void(self, left, speaker):
        asked = ask(left)
        Need.objects.filter(pk=left.need_id).update(travel_minutes_max=10)
        with pytest.raises(Refused, match="seit der Frage geändert"):
            flow.agree_with_change(asked, by=speaker, at=make.AT)
        assert "passt nicht mehr" in text_of(page(speaker, "change", asked.pk))

    def test_nobody_is_asked_for_ever(self, left, speaker):
        asked = ask(left)
        assert flow.lapse_changes(make.AT + timedelta(days=7)) == 0
        assert flow.lapse_changes(make.AT + timedelta(days=8)) == 1
        asked.refresh_from_db()
        assert asked.state == ChangeState.LAPSED
        assert queries.waiting_for(speaker, make.AT) == []

    def test_a_question_about_a_need_that_found_its_pool_lapses(self, left):
        ask(left)
        Need.objects.filter(pk=left.need_id).update(state=NeedState.BUNDLED)
        assert flow.lapse_changes(make.AT) == 1


class TestTheYesHelps:
    """From the plan's own proposal over the firm's yes to a seat in the next plan."""

    def test_an_earlier_beginning_brings_the_seat(self):
        topic, office = topics.topic(), make.office()
        catalogue.venue(organisation=make.provider(), capacity=12)
        catalogue.offer(topic=topic, days=1, seats_min=4, seats_max=12, patterns=["weekly_tue"])
        for _ in range(3):
            make.need(topic=topic, seats=2)
        far = make.need(topic=topic, seats=2, window_from=date(2027, 5, 3), window_until=date(2027, 5, 9))
        Need.objects.exclude(pk=far.pk).update(window_from=date(2027, 4, 19), window_until=date(2027, 4, 30))
        plan = flow.request_plan(by=office, at=make.AT, horizon_from=make.MONDAY)
        jobs.work_off()
        row = queries.left_over_of(plan).get(need=far)
        change = next(one for one in row.changes if one["kind"] == "earlier")
        asked = flow.ask_for_change(row, change, by=office, at=make.AT)
        flow.agree_with_change(asked, by=make.speaker(far.organisation), at=make.AT)
        plan.refresh_from_db()
        after = flow.replan(plan, effort="counted", by=office, at=make.AT)
        jobs.work_off()
        assert far.pk in {member.need_id for run in queries.proposals_of(after) for member in run.members.all()}


class TestTheAskedValue:
    need = Need(window_from=date(2027, 2, 1), window_until=date(2027, 2, 28), seats=5, seats_min=4, format="onsite")

    def value(self, kind, amount=1, persons=2, **fields):
        need = Need(**{"window_from": date(2027, 2, 1), "window_until": date(2027, 2, 28), "seats": 5, **fields})
        return rules.new_value({"kind": kind, "amount": amount, "persons": persons}, need, HORIZON)

    def test_later_ends_on_the_friday_of_the_added_week(self):
        assert self.value("later") == date(2027, 3, 5)

    def test_earlier_begins_on_the_monday_of_the_added_week(self):
        assert self.value("earlier", window_from=date(2027, 2, 10)) == date(2027, 2, 8)

    def test_online_makes_both_forms_welcome_and_is_not_asked_who_has_said_so(self):
        assert self.value("online", format="onsite") == "either"
        assert self.value("online", format="either") is None

    def test_a_part_of_the_group_is_only_asked_for_when_it_is_less_than_the_least(self):
        assert self.value("split", persons=2, seats_min=4) == 2
        assert self.value("split", persons=4, seats_min=4) is None

    def test_who_names_no_budget_is_not_asked_for_more(self):
        assert self.value("budget", amount=35) is None

    @given(st.integers(1, 500_000), st.integers(1, 2_000))
    def test_the_sum_is_round_and_never_less_than_what_the_plan_needs(self, budget, more):
        value = self.value("budget", amount=more, budget_cents=budget)
        assert value % rules.changes.STEP_CENTS == 0
        assert value >= budget // 100 * 100 + more * 100
        assert value - (budget + more * 100) < rules.changes.STEP_CENTS

    @given(st.integers(0, 20), st.integers(1, 6), st.integers(1, 4))
    def test_the_week_the_plan_counted_on_is_inside_the_new_window(self, start, length, more):
        first = make.MONDAY + timedelta(weeks=start)
        last = first + timedelta(weeks=length, days=-1)
        until = self.value("later", amount=more, window_from=first, window_until=last)
        weeks = rules.accepted_weeks((first, until), make.MONDAY, 40)
        assert max(weeks) == start + length - 1 + more

    @pytest.mark.parametrize(
        ("kind", "was", "value"),
        [
            ("later", "2027-02-28", "2027-03-05"),
            ("earlier", "2027-02-28", "2027-02-08"),
            ("online", "onsite", "either"),
            ("travel", "45", "75"),
            ("budget", "48000", "51500"),
            ("split", "4", "2"),
        ],
    )
    def test_every_question_can_be_answered_with_yes_or_no(self, kind, was, value):
        asked = ChangeRequest(kind=kind, was=was, value=value, need=self.need)
        assert papers.question_of(asked).endswith("?")


def test_the_firm_reads_its_question_without_a_price_of_others(left, speaker):
    text = text_of(page(speaker, "change", ask(left).pk))
    assert "Darf der Weg bis" in text
    assert "450" not in re.sub(r"<[^>]*>", "", text)  # ids and tokens may hold any digits
    assert reverse("pooling:agree_change", args=[ChangeRequest.objects.get().pk]) in text


def test_the_letter_carries_the_link_to_the_question(left, speaker, settings):
    asked = ask(left)
    (letter,) = Letter.objects.filter(to=speaker.email)
    assert f"{settings.BASE_URL}{reverse('pooling:change', args=[asked.pk])}" in letter.text
