"""The pages as people use them: through HTTP, without JavaScript."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verbundwerk.base import clock
from verbundwerk.disclosure.tests.make import snapshot
from verbundwerk.needs import queries
from verbundwerk.needs.models import Need
from verbundwerk.topics.tests import make as topics

from . import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("time_stands_still")]
AT = make.AT


@pytest.fixture
def coordinator():
    return make.coordinator()


def at_work(person):
    client = Client()
    client.force_login(person)
    return client


def typed(**changes):
    form = {
        "topic_text": "HV-Schulung Stufe 2",
        "topic": "",
        "seats": "2-3",
        "window_from": "2027-03-01",
        "window_until": "2027-06-30",
        "shift": "early",
        "occasion": "new_equipment",
        "level": "1",
        "format": "onsite",
        "place": "Peine",
        "travel_minutes_max": "30",
        "budget_cents": "600",
        "confidentiality": "open",
        "details": "",
        "urgency": "2",
        "block": "any",
        "once": str(uuid.uuid4()),
        "submit": "1",
    }
    return {**form, **changes}


def test_a_planner_in_peine_reports_a_need_in_one_page(hr, firm):
    response = at_work(hr).post("/bedarfe/neu/", typed())
    need = Need.objects.get()
    assert response.headers["Location"] == f"/bedarfe/{need.pk}/"
    assert (need.state, need.organisation) == ("submitted", firm)
    assert (need.seats_min, need.seats, need.budget_cents, need.postal_code) == (2, 3, 60000, "31224")
    assert need.district == "03157"


def test_the_form_already_knows_the_firms_place(hr):
    assert 'value="31224 Peine"' in at_work(hr).get("/bedarfe/neu/").content.decode()


def test_pressing_the_button_twice_makes_one_need(hr):
    client, form = at_work(hr), typed()
    first, second = client.post("/bedarfe/neu/", form), client.post("/bedarfe/neu/", form)
    assert first.headers["Location"] == second.headers["Location"]
    assert Need.objects.count() == 1


def test_a_draft_is_kept_and_handed_in_later(hr):
    client = at_work(hr)
    form = typed()
    del form["submit"]
    client.post("/bedarfe/neu/", {**form, "draft": "1"})
    need = Need.objects.get()
    assert need.state == "draft"
    client.post(f"/bedarfe/{need.pk}/einreichen/")
    need.refresh_from_db()
    assert need.state == "submitted"


def test_handing_in_twice_is_told_with_409(hr, firm):
    need = make.need(organisation=firm, state="submitted", raised_by=hr)
    assert at_work(hr).post(f"/bedarfe/{need.pk}/einreichen/").status_code == 409


def test_editing_shows_what_was_typed_and_changes_it(hr, firm):
    need = make.need(organisation=firm, state="submitted", raised_by=hr, seats=3, seats_min=2)
    client = at_work(hr)
    assert 'value="2-3"' in client.get(f"/bedarfe/{need.pk}/bearbeiten/").content.decode()
    client.post(f"/bedarfe/{need.pk}/bearbeiten/", typed(seats="5", place="38226 SZ-Lebenstedt"))
    need.refresh_from_db()
    assert (need.seats, need.postal_code, need.district) == (5, "38226", "03102")


BAD = {
    "empty": {"topic_text": ""},
    "too long": {"topic_text": "x" * 201},
    "long remark": {"details": "x" * 2001},
    "turned text": {"topic_text": "HV \u202e2 efutS"},
    "null byte": {"topic_text": "HV\x00"},
    "no number": {"seats": "einige"},
    "percent": {"seats": "50 %(x)s %"},
    "percent place": {"place": "Timbuktu %d %“"},
    "percent name": {"hidden_names": "100 %“ Werk"},
    "zero": {"seats": "0"},
    "huge": {"seats": "99999999999999999999"},
    "no date": {"window_until": "31.02.2027"},
    "past": {"window_until": "2020-01-01"},
    "turned dates": {"window_from": "2027-07-01"},
    "unknown place": {"place": "Timbuktu"},
    "unknown shift": {"shift": "mittags"},
    "minutes": {"travel_minutes_max": "-5"},
    "budget": {"budget_cents": "viel"},
    "foreign topic": {"topic": str(uuid.uuid4())},
    "no topic id": {"topic": "'; drop table"},
    "hidden from nobody": {"hidden_from": ["x"]},
    "no key": {"once": "abc"},
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_said_at_the_field_and_everything_typed_is_kept(hr, case):
    response = at_work(hr).post("/bedarfe/neu/", typed(rotation="gerade Wochen früh", **BAD[case]))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Bitte prüfen Sie" in page
    assert "gerade Wochen früh" in page
    assert Need.objects.count() == 0


def test_script_tags_and_emoji_are_only_words(hr):
    response = at_work(hr).post("/bedarfe/neu/", typed(topic_text="<script>alert(1)</script> 🙂"), follow=True)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert Need.objects.get().topic_text == "<script>alert(1)</script> 🙂"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(typed())), st.text(max_size=300) | st.integers().map(str) | st.just("\x00"))
def test_whatever_is_typed_the_form_never_breaks(hr, field, value):
    with clock.stopped(AT):
        response = at_work(hr).post("/bedarfe/neu/", typed(**{field: value}))
    assert response.status_code in {302, 422}


def test_saved_words_are_offered_topics_on_the_next_page(hr, firm):
    topic = topics.topic("Hochvolt Stufe 2", also=("HV-Schulung Stufe 2",))
    client = at_work(hr)
    page = client.post("/bedarfe/neu/", typed(), follow=True).content.decode()
    assert topic.label in page
    need = Need.objects.get()
    client.post(f"/bedarfe/{need.pk}/thema/", {"topic": str(topic.pk)})
    need.refresh_from_db()
    assert need.topic == topic


def test_suggestions_are_list_items_for_the_form(client):
    topic = topics.topic("Gabelstapler", also=("Staplerschein",))
    page = client.get("/themen/vorschlaege/", {"topic_text": "stapler"}).content.decode()
    assert f'value="{topic.pk}"' in page
    assert "Gabelstapler" in page


def test_three_firms_with_the_same_need_are_told_without_names(hr, firm):
    topic = topics.topic()
    need = make.need(organisation=firm, state="in_pool", topic=topic)
    others = [make.need(state="in_pool", topic=topic, seats=seats).organisation for seats in (5, 4, 3)]
    snapshot()
    page = at_work(hr).get(f"/bedarfe/{need.pk}/").content.decode()
    assert "3–5 Betriebe suchen Ähnliches" in page
    assert not any(one.name in page for one in others)


def test_two_other_firms_are_not_told(hr, firm):
    topic = topics.topic()
    need = make.need(organisation=firm, state="in_pool", topic=topic)
    for seats in (5, 5):
        make.need(state="in_pool", topic=topic, seats=seats)
    snapshot()
    assert "suchen Ähnliches" not in at_work(hr).get(f"/bedarfe/{need.pk}/").content.decode()


@pytest.mark.parametrize("state", [state for state, _label in Need._meta.get_field("state").choices])
def test_every_state_says_what_happens_next_and_who_acts(hr, firm, coordinator, state):
    need = make.need(organisation=firm, state=state, topic=topics.topic())
    for person in [hr, *([] if state == "draft" else [coordinator])]:
        page = at_work(person).get(f"/bedarfe/{need.pk}/").content.decode()
        assert "Wie geht es weiter?" in page
        assert str(queries.next_step(need).what) in page


def test_ending_a_need_asks_why(hr, firm):
    need = make.need(organisation=firm, state="in_pool")
    client = at_work(hr)
    assert client.post(f"/bedarfe/{need.pk}/beenden/", {"ending": "withdraw", "reason": ""}).status_code == 422
    client.post(f"/bedarfe/{need.pk}/beenden/", {"ending": "elsewhere", "reason": "Kurs in Goslar"})
    need.refresh_from_db()
    assert (need.state, need.reason) == ("covered_elsewhere", "Kurs in Goslar")


def test_the_letters_page_works_without_signing_in(client, hr, firm):
    need = make.need(organisation=firm, state="in_pool", raised_by=hr, expires_on=AT.date() + timedelta(days=20))
    address = f"/bedarfe/frage/{queries.letter_token(need, hr)}/"
    assert "Noch aktuell" in client.get(address).content.decode()
    client.post(address, {"keep": "1"})
    need.refresh_from_db()
    assert need.expires_on == AT.date() + timedelta(days=365)


def test_the_letters_page_also_ends_the_need(client, hr, firm):
    need = make.need(organisation=firm, state="in_pool", raised_by=hr)
    address = f"/bedarfe/frage/{queries.letter_token(need, hr)}/"
    assert "schließen" in client.post(address, {"drop": "1"}).content.decode()
    need.refresh_from_db()
    assert need.state == "withdrawn"
    assert client.get(address).status_code == 200


def test_a_made_up_letter_link_opens_nothing(client):
    assert client.get("/bedarfe/frage/gibt:es:nicht/").status_code == 404


def test_the_coordination_releases_many_needs_at_once(coordinator):
    topic = topics.topic("Hochvolt", also=("HV",))
    needs = [make.need(state="submitted", topic_text="HV") for _ in range(3)]
    client = at_work(coordinator)
    page = client.get("/bedarfe/pruefen/").content.decode()
    assert page.count("checked") == 3
    form = {"need": [str(one.pk) for one in needs], **{f"topic-{one.pk}": str(topic.pk) for one in needs}}
    client.post("/bedarfe/pruefen/freigeben/", form)
    assert Need.objects.filter(state="in_pool", topic=topic).count() == 3


def test_whoever_leaves_a_row_out_finds_it_left_out_afterwards(coordinator):
    topic = topics.topic("Hochvolt", also=("HV",))
    first, second = (make.need(state="submitted", topic_text="HV") for _ in range(2))
    client = at_work(coordinator)
    form = {"need": [str(first.pk)], **{f"topic-{one.pk}": str(topic.pk) for one in (first, second)}}
    form |= {f"shown-{one.pk}": str(topic.pk) for one in (first, second)}
    client.post("/bedarfe/pruefen/freigeben/", form)
    page = client.get("/bedarfe/pruefen/").content.decode()
    assert second.label in page
    assert "checked" not in page


def test_releasing_what_a_colleague_released_a_moment_ago_changes_nothing(coordinator):
    topic, other = topics.topic(), topics.topic()
    need = make.need(state="in_pool", topic=topic)
    form = {"need": [str(need.pk), "x"], f"topic-{need.pk}": str(other.pk)}
    page = at_work(coordinator).post("/bedarfe/pruefen/freigeben/", form, follow=True).content.decode()
    assert "blieben liegen" in page
    need.refresh_from_db()
    assert need.topic == topic


def test_one_need_is_released_from_its_page_or_set_aside_with_a_reason(coordinator):
    topic = topics.topic()
    one, other = make.need(state="submitted"), make.need(state="submitted")
    client = at_work(coordinator)
    client.post(f"/bedarfe/{one.pk}/freigeben/", {"topic": str(topic.pk)})
    client.post(f"/bedarfe/{other.pk}/zuruecklegen/", {"reason": "Zu speziell"})
    assert {need.state for need in Need.objects.all()} == {"in_pool", "unpoolable"}


def test_hr_cannot_release(hr, firm):
    need = make.need(organisation=firm, state="submitted")
    assert at_work(hr).post(f"/bedarfe/{need.pk}/freigeben/", {"topic": "x"}).status_code == 403
    assert at_work(hr).get("/bedarfe/pruefen/").status_code == 403


def test_the_list_finds_by_number_word_and_filter(hr, firm):
    one = make.need(organisation=firm, state="in_pool", topic_text="Schweißen", shift="late")
    make.need(organisation=firm, topic_text="Excel")
    client = at_work(hr)
    for query in (f"q={one.label}", "q=schweissen", "state=in_pool", "shift=late"):
        page = client.get(f"/bedarfe/?{query}").content.decode()
        assert one.label in page, query
        assert "1 Eintrag" in page, query


def test_the_list_can_be_taken_along(hr, firm):
    make.need(organisation=firm, topic_text="=1+1")
    client = at_work(hr)
    csv = b"".join(client.get("/bedarfe/liste.csv").streaming_content).decode()
    assert "'=1+1" in csv
    assert client.get("/bedarfe/liste.xlsx").status_code == 200


@pytest.mark.parametrize("address", ["/bedarfe/", "/bedarfe/pruefen/"])
def test_thirty_rows_need_no_more_queries_than_three(coordinator, address):
    topic = topics.topic()

    def more(count):
        for _ in range(count):
            make.need(state="submitted", topic=topic)

    def asked():
        client = at_work(coordinator)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    more(3)
    few = asked()
    more(22)
    assert asked() == few


def test_what_waits_stands_on_the_page_of_today(hr, firm, coordinator):
    make.need(organisation=firm, raised_by=hr)
    make.need(organisation=firm, state="submitted", submitted_at=AT - timedelta(days=9))
    soon = make.need(organisation=firm, raised_by=hr, state="in_pool", expiry_asked_at=AT, expires_on=date(2026, 12, 1))
    over = make.need(organisation=firm, state="in_pool", window_from=date(2026, 9, 1), window_until=date(2026, 10, 1))
    texts = [line.text for line in queries.waiting_for(hr, AT)]
    assert f"Der Zeitraum von {over.label} „{over.topic_text}“ ist vorbei. Neuen angeben?" in texts
    assert any(soon.label in text for text in texts)
    assert "1 Entwurf ist noch nicht eingereicht" in texts
    (inbox,) = queries.waiting_for(coordinator, AT)
    assert (inbox.text, inbox.kind) == ("1 Bedarf wartet auf Prüfung", "late")
    assert queries.waiting_for(make.person(None), AT) == []
