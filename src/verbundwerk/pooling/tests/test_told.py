"""What the pages of a pool tell about the other firms in it: nothing but what disclosure says."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from verbundwerk.base import clock
from verbundwerk.disclosure.tests.make import snapshot
from verbundwerk.needs.queries import next_step
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.terms import Confidentiality
from verbundwerk.network.terms import Role
from verbundwerk.pooling import queries
from verbundwerk.pooling.states import PoolState
from verbundwerk.pooling.tests import make
from verbundwerk.topics.tests import make as topics

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stopped():
    with clock.stopped(make.AT):
        yield


def text_of(response) -> str:
    return response.content.decode()


def page(person, name, *args):
    client = Client()
    client.force_login(person)
    return client.get(reverse(f"pooling:{name}", args=args))


class TestNothingIsToldAboutOthers:
    def names(self, pool):
        return {firm.name for firm in make.firms_of(pool)}

    def test_a_firm_reads_no_other_firms_name_seats_or_limit(self):
        pool = make.committing(firms=4, seats=3)
        firms = make.firms_of(pool)
        for firm in firms[1:]:
            make.commitment(pool_of=pool, organisation=firm, limit_cents=54_321, seats_high=3)
        text = text_of(page(make.speaker(firms[0]), "pool", pool.pk))
        assert not [firm.name for firm in firms[1:] if firm.name in text]
        assert "543,21" not in text
        assert "11–15" not in text, "nothing is said before the week's snapshot"
        snapshot()
        assert "Stand:" in (told := text_of(page(make.speaker(firms[0]), "pool", pool.pk)))
        assert "11–15" in told

    def test_with_two_firms_a_firm_learns_nothing_about_the_other(self):
        pool = make.committing(firms=2)
        firms = make.firms_of(pool)
        make.commitment(pool_of=pool, organisation=firms[1], seats_low=9, seats_high=9, limit_cents=90_000)
        text = text_of(page(make.speaker(firms[0]), "pool", pool.pk))
        assert "Plätze werden nicht genannt" in text
        assert "sobald genug Betriebe zugesagt haben" in text
        assert "593,34" not in re.sub(r"<details class=\"chart-data\">.*?</details>", "", text, flags=re.S)

    def test_a_provider_sees_the_size_as_a_band_and_no_firm(self):
        pool = make.pool_with_firms(PoolState.ENQUIRY, firms=4)
        enquiry = make.enquiry(pool_of=pool)
        person = make.speaker(enquiry.provider, Role.PROVIDER)
        snapshot()
        for text in (text_of(page(person, "pool", pool.pk)), text_of(page(person, "enquiry", enquiry.pk))):
            assert "11–15" in text
            assert not [name for name in self.names(pool) if name in text]

    def test_everybody_may_read_a_published_pool_and_nobody_finds_a_firm_in_it(self):
        pool = make.pool_with_firms(firms=4, published=True)
        for response in (
            Client().get(reverse("pooling:public")),
            Client().get(reverse("pooling:public_pool", args=[pool.pk])),
        ):
            assert pool.title in text_of(response)
            assert not [name for name in self.names(pool) if name in text_of(response)]

    def test_a_confidential_need_shows_on_no_page_but_the_offices(self):
        topic = topics.topic()
        secret = make.need(topic=topic, state=NeedState.BUNDLED, confidentiality=Confidentiality.CONFIDENTIAL, seats=7)
        others = tuple(make.need(topic=topic, state=NeedState.BUNDLED) for _ in range(3))
        pool = make.pool(needs=(secret, *others), published=True)
        neighbour = make.speaker(others[0].organisation)
        for text in (
            text_of(page(neighbour, "pool", pool.pk)),
            text_of(Client().get(reverse("pooling:public_pool", args=[pool.pk]))),
        ):
            assert secret.organisation.name not in text
            assert "16–25" not in text
        assert secret.organisation.name in text_of(page(make.office(), "pool", pool.pk))

    def test_an_unpublished_pool_is_not_there_for_the_public(self):
        pool = make.pool_with_firms()
        assert Client().get(reverse("pooling:public_pool", args=[pool.pk])).status_code == 404


def test_a_rival_provider_reads_no_bid_and_no_price_of_a_published_pool(client):
    pool = make.committing(firms=3, published=True)
    rival = make.speaker(make.provider(), Role.PROVIDER)
    client.force_login(rival)
    text = client.get(reverse("pooling:pool", args=[pool.pk])).content.decode()
    assert queries.chosen_bid(pool).enquiry.provider.name not in text
    assert "€" not in text


class TestHowANeedGoesOn:
    @pytest.mark.parametrize(
        ("state", "who"),
        [
            (PoolState.SOUNDING, "Die Koordination"),
            (PoolState.ENQUIRY, "Die Anbieter"),
            (PoolState.BID_CHOSEN, "Die Koordination"),
            (PoolState.COMMITTING, "Der Betrieb"),
            (PoolState.GAP, "Der Betrieb"),
            (PoolState.CAME_ABOUT, "Die Koordination"),
        ],
    )
    def test_the_page_of_a_need_says_whose_turn_it_is(self, state, who):
        need = make.pool_with_firms(state).members.first().need
        assert str(next_step(need).who) == who

    def test_after_its_answer_the_firm_waits_for_the_others(self):
        pool = make.committing()
        firm = make.firms_of(pool)[0]
        need = pool.members.get(need__organisation=firm).need
        assert str(next_step(need).who) == "Der Betrieb"
        make.commitment(pool_of=pool, organisation=firm)
        assert str(next_step(need).who) == "Die anderen Betriebe"
