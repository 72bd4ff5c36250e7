import uuid
from datetime import date, timedelta

import pytest

from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused
from verbundwerk.journal.queries import history_of
from verbundwerk.needs import flow, rules
from verbundwerk.needs.models import Need
from verbundwerk.network.terms import Role
from verbundwerk.topics.tests import make as topics

from . import make

pytestmark = pytest.mark.django_db
AT = make.AT


@pytest.fixture
def firm():
    return make.firm()


@pytest.fixture
def coordinator():
    return make.coordinator()


def raise_one(firm, by, **fields):
    return flow.raise_need(make.draft(**fields), organisation=firm, by=by, at=AT)


def test_a_need_walks_from_draft_to_a_covered_seat(firm, hr, coordinator):
    need = raise_one(firm, hr)
    flow.submit_need(need, by=hr, at=AT)
    flow.check_and_release(need, topic=topics.topic(), by=coordinator, at=AT)
    flow.bundle_need(need, by=coordinator, at=AT)
    flow.unbundle_need(need, by=coordinator, at=AT)
    flow.bundle_need(need, by=coordinator, at=AT)
    flow.cover_need(need, by=None, at=AT)
    verbs = [one.verb.removeprefix("need.") for one in history_of(need)]
    assert verbs == ["raised", "submitted", "checked", "released", "bundled", "unbundled", "bundled", "covered"]
    assert Need.objects.get().state == "covered"


def test_every_need_gets_the_next_number(firm, hr):
    numbers = [raise_one(firm, hr).number for _ in range(3)]
    assert numbers == [1, 2, 3]
    assert Need.objects.get(number=2).label == "B-0002"


def test_pressing_twice_makes_one_need(firm, hr):
    once = uuid.uuid4()
    first = flow.raise_and_submit(make.draft(once=once), organisation=firm, by=hr, at=AT)
    second = flow.raise_and_submit(make.draft(once=once), organisation=firm, by=hr, at=AT)
    assert first.pk == second.pk
    assert Need.objects.count() == 1


def test_nobody_meets_anothers_need_with_a_borrowed_key(firm, hr):
    once = uuid.uuid4()
    other_firm = make.firm()
    stranger = make.person(Role.HR, other_firm)
    mine, theirs = raise_one(firm, hr, once=once), raise_one(other_firm, stranger, once=once)
    assert mine.pk != theirs.pk


def test_somebody_from_another_firm_cannot_raise_submit_or_withdraw(firm, hr):
    stranger = make.person(Role.HR)
    need = raise_one(firm, hr)
    with pytest.raises(Refused):
        raise_one(firm, stranger)
    with pytest.raises(Refused):
        flow.submit_need(need, by=stranger, at=AT)
    with pytest.raises(Refused):
        flow.withdraw_need(need, reason="so", by=stranger, at=AT)


def test_only_the_coordination_checks_and_releases(firm, hr):
    need = flow.raise_and_submit(make.draft(), organisation=firm, by=hr, at=AT)
    with pytest.raises(Refused):
        flow.check_and_release(need, topic=topics.topic(), by=hr, at=AT)


def test_checking_twice_is_told_and_changes_nothing(firm, hr, coordinator):
    need = flow.raise_and_submit(make.draft(), organisation=firm, by=hr, at=AT)
    old_page = Need.objects.get(pk=need.pk)
    topic = topics.topic()
    flow.check_and_release(need, topic=topic, by=coordinator, at=AT)
    with pytest.raises(AlreadyMoved):
        flow.check_and_release(old_page, topic=topics.topic(), by=coordinator, at=AT)
    assert Need.objects.get().topic == topic


def test_a_need_without_a_topic_is_not_released(coordinator):
    need = make.need(state="checked")
    with pytest.raises(Refused, match="Thema"):
        flow.release_need(need, by=coordinator, at=AT)


def test_a_window_in_the_past_is_not_submitted(firm, hr):
    past = raise_one(firm, hr, window_from=date(2026, 1, 1), window_until=date(2026, 2, 1))
    with pytest.raises(Refused, match="vorbei"):
        flow.submit_need(past, by=hr, at=AT)


def test_withdrawing_needs_a_reason_and_closes(firm, hr):
    need = raise_one(firm, hr)
    with pytest.raises(Refused, match="Grund"):
        flow.withdraw_need(need, reason="  ", by=hr, at=AT)
    flow.withdraw_need(need, reason="Auftrag weg", by=hr, at=AT)
    assert (need.state, need.reason, need.closed_at) == ("withdrawn", "Auftrag weg", AT)


def test_the_journal_says_which_fields_changed(firm, hr):
    need = raise_one(firm, hr)
    changed = flow.change_need(need, make.draft(seats=9, level=2), by=hr, at=AT)
    assert changed.seats == 9
    assert history_of(need).last().details == {"fields": ["level", "seats"]}


def test_set_aside_with_a_reason_can_be_checked_again_later(coordinator):
    need = make.need(state="submitted")
    flow.set_aside_need(need, reason="Nur als Einzelberatung", by=coordinator, at=AT)
    assert need.state == "unpoolable"
    flow.check_need(need, topic=topics.topic(), by=coordinator, at=AT)
    assert (need.state, need.reason) == ("checked", "")


def test_covered_elsewhere_ends_the_way(firm, hr):
    need = make.need(organisation=firm, state="in_pool")
    flow.cover_elsewhere(need, reason="Kurs in Goslar gefunden", by=hr, at=AT)
    assert need.closed_at == AT


def test_a_bundled_need_is_first_taken_out_of_its_pool(firm, hr):
    need = make.need(organisation=firm, state="bundled")
    assert "Bündel" in str(rules.may_withdraw(need, hr).reason)
    with pytest.raises(AlreadyMoved):
        flow.withdraw_need(need, reason="doch nicht", by=hr, at=AT)


def test_still_wanted_means_another_year(firm, hr):
    need = make.need(organisation=firm, state="in_pool", expiry_asked_at=AT)
    later = AT + timedelta(days=340)
    kept = flow.keep_need(need, by=hr, at=later)
    assert kept.expires_on == later.date() + timedelta(days=365)
    assert kept.expiry_asked_at is None


def test_the_need_remembers_who_it_came_from(firm):
    mentor, council = make.person(Role.MENTOR, firm), make.person(Role.WORKS_COUNCIL, firm)
    assert raise_one(firm, mentor).source == "mentor"
    assert raise_one(firm, council).source == "works_council"
    assert raise_one(firm, make.coordinator()).source == "advice"


def test_place_and_district_follow_the_postal_code(firm, hr):
    need = raise_one(firm, hr, postal_code="31224")
    assert need.site is not None
    assert need.district == "03157"
