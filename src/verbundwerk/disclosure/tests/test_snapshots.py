"""What everybody reads changes once a week, and never because of one firm."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from verbundwerk.disclosure import flow, queries
from verbundwerk.disclosure.models import Snapshot, ToldFigure
from verbundwerk.disclosure.tests.make import snapshot
from verbundwerk.journal.models import JournalEntry
from verbundwerk.needs.queries.guarded import topic_key
from verbundwerk.needs.terms import DEMAND
from verbundwerk.needs.tests import make as needs
from verbundwerk.network.models import Mandate
from verbundwerk.network.terms import Role
from verbundwerk.post.models import Letter
from verbundwerk.topics.tests import make as topics

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def topic():
    """Four firms look for two seats each."""
    made = topics.topic()
    for _ in range(4):
        needs.need(state="in_pool", topic=made, seats=2)
    return made


def told(topic):
    word = queries.said(DEMAND, topic_key(topic.pk))
    return word and str(word.seats)


def test_nothing_is_said_before_the_first_snapshot(topic):
    assert told(topic) is None
    snapshot(needs.AT)
    assert told(topic) == "6–10"
    assert str(queries.said(DEMAND).seats) == "6–10"


def test_a_need_raised_on_tuesday_is_counted_on_monday_and_only_with_others(topic):
    snapshot(needs.AT)
    needs.need(state="in_pool", topic=topic, seats=4)
    assert told(topic) == "6–10"
    snapshot(needs.AT + WEEK)
    assert told(topic) == "6–10", "one firm alone moves nothing"
    for _ in range(2):
        needs.need(state="in_pool", topic=topic, seats=3)
    snapshot(needs.AT + 2 * WEEK)
    assert told(topic) == "16–25"


def test_the_day_is_that_of_the_snapshot_whether_a_figure_moved_or_not(topic):
    snapshot(needs.AT)
    snapshot(needs.AT + WEEK)
    assert queries.said(DEMAND).day == (needs.AT + WEEK).date()
    assert ToldFigure.objects.filter(statement=DEMAND).count() == 2, "nothing new is written when nothing moved"


def test_the_tick_takes_one_snapshot_a_week_and_the_database_keeps_out_a_second(topic):
    assert flow.take_weekly_snapshot(needs.AT) == 1
    assert flow.take_weekly_snapshot(needs.AT + timedelta(days=2)) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        snapshot(needs.AT + timedelta(days=3))
    assert Snapshot.objects.count() == JournalEntry.objects.filter(verb="snapshot.taken").count() == 1


def test_a_snapshot_writes_to_nobody(topic):
    snapshot(needs.AT)
    assert not Letter.objects.exists()


def test_a_topic_nobody_looks_for_any_more_is_said_no_more(topic):
    snapshot(needs.AT)
    topic.needs.update(state="withdrawn")
    snapshot(needs.AT + WEEK)
    assert told(topic) is None


def test_firms_with_a_person_in_common_count_as_one(topic):
    first, second = (one.organisation for one in topic.needs.order_by("number")[:2])
    person = needs.person(Role.HR, first)
    Mandate.objects.create(person=person, organisation=second, role=Role.HR, from_on=needs.TODAY)
    snapshot(needs.AT)
    assert told(topic) is None


def test_needs_without_a_topic_count_in_the_total_and_are_told_to_nobody():
    for _ in range(4):
        needs.need(state="in_pool", seats=2, topic=None)
    snapshot(needs.AT)
    assert str(queries.said(DEMAND).seats) == "6–10"
    assert queries.said(DEMAND, topic_key(None)) is None
