"""Whoever raised a need puts it right until it is bundled; nobody overwrites anybody without knowing."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.base.verdicts import Refused
from verbundwerk.journal.queries import history_of
from verbundwerk.needs import flow, rules
from verbundwerk.needs.models import Need
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.tests.test_rules import cases, coordinates
from verbundwerk.network.terms import Role
from verbundwerk.post.models import Letter
from verbundwerk.topics.tests import make as topics

from . import make

pytestmark = pytest.mark.usefixtures("time_stands_still")
AT = make.AT
db = pytest.mark.django_db
LOOKED_AT = ["checked", "in_pool", "unpoolable"]


@pytest.fixture
def hr(firm):
    return make.person(Role.HR, firm, name="Heike Harzer")


@pytest.fixture
def topic():
    return topics.topic("Hochvolt Stufe 2")


@pytest.fixture
def need(firm, hr, topic):
    return make.need(organisation=firm, raised_by=hr, state="in_pool", topic=topic)


def at_work(person):
    client = Client()
    client.force_login(person)
    return client


def form_of(client, need):
    """What the browser would send back from the page as it is shown."""
    page = client.get(f"/bedarfe/{need.pk}/bearbeiten/").content.decode()
    said = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    return {
        "edition": said["edition"], "once": "", "topic_text": need.topic_text,
        "topic": str(need.topic_id or ""), "seats": str(need.seats), "window_from": need.window_from.isoformat(),
        "window_until": need.window_until.isoformat(), "shift": need.shift, "occasion": need.occasion,
        "level": str(need.level), "format": need.format, "place": need.postal_code,
        "travel_minutes_max": str(need.travel_minutes_max), "confidentiality": need.confidentiality,
        "urgency": str(need.urgency), "block": need.block, "save": "1",
    }  # fmt: skip


def change(client, need, **typed):
    return client.post(f"/bedarfe/{need.pk}/bearbeiten/", {**form_of(client, need), **typed})


# --- the firm puts its need right ----------------------------------------------------
@db
@pytest.mark.parametrize("state", ["draft", "submitted", *LOOKED_AT])
def test_a_firm_corrects_number_place_and_shift_and_the_need_stays_where_it_is(firm, hr, topic, state):
    need = make.need(organisation=firm, raised_by=hr, state=state, topic=topic)
    assert change(at_work(hr), need, seats="2-5", place="38226 SZ-Lebenstedt", shift="late").status_code == 302
    need.refresh_from_db()
    assert (need.state, need.seats_min, need.seats, need.postal_code, need.shift) == (state, 2, 5, "38226", "late")


@db
@pytest.mark.parametrize("state", LOOKED_AT)
@pytest.mark.parametrize(
    "weighty",
    [{"level": "2"}, {"window_until": "2027-09-30"}, {"topic_text": "Hochvolt Stufe 3"}, {"topic": ""}],
    ids=["level", "window", "words", "topic"],
)
def test_after_a_weighty_change_the_office_looks_again(firm, hr, topic, state, weighty):
    need = make.need(organisation=firm, raised_by=hr, state=state, topic=topic, reason="zu speziell")
    page = at_work(hr).post(f"/bedarfe/{need.pk}/bearbeiten/", {**form_of(at_work(hr), need), **weighty}, follow=True)
    need.refresh_from_db()
    assert (need.state, need.submitted_at, need.reason) == ("submitted", AT, "")
    assert "Die Koordination sieht den Bedarf noch einmal an." in page.content.decode()


@db
def test_saving_without_a_change_changes_nothing_and_writes_nothing(hr, need):
    before = history_of(need).count()
    assert change(at_work(hr), need).status_code == 302
    need.refresh_from_db()
    assert (need.state, need.edition, history_of(need).count()) == ("in_pool", 0, before)


@db
@pytest.mark.parametrize(
    ("state", "words"),
    [("bundled", "Bündel"), ("covered", "Kurs steht schon fest"), ("evaluated", "Kurs steht schon fest"),
     ("withdrawn", "beendet"), ("expired", "beendet"), ("covered_elsewhere", "beendet")],
)  # fmt: skip
def test_what_is_bundled_or_over_is_not_changed_and_the_reason_says_whom_to_ask(firm, hr, state, words):
    need = make.need(organisation=firm, raised_by=hr, state=state)
    assert words in str(rules.may_edit(need, hr).reason)
    answer = at_work(hr).get(f"/bedarfe/{need.pk}/bearbeiten/")
    assert answer.status_code == 403
    assert words in answer.content.decode()
    with pytest.raises(Refused):
        flow.change_need(need, make.draft(seats=9), by=hr, at=AT)


@db
def test_whoever_puts_a_need_right_still_wants_it(firm, hr, topic):
    need = make.need(
        organisation=firm, raised_by=hr, state="in_pool", topic=topic, expiry_asked_at=AT,
        expires_on=AT.date() + timedelta(days=3),
    )  # fmt: skip
    change(at_work(hr), need, seats="4")
    need.refresh_from_db()
    assert (need.expiry_asked_at, need.expires_on) == (None, AT.date() + rules.KEPT_FOR)


@db
def test_a_stranger_finds_nothing_to_change(need):
    stranger = at_work(make.person(Role.HR))
    assert stranger.get(f"/bedarfe/{need.pk}/bearbeiten/").status_code == 404
    assert stranger.post(f"/bedarfe/{need.pk}/bearbeiten/", {"seats": "9"}).status_code == 404


@db
def test_what_was_changed_stands_on_the_page_of_the_need(hr, need):
    change(at_work(hr), need, seats="5", window_until="2027-09-30")
    page = at_work(hr).get(f"/bedarfe/{need.pk}/").content.decode()
    assert "geändert · Personen, Zeitraum · die Koordination sieht noch einmal hin" in page


@given(cases(), st.sets(st.sampled_from(["seats", "shift", "details", *sorted(rules.WEIGHTY)])))
def test_only_weighty_changes_of_a_firm_bring_back_what_was_checked(case, changed):
    need, somebody = case
    again = rules.asks_for_another_look(need, changed, somebody)
    if again:
        assert changed & rules.WEIGHTY
        assert need.state in LOOKED_AT
    if need.state in LOOKED_AT and changed & rules.WEIGHTY and not coordinates(somebody):
        assert again


# --- two at once ---------------------------------------------------------------------
@db
def test_the_second_of_two_people_is_told_and_loses_nothing(firm, hr, need):
    colleague = at_work(make.person(Role.FOREMAN, firm))
    mine = form_of(at_work(hr), need)
    change(colleague, need, seats="7")

    answer = at_work(hr).post(f"/bedarfe/{need.pk}/bearbeiten/", {**mine, "details": "Nur montags möglich"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nur montags möglich" in page
    assert "Personen: 7" in page
    need.refresh_from_db()
    assert (need.seats, need.details) == (7, "")


@db
def test_pressing_again_after_having_read_it_counts(firm, hr, need):
    client, mine = at_work(hr), form_of(at_work(hr), need)
    change(at_work(make.person(Role.FOREMAN, firm)), need, seats="7")
    page = client.post(f"/bedarfe/{need.pk}/bearbeiten/", {**mine, "details": "Nur montags"}).content.decode()
    (edition,) = re.findall(r'name="edition" value="(\d+)"', page)

    answer = client.post(f"/bedarfe/{need.pk}/bearbeiten/", {**mine, "details": "Nur montags", "edition": edition})

    need.refresh_from_db()
    assert answer.status_code == 302
    assert (need.seats, need.details) == (3, "Nur montags")


@db
def test_when_the_need_was_bundled_meanwhile_the_words_stay_on_the_page(hr, need):
    client, mine = at_work(hr), form_of(at_work(hr), need)
    flow.bundle_need(need, by=None, at=AT)
    answer = client.post(f"/bedarfe/{need.pk}/bearbeiten/", {**mine, "details": "Nur montags möglich"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nur montags möglich" in page
    assert "in einem Bündel" in page


@db
def test_the_office_does_not_release_words_it_has_not_read(firm, hr, topic):
    need = make.need(organisation=firm, raised_by=hr, state="submitted", topic=topic)
    office = at_work(make.coordinator())
    page = office.get(f"/bedarfe/{need.pk}/").content.decode()
    (edition,) = re.findall(r'name="edition" value="(\d+)"', page)
    change(at_work(hr), need, topic_text="Schweißen")

    answer = office.post(f"/bedarfe/{need.pk}/freigeben/", {"topic": str(topic.pk), "edition": edition})

    need.refresh_from_db()
    assert answer.status_code == 409
    assert "inzwischen geändert" in answer.content.decode()
    assert need.state == "submitted"


@db
def test_in_the_inbox_what_changed_meanwhile_stays_lying(firm, hr, topic):
    need, other = (
        make.need(organisation=firm, raised_by=hr, state="submitted", topic=topic, topic_text=words)
        for words in ("HV", "HV 2")
    )
    change(at_work(hr), need, topic_text="Schweißen")
    ticked = {"need": [str(need.pk), str(other.pk)]}
    ticked |= {f"topic-{one.pk}": str(topic.pk) for one in (need, other)}
    ticked |= {f"edition-{one.pk}": "0" for one in (need, other)}
    page = at_work(make.coordinator()).post("/bedarfe/pruefen/freigeben/", ticked, follow=True).content.decode()
    states = set(Need.objects.values_list("topic_text", "state"))
    assert states == {("Schweißen", "submitted"), ("HV 2", "in_pool")}
    assert "inzwischen geprüft oder geändert" in page


@db
def test_whoever_chooses_a_topic_in_the_inbox_means_the_row_without_ticking_it(topic):
    other = topics.topic("Schweißen")
    chosen, changed, left = (make.need(state="submitted", topic_text=words) for words in ("Naht", "MAG", "Xyzzy"))
    said = {f"edition-{one.pk}": "0" for one in (chosen, changed, left)}
    said |= {f"shown-{chosen.pk}": "", f"topic-{chosen.pk}": str(other.pk)}
    said |= {f"shown-{changed.pk}": str(topic.pk), f"topic-{changed.pk}": str(other.pk)}
    said |= {f"shown-{left.pk}": str(topic.pk), f"topic-{left.pk}": str(topic.pk)}

    page = at_work(make.coordinator()).post("/bedarfe/pruefen/freigeben/", said, follow=True).content.decode()

    states = {one.topic_text: (one.state, one.topic) for one in Need.objects.select_related("topic")}
    assert states == {"Naht": ("in_pool", other), "MAG": ("in_pool", other), "Xyzzy": ("submitted", None)}
    assert (
        f"2 Bedarfe sind freigegeben: {changed.label}, {chosen.label}" in page
        or f"{chosen.label}, {changed.label}" in page
    )


@db
def test_the_inbox_says_which_topic_it_showed(topic):
    sure, unsure = make.need(state="submitted", topic=topic), make.need(state="submitted", topic_text="Xyzzy")

    page = at_work(make.coordinator()).get("/bedarfe/pruefen/").content.decode()

    assert f'name="shown-{sure.pk}" value="{topic.pk}"' in page
    assert f'name="shown-{unsure.pk}" value=""' in page


# --- the office corrects --------------------------------------------------------------
@db
@pytest.mark.parametrize("state", ["submitted", *LOOKED_AT])
def test_the_office_corrects_words_topic_and_level_with_a_reason_the_firm_reads(firm, hr, topic, state):
    need = make.need(organisation=firm, raised_by=hr, state=state, topic=topic, topic_text="Hochvollt")
    other = topics.topic("Hochvolt Stufe 3")
    typed = {"topic_text": "Hochvolt", "topic": str(other.pk), "level": "2", "reason": "Tippfehler, Stufe 3 gemeint"}

    assert change(at_work(make.coordinator()), need, **typed).status_code == 302

    need.refresh_from_db()
    assert (need.state, need.topic_text, need.topic, need.level) == (state, "Hochvolt", other, 2)
    assert "Grund: Tippfehler, Stufe 3 gemeint" in at_work(hr).get(f"/bedarfe/{need.pk}/").content.decode()
    letter = Letter.objects.get(key__startswith="need-corrected")
    assert letter.to == hr.email
    assert "Berichtigt: Wortlaut, Thema, Niveau" in letter.text
    assert "Tippfehler, Stufe 3 gemeint" in letter.text


@db
def test_without_a_reason_the_office_corrects_nothing(need):
    office = make.coordinator()
    answer = change(at_work(office), need, topic_text="Hochvolt", reason=" ")
    assert answer.status_code == 422
    with pytest.raises(Refused, match="warum"):
        flow.change_need(need, make.draft(topic_text="Hochvolt", topic=need.topic_id), by=office, at=AT)


@db
def test_the_office_cannot_take_the_topic_from_what_it_has_checked(need):
    answer = change(at_work(make.coordinator()), need, topic="", reason="weg damit")
    assert answer.status_code == 409
    assert "braucht ein Thema" in answer.content.decode()


@db
def test_what_the_office_wrote_down_itself_it_changes_without_a_reason(firm):
    office = make.coordinator()
    need = flow.raise_and_submit(make.draft(), organisation=firm, by=office, at=AT)
    assert change(at_work(office), need, seats="4").status_code == 302
    assert not Letter.objects.filter(key__startswith="need-corrected").exists()


# --- two old pages -------------------------------------------------------------------
@db
def test_an_old_page_without_an_edition_still_saves(hr, need):
    """The list of a script knows no edition; then the last word counts, as it always did."""
    assert change(at_work(hr), need, edition="", seats="4").status_code == 302


@db
def test_the_way_of_a_need_tells_that_it_was_checked_again(hr, need):
    change(at_work(hr), need, level="2")
    need.refresh_from_db()
    flow.check_and_release(need, topic=need.topic, by=make.coordinator(), at=AT + timedelta(days=1))
    assert need.state == NeedState.IN_POOL


@db
def test_a_draft_of_years_ago_gets_a_new_window(firm, hr):
    need = make.need(
        organisation=firm, raised_by=hr, window_from=date(2025, 1, 1), window_until=date(2025, 2, 1), once=uuid.uuid4()
    )  # fmt: skip
    assert change(at_work(hr), need, window_from="2027-01-01", window_until="2027-02-01").status_code == 302
