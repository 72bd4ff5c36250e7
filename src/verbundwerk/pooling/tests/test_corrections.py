"""A provider changes its mind: what it may change until when, and who learns of it."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from verbundwerk.base import clock
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused
from verbundwerk.journal.models import JournalEntry
from verbundwerk.network.terms import Role
from verbundwerk.pooling import flow, queries
from verbundwerk.pooling.states import BID, BidState, EnquiryState, PoolState
from verbundwerk.pooling.terms import VatCase
from verbundwerk.pooling.tests import make
from verbundwerk.post.models import Letter

from .test_pages import page, send, text_of

pytestmark = pytest.mark.django_db
TYPED = {
    "fixed_cents": "3.900", "per_seat_cents": "60", "seats_min": "6", "seats_max": "12", "dates": "09.03.2027",
    "vat": VatCase.STANDARD, "valid_until": "26.02.2027",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _stopped():
    with clock.stopped(make.AT):
        yield


@pytest.fixture
def bid():
    return make.bid()


@pytest.fixture
def provider(bid):
    return make.speaker(bid.enquiry.provider, Role.PROVIDER)


class TestCorrecting:
    def test_a_provider_changes_its_price_and_both_sides_read_what_it_was(self, bid, provider):
        office = make.office()
        form = text_of(page(provider, "correct_bid", bid.enquiry_id))
        assert 'value="4.800,00"' in form
        assert "02.03.2027, 09.03.2027" in form
        changed = text_of(send(provider, "correct_bid", bid.enquiry_id, seen=1, **TYPED))
        assert "Das geänderte Angebot ist eingetragen" in changed
        assert "3.900,00" in changed
        assert "4.800,00" in changed
        told = text_of(page(office, "pool", bid.enquiry.pool_id))
        assert "vorher 4.800,00" in told
        letter = Letter.objects.get(to=office.email, key__startswith="pooling.bid-corrected")
        assert bid.enquiry.provider.name in letter.text
        assert "3.900,00" in letter.text
        assert "4.800,00" in letter.text
        assert JournalEntry.objects.get(verb="bid.corrected").actor == provider.pk

    def test_what_the_office_puts_right_on_the_telephone_the_provider_reads(self, bid, provider):
        changed = text_of(send(make.office(), "correct_bid", bid.enquiry_id, seen=1, **TYPED))
        assert "Der Anbieter bekommt Bescheid" in changed
        assert Letter.objects.get(key__startswith="pooling.bid-corrected").to == provider.email

    def test_no_field_is_called_optional_that_is_needed_under_a_condition(self, bid, provider):
        form = text_of(page(provider, "correct_bid", bid.enquiry_id))
        assert form.count("(freiwillig)") == 3  # place, teaching units, note
        assert "Eins von beiden brauchen wir" in form

    def test_every_version_is_kept(self, bid, provider):
        for cents in (450_000, 400_000):
            flow.correct_bid(bid, make.bid_data(fixed_cents=cents), by=provider, at=make.AT)
        assert bid.fixed_cents == 400_000
        assert [(one.version, one.fixed_cents) for one in bid.earlier.all()] == [(2, 450_000), (1, 480_000)]

    def test_after_the_last_day_for_answers_only_the_office_may(self, bid, provider):
        late = make.AT + timedelta(days=20)
        with pytest.raises(Refused, match="rufen Sie bitte die Verbundkoordination an"):
            flow.correct_bid(bid, make.bid_data(), by=provider, at=late)
        assert flow.correct_bid(bid, make.bid_data(), by=make.office(), at=late)

    def test_two_of_the_same_provider_do_not_write_over_each_other(self, bid, provider):
        send(provider, "correct_bid", bid.enquiry_id, seen=1, **TYPED)
        answered = send(provider, "correct_bid", bid.enquiry_id, seen=1, **{**TYPED, "fixed_cents": "1"})
        assert "inzwischen geändert" in text_of(answered)
        bid.refresh_from_db()
        assert bid.fixed_cents == 390_000

    def test_the_office_never_chooses_a_price_it_has_not_seen(self, bid, provider):
        office = make.office()
        flow.correct_bid(bid, make.bid_data(fixed_cents=990_000), by=provider, at=make.AT)
        refused = send(office, "choose", bid.pk, seen=1)
        assert "inzwischen geändert" in text_of(refused)
        send(office, "choose", bid.pk, seen=2)
        bid.refresh_from_db()
        assert bid.state == BidState.ACCEPTED

    def test_a_bid_that_cannot_be_is_refused_and_everything_typed_stays(self, bid, provider):
        answered = send(provider, "correct_bid", bid.enquiry_id, seen=1, **{**TYPED, "seats_max": "2"})
        assert answered.status_code == 422
        assert 'value="3.900"' in text_of(answered)
        assert not bid.earlier.exists()


class TestWithdrawing:
    def test_a_provider_withdraws_and_the_office_is_told_and_may_ask_again(self, bid, provider):
        office, pool = make.office(), bid.enquiry.pool
        assert "Das lässt sich nicht zurücknehmen" in text_of(page(provider, "enquiry", bid.enquiry_id))
        answered = text_of(send(provider, "withdraw_bid", bid.enquiry_id))
        assert "Dieses Angebot ist zurückgezogen" in answered
        assert Letter.objects.filter(key__startswith="pooling.bid-withdrawn", to=office.email).count() == 1
        assert "Dieses Angebot wählen" not in text_of(page(office, "pool", pool.pk))
        until = make.TODAY + timedelta(days=3)
        assert flow.ask_providers(pool, [bid.enquiry.provider], answer_until=until, by=office, at=make.AT)

    def test_also_after_the_last_day_for_answers(self, bid, provider):
        flow.withdraw_bid(bid, by=provider, at=make.AT + timedelta(days=20))
        assert (bid.state, bid.enquiry.state) == (BidState.WITHDRAWN, EnquiryState.DECLINED)

    def test_a_withdrawn_bid_is_not_chosen(self, bid, provider):
        flow.withdraw_bid(bid, by=provider, at=make.AT)
        with pytest.raises(Refused):
            flow.choose_bid(bid, by=make.office(), at=make.AT)


class TestOnceFirmsRelyOnIt:
    @pytest.mark.parametrize(
        ("state", "why"),
        [(PoolState.BID_CHOSEN, "ist gewählt"), (PoolState.COMMITTING, "Die Betriebe sagen auf dieses Angebot hin")],
    )
    def test_it_stands_and_the_provider_reads_why_and_whom_to_call(self, state, why, settings):
        settings.OPERATOR = settings.OPERATOR.__class__(phone="05341 4711")
        pool = make.pool(state, commit_until=make.TODAY)
        chosen = make.bid("accepted", enquiry_of=make.enquiry("closed", pool_of=pool))
        person, office = make.speaker(chosen.enquiry.provider, Role.PROVIDER), make.office()
        shown = text_of(page(person, "enquiry", chosen.enquiry_id))
        assert why in shown
        assert "05341 4711" in shown
        assert office.mandates.first().organisation.name in shown
        assert "Angebot ändern" not in shown
        for verb in ("correct_bid", "withdraw_bid"):
            refused = send(person, verb, chosen.enquiry_id, seen=1, **TYPED)
            assert refused.status_code == 403
            assert "rufen Sie bitte die Verbundkoordination an" in text_of(refused)

    def test_of_a_correction_and_a_choice_at_once_the_database_gives_the_turn_to_one(self, bid):
        BID.advance(bid, "accept")
        with pytest.raises(AlreadyMoved):
            BID.advance(bid, "correct", fixed_cents=1)

    def test_no_other_provider_reaches_it(self, bid):
        other = make.speaker(make.provider(), Role.PROVIDER)
        assert page(other, "correct_bid", bid.enquiry_id).status_code == 404
        assert send(other, "withdraw_bid", bid.enquiry_id).status_code == 404


def test_what_was_noted_beside_an_earlier_price_is_forgotten_with_the_rest(bid, provider):
    flow.correct_bid(bid, make.bid_data(note="neu"), by=provider, at=make.AT)
    bid.earlier.update(note="alt")
    pool = bid.enquiry.pool
    pool.closed_at = make.AT - timedelta(days=3 * 365)
    pool.save()
    with clock.stopped(make.AT):
        call_command("tick", verbosity=0)
    bid.refresh_from_db()
    assert (bid.note, bid.earlier.get().note) == ("", "")
    assert queries.chosen_bid(pool) is None
