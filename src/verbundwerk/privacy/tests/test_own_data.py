"""Whoever asks gets everything stored about them and nothing about others, and deletes what they gave freely."""

import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from verbundwerk.base import clock
from verbundwerk.courses import flow as courses_flow
from verbundwerk.courses.models import CalendarLink
from verbundwerk.courses.tests import make as courses
from verbundwerk.journal.models import JournalEntry
from verbundwerk.network.models import Person
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.wishes.models import Talk, Wish
from verbundwerk.wishes.tests import make as wishes

pytestmark = pytest.mark.django_db
NOW = courses.NOW


@pytest.fixture(autouse=True)
def _today():
    with clock.stopped(NOW):
        yield


@pytest.fixture
def aenne() -> Person:
    firm = courses.firm()
    made = network.person(Role.EMPLOYEE, firm, name="Änne Specht", email="aenne@firma.example", phone="05171 4711")
    course = courses.course(state="completed")
    courses.certificate(
        courses.seat(courses.booking(course, organisation=firm), state="certified", name=made.name, person=made)
    )
    wishes.wish("released", by=made, topic_text="Roboter programmieren")
    courses_flow.renew_calendar_link(by=made, at=NOW)
    return made


def at_desk(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def taken_along(person: Person) -> dict:
    answer = at_desk(person).get(reverse("privacy:own_data_json"))
    assert answer["Content-Disposition"].startswith("attachment")
    return json.loads(answer.content)


def test_she_takes_along_everything_that_is_stored_about_her(aenne):
    told = taken_along(aenne)
    assert told["account"][0]["phone"] == "05171 4711"
    assert [one["topic"] for one in told["wishes"]] == ["Roboter programmieren"]
    assert len(told["seats"]) == len(told["certificates"]) == len(told["mandates"]) == 1
    assert told["certificates"][0]["content"]


def test_and_nothing_about_anybody_else(aenne):
    other = wishes.employee(name="Fremde Person")
    wishes.wish(by=other, topic_text="Geheimwunsch")
    text = json.dumps(taken_along(aenne), ensure_ascii=False)
    assert "Geheimwunsch" not in text
    assert "Fremde Person" not in text
    assert "Roboter" not in json.dumps(taken_along(other))


def test_the_archive_holds_the_same_and_tables_for_spreadsheets(aenne):
    packed = at_desk(aenne).get(reverse("privacy:own_data_zip")).content
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert json.loads(archive.read("meine-daten.json"))["account"][0]["name"] == "Änne Specht"
        assert "Roboter programmieren" in archive.read("wishes.csv").decode()


def test_a_word_that_a_spreadsheet_would_run_is_written_as_a_word(aenne):
    Wish.objects.update(topic_text="=1+1")
    packed = at_desk(aenne).get(reverse("privacy:own_data_zip")).content
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert "\n=1+1" not in archive.read("wishes.csv").decode()


def test_the_page_shows_courses_and_certificates(aenne):
    page = at_desk(aenne).get(reverse("privacy:own_data")).content.decode()
    assert taken_along(aenne)["certificates"][0]["number"] in page
    assert taken_along(aenne)["seats"][0]["course"] in page


def test_what_she_gave_freely_she_deletes_at_once(aenne):
    address = reverse("privacy:delete_own_data")
    answer = at_desk(aenne).post(address, {"what": ["wishes", "calendar", "phone"]})
    assert answer.url == reverse("privacy:own_data")
    assert not Wish.objects.exists()
    assert not CalendarLink.objects.exists()
    aenne.refresh_from_db()
    assert aenne.phone == ""
    assert "Nichts zu löschen" in at_desk(aenne).get(address).content.decode()
    entry = JournalEntry.objects.get(verb="person.own_data_deleted")
    assert entry.details == {"what": ["calendar", "phone", "wishes"]}


def test_only_what_is_ticked_goes(aenne):
    at_desk(aenne).post(reverse("privacy:delete_own_data"), {"what": ["phone"]})
    assert Wish.objects.exists()
    assert CalendarLink.objects.exists()


def test_ticking_nothing_deletes_nothing(aenne):
    assert at_desk(aenne).post(reverse("privacy:delete_own_data"), {}).status_code == 422
    assert Wish.objects.exists()


def test_what_a_mentor_noted_stays_without_the_mentor(aenne):
    talk = wishes.talk(by=wishes.mentor(), people=3)
    mentor = talk.mentor
    wishes.wish(by=mentor)
    at_desk(mentor).post(reverse("privacy:delete_own_data"), {"what": ["wishes"]})
    assert Talk.objects.get().mentor is None
