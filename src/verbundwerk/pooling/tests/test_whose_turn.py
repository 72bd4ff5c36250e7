"""What is late says so where it is listed, whose turn it is, and where a pool came from."""

from datetime import timedelta

import pytest

from verbundwerk.base import clock
from verbundwerk.needs.queries import next_step
from verbundwerk.pooling.tests import make
from verbundwerk.pooling.tests.test_pages import page, text_of
from verbundwerk.topics.tests import make as topics

pytestmark = pytest.mark.django_db
YESTERDAY = make.TODAY - timedelta(days=1)
LATE = "überfällig"


@pytest.fixture(autouse=True)
def _stopped():
    with clock.stopped(make.AT):
        yield


@pytest.mark.parametrize(
    ("state", "fields"),
    [("enquiry", {"bids_until": YESTERDAY}), ("committing", {"commit_until": YESTERDAY}),
     ("gap", {"commit_until": YESTERDAY})],
)  # fmt: skip
def test_a_deadline_that_passed_is_marked_in_the_list_of_pools(state, fields):
    make.pool(state, **fields)
    assert text_of(page(make.office(), "list")).count(LATE) == 1


@pytest.mark.parametrize(
    ("state", "fields"),
    [("enquiry", {"bids_until": make.TODAY}), ("bid_chosen", {"bids_until": YESTERDAY}),
     ("came_about", {"commit_until": YESTERDAY})],
)  # fmt: skip
def test_what_is_still_running_or_long_settled_is_not_late(state, fields):
    make.pool(state, **fields)
    assert LATE not in text_of(page(make.office(), "list"))


def test_a_provider_who_has_not_answered_in_time_stands_as_late_on_the_page_of_the_pool():
    pool = make.pool_with_firms("enquiry", bids_until=YESTERDAY)
    make.enquiry(pool_of=pool, answer_until=YESTERDAY)
    make.enquiry("declined", pool_of=pool, answer_until=YESTERDAY)
    assert text_of(page(make.office(), "pool", pool.pk)).count(LATE) == 1


def test_a_topic_for_which_nothing_waits_leads_back_to_all_topics():
    make.need()
    text = text_of(page(make.office(), "merge", thema=topics.topic().pk))
    assert "Zu diesem Thema wartet zurzeit kein Bedarf." in text
    assert "Alle Themen zeigen" in text


def test_a_need_whose_firm_has_to_commit_says_so_and_not_the_coordination():
    pool = make.committing()
    mine = pool.members.first().need
    assert (str(next_step(mine).who), next_step(mine).until) == ("Der Betrieb", pool.commit_until)
    make.commitment(pool_of=pool, organisation=mine.organisation)
    assert str(next_step(mine).who) == "Die anderen Betriebe"


def test_a_pool_from_a_plan_leads_back_to_it_and_asks_the_provider_it_reckoned_with():
    run, office = make.proposal(pool=make.pool_with_firms()), make.office()
    assert f"/buendel/plaene/{run.plan_id}/" in text_of(page(office, "pool", run.pool.pk))
    asked = page(office, "ask", run.pool.pk).context["form"]
    assert asked.initial["providers"] == [run.offer.provider_id]
    assert text_of(page(office, "ask", run.pool.pk)).count(" checked") == 1
