"""Gates and conditions: what the rooms above may do, and the little that others may learn."""

from datetime import timedelta
from uuid import uuid4

import pytest

from verbundwerk.codetermination import flow, queries
from verbundwerk.codetermination.bases import OWN_CONDITION
from verbundwerk.codetermination.states import CaseState
from verbundwerk.codetermination.terms import SubjectKind

from . import make
from .test_flow import letters_to

pytestmark = pytest.mark.django_db
AT = make.AT
DUE = make.TODAY + timedelta(days=14)


# --- others ----------------------------------------------------------------------------------
def test_others_never_learn_why(firm, council):
    case = make.case(organisation=firm)
    ask = (firm.pk, case.subject_kind, case.subject)
    before = queries.condition_met_for_others(*ask, AT)
    flow.refuse(case, text="So nicht.", by=council, at=AT)
    after = queries.condition_met_for_others(*ask, make.day(30))
    assert before == after
    assert str(after.reason) == "Bedingung nicht erfüllt."


def test_every_case_of_a_subject_has_to_say_yes(firm, council):
    subject = uuid4()
    first = make.case(CaseState.AGREED, organisation=firm, kind="booking", basis="betrvg-97-2", subject=subject)
    second = make.case(CaseState.INFORMED, organisation=firm, kind="booking", basis="betrvg-98-1", subject=subject)
    assert first.subject == second.subject
    assert not queries.condition_met(firm.pk, "booking", subject, AT)
    flow.agree(second, by=council, at=AT)
    assert queries.condition_met(firm.pk, "booking", subject, AT)


def test_a_group_application_without_a_works_council_needs_the_employees():
    firm = make.firm(council=False)
    case = flow.open_case(make.data(SubjectKind.GROUP_APPLICATION), organisation=firm, by=None, at=AT)
    ask = (firm.pk, case.subject_kind, case.subject, AT)
    assert "Beschäftigten selbst" in str(queries.condition_met(*ask).reason)
    assert queries.condition_met(*ask, employees_agreed=True)


def test_having_only_informed_opens_no_gate_for_a_survey(firm, hr, council):
    """§ 94 asks for consent to the questionnaire; a case under § 80 or § 92 is no way round it."""
    survey = uuid4()
    for basis in ("betrvg-80-2", "betrvg-92-1"):
        case = flow.open_by_hand(make.data(basis=basis, subject=survey), organisation=firm, by=hr, at=AT)
        flow.inform_council(case, due_on=DUE, by=hr, at=AT)
    assert not queries.may_send_survey(firm.pk, survey, make.day(90))

    asked = flow.open_case(make.data(subject=survey), organisation=firm, by=hr, at=AT)
    assert not queries.may_send_survey(firm.pk, survey, make.day(90))
    flow.agree(asked, by=council, at=AT)
    assert queries.may_send_survey(firm.pk, survey, make.day(90))


def test_a_survey_nobody_was_asked_about_stays_in_the_house_and_says_why(firm, council):
    verdict = queries.may_send_survey(firm.pk, uuid4(), AT)
    assert "Bitte legen Sie zuerst einen Vorgang an" in str(verdict.reason)
    assert queries.may_send_survey(make.firm(council=False).pk, uuid4(), AT)


def test_a_group_application_needs_works_council_or_employees(firm, council):
    application = uuid4()
    case = flow.open_case(
        make.data(SubjectKind.GROUP_APPLICATION, subject=application), organisation=firm, by=None, at=AT
    )
    asked = (firm.pk, application, make.day(60))
    assert not queries.may_apply_for_group(*asked, employees_agreed=False)
    flow.refuse(case, text="Erst die Nachtschicht.", by=council, at=AT)
    assert not queries.may_apply_for_group(*asked, employees_agreed=False)
    assert queries.may_apply_for_group(*asked, employees_agreed=True), "§ 82 (5) SGB III says: or"


# --- a condition of a room above ----------------------------------------------------------------
def _asked(firm, subject):
    data = make.data(SubjectKind.POOL, subject=subject, basis=OWN_CONDITION)
    return flow.ask_for_consent(data, organisation=firm, due_on=DUE, by=None, at=AT)


def _met(firm, subject):
    return queries.agreed_until(firm.pk, SubjectKind.POOL, subject, basis=OWN_CONDITION, until=DUE)


@pytest.mark.parametrize(("day", "met"), [(0, True), (14, True), (15, False)])
def test_only_a_yes_in_time_meets_a_condition(firm, council, day, met):
    subject = uuid4()
    case = _asked(firm, subject)
    assert (case.state, case.due_on) == (CaseState.INFORMED, DUE)
    flow.agree(case, by=council, at=make.day(day))
    assert bool(_met(firm, subject)) is met


def test_silence_refusal_talk_and_giving_up_read_the_same(firm, council):
    def silence(_case): ...

    def drop(case):
        flow.call_off(case, reason="Die Zusage ist zurückgezogen.", by=None, at=AT)

    said = [
        silence, drop, lambda case: flow.refuse(case, text="So nicht.", by=council, at=AT),
        lambda case: flow.ask_to_talk(case, by=council, at=AT),
    ]  # fmt: skip
    answers = []
    for say in said:
        subject = uuid4()
        say(_asked(firm, subject))
        answers.append(_met(firm, subject))
    assert len(set(answers)) == 1
    assert str(answers[0].reason) == "Bedingung nicht erfüllt."


def test_asking_again_with_another_day_moves_the_day_and_tells_the_works_council(firm, council):
    subject = uuid4()
    case, later = _asked(firm, subject), DUE + timedelta(days=7)
    data = make.data(SubjectKind.POOL, subject=subject, basis=OWN_CONDITION)
    again = flow.ask_for_consent(data, organisation=firm, due_on=later, by=None, at=make.day(3))
    assert (again.pk, again.due_on, again.state) == (case.pk, later, CaseState.INFORMED)
    assert len(letters_to(council)) == 2


def test_what_was_called_off_can_be_asked_again_and_what_is_settled_stays(firm, council):
    subject = uuid4()
    flow.call_off(_asked(firm, subject), reason="Die Zusage ist zurückgezogen.", by=None, at=AT)
    case = _asked(firm, subject)
    assert case.state == CaseState.INFORMED
    flow.agree(case, by=council, at=AT)
    flow.call_off(case, reason="Der Kurs kommt nicht zustande.", by=None, at=AT)
    assert case.state == CaseState.AGREED
