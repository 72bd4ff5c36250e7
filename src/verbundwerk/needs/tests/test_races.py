"""Many at once, for real: threads with connections of their own, on whichever database the tests run. The negative
control comes first: if counting rows does not give one number to two, the tests below would prove nothing."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connections

from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.needs import flow
from verbundwerk.needs.models import Need
from verbundwerk.network.terms import Role

from . import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]  # slow: eight threads really race
THREADS, EACH = 8, 5


def at_once(work, times, threads=THREADS):
    def run(number):
        close_old_connections()
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(times)))


@pytest.fixture
def firm():
    return make.firm()


def test_counting_rows_gives_one_number_to_two_the_negative_control():
    everybody_has_counted = threading.Barrier(THREADS, timeout=30)

    def naive(_nr):
        number = Need.objects.count() + 1
        everybody_has_counted.wait()
        return number

    assert len(set(at_once(naive, THREADS))) < THREADS


def test_forty_needs_at_once_get_forty_numbers(firm, hr):
    at_once(lambda _nr: flow.raise_need(make.draft(), organisation=firm, by=hr, at=make.AT), THREADS * EACH)
    assert sorted(Need.objects.values_list("number", flat=True)) == list(range(1, THREADS * EACH + 1))


@pytest.mark.parametrize("_trial", range(3))
def test_two_lists_taken_over_at_once_share_no_number_and_leave_no_gap(_trial):
    rows, batches = 12, []
    for _list in range(2):
        firm = make.firm()
        person = make.person(Role.HR, firm)
        lines = [make.row(line, firm) for line in range(2, rows + 2)]
        batches.append((make.batch(by=person, organisation=firm, rows=lines), person))
    together = threading.Barrier(2, timeout=30)

    def take(number):
        batch, person = batches[number]
        together.wait()
        return flow.take_over_import(batch, only_correct=False, by=person, at=make.AT)

    first, second = at_once(take, 2, threads=2)
    numbers = [{need.number for need in needs} for needs in (first, second)]
    assert numbers[0] | numbers[1] == set(range(1, 2 * rows + 1))
    assert not numbers[0] & numbers[1]


def test_one_list_taken_over_twice_at_once_makes_its_needs_once(firm, hr):
    batch = make.batch(by=hr, organisation=firm, rows=[make.row(line, firm) for line in range(2, 8)])
    together = threading.Barrier(2, timeout=30)

    def take(_number):
        one = type(batch).objects.get(pk=batch.pk)
        together.wait()
        try:
            return len(flow.take_over_import(one, only_correct=False, by=hr, at=make.AT))
        except AlreadyMoved:
            return "told"

    assert sorted(map(str, at_once(take, 2, threads=2))) == ["6", "told"]
    assert Need.objects.count() == 6


def test_the_same_form_sent_eight_times_at_once_makes_one_need(firm, hr):
    draft = make.draft(once=uuid.uuid4())
    made = at_once(lambda _nr: flow.raise_and_submit(draft, organisation=firm, by=hr, at=make.AT).pk, THREADS)
    assert len(set(made)) == 1
    assert Need.objects.count() == 1


def test_of_eight_people_changing_one_need_at_once_one_is_first_and_all_others_are_told(firm, hr):
    need = make.need(organisation=firm, raised_by=hr, state="in_pool")
    together = threading.Barrier(THREADS, timeout=30)

    def change(number):
        together.wait()
        try:
            return flow.change_need(need, make.draft(seats=number + 10), by=hr, at=make.AT, seen=0).seats
        except flow.ChangedMeanwhile:
            return None

    saved = [seats for seats in at_once(change, THREADS) if seats]
    need.refresh_from_db()
    assert saved == [need.seats]
    assert need.edition == 1
