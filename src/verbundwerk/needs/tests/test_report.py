"""Whoever presses „Bedarf melden“ without having signed in reaches something useful."""

import pytest
from django.urls import reverse

from verbundwerk.needs.models import QuickLink
from verbundwerk.needs.terms import LinkKind
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.topics.tests import make as topics

from . import make

pytestmark = pytest.mark.django_db


def door():
    return make.link(kind=LinkKind.DOOR, alliance=network.alliance())


def pressed(client, **query):
    return client.get(reverse("needs:report"), query)


def test_a_visitor_reaches_the_short_form_where_an_alliance_offers_one_and_brings_the_topic_along(client):
    offered = door()
    topic = topics.topic("Hochvolt Stufe 2")
    answer = client.get(reverse("needs:report"), {"thema": "Hochvolt"}, follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("needs:quick", args=[offered.code]))
    page = answer.content.decode()
    assert 'value="Hochvolt"' in page
    assert "Sie haben schon ein Konto?" in page
    assert topic.name in page


def test_where_several_offer_one_a_visitor_chooses(client):
    doors = [door(), door()]
    page = pressed(client).content.decode()
    assert all(reverse("needs:quick", args=[one.code]) in page for one in doors)


def test_where_none_does_a_visitor_reads_how_it_goes_and_whom_to_call(client, settings):
    settings.OPERATOR = settings.OPERATOR.__class__(phone="05341 4711")
    office = network.coordinator().mandates.first().organisation
    page = pressed(client, thema="Hochvolt").content.decode()
    assert office.name in page
    assert "05341 4711" in page
    assert reverse("needs:new") + "?thema=Hochvolt" in page
    assert "Ohne Konto" not in page
    assert not QuickLink.objects.filter(kind=LinkKind.DOOR).exists()


def test_a_planner_who_has_signed_in_gets_the_form_at_once(client):
    client.force_login(network.person(Role.HR))
    answer = pressed(client, thema="Hochvolt")
    assert answer.url == reverse("needs:new") + "?thema=Hochvolt"


def test_the_big_button_of_the_start_page_leads_there_and_not_to_a_locked_door(client):
    assert f'href="{reverse("needs:report")}"' in client.get(reverse("portal:start")).content.decode()
