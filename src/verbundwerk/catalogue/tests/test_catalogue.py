"""Providers keep their offers, everybody reads them, a catalogue file is looked at before it is taken over."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from verbundwerk.base.verdicts import Refused
from verbundwerk.catalogue import flow, queries, rules
from verbundwerk.catalogue.models import Offer, Venue
from verbundwerk.catalogue.tests import make
from verbundwerk.catalogue.tests.test_openqcat import REAL, catalogue, days, service
from verbundwerk.journal.models import JournalEntry
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.topics.tests import make as topics

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider():
    return make.provider("Bildungshaus")


@pytest.fixture
def teacher(provider):
    return network.person(Role.PROVIDER, provider)


def data(**fields):
    values = {"title": "SPS-Grundlagen", "topic": topics.topic(), "days": 2, "fixed_cents": 300_000}
    return flow.OfferData(**{**values, "per_seat_cents": 6_000, **fields})


def text_of(response):
    return response.content.decode()


def browser(person):
    client = Client()
    client.force_login(person)
    return client


class TestOffers:
    def test_a_provider_publishes_and_everybody_reads_it(self, provider, teacher):
        offer = flow.publish_offer(data(), provider=provider, by=teacher, at=make.AT)
        text = text_of(Client().get(reverse("catalogue:list")))
        assert "SPS-Grundlagen" in text
        assert "ab 260,00" in text
        assert JournalEntry.objects.get(verb="offer.published").subject == offer.pk

    def test_nobody_publishes_for_another_provider(self, provider):
        stranger = network.person(Role.PROVIDER, make.provider())
        with pytest.raises(Refused, match="Nur der Anbieter"):
            flow.publish_offer(data(), provider=provider, by=stranger, at=make.AT)

    def test_a_large_company_may_offer_seats_of_its_own_courses(self):
        host = network.organisation()
        assert flow.publish_offer(data(), provider=host, by=network.person(Role.HOST, host), at=make.AT)

    def test_one_number_means_one_offer(self, provider, teacher):
        flow.publish_offer(data(reference="A-1"), provider=provider, by=teacher, at=make.AT)
        with pytest.raises(Refused, match="gibt es schon"):
            flow.publish_offer(data(reference="A-1"), provider=provider, by=teacher, at=make.AT)
        assert flow.publish_offer(data(reference="A-1"), provider=make.provider(), by=None, at=make.AT)

    @pytest.mark.parametrize("wrong", [{"seats_min": 9, "seats_max": 8}, {"onsite": False}, {"patterns": ("nie",)}])
    def test_an_offer_that_cannot_be_held_is_refused(self, provider, teacher, wrong):
        with pytest.raises(Refused):
            flow.publish_offer(data(**wrong), provider=provider, by=teacher, at=make.AT)

    def test_a_hidden_offer_is_only_for_its_own_house(self, provider, teacher):
        offer = make.offer(provider=provider, published=False)
        assert queries.offer_for(teacher, offer.pk) == offer
        with pytest.raises(Http404):
            queries.offer_for(network.person(Role.PROVIDER), offer.pk)

    def test_an_expired_offer_leaves_the_catalogue(self):
        make.offer(expires_on=date(2020, 1, 1))
        assert not queries.public_offers().exists()

    def test_a_plan_builds_only_on_offers_with_topic_and_price(self):
        good = make.offer()
        make.offer(priced=False)
        make.offer(topic=None)
        make.offer(published=False)
        assert list(queries.offers_for_pooling(date(2027, 1, 1))) == [good]

    def test_the_price_from_is_that_of_a_full_group_rounded_up(self):
        offer = make.offer(fixed_cents=100_000, per_seat_cents=None, seats_max=15)
        assert rules.price_from(offer) == 6_667
        assert rules.price_from(make.offer(priced=False)) is None


class TestRooms:
    def test_a_firm_shares_its_room(self):
        firm = network.organisation()
        person = network.person(Role.HR, firm)
        room = flow.add_venue(
            firm.sites.get(), name="Lehrwerkstatt", capacity=12, rent_cents=9_000, by=person, at=make.AT
        )
        assert list(queries.venues()) == [room]

    def test_nobody_shares_the_room_of_another(self):
        site, stranger = network.organisation().sites.get(), network.person(Role.HR)
        with pytest.raises(Refused):
            flow.add_venue(site, name="Halle", capacity=5, by=stranger, at=make.AT)


class TestTakingOver:
    DATE = flow.EntryDate(date(2027, 3, 1), date(2027, 3, 3))
    ENTRY = flow.Entry("4711", "Schweißen", days=3, price_cents=48_000, dates=(DATE,))

    def test_the_first_time_everything_is_new_the_second_time_nothing(self, provider, teacher):
        first = flow.take_over_catalogue([self.ENTRY], provider=provider, by=teacher, at=make.AT)
        again = flow.take_over_catalogue([self.ENTRY], provider=provider, by=teacher, at=make.AT)
        assert (first, again) == (flow.Taken(1, 0, 0), flow.Taken(0, 0, 1))
        assert Offer.objects.count() == 1

    def test_a_changed_course_is_updated_not_doubled_and_keeps_what_people_added(self, provider, teacher):
        flow.take_over_catalogue([self.ENTRY], provider=provider, by=teacher, at=make.AT)
        offer, topic = Offer.objects.get(), topics.topic()
        flow.change_offer(offer, data(title="Schweißen", topic=topic, reference="4711", days=3), by=teacher, at=make.AT)
        dearer = flow.Entry("4711", "Schweißen", days=3, price_cents=52_000)
        taken = flow.take_over_catalogue([dearer], provider=provider, by=teacher, at=make.AT)
        offer.refresh_from_db()
        assert taken == flow.Taken(0, 1, 0)
        assert (offer.topic, offer.per_seat_cents, offer.dates.count()) == (topic, 52_000, 0)

    def test_two_providers_may_use_the_same_number(self, provider, teacher):
        flow.take_over_catalogue([self.ENTRY], provider=provider, by=teacher, at=make.AT)
        flow.take_over_catalogue([self.ENTRY], provider=make.provider(), by=None, at=make.AT)
        assert Offer.objects.count() == 2


class TestPages:
    def typed(self, provider, **fields):
        values = {"provider": provider.pk, "title": "Löten", "level": "1", "kind": "course", "days": "2"}
        values |= {"seats_min": "4", "seats_max": "8", "fixed_cents": "1.200", "onsite": "on", "published": "on"}
        return {**values, **fields}

    def test_a_provider_enters_an_offer_and_changes_it(self, provider, teacher):
        client = browser(teacher)
        client.post(reverse("catalogue:new"), self.typed(provider))
        offer = Offer.objects.get()
        address = reverse("catalogue:edit", args=[offer.pk])
        assert 'value="1.200,00"' in text_of(client.get(address))
        client.post(address, self.typed(provider, title="Weichlöten"))
        assert Offer.objects.get().title == "Weichlöten"

    def test_what_is_wrong_is_said_at_the_field_and_everything_typed_stays(self, provider, teacher):
        typed = self.typed(provider, days="zwei", seats_max="3", title="<script>alert(1)</script>")
        response = browser(teacher).post(reverse("catalogue:new"), typed)
        assert response.status_code == 422
        assert "„zwei“" in text_of(response)
        assert "kleiner als die kleinste" in text_of(response)
        assert "<script>alert" not in text_of(response)

    def test_a_file_is_shown_first_and_taken_over_on_a_second_word(self, provider, teacher):
        client = browser(teacher)
        more = days("2027-03-01", "2027-03-03")
        file = SimpleUploadedFile("kurse.xml", catalogue(service(more=more)).getvalue(), "text/xml")
        preview = client.post(reverse("catalogue:upload"), {"provider": provider.pk, "file": file})
        assert "Noch ist nichts übernommen" in text_of(preview)
        assert not Offer.objects.exists()
        entries = preview.context["form"]["entries"].value()
        taken = client.post(reverse("catalogue:take"), {"provider": provider.pk, "entries": entries}, follow=True)
        assert "1 Angebot ist neu" in text_of(taken)
        assert Offer.objects.get().dates.get().starts_on == date(2027, 3, 1)

    def test_a_preview_somebody_changed_is_refused(self, provider, teacher):
        response = browser(teacher).post(reverse("catalogue:take"), {"provider": provider.pk, "entries": "xxx"})
        assert response.status_code == 422
        assert "noch einmal hoch" in text_of(response)

    @pytest.mark.parametrize(
        ("content", "said"),
        [(b"kein xml", "kein gültiges XML"), (b"x" * (6 * 1024 * 1024), "MB groß"), (b"<OPENQCAT/>", "kein Angebot")],
    )
    def test_a_wrong_file_is_named(self, provider, teacher, content, said):
        file = SimpleUploadedFile("kurse.xml", content, "text/xml")
        response = browser(teacher).post(reverse("catalogue:upload"), {"provider": provider.pk, "file": file})
        assert response.status_code == 422
        assert said in text_of(response)

    @pytest.mark.skipif(not REAL.exists(), reason=f"the real anonymised export is not here: {REAL}")
    def test_the_real_export_walks_through_the_pages(self, provider, teacher):
        client = browser(teacher)
        file = SimpleUploadedFile("export.xml", REAL.read_bytes(), "text/xml")
        preview = client.post(reverse("catalogue:upload"), {"provider": provider.pk, "file": file})
        entries = preview.context["form"]["entries"].value()
        client.post(reverse("catalogue:take"), {"provider": provider.pk, "entries": entries})
        assert Offer.objects.filter(provider=provider, source="openqcat").count() == 5

    def test_a_room_is_entered(self, provider, teacher):
        typed = {"site": provider.sites.get().pk, "name": "Labor", "capacity": "8"}
        browser(teacher).post(reverse("catalogue:venue"), typed)
        assert Venue.objects.get().capacity == 8

    def test_thirty_offers_ask_no_more_of_the_database_than_three(self):
        counts = []
        for rows in (3, 27):
            for _ in range(rows):
                make.offer().venues.add(make.venue())
            with CaptureQueriesContext(connection) as caught:
                Client().get(reverse("catalogue:list"))
            counts.append(len(caught))
        assert counts[0] == counts[1]
