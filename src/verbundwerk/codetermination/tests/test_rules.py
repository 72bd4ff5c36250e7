"""What the law's table says, when a gate opens, and that time alone never opens it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.codetermination import bases, rules
from verbundwerk.codetermination.models import Case
from verbundwerk.codetermination.states import CaseState
from verbundwerk.codetermination.terms import Duty, SubjectKind, Waiver

from . import make

DAYS = st.dates(date(2002, 1, 1), date(2040, 12, 31))
NEVER_BY_TIME = [CaseState.OPEN, CaseState.INFORMED, CaseState.CONSULTING, CaseState.REFUSED, CaseState.CONCILIATION]


# --- the table of the law -----------------------------------------------------------------
def test_every_line_of_the_table_says_in_one_sentence_what_it_means():
    for line in bases.all_bases():
        for _language, title, sentence in line.texts:
            assert title
            assert sentence.endswith(".")
            assert sentence.count(". ") == 0, line.code


@pytest.mark.parametrize("kind", SubjectKind.values)
def test_every_kind_of_plan_has_a_usual_basis(kind: str):
    assert kind in bases.usual_for(kind, make.TODAY).subjects


@pytest.mark.parametrize(
    ("kind", "paragraph", "duty"),
    [
        ("survey", "§ 94 Abs. 1 BetrVG", Duty.CONSENT),
        ("group_application", "§ 82 Abs. 5 SGB III", Duty.CONSENT),
        ("platform", "§ 87 Abs. 1 Nr. 6 BetrVG", Duty.CONSENT),
        ("booking", "§ 80 Abs. 2 BetrVG", Duty.INFORM),
        ("pool", "§ 80 Abs. 2 BetrVG", Duty.INFORM),
    ],
)
def test_the_usual_basis_is_the_one_of_the_domain(kind: str, paragraph: str, duty: str):
    line = bases.usual_for(kind, make.TODAY)
    assert line.paragraph.replace("\u00a0", " ") == paragraph
    assert line.duty == duty


def test_codes_never_overlap_in_time():
    for one in bases.all_bases():
        others = [two for two in bases.all_bases() if two is not one and two.code == one.code]
        assert not any(two.in_force(one.valid_from) for two in others)


def test_a_line_counts_from_its_first_day_and_not_before():
    line = bases.basis("sgb3-82-5", date(2024, 4, 1))
    assert line.valid_from == date(2024, 4, 1)
    with pytest.raises(bases.UnknownBasis):
        bases.basis("sgb3-82-5", date(2024, 3, 31))


def test_an_ended_line_counts_on_its_last_day_and_not_after():
    line = bases.all_bases()[0]
    ended = bases.Basis(**{name: getattr(line, name) for name in line.__slots__} | {"valid_until": date(2030, 6, 30)})
    assert bases.in_force(date(2030, 6, 30), [ended]) == [ended]
    assert bases.in_force(date(2030, 7, 1), [ended]) == []


@given(day=DAYS, line=st.sampled_from(bases.all_bases()))
def test_a_deadline_gives_all_its_days_and_never_ends_on_a_weekend(day: date, line: bases.Basis):
    due = line.due_on(day)
    assert timedelta(days=line.days) <= due - day <= timedelta(days=line.days + 2)
    assert due.weekday() < 5
    assert rules.is_a_deadline(due, day)


@given(day=DAYS, later=st.integers(-400, 400))
def test_a_deadline_lies_after_today_and_within_three_months(day: date, later: int):
    verdict = rules.is_a_deadline(day + timedelta(days=later), day)
    assert bool(verdict) == (1 <= later <= rules.MOST_ANSWER_DAYS)
    assert verdict or verdict.reason


# --- the gate -----------------------------------------------------------------------------
def _case(state: str, duty: str, due_on: date | None = None, waiver: str = "") -> Case:
    return Case(state=state, duty=duty, due_on=due_on, waiver=waiver, basis_code="betrvg-94-1", opened_at=make.AT)


@given(
    state=st.sampled_from(NEVER_BY_TIME),
    informed=DAYS,
    due_after=st.integers(1, 90),
    passed=st.integers(0, 20_000),
    represented=st.booleans(),
)
def test_silence_is_never_consent(state: str, informed: date, due_after: int, passed: int, represented: bool):
    case = _case(state, Duty.CONSENT, informed + timedelta(days=due_after))
    verdict = rules.gate(case, represented=represented, on=informed + timedelta(days=due_after + passed))
    assert not verdict
    assert verdict.reason


@given(state=st.sampled_from(CaseState.values), duty=st.sampled_from(Duty.values), on=DAYS, due=DAYS)
def test_others_read_the_same_sentence_whatever_happened_inside(state: str, duty: str, on: date, due: date):
    verdict = rules.gate(_case(state, duty, due, Waiver.NO_COUNCIL), represented=True, on=on)
    told = rules.neutral(verdict)
    assert told.ok == verdict.ok
    assert str(told.reason) == ("" if verdict.ok else "Bedingung nicht erfüllt.")


@pytest.mark.parametrize(
    ("duty", "state", "goes_on"),
    [
        (Duty.INFORM, CaseState.OPEN, False),
        (Duty.INFORM, CaseState.INFORMED, True),
        (Duty.INFORM, CaseState.CONSULTING, True),
        (Duty.INFORM, CaseState.REFUSED, True),
        (Duty.CONSULT, CaseState.OPEN, False),
        (Duty.CONSULT, CaseState.CONSULTING, False),
        (Duty.CONSULT, CaseState.REFUSED, True),
        (Duty.CONSULT, CaseState.AGREED, True),
        (Duty.CONSENT, CaseState.REFUSED, False),
        (Duty.CONSENT, CaseState.AGREED, True),
    ],
)
def test_each_duty_has_its_own_gate(duty: str, state: str, goes_on: bool):
    verdict = rules.gate(_case(state, duty, make.TODAY), represented=True, on=make.TODAY)
    assert bool(verdict) is goes_on


def test_consultation_that_was_offered_until_a_passed_day_is_enough():
    case = _case(CaseState.INFORMED, Duty.CONSULT, make.TODAY)
    assert not rules.gate(case, represented=True, on=make.TODAY)
    assert rules.gate(case, represented=True, on=make.TODAY + timedelta(days=1))


def test_a_firm_without_a_works_council_goes_on():
    case = _case(CaseState.NOT_REQUIRED, Duty.CONSENT, waiver=Waiver.NO_COUNCIL)
    assert rules.gate(case, represented=False, on=make.TODAY)


def test_a_works_council_elected_afterwards_has_to_be_asked():
    case = _case(CaseState.NOT_REQUIRED, Duty.CONSENT, waiver=Waiver.NO_COUNCIL)
    assert "Inzwischen" in str(rules.gate(case, represented=True, on=make.TODAY).reason)


@pytest.mark.parametrize("represented", [True, False])
def test_giving_a_plan_up_is_no_way_around_the_works_council(represented: bool):
    case = _case(CaseState.NOT_REQUIRED, Duty.CONSENT, waiver=Waiver.DROPPED)
    assert not rules.gate(case, represented=represented, on=make.TODAY)


@pytest.mark.parametrize("kind", SubjectKind.values)
def test_without_the_case_that_asks_only_what_needs_no_consent_goes_on(kind: str):
    needs_consent = kind in {"survey", "platform", "group_application"}
    for asked in ([], ["another"]):
        assert rules.was_asked(kind, asked, "usual", represented=False)
        assert bool(rules.was_asked(kind, asked, "usual", represented=True)) is not needs_consent
    assert rules.was_asked(kind, ["another", "usual"], "usual", represented=True)


def test_without_a_works_council_the_employees_agree_to_a_group_application_themselves():
    refused = rules.employees_needed("group_application", represented=False)
    assert "Beschäftigten selbst" in str(refused.reason)
    assert rules.employees_needed("group_application", represented=True)
    assert rules.employees_needed("survey", represented=False)


def test_where_the_law_asks_for_a_talk_nobody_reads_that_a_consent_is_owed():
    talk, consent = (
        rules.gate(_case(CaseState.INFORMED, duty, make.TODAY), represented=True, on=make.TODAY)
        for duty in (Duty.CONSULT, Duty.CONSENT)
    )
    assert "zugestimmt" not in str(talk.reason)
    assert "Schweigen ist keine Zustimmung" in str(consent.reason)
