"""Many at once, for real: threads with connections of their own, on whichever database the tests run."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from verbundwerk.needs import flow
from verbundwerk.needs.models import Need
from verbundwerk.network.terms import Role

from . import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]  # slow: eight threads really race
THREADS, EACH = 8, 5


def at_once(work, times):
    def run(number):
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(times)))


def test_forty_needs_at_once_get_forty_numbers():
    firm = make.firm()
    hr = make.person(Role.HR, firm)
    at_once(lambda _nr: flow.raise_need(make.draft(), organisation=firm, by=hr, at=make.AT), THREADS * EACH)
    assert sorted(Need.objects.values_list("number", flat=True)) == list(range(1, THREADS * EACH + 1))


def test_the_same_form_sent_eight_times_at_once_makes_one_need():
    firm = make.firm()
    hr = make.person(Role.HR, firm)
    draft = make.draft(once=uuid.uuid4())
    made = at_once(lambda _nr: flow.raise_and_submit(draft, organisation=firm, by=hr, at=make.AT).pk, THREADS)
    assert len(set(made)) == 1
    assert Need.objects.count() == 1
