"""After three years nothing of a settled case is left, and nothing that somebody still waits for is lost."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from verbundwerk.codetermination import flow
from verbundwerk.codetermination.models import Case, Document, Proposal, Statement
from verbundwerk.codetermination.states import UNSETTLED, CaseState, ProposalState
from verbundwerk.codetermination.terms import Duty

from . import make

pytestmark = pytest.mark.django_db
AFTER = make.AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def own_files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def test_a_settled_case_ends_with_all_that_was_said_and_filed():
    case = make.case(CaseState.AGREED)
    make.document(case)
    Statement.objects.create(
        case=case, kind="agree", text="Einverstanden.", said_by=make.council(case.organisation), said_at=make.AT
    )
    assert _files()
    assert flow.forget_cases(AFTER, 10) == 1
    assert [model.objects.count() for model in (Case, Statement, Document)] == [0, 0, 0]
    assert _files() == []


def test_a_file_that_was_already_gone_stops_nothing():
    case = make.case(CaseState.AGREED)
    paper = make.document(case)
    paper.file.delete(save=False)
    assert flow.forget_cases(AFTER, 10) == 1
    assert not Document.objects.exists()


def test_at_most_so_many_cases_at_once_and_each_counts_once():
    for _ in range(3):
        make.document(make.case(CaseState.AGREED))
    assert [flow.forget_cases(AFTER, 2) for _ in range(3)] == [2, 1, 0]


def test_a_case_is_kept_to_the_day():
    make.case(CaseState.AGREED)
    assert flow.forget_cases(make.AT, 10) == 0


@pytest.mark.parametrize("state", [one for one in UNSETTLED if one != CaseState.REFUSED])
def test_what_somebody_still_waits_for_stays(state):
    make.case(state, settled_at=None)
    assert flow.forget_cases(AFTER, 10) == 0


def test_information_and_waived_cases_end_though_nobody_settles_them():
    make.case(CaseState.INFORMED, duty=Duty.INFORM)
    make.case(CaseState.NOT_REQUIRED, settled_at=None)
    assert flow.forget_cases(AFTER, 10) == 2


def test_an_answered_proposal_ends_and_an_open_one_stays():
    make.proposal(ProposalState.DECLINED, answered_at=make.AT)
    make.proposal(ProposalState.WITHDRAWN)
    waiting = make.proposal()
    assert flow.forget_proposals(AFTER, 10) == 2
    assert Proposal.objects.get() == waiting


def _files() -> list[object]:
    return [one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()]
