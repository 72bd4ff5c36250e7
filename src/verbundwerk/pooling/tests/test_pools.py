"""From proposals to pools, from pools to a chosen bid, and the ways out."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused
from verbundwerk.catalogue.tests import make as catalogue
from verbundwerk.disclosure.tests.make import snapshot
from verbundwerk.needs import flow as needs_flow
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.terms import Confidentiality
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.pooling import flow, queries
from verbundwerk.pooling.models import Pool
from verbundwerk.pooling.states import BidState, EnquiryState, PoolState
from verbundwerk.pooling.terms import FailureReason
from verbundwerk.pooling.tests import make
from verbundwerk.post.models import Letter
from verbundwerk.topics.tests import make as topics

pytestmark = pytest.mark.django_db


def states(pool):
    return {member.need.state for member in pool.members.select_related("need")}


class TestAcceptingAProposal:
    def test_the_office_makes_a_pool_of_it_and_every_firm_is_told(self):
        proposal = make.proposal()
        for member in proposal.members.select_related("need__organisation"):
            make.speaker(member.need.organisation)
        pool = flow.accept_proposal(proposal, by=make.office(), at=make.AT)
        assert pool.state == PoolState.SOUNDING
        assert pool.label == "V-0001"
        assert pool.title == proposal.offer.topic.label
        assert states(pool) == {NeedState.BUNDLED}
        assert Letter.objects.filter(key__startswith="pooling.bundled").count() == 3

    def test_numbers_go_on_counting(self):
        office = make.office()
        numbers = [flow.accept_proposal(make.proposal(), by=office, at=make.AT).number for _ in range(3)]
        assert numbers == [1, 2, 3]

    def test_when_one_need_is_gone_nothing_happens_and_the_reason_names_it(self):
        proposal, office = make.proposal(), make.office()
        gone = proposal.members.first().need
        needs_flow.set_aside_need(gone, reason="lieber einzeln", by=office, at=make.AT)
        with pytest.raises(Refused, match=gone.label):
            flow.accept_proposal(proposal, by=office, at=make.AT)
        assert not Pool.objects.exists()
        assert {m.need.state for m in proposal.members.select_related("need")} == {
            NeedState.IN_POOL,
            NeedState.UNPOOLABLE,
        }

    def test_a_need_its_firm_has_changed_since_the_plan_is_planned_anew(self):
        proposal, office = make.proposal(), make.office()
        changed = proposal.members.first().need
        later = proposal.plan.requested_at + timedelta(minutes=5)
        Need.objects.filter(pk=changed.pk).update(changed_at=later)
        with pytest.raises(Refused, match=f"{changed.label} hat sich seit der Berechnung geändert"):
            flow.accept_proposal(proposal, by=office, at=make.AT)
        Need.objects.filter(pk=changed.pk).update(changed_at=later - timedelta(days=1))
        assert flow.accept_proposal(proposal, by=office, at=make.AT)

    def test_nobody_accepts_the_same_proposal_twice(self):
        proposal, office = make.proposal(), make.office()
        flow.accept_proposal(proposal, by=office, at=make.AT)
        with pytest.raises(Refused, match="schon angenommen"):
            flow.accept_proposal(proposal, by=office, at=make.AT)

    def test_one_firm_alone_is_no_pool(self):
        with pytest.raises(Refused, match="nur ein Betrieb"):
            flow.accept_proposal(make.proposal(firms=1, seats=8), by=make.office(), at=make.AT)

    def test_a_firm_cannot_accept_proposals(self):
        with pytest.raises(Refused):
            flow.accept_proposal(make.proposal(), by=make.speaker(make.firm()), at=make.AT)


class TestMergingByHand:
    def data(self, topic, **fields):
        values = {"title": "Hochvolt", "topic": topic, "level": 1, "starts_on": date(2027, 3, 2)}
        return flow.PoolData(**{**values, "ends_on": date(2027, 3, 9), **fields})

    def test_the_office_merges_needs_and_says_why(self):
        topic = topics.topic()
        needs = [make.need(topic=topic) for _ in range(2)]
        pool = flow.open_pool(self.data(topic), needs, reason="gleiche Anlage", by=make.office(), at=make.AT)
        assert {m.need for m in pool.members.all()} == set(needs)

    def test_without_a_reason_nothing_is_merged(self):
        needs = [make.need() for _ in range(2)]
        with pytest.raises(Refused, match="warum"):
            flow.open_pool(self.data(needs[0].topic), needs, reason=" ", by=make.office(), at=make.AT)

    def test_firms_that_must_not_meet_never_do(self):
        rival = make.firm()
        walled = make.need(hidden_from=[rival])
        needs = [walled, make.need(organisation=rival, topic=walled.topic)]
        with pytest.raises(Refused, match="nicht zusammenkommen"):
            flow.open_pool(self.data(walled.topic), needs, reason="eilig", by=make.office(), at=make.AT)

    def test_a_firm_whose_window_changes_is_asked(self):
        topic = topics.topic()
        early = make.need(topic=topic, window_until=date(2027, 3, 1))
        fitting = make.need(topic=topic)
        people = {one: make.speaker(one.organisation) for one in (early, fitting)}
        flow.open_pool(self.data(topic), [early, fitting], reason="fast gleich", by=make.office(), at=make.AT)
        texts = {need: Letter.objects.get(to=person.email).text for need, person in people.items()}
        assert "weichen von Ihrem Bedarf ab" in texts[early]
        assert "weichen" not in texts[fitting]

    def test_a_firm_whom_it_does_not_suit_leaves_and_waits_again(self):
        pool = make.pool_with_firms()
        need = pool.members.first().need
        flow.drop_member(pool, need, by=make.speaker(need.organisation), at=make.AT)
        need.refresh_from_db()
        assert need.state == NeedState.IN_POOL
        assert pool.members.count() == 2

    def test_a_firm_cannot_push_another_out(self):
        pool = make.pool_with_firms()
        one, other = (member.need for member in pool.members.all()[:2])
        with pytest.raises(Refused):
            flow.drop_member(pool, one, by=make.speaker(other.organisation), at=make.AT)


class TestPublishing:
    def test_a_pool_of_confidential_needs_stays_between_us(self):
        topic = topics.topic()
        secret = tuple(make.need(topic=topic, confidentiality=Confidentiality.CONFIDENTIAL) for _ in range(2))
        with pytest.raises(Refused, match="vertraulich"):
            flow.publish_pool(make.pool(needs=secret), by=make.office(), at=make.AT)

    def test_published_means_everybody_sees_the_topic_and_never_a_firm(self):
        pool = make.pool_with_firms(firms=4)
        flow.publish_pool(pool, by=make.office(), at=make.AT)
        snapshot()
        (shown,) = queries.published_pools()
        assert (shown.label, shown.title) == (pool.label, pool.title)
        assert str(shown.seats) == "11–15"
        flow.unpublish_pool(pool, by=make.office(), at=make.AT)
        assert queries.published_pools() == []

    @pytest.mark.parametrize("seats", [(5, 5), (18, 1, 1)])
    def test_seats_that_would_give_a_firm_away_are_not_named(self, seats):
        topic = topics.topic()
        members = tuple(make.need(topic=topic, seats=n) for n in seats)
        make.pool(needs=members, published=True)
        snapshot()
        assert queries.published_pools()[0].seats is None

    def test_confidential_and_walled_needs_stand_behind_no_figure(self):
        topic = topics.topic()
        rival = make.firm()
        members = [make.need(topic=topic, seats=3) for _ in range(4)]
        hidden = make.need(topic=topic, seats=9, confidentiality=Confidentiality.CONFIDENTIAL)
        quiet = make.need(topic=topic, seats=9, confidentiality=Confidentiality.TOPIC_ONLY)
        walled = make.need(topic=topic, seats=9, hidden_from=[rival])
        make.pool(needs=(*members, hidden, quiet, walled), published=True)
        snapshot()
        assert str(queries.published_pools()[0].seats) == "11–15"


class TestAskingProviders:
    def asked(self, **fields):
        pool, office = make.pool_with_firms(**fields), make.office()
        providers = [make.provider(), make.provider()]
        people = [make.speaker(one, Role.PROVIDER) for one in providers]
        until = make.TODAY + timedelta(days=14)
        return pool, office, people, flow.ask_providers(pool, providers, answer_until=until, by=office, at=make.AT)

    def test_every_provider_gets_one_letter_that_names_no_firm(self):
        pool, office, people, enquiries = self.asked()
        flow.ask_providers(pool, [one.provider for one in enquiries], answer_until=make.TODAY, by=office, at=make.AT)
        letters = Letter.objects.filter(key__startswith="pooling.asked")
        assert {letter.to for letter in letters} == {person.email for person in people}
        assert letters.count() == 2
        names = [member.need.organisation.name for member in pool.members.select_related("need__organisation")]
        assert not any(name in letter.text for letter in letters for name in names)

    def test_the_provider_bids_the_office_chooses_and_the_pool_takes_on_the_dates(self):
        pool, office, people, (first, second) = self.asked()
        bid = flow.enter_bid(first, make.bid_data(seats_min=5, seats_max=12), by=people[0], at=make.AT)
        other = flow.enter_bid(second, make.bid_data(), by=office, at=make.AT)
        flow.choose_bid(bid, by=office, at=make.AT)
        pool.refresh_from_db()
        other.refresh_from_db()
        assert (pool.state, pool.seats_min, pool.seats_max) == (PoolState.BID_CHOSEN, 5, 12)
        assert queries.chosen_bid(pool) == bid
        assert other.state == BidState.REJECTED
        assert {one.state for one in queries.enquiries_of(pool)} == {EnquiryState.CLOSED}

    def test_a_provider_answers_only_its_own_enquiry_and_in_time(self):
        _pool, office, people, (first, second) = self.asked()
        with pytest.raises(Refused, match="angefragte Anbieter"):
            flow.enter_bid(second, make.bid_data(), by=people[0], at=make.AT)
        late = make.AT + timedelta(days=20)
        with pytest.raises(Refused, match="abgelaufen"):
            flow.enter_bid(first, make.bid_data(), by=people[0], at=late)
        assert flow.enter_bid(first, make.bid_data(), by=office, at=late)

    def test_a_declined_enquiry_takes_no_bid(self):
        _pool, _office, people, (first, _second) = self.asked()
        flow.decline_enquiry(first, by=people[0], at=make.AT)
        with pytest.raises(Refused):
            flow.enter_bid(first, make.bid_data(), by=people[0], at=make.AT)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"seats_min": 9, "seats_max": 8},
            {"ends_on": date(2027, 3, 1)},
            {"fixed_cents": 0, "per_seat_cents": 0},
            {"starts_on": date(2027, 1, 11)},
            {"valid_until": date(2027, 1, 10)},
        ],
    )
    def test_a_bid_that_cannot_be_is_refused(self, wrong):
        _pool, _office, people, (first, _second) = self.asked()
        with pytest.raises(Refused):
            flow.enter_bid(first, make.bid_data(**wrong), by=people[0], at=make.AT)

    def test_commitments_open_only_with_a_bid_that_lasts(self):
        pool, office, people, (first, _second) = self.asked()
        bid = flow.enter_bid(first, make.bid_data(), by=people[0], at=make.AT)
        flow.choose_bid(bid, by=office, at=make.AT)
        with pytest.raises(Refused, match="gilt nur bis"):
            flow.open_commitments(pool, commit_until=date(2027, 2, 28), by=office, at=make.AT)
        flow.open_commitments(pool, commit_until=date(2027, 2, 1), by=office, at=make.AT)
        assert pool.state == PoolState.COMMITTING


class TestGivingUp:
    def test_everybody_is_free_again(self):
        pool, office = make.committing(), make.office()
        make.commitment(pool_of=pool, organisation=make.firms_of(pool)[0])
        flow.fail_pool(pool, reason=FailureReason.PRICE, by=office, at=make.AT)
        assert states(pool) == {NeedState.IN_POOL}
        assert {word.state for word in pool.commitments.all()} == {"not_met"}
        assert queries.chosen_bid(pool) is None

    def test_a_pool_is_tried_again_with_those_who_still_wait(self):
        pool, office = make.committing(firms=3), make.office()
        flow.fail_pool(pool, reason=FailureReason.PROVIDER, by=office, at=make.AT)
        gone = pool.members.first().need
        gone.refresh_from_db()
        needs_flow.set_aside_need(gone, reason="einzeln gelöst", by=office, at=make.AT)
        flow.revive_pool(pool, by=office, at=make.AT)
        assert pool.state == PoolState.SOUNDING
        assert pool.members.count() == 2
        provider = pool.enquiries.first().provider
        until = make.TODAY + timedelta(days=3)
        assert flow.ask_providers(pool, [provider], answer_until=until, by=office, at=make.AT)

    def test_a_withdrawn_need_stays_withdrawn(self):
        pool, office = make.pool_with_firms(), make.office()
        need = pool.members.first().need
        Need.objects.filter(pk=need.pk).update(state=NeedState.WITHDRAWN)
        flow.fail_pool(pool, reason=FailureReason.OTHER, by=office, at=make.AT)
        need.refresh_from_db()
        assert need.state == NeedState.WITHDRAWN

    def test_what_came_about_cannot_be_given_up(self):
        with pytest.raises(AlreadyMoved):
            flow.fail_pool(make.pool(PoolState.CAME_ABOUT), reason="price", by=make.office(), at=make.AT)


class TestWhoMayKnow:
    def test_the_office_sees_all_a_firm_its_own_a_provider_what_it_was_asked(self):
        pool = make.pool_with_firms(PoolState.ENQUIRY)
        enquiry = make.enquiry(pool_of=pool)
        inside = make.speaker(make.firms_of(pool)[0])
        asked = make.speaker(enquiry.provider, Role.PROVIDER)
        views = {one: queries.view_of(one, queries.pool_for(one, pool.pk)) for one in (make.office(), inside, asked)}
        assert list(views.values()) == ["office", "firm", "provider"]

    @pytest.mark.parametrize("role", [Role.HR, Role.PROVIDER, Role.EMPLOYEE, Role.ADVISER, Role.ADMIN])
    def test_everybody_else_does_not_know_it_exists(self, role):
        pool = make.pool_with_firms()
        with pytest.raises(Http404):
            queries.pool_for(network.person(role), pool.pk)

    def test_a_published_pool_is_known_to_all_in_its_disclosed_form(self):
        pool = make.pool_with_firms(published=True)
        stranger = make.speaker(make.firm())
        assert queries.view_of(stranger, queries.pool_for(stranger, pool.pk)) == "public"

    def test_rooms_of_the_catalogue_serve_pools(self):
        room = catalogue.venue()
        pool = make.pool(venue=room)
        assert queries.rooms_in_use() == [pool]
