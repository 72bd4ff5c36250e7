"""The way back after many were released at once."""

import pytest

from verbundwerk.journal.models import JournalEntry
from verbundwerk.needs import flow
from verbundwerk.needs.models import Need
from verbundwerk.topics.tests import make as topics

from . import make
from .test_pages import AT, at_work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("time_stands_still")]
INBOX, RELEASE, BACK = "/bedarfe/pruefen/", "/bedarfe/pruefen/freigeben/", "/bedarfe/pruefen/zuruecknehmen/"


@pytest.fixture
def topic():
    return topics.topic("Kranführung")


def ticked(*needs):
    said = {"need": [str(one.pk) for one in needs]}
    said |= {f"topic-{one.pk}": str(one.topic_id) for one in needs}
    return said | {f"edition-{one.pk}": str(one.edition) for one in needs}


def states():
    return dict(Need.objects.values_list("topic_text", "state"))


def test_whoever_released_too_many_takes_them_back_and_finds_them_without_a_tick(topic):
    needs = [make.need(state="submitted", topic=topic, topic_text=words) for words in ("Kran", "Stapler")]
    client = at_work(make.coordinator())
    page = client.post(RELEASE, ticked(*needs), follow=True).content.decode()
    assert "Zuletzt von Ihnen freigegeben" in page

    page = client.post(BACK, follow=True).content.decode()

    assert states() == {"Kran": "submitted", "Stapler": "submitted"}
    assert "2 Bedarfe liegen wieder hier." in page
    assert " checked" not in page
    assert "Zuletzt von Ihnen freigegeben" not in page
    assert JournalEntry.objects.filter(verb="need.release_taken_back").count() == 2


def test_what_was_bundled_meanwhile_stays_in_its_pool(topic):
    bundled, waiting = (make.need(state="submitted", topic=topic, topic_text=words) for words in ("Kran", "Stapler"))
    office = make.coordinator()
    client = at_work(office)
    client.post(RELEASE, ticked(bundled, waiting))
    bundled.refresh_from_db()
    flow.bundle_need(bundled, by=office, at=AT)

    page = client.post(BACK, follow=True).content.decode()

    assert states() == {"Kran": "bundled", "Stapler": "submitted"}
    assert "1 Bedarf liegt wieder hier." in page
    assert "bleibt, wo es ist" in page


def test_nobody_else_is_offered_to_take_back_what_a_colleague_released(topic):
    need = make.need(state="submitted", topic=topic, topic_text="Kran")
    at_work(make.coordinator()).post(RELEASE, ticked(need))
    other = at_work(make.coordinator())
    assert "Zuletzt von Ihnen freigegeben" not in other.get(INBOX).content.decode()
    other.post(BACK)
    assert states() == {"Kran": "in_pool"}


def test_a_row_left_out_is_still_left_out_when_the_office_comes_back(topic):
    left, meant = (make.need(state="submitted", topic=topic, topic_text=words) for words in ("Kran", "Stapler"))
    said = ticked(meant) | {f"shown-{one.pk}": str(topic.pk) for one in (left, meant)}
    page = at_work(make.coordinator()).post(RELEASE, said, follow=True).content.decode()
    assert states() == {"Kran": "submitted", "Stapler": "in_pool"}
    assert f'value="{left.pk}"' in page
    assert " checked" not in page
