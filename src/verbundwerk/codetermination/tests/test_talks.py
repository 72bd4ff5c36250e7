"""A works council that wants to talk is answered: with words, and with a day both can keep."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.base import clock
from verbundwerk.base.verdicts import Refused
from verbundwerk.codetermination import flow, queries, rules_talks
from verbundwerk.codetermination.models import Case, Statement
from verbundwerk.codetermination.rules_talks import Talk, TalkStage
from verbundwerk.codetermination.states import CaseState
from verbundwerk.codetermination.terms import Side, StatementKind
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.post.models import Letter

from . import make
from .test_pages import at_desk, page, send

MEETS = make.day(3)
with_database = pytest.mark.django_db


@pytest.fixture
def case(firm: Organisation, settings: Any, tmp_path: Any) -> Case:
    settings.MEDIA_ROOT = tmp_path
    return make.case(organisation=firm)


@pytest.fixture
def now() -> Any:
    with clock.stopped(make.AT):
        yield


def subjects(person: Person) -> set[str]:
    return set(Letter.objects.filter(to=person.email).values_list("subject", flat=True))


def today_of(person: Person, at: datetime = make.AT) -> list[str]:
    return [line.text for line in queries.waiting_for(person, at)]


# --- the way of a talk ------------------------------------------------------------------
@with_database
def test_the_employer_answers_with_a_day_and_the_works_council_says_that_it_fits(case, hr, council):
    flow.ask_to_talk(case, text="Frage 7 geht zu weit.", by=council, at=make.AT)
    assert today_of(hr) == ["Der Betriebsrat möchte sprechen: Fragebogen Weiterbildung"]

    flow.propose_meeting(case, meets_at=MEETS, text="Raum 2", by=hr, at=make.AT)
    assert today_of(hr) == []
    assert today_of(council) == ["Passt Ihnen dieser Termin? Fragebogen Weiterbildung"]
    assert "Vorschlag für ein Gespräch: Fragebogen Weiterbildung" in subjects(council)

    flow.confirm_meeting(case, meets_at=MEETS, by=council, at=make.AT)
    assert today_of(hr) == today_of(council) != []
    assert "Das Gespräch ist verabredet: Fragebogen Weiterbildung" in subjects(hr)
    assert today_of(council, make.day(4)) == ["Nach dem Gespräch, Ihre Stellungnahme: Fragebogen Weiterbildung"]
    assert today_of(hr, make.day(4)) == []


@with_database
def test_the_letter_names_the_day_and_the_words(case, hr, council):
    flow.propose_meeting(case, meets_at=MEETS, text="Raum 2", by=hr, at=make.AT)
    text = Letter.objects.get(to=council.email).text
    assert "Do., 26. November 2026, 09:00 Uhr" in text
    assert "Der Betrieb schreibt: Raum 2" in text


@with_database
def test_a_works_council_that_names_a_day_wants_to_talk(case, council):
    flow.propose_meeting(case, meets_at=MEETS, by=council, at=make.AT)
    assert case.state == CaseState.CONSULTING
    assert queries.talk_in(case) == Talk(TalkStage.PROPOSED, Side.COUNCIL, MEETS)


@with_database
def test_an_employer_that_names_a_day_changes_nothing_for_the_gate(case, hr):
    flow.propose_meeting(case, meets_at=MEETS, by=hr, at=make.AT)
    assert case.state == CaseState.INFORMED


@with_database
def test_a_day_that_was_changed_meanwhile_is_not_confirmed_by_an_old_page(case, hr, council):
    flow.propose_meeting(case, meets_at=MEETS, by=hr, at=make.AT)
    flow.propose_meeting(case, meets_at=MEETS + timedelta(hours=2), by=hr, at=make.AT)
    with pytest.raises(Refused, match="anderer Termin"):
        flow.confirm_meeting(case, meets_at=MEETS, by=council, at=make.AT)


@with_database
def test_nobody_confirms_the_day_of_its_own_side(case, hr):
    flow.propose_meeting(case, meets_at=MEETS, by=hr, at=make.AT)
    with pytest.raises(Refused, match="Ihre Seite"):
        flow.confirm_meeting(case, meets_at=MEETS, by=hr, at=make.AT)


@with_database
def test_a_day_that_passed_without_an_answer_waits_for_a_new_one(case, hr, council):
    flow.propose_meeting(case, meets_at=MEETS, by=council, at=make.AT)
    with pytest.raises(Refused, match="schon vorbei"):
        flow.confirm_meeting(case, meets_at=MEETS, by=hr, at=make.day(4))
    assert today_of(hr, make.day(4)) == ["Der Betriebsrat möchte sprechen: Fragebogen Weiterbildung"]


@with_database
def test_a_talk_can_be_noted_only_when_its_hour_has_come_and_opens_no_gate(case, hr, council):
    flow.ask_to_talk(case, by=council, at=make.AT)
    flow.propose_meeting(case, meets_at=MEETS, by=hr, at=make.AT)
    flow.confirm_meeting(case, meets_at=MEETS, by=council, at=make.AT)
    with pytest.raises(Refused, match="kommt erst"):
        flow.note_talked(case, by=hr, at=make.AT)
    flow.note_talked(case, by=hr, at=make.day(4))
    assert not queries.condition_met(case.organisation_id, case.subject_kind, case.subject, make.day(4))


@with_database
def test_both_can_write_also_after_a_refusal_but_not_before_the_works_council_knows(firm, hr, council):
    refused = make.case(CaseState.REFUSED, organisation=firm)
    flow.write_word(refused, text="Wir streichen Frage 7.", by=hr, at=make.AT)
    assert "Nachricht zu: Fragebogen Weiterbildung" in subjects(council)
    with pytest.raises(Refused, match="sobald"):
        flow.write_word(make.case(CaseState.OPEN, organisation=firm), text="x", by=council, at=make.AT)


@with_database
def test_what_is_said_at_one_moment_stays_in_its_order(case, hr, council):
    for number in range(5):
        flow.write_word(case, text=str(number), by=(hr, council)[number % 2], at=make.AT)
    assert [one.text for one in queries.statements_of(case)] == list("01234")


@with_database
@pytest.mark.parametrize("role", [Role.FOREMAN, Role.MENTOR, Role.COORDINATION])
def test_nobody_else_takes_part_in_the_talk(case, firm, role):
    stranger = network.person(role, firm)
    for verb, given_ in ((flow.write_word, {"text": "x"}), (flow.propose_meeting, {"meets_at": MEETS})):
        with pytest.raises(Refused):
            verb(case, **given_, by=stranger, at=make.AT)


@with_database
@pytest.mark.parametrize(("kind", "meets_at"), [(StatementKind.MEETING, None), (StatementKind.WORD, MEETS)])
def test_the_database_keeps_a_time_only_where_one_was_named(case, hr, kind, meets_at):
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.create(
            case=case, kind=kind, side=Side.EMPLOYER, meets_at=meets_at, said_by=hr, said_at=make.AT
        )


# --- more time ----------------------------------------------------------------------------
@with_database
def test_the_employer_gives_more_time_but_never_takes_it_away(case, hr, council):
    flow.extend_deadline(case, due_on=make.TODAY + timedelta(days=30), by=hr, at=make.AT)
    assert subjects(council) == {"Neue Frist für Ihre Stellungnahme: Fragebogen Weiterbildung"}
    with pytest.raises(Refused, match="nach dem bisherigen"):
        flow.extend_deadline(case, due_on=make.TODAY + timedelta(days=20), by=hr, at=make.AT)
    with pytest.raises(Refused):
        flow.extend_deadline(case, due_on=make.TODAY + timedelta(days=40), by=council, at=make.AT)


# --- on the page ----------------------------------------------------------------------------
@with_database
def test_a_day_is_found_on_the_page_and_taken_into_the_calendar(now, case, hr, council):
    assert at_desk(hr).get(reverse("codetermination:meeting_ics", args=[case.pk])).status_code == 404
    send(hr, "propose_meeting", case.pk, day="2026-11-26", time="14:30", text="Raum 2")
    assert "Do., 26. November 2026, 14:30" in page(council, "case", case.pk)
    answer = send(council, "confirm_meeting", case.pk, meets_at=queries.talk_in(case).meets_at.isoformat())
    assert answer.status_code == 302
    taken = at_desk(hr).get(reverse("codetermination:meeting_ics", args=[case.pk])).content.decode()
    assert "DTSTART;TZID=Europe/Berlin:20261126T143000" in taken


@with_database
@pytest.mark.parametrize(("day", "words"), [("2026-11-22", "schon vorbei"), ("2027-06-01", "drei Monaten"), ("x", "")])
def test_a_day_nobody_can_keep_is_refused_beside_its_field_and_stays_typed(now, case, hr, day, words):
    answer = send(hr, "propose_meeting", case.pk, day=day, time="14:30", text="Raum 2")
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Raum 2" in answer.content.decode()


@with_database
@pytest.mark.parametrize("typed", ["", "gestern", "2026-13-45T99:99", "2026-11-26T14:30:00"])
def test_a_pressed_button_without_a_readable_time_confirms_nothing(now, case, council, typed):
    assert send(council, "confirm_meeting", case.pk, meets_at=typed).status_code == 404


# --- read from what was said ------------------------------------------------------------------
SAID = st.builds(
    lambda kind, side, hours: Statement(
        kind=kind, side=side,
        meets_at=make.AT + timedelta(hours=hours) if kind in ("meeting", "fits") else None,
    ),
    st.sampled_from(StatementKind.values), st.sampled_from(Side.values), st.integers(-50, 50),
)  # fmt: skip


@given(st.lists(SAID, max_size=12), st.integers(-60, 60))
def test_as_long_as_a_talk_is_wanted_or_proposed_somebody_has_to_do_something(said, hours):
    talk, at = rules_talks.talk_of(said), make.AT + timedelta(hours=hours)
    waits_for = rules_talks.turn(talk, at)
    assert (talk.meets_at is not None) == (talk.stage in (TalkStage.PROPOSED, TalkStage.FIXED))
    assert (waits_for is None) == (talk.stage == TalkStage.FIXED and talk.meets_at > at)
    if talk.stage == TalkStage.PROPOSED and talk.meets_at > at:
        assert waits_for == rules_talks.other(talk.side)


@given(st.lists(SAID, max_size=8))
def test_a_message_moves_no_talk(said):
    word = Statement(kind=StatementKind.WORD, side=Side.COUNCIL, meets_at=None)
    mixed = [one for said_one in said for one in (said_one, word)]
    assert rules_talks.talk_of(mixed) == rules_talks.talk_of(said)
