"""What a provider reads between its bid and the course."""

from datetime import date

import pytest

from verbundwerk.base import clock
from verbundwerk.network.terms import Role
from verbundwerk.pooling import queries
from verbundwerk.pooling.models import Pool
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

    def test_it_reads_for_how_many_to_reckon_and_is_asked_twice_before_it_declines(self):
        enquiry = make.enquiry(pool_of=make.pool(PoolState.ENQUIRY, seats_min=8, seats_max=16))
        text = text_of(page(make.speaker(enquiry.provider, Role.PROVIDER), "enquiry", enquiry.pk))
        assert "einer Gruppe von 8 bis 16 Personen" in text
        assert "lässt sich nicht zurücknehmen" in text

    def test_nobody_declares_a_tax_by_leaving_a_field_alone(self):
        enquiry = make.enquiry()
        answered = send(
            make.speaker(enquiry.provider, Role.PROVIDER), "enquiry", enquiry.pk, fixed_cents="4.800",
            per_seat_cents="60", seats_min="8", seats_max="15", dates="09.03.2027", vat="", valid_until="26.02.2027",
        )  # fmt: skip
        assert answered.status_code == 422


class TestWordsThatBind:
    def test_after_the_threshold_a_firm_reads_that_its_word_binds_at_once(self):
        pool = make.committing()
        person = make.speaker(make.firms_of(pool)[0])
        assert "sofort verbindlich" not in text_of(page(person, "pool", pool.pk))
        Pool.objects.filter(pk=pool.pk).update(threshold_at=make.AT)
        assert "sofort verbindlich" in text_of(page(person, "pool", pool.pk))

    @pytest.mark.parametrize(("high", "warned"), [("3", False), ("6", True)])
    def test_more_seats_than_the_need_names_are_taken_and_pointed_out(self, high, warned):
        pool = make.committing(seats=3)
        firm = make.firms_of(pool)[0]
        said = send(make.speaker(firm), "commit", pool.pk, organisation=firm.pk, limit_cents="700", low="3", high=high)
        assert "Ihre Zusage ist eingetragen" in text_of(said)
        assert ("Ihr Bedarf nennt 3" in text_of(said)) is warned

    def test_the_office_sees_when_a_bid_has_fewer_seats_than_are_looked_for(self):
        pool = make.pool_with_firms(PoolState.ENQUIRY, seats=3)
        make.bid(enquiry_of=make.enquiry("answered", pool_of=pool), seats_min=5, seats_max=8)
        assert "höchstens 8 von 9 gesuchten Plätzen" in text_of(page(make.office(), "pool", pool.pk))
