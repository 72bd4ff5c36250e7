"""What a provider reads between its bid and the course."""

from datetime import date

import pytest

from verbundwerk.base import clock
from verbundwerk.network.terms import Role
from verbundwerk.pooling import queries
from verbundwerk.pooling.states import PoolState
from verbundwerk.pooling.terms import VatCase
from verbundwerk.pooling.tests import make

from .test_pages import page, send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stopped():
    with clock.stopped(make.AT):
        yield


class TestAProviderAfterItsBid:
    @pytest.mark.parametrize(
        ("bid_state", "pool_state", "told"),
        [
            ("submitted", PoolState.ENQUIRY, "Sie bekommen in jedem Fall Bescheid"),
            ("accepted", PoolState.BID_CHOSEN, "werden die Betriebe gefragt"),
            ("accepted", PoolState.COMMITTING, "Die Betriebe sagen bis Mo., 1. Februar 2027 zu"),
            ("accepted", PoolState.CAME_ABOUT, "damit verbindlich"),
            ("rejected", PoolState.COMMITTING, "ein anderes Angebot gewählt"),
            ("lapsed", PoolState.ENQUIRY, "gilt nicht mehr"),
            ("accepted", PoolState.FAILED, "bindet Sie nicht mehr"),
        ],
    )
    def test_it_reads_how_its_bid_stands_on_both_pages(self, bid_state, pool_state, told):
        pool = make.pool(pool_state, commit_until=date(2027, 2, 1))
        bid = make.bid(bid_state, enquiry_of=make.enquiry("answered", pool_of=pool), note="Mit Prüfung")
        person = make.speaker(bid.enquiry.provider, Role.PROVIDER)
        assert told in text_of(page(person, "pool", pool.pk))
        own = text_of(page(person, "enquiry", bid.enquiry.pk))
        assert told in own
        assert "Mit Prüfung" in own

    def test_it_hears_that_enough_have_said_yes_and_no_number(self):
        pool = make.committing(threshold_at=make.AT)
        person = make.speaker(queries.chosen_bid(pool).enquiry.provider, Role.PROVIDER)
        assert "Schon jetzt reicht es" in text_of(page(person, "pool", pool.pk))

    def test_a_sunday_among_its_dates_is_pointed_out_and_not_refused(self):
        enquiry = make.enquiry()
        answered = send(
            make.speaker(enquiry.provider, Role.PROVIDER), "enquiry", enquiry.pk, fixed_cents="4.800",
            per_seat_cents="60", seats_min="8", seats_max="15", dates="07.03.2027, 09.03.2027",
            vat=VatCase.STANDARD, valid_until="26.02.2027",
        )  # fmt: skip
        assert "7. März 2027: Sonntag" in text_of(answered)
        assert "Das Angebot ist eingetragen" in text_of(answered)
