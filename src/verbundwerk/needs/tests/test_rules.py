"""Verdicts for every kind of person, need and state: values only, no database."""

import uuid
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.base import clock
from verbundwerk.needs import rules
from verbundwerk.needs.models import ImportBatch, Need
from verbundwerk.needs.states import IMPORT, NEED, ImportState, NeedState
from verbundwerk.needs.terms import Source
from verbundwerk.network.models import Person
from verbundwerk.network.rules import STAFFING_ROLES, Held, Standing
from verbundwerk.network.terms import Role

FIRM, OTHER = uuid.uuid4(), uuid.uuid4()
SAYINGS = [
    rules.may_act, rules.may_edit, rules.may_submit, rules.may_withdraw, rules.may_cover_elsewhere, rules.may_keep,
    rules.may_check, rules.may_release, rules.may_set_aside, rules.may_choose_topic,
]  # fmt: skip
MOVES = {
    rules.may_submit: "submit", rules.may_withdraw: "withdraw", rules.may_cover_elsewhere: "cover_elsewhere",
    rules.may_check: "check", rules.may_release: "release", rules.may_set_aside: "set_aside",
}  # fmt: skip


def person(*held):
    made = Person(email="somebody@example.org", name="Somebody")
    made._standing = (clock.today(), Standing(tuple(Held(role, organisation) for role, organisation in held)))
    return made


mandates = st.lists(st.tuples(st.sampled_from(Role.values), st.sampled_from([FIRM, OTHER])), max_size=3)


@st.composite
def cases(draw):
    somebody = person(*draw(mandates))
    raiser = draw(st.sampled_from([somebody.pk, uuid.uuid4(), None]))
    topic = draw(st.sampled_from([None, uuid.uuid4()]))
    state, source = draw(st.sampled_from(NeedState.values)), draw(st.sampled_from(Source.values))
    return Need(organisation_id=FIRM, raised_by_id=raiser, topic_id=topic, state=state, source=source), somebody


def of_the_firm(somebody):
    return any(one.organisation == FIRM for one in somebody._standing[1].held)


def coordinates(somebody):
    return somebody._standing[1].coordinates


@given(cases())
def test_every_no_comes_with_a_reason(case):
    for says in SAYINGS:
        verdict = says(*case)
        assert verdict or str(verdict.reason)


@given(cases())
def test_whoever_may_act_may_also_know(case):
    for says in SAYINGS:
        if says(*case) and says not in (rules.may_check, rules.may_release, rules.may_set_aside):
            assert rules.may_know_of(*case)


@given(cases())
def test_a_stranger_neither_knows_nor_acts(case):
    need, somebody = case
    if not of_the_firm(somebody) and not coordinates(somebody):
        assert not rules.may_know_of(need, somebody)
        assert not any(says(need, somebody) for says in SAYINGS)


@given(cases())
def test_a_yes_is_always_a_move_the_table_allows(case):
    for says, move in MOVES.items():
        if says(*case):
            assert NEED.may(case[0].state, move)


@given(cases())
def test_only_the_coordination_checks_releases_and_sets_aside(case):
    need, somebody = case
    if not coordinates(somebody):
        assert not any(says(need, somebody) for says in (rules.may_check, rules.may_release, rules.may_set_aside))


@given(cases())
def test_a_release_needs_a_topic(case):
    if case[0].topic_id is None:
        assert not rules.may_release(*case)


@given(cases())
def test_a_draft_from_the_staff_side_is_known_to_its_author_only(case):
    need, somebody = case
    if need.state == NeedState.DRAFT and need.source in (Source.WORKS_COUNCIL, Source.MENTOR, Source.EMPLOYEE):
        assert not rules.may_know_of(need, somebody) or need.raised_by_id == somebody.pk


@given(mandates, st.sampled_from([FIRM, OTHER, None]))
def test_lists_are_brought_by_the_firms_own_people_or_the_coordination(held, organisation):
    somebody = person(*held)
    staffing = {firm for role, firm in held if role in STAFFING_ROLES}
    assert bool(rules.may_import_for(organisation, somebody)) == (coordinates(somebody) or organisation in staffing)


@given(st.sampled_from(ImportState.values), st.integers(0, 5), st.booleans())
def test_a_list_is_taken_only_while_it_waits_and_only_with_a_usable_row(state, wrong, deliberately):
    somebody = person((Role.HR, FIRM))
    batch = ImportBatch(
        organisation_id=FIRM, uploaded_by_id=somebody.pk, state=state, row_count=5, wrong_count=wrong
    )  # fmt: skip
    assert bool(rules.may_take(batch, somebody)) == (state == "uploaded" and wrong < 5)
    assert bool(rules.leaves_out_on_purpose(batch, deliberately)) == (deliberately or wrong == 0)
    assert bool(rules.may_discard(batch, somebody)) == bool(IMPORT.may(state, "discard"))


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_window_is_ahead_until_its_last_day_is_over(until, today):
    assert bool(rules.still_ahead(Need(window_until=until), today)) == (until >= today)
