"""What is called after a topic is called so in the language of the page."""

import pytest
from django.urls import reverse
from django.utils import translation

from verbundwerk.base import clock
from verbundwerk.pooling.states import PoolState
from verbundwerk.pooling.tests import make
from verbundwerk.pooling.views import pictures
from verbundwerk.topics.tests import make as topics

from .test_pages import browser, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stopped():
    """A page read in English leaves its language behind; the next test wants to start in German."""
    with clock.stopped(make.AT), translation.override("de"):
        yield


def test_a_pool_that_is_called_after_its_topic_is_called_so_in_english_too():
    topic = topics.topic("Energiemanagement")
    topic.label_en = "Energy management"
    topic.save()
    needs = tuple(make.need(topic=topic, state="bundled") for _ in range(3))
    named = make.pool(PoolState.SOUNDING, needs=needs, title=topic.label)
    own = make.pool(PoolState.SOUNDING, needs=(make.need(topic=topic),), title="Unser Energiekurs")
    client = browser(make.office())
    client.cookies.load({"django_language": "en"})
    for pool, shown in ((named, "Energy management"), (own, "Unser Energiekurs")):
        page = text_of(client.get(reverse("pooling:pool", args=[pool.pk]), headers={"accept-language": "en"}))
        assert f"<h1>{shown}</h1>" in page


def test_a_plan_as_map_and_timeline_speaks_english():
    proposal = make.proposal()
    topic = proposal.offer.topic
    topic.label_en = "Live working"
    topic.save()
    with translation.override("en"):
        assert pictures.timeline([proposal]).tracks[0].label.endswith("Live working")
        drawn = pictures.region_map([proposal])
        assert "Brunswick" in {str(one.label) for one in drawn.shapes}
