"""„Unser Name darf genannt werden“: the firm says so itself, the other members read it, and it can be taken back."""

import pytest
from django.test import Client
from django.urls import reverse

from verbundwerk.base import clock
from verbundwerk.base.verdicts import Refused
from verbundwerk.journal.models import JournalEntry
from verbundwerk.needs.models import Need
from verbundwerk.needs.terms import Confidentiality
from verbundwerk.network.terms import Role
from verbundwerk.pooling import flow, queries
from verbundwerk.pooling.models import Naming, Pool
from verbundwerk.pooling.states import CommitmentState, PoolState
from verbundwerk.pooling.terms import Hold
from verbundwerk.pooling.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stopped():
    with clock.stopped(make.AT):
        yield


@pytest.fixture
def pool():
    return make.pool_with_firms()


@pytest.fixture
def firms(pool):
    return make.firms_of(pool)


def allow(pool, firm):
    flow.allow_name(pool, firm, by=make.speaker(firm), at=make.AT)


def read_by(person, pool):
    client = Client()
    client.force_login(person)
    return client.get(reverse("pooling:pool", args=[pool.pk])).content.decode()


def press(person, name, pool, firm):
    client = Client()
    client.force_login(person)
    return client.post(reverse(f"pooling:{name}", args=[pool.pk, firm.pk]), follow=True)


class TestSaying:
    def test_until_a_firm_says_so_nobody_reads_its_name(self, pool, firms):
        assert queries.others_named(make.speaker(firms[1]), pool) == []

    def test_one_press_names_the_firm_and_one_hides_it_again(self, pool, firms):
        person, neighbour = make.speaker(firms[0]), make.speaker(firms[1])
        said = press(person, "allow_name", pool, firms[0])
        assert "lesen jetzt Ihren Namen" in said.content.decode()
        assert firms[0].name in read_by(neighbour, pool)
        press(person, "take_back_name", pool, firms[0])
        assert firms[0].name not in read_by(neighbour, pool)
        assert "Bisher nennt sich kein anderer Betrieb." in read_by(neighbour, pool)

    def test_saying_it_twice_is_saying_it_once(self, pool, firms):
        allow(pool, firms[0])
        allow(pool, firms[0])
        assert queries.others_named(make.speaker(firms[1]), pool) == [firms[0].name]

    def test_both_leave_a_line_in_the_journal(self, pool, firms):
        allow(pool, firms[0])
        flow.take_back_name(pool, firms[0], by=make.speaker(firms[0]), at=make.AT)
        verbs = JournalEntry.objects.filter(subject=pool.pk).values_list("verb", flat=True)
        assert {"pool.name_allowed", "pool.name_taken_back"} <= set(verbs)

    @pytest.mark.parametrize("role", [Role.FOREMAN, Role.WORKS_COUNCIL])
    def test_who_reads_along_does_not_decide(self, pool, firms, role):
        person = make.speaker(firms[0], role)
        assert press(person, "allow_name", pool, firms[0]).status_code == 403
        assert "wer für den Betrieb sprechen darf" in read_by(person, pool)

    def test_not_even_the_office_says_it_for_a_firm(self, pool, firms):
        assert press(make.office(), "allow_name", pool, firms[0]).status_code == 404
        with pytest.raises(Refused):
            flow.allow_name(pool, firms[0], by=make.office(), at=make.AT)

    def test_a_firm_says_nothing_about_another_one(self, pool, firms):
        assert press(make.speaker(firms[0]), "allow_name", pool, firms[1]).status_code == 404
        with pytest.raises(Refused):
            flow.take_back_name(pool, firms[1], by=make.speaker(firms[0]), at=make.AT)


class TestReading:
    @pytest.fixture(autouse=True)
    def _named(self, pool, firms):
        allow(pool, firms[0])

    def test_nobody_outside_the_pool_reads_it(self, pool, firms):
        Pool.objects.filter(pk=pool.pk).update(published=True)
        provider = make.enquiry(pool_of=pool).provider
        for person in (make.speaker(make.firm()), make.speaker(provider, Role.PROVIDER)):
            assert firms[0].name not in read_by(person, pool)
        assert firms[0].name not in Client().get(reverse("pooling:public_pool", args=[pool.pk])).content.decode()

    def test_a_word_that_can_be_taken_back_does_not_buy_the_names(self, pool, firms):
        """Somebody from outside commits for a cent, reads and withdraws."""
        Pool.objects.filter(pk=pool.pk).update(state=PoolState.COMMITTING, published=True)
        pool.refresh_from_db()
        outsider = make.speaker(make.firm())
        make.commitment(pool_of=pool, organisation=outsider.mandates.get().organisation, made_by=outsider)
        assert queries.others_named(outsider, pool) == []
        assert firms[0].name not in read_by(outsider, pool)
        Pool.objects.filter(pk=pool.pk).update(threshold_at=make.AT)
        pool.refresh_from_db()
        assert queries.others_named(outsider, pool) == [firms[0].name], "now it binds"

    def test_a_word_with_a_condition_of_its_own_does_not_buy_them_either(self, pool, firms):
        Pool.objects.filter(pk=pool.pk).update(state=PoolState.COMMITTING, published=True, threshold_at=make.AT)
        pool.refresh_from_db()
        outside = make.firm()
        make.commitment(pool_of=pool, organisation=outside, hold=Hold.COUNCIL, hold_until=make.TODAY)
        assert queries.others_named(make.speaker(outside), pool) == []

    def test_when_it_came_about_those_read_it_who_are_in(self, pool, firms):
        Pool.objects.filter(pk=pool.pk).update(state=PoolState.CAME_ABOUT)
        pool.refresh_from_db()
        for firm in firms[:2]:
            make.commitment(CommitmentState.MET, pool_of=pool, organisation=firm)
        make.commitment(CommitmentState.NOT_MET, pool_of=pool, organisation=firms[2])
        assert queries.others_named(make.speaker(firms[1]), pool) == [firms[0].name]
        assert queries.others_named(make.speaker(firms[2]), pool) == []

    def test_behind_a_wall_nobody_reads_it(self, pool, firms):
        make.need(organisation=firms[0], hidden_from=[firms[1]])
        assert queries.others_named(make.speaker(firms[1]), pool) == []
        assert queries.others_named(make.speaker(firms[2]), pool) == [firms[0].name]

    @pytest.mark.parametrize("level", [Confidentiality.CONFIDENTIAL, Confidentiality.TOPIC_ONLY])
    def test_a_need_that_is_no_longer_open_hides_the_name_at_once(self, pool, firms, level):
        Need.objects.filter(organisation=firms[0]).update(confidentiality=level)
        assert queries.others_named(make.speaker(firms[1]), pool) == []
        assert (
            "Ihr Bedarf ist nicht offen"
            in press(make.speaker(firms[0]), "take_back_name", pool, firms[0]).content.decode()
        )
        assert press(make.speaker(firms[0]), "allow_name", pool, firms[0]).status_code == 403

    def test_whoever_leaves_is_forgotten_and_comes_back_unnamed(self, pool, firms):
        member = pool.members.select_related("need").get(need__organisation=firms[0])
        flow.drop_member(pool, member.need, by=make.speaker(firms[0]), at=make.AT)
        assert not Naming.objects.exists()

    def test_a_pool_that_failed_names_nobody_also_when_it_is_tried_again(self, pool, firms):
        flow.fail_pool(pool, reason="price", by=make.office(), at=make.AT)
        assert queries.others_named(make.speaker(firms[1]), pool) == []
        flow.revive_pool(pool, by=make.office(), at=make.AT)
        assert queries.others_named(make.speaker(firms[1]), pool) == []
