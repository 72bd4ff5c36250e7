"""A booking is told to the works council of the firm that books, and to nobody else."""

import pytest

from verbundwerk.codetermination.models import Case
from verbundwerk.codetermination.states import CaseState
from verbundwerk.courses import flow
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.post.models import Letter

from . import make

pytestmark = pytest.mark.django_db


def test_the_works_council_reads_of_a_booking_once():
    firm, course = make.firm(), make.course()
    council = network.person(Role.WORKS_COUNCIL, firm)
    stranger = network.person(Role.WORKS_COUNCIL, make.firm())
    hr = make.hr(firm)

    for _press in range(2):
        booking = flow.book_seats(course, firm, 2, key="one press", by=hr, at=make.NOW)

    case = Case.objects.get()
    assert (case.organisation, case.subject, case.state) == (firm, booking.pk, CaseState.INFORMED)
    assert case.details.startswith("2 Plätze, ")
    assert Letter.objects.get(to=council.email).subject == f"Zur Kenntnis: {course}"
    assert not Letter.objects.filter(to=stranger.email).exists()


def test_where_nobody_speaks_for_the_staff_a_booking_opens_no_case():
    firm = make.firm()
    flow.book_seats(make.course(), firm, 1, key="one press", by=make.hr(firm), at=make.NOW)
    assert not Case.objects.exists()
