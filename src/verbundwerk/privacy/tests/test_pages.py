"""Everybody can read what is kept, why and how long."""

import pytest
from django.conf import settings
from django.urls import reverse

from verbundwerk.base import retention
from verbundwerk.privacy import exports

pytestmark = pytest.mark.django_db


def test_the_page_shows_every_line_in_plain_words(client):
    page = client.get(reverse("privacy:kept")).content.decode()
    for line in retention.table():
        assert str(line.what) in page
        assert line.how_long in page
    assert "24 Monate nach dem Ende der letzten Rolle" in page


def test_the_file_also_names_the_fields_for_the_register(client):
    text = b"".join(client.get(reverse("privacy:kept_csv")).streaming_content).decode()
    assert text.count("\r\n") == len(retention.table()) + 1
    assert "network.Person.phone" in text


def test_the_page_about_privacy_leads_there(client):
    assert reverse("privacy:kept") in client.get(reverse("portal:privacy")).content.decode()


def test_the_handbook_holds_the_same_table():
    handbook = (settings.PACKAGE.parent.parent / "docs/handbuch/datenschutz.md").read_text()
    assert exports.as_markdown() in handbook, "write it anew: manage.py retention"
