"""Whoever asks for what the firm has open already gets a hint and a link; nothing is refused or lost."""

from datetime import date

import pytest

from verbundwerk.needs import queries
from verbundwerk.needs.models import Need
from verbundwerk.network.terms import Role
from verbundwerk.topics.flow import load_topics
from verbundwerk.topics.tests import make as topics

from . import files, make
from .test_pages import at_work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("time_stands_still")]
HINT = "Im selben Betrieb ist ein ähnlicher Bedarf offen"
TYPED = {
    "topic_text": "HV-Schulung Stufe 2", "seats": "2", "window_from": "2027-04-01", "window_until": "2027-09-30",
    "shift": "day", "occasion": "other", "level": "1", "format": "either", "place": "31224", "urgency": "1",
    "travel_minutes_max": "45", "confidentiality": "open", "block": "any", "submit": "1",
    "once": "6f6a3f5e-6f0b-4f5e-9f57-0a1b2c3d4e5f",
}  # fmt: skip


@pytest.fixture
def firm():
    return make.firm()


@pytest.fixture
def hr(firm):
    return make.person(Role.HR, firm)


@pytest.fixture
def open_need(firm):
    load_topics(by=None, at=make.AT)
    return make.need(organisation=firm, state="in_pool", topic_text="Hochvolt Stufe 2")


def test_a_planner_who_reports_the_same_again_is_saved_and_pointed_to_the_first(hr, open_need):
    page = at_work(hr).post("/bedarfe/neu/", TYPED, follow=True).content.decode()

    assert Need.objects.filter(topic_text="HV-Schulung Stufe 2", state="submitted").exists()
    assert HINT in page
    assert f"/bedarfe/{open_need.pk}/" in page


@pytest.mark.parametrize(
    "other",
    [
        {"topic_text": "HV Stufe 3"},
        {"topic_text": "Gabelstapler"},
        {"window_from": date(2027, 10, 1), "window_until": date(2027, 12, 1)},
        {"postal_code": "38100"},
        {"state": "withdrawn"},
    ],
)
def test_another_level_topic_time_or_site_is_not_the_same(hr, firm, open_need, other):
    need = make.need(**{"organisation": firm, "state": "submitted", "topic_text": "HV", **other})
    need.topic_text = need.topic_text if "topic_text" in other else "HV Stufe 2"
    need.save()

    assert queries.like_need(hr, need) == []
    assert queries.like_need(hr, open_need) == []


def test_nobody_is_pointed_to_a_need_of_another_firm_or_to_a_draft_that_is_not_theirs(hr, firm, open_need):
    make.need(state="in_pool", topic_text="Hochvolt Stufe 2")
    council = make.person(Role.WORKS_COUNCIL, firm)
    make.need(organisation=firm, raised_by=council, source="works_council", topic_text="Hochvolt Stufe 2")

    assert queries.like_need(hr, open_need) == []


def test_without_a_known_topic_the_same_words_are_the_same(hr, firm):
    first, second = (make.need(organisation=firm, state="submitted", topic_text=one) for one in ("Xy", "XY!"))

    assert queries.like_need(hr, second) == [first]


def test_the_same_words_are_the_same_when_the_office_has_given_only_one_of_them_its_topic(hr, firm):
    known = make.need(
        organisation=firm, state="in_pool", topic_text="SPS: Störungen selbst finden", topic=topics.topic()
    )
    again = make.need(organisation=firm, state="submitted", topic_text="SPS: Störungen selbst finden")
    assert queries.like_need(hr, again) == [known]
    assert queries.like_need(hr, known) == [again]


def test_whoever_brings_a_list_sees_beside_the_row_what_is_open_already(hr, firm, open_need):
    rows = [["HV-Schulung Stufe 2", 2, "30.06.2027"], ["Gabelstapler", 2, "30.06.2027"]]
    file = files.xlsx(rows, ["Thema", "Anzahl", "bis"])
    page = at_work(hr).post("/bedarfe/listen/", {"file": file}, follow=True).content.decode()

    assert "Schon offen" in page
    assert page.count(f"{open_need.label} (wartet auf Partner)") == 1
    assert f"/bedarfe/{open_need.pk}/" in page
    assert "Übernehmen können Sie die Zeile trotzdem" in page


def test_a_list_that_repeats_nothing_shows_no_empty_column(hr, open_need):
    file = files.xlsx([["Gabelstapler", 2, "30.06.2027"]], ["Thema", "Anzahl", "bis"])

    assert "Schon offen" not in at_work(hr).post("/bedarfe/listen/", {"file": file}, follow=True).content.decode()


def test_the_coordination_sees_in_the_inbox_that_the_firm_asks_twice(firm, open_need):
    make.need(organisation=firm, state="submitted", topic_text="HV Stufe 2")
    make.need(state="submitted", topic_text="HV Stufe 2")

    page = at_work(make.coordinator()).get("/bedarfe/pruefen/").content.decode()

    assert page.count(HINT) == 1
    assert open_need.label in page
    assert page.count(" checked") == 1, "whoever ticks a repetition has looked at it"


def test_a_note_without_an_account_is_compared_with_what_its_firm_has_open(hr, firm, open_need):
    note = make.quick(organisation=firm, topic_text="HV-Schulung Stufe 2")
    page = at_work(hr).get(f"/bedarfe/kurzmeldungen/{note.pk}/").content.decode()

    assert HINT in page
    assert open_need.label in page

    note.topic = topics.topic("Gabelstapler fahren")
    note.save()
    assert HINT not in at_work(hr).get(f"/bedarfe/kurzmeldungen/{note.pk}/").content.decode()


def test_the_coordination_reads_the_hint_on_a_note_nobody_in_the_firm_answers(firm, open_need):
    note = make.quick(organisation=firm, topic_text="HV-Schulung Stufe 2")

    assert HINT in at_work(make.coordinator()).get(f"/bedarfe/kurzmeldungen/{note.pk}/").content.decode()
