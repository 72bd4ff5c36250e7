"""The demo region: its doors closed everywhere but at home."""

import pytest
from django.core.management import CommandError, call_command

from verbundwerk.network.models import Organisation
from verbundwerk.network.tests import make
from verbundwerk.portal.demo import links


@pytest.mark.django_db
def test_a_database_that_holds_something_is_left_alone():
    make.organisation()
    with pytest.raises(CommandError, match="not empty"):
        call_command("demo_region")
    call_command("demo_region", "--if-empty")
    assert Organisation.objects.count() == 1


@pytest.mark.django_db
def test_no_demo_region_where_real_people_are(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo_region")
    assert links.demo_links() == []


@pytest.fixture
def address(db):
    return f"/demo/{links._token(make.person('hr').pk)}/"


def test_a_demo_link_signs_in_at_this_machine(client, address):
    assert client.get(address, headers={"host": "127.0.0.1:8000"}).status_code == 302
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_FORWARDED": "for=192.0.2.7"},
        {"HTTP_X_FORWARDED_HOST": "region.example"},
        {"HTTP_VIA": "1.1 proxy"},
        {"HTTP_HOST": "testserver"},
    ],
)
def test_a_demo_link_opens_nothing_from_elsewhere(client, address, elsewhere):
    answer = client.get(address, **{"HTTP_HOST": "127.0.0.1:8000", **elsewhere})
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_demo_link_opens_nothing_where_there_is_no_demo_region(client, address, settings):
    settings.DEMO = False
    assert client.get(address, headers={"host": "127.0.0.1:8000"}).status_code == 404


def test_a_forged_or_old_demo_link_opens_nothing(client, address, monkeypatch):
    assert client.get(address[:-3] + "xx/", headers={"host": "127.0.0.1:8000"}).status_code == 404
    monkeypatch.setattr(links, "LIFETIME_SECONDS", -1)
    assert client.get(address, headers={"host": "127.0.0.1:8000"}).status_code == 404
