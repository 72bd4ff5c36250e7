"""Two at once, and a process that dies: one need, one letter, or nothing at all. The negative control comes first."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.needs import flow
from verbundwerk.needs.models import Need, QuickLink, QuickNeed
from verbundwerk.needs.states import QuickState
from verbundwerk.network.terms import Role
from verbundwerk.post.models import Letter

from . import make
from .test_races import at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]  # slow: threads really race, processes die
ROOT = Path(__file__).parents[4]


def _both(work, count=2):
    together = threading.Barrier(count, timeout=30)

    def told(number):
        quick = QuickNeed.objects.get()
        together.wait()
        try:
            return work(number, quick)
        except AlreadyMoved:
            return "told"

    return at_once(told, count, threads=count)


def test_looking_first_and_moving_then_makes_two_needs_the_negative_control(firm, hr):
    make.quick(organisation=firm)
    both_have_looked = threading.Barrier(2, timeout=30)

    def naive(_number, quick):
        waits = quick.state == QuickState.WAITING
        both_have_looked.wait()
        if waits:
            flow.raise_and_submit(make.draft(), organisation=firm, by=hr, at=make.AT)
            QuickNeed.objects.filter(pk=quick.pk).update(state=QuickState.TAKEN_OVER)

    _both(naive)
    assert Need.objects.count() == 2


@pytest.mark.parametrize("_trial", range(3))
def test_two_planners_take_over_at_once_and_one_need_comes_of_it(firm, hr, _trial):
    make.quick(organisation=firm)
    people = [hr, make.person(Role.HR, firm)]

    def take(number, quick):
        return str(flow.take_over_quick(quick, make.draft(), submit=True, by=people[number], at=make.AT).pk)

    done = _both(take)
    need, quick = Need.objects.get(), QuickNeed.objects.get()
    assert sorted(done, key=len) == ["told", str(need.pk)]
    assert quick.need == need
    assert Letter.objects.filter(to=quick.email).count() == 1
    assert QuickLink.objects.get().taken_count == 1


@pytest.mark.parametrize("_trial", range(3))
def test_two_presses_of_confirm_by_a_planner_make_one_need(firm, hr, _trial):
    make.quick(organisation=firm, state=QuickState.UNCONFIRMED, email=hr.email)
    done = _both(lambda _number, quick: flow.confirm_quick(quick, at=make.AT).state)
    assert sorted(done) == [QuickState.TAKEN_OVER, "told"]
    assert Need.objects.count() == 1
    assert QuickLink.objects.get().confirmed_count == 1


def test_taking_over_and_deleting_at_once_is_one_or_the_other(firm, hr):
    make.quick(organisation=firm)

    def work(number, quick):
        if number:
            return flow.forget_quick(quick, at=make.AT)
        return bool(flow.take_over_quick(quick, make.draft(), submit=True, by=hr, at=make.AT))

    _both(work)
    assert Need.objects.count() == QuickNeed.objects.filter(state=QuickState.TAKEN_OVER).count()


def test_one_page_sent_eight_times_at_once_is_one_draft_and_one_letter(firm):
    link, once = make.link(organisation=firm), uuid4()
    words = flow.QuickWords(topic_text="HV", seats=1, window_until=make.draft().window_until, email="a@example.org")
    at_once(lambda _nr: flow.send_quick(link, words, once=once, at=make.AT), 8)
    assert QuickNeed.objects.count() == Letter.objects.count() == 1
    assert QuickLink.objects.get().sent_count == 1


# --- a process dies ---------------------------------------------------------------------
def _sent_by_a_process(link, tmp_path, dies):
    surroundings = {
        **os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "DIES": dies,
        "SAME_DATABASE": str(connection.settings_dict["NAME"]), "VERBUNDWERK_TEST_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "verbundwerk.settings.test",
    }  # fmt: skip
    words = [sys.executable, "-m", "verbundwerk.needs.tests.dying", str(link.pk)]
    return subprocess.run(words, env=surroundings, cwd=ROOT, timeout=60, check=False).returncode


def test_killed_between_draft_and_letter_leaves_neither_and_sending_again_leaves_both(firm, tmp_path):
    link = make.link(organisation=firm)

    assert _sent_by_a_process(link, tmp_path, "before the letter") == -signal.SIGKILL
    assert QuickNeed.objects.count() == Letter.objects.count() == 0
    assert QuickLink.objects.get().sent_count == 0

    assert _sent_by_a_process(link, tmp_path, "after all") == -signal.SIGKILL
    assert QuickNeed.objects.count() == Letter.objects.count() == 1

    assert _sent_by_a_process(link, tmp_path, "") == 0
    assert QuickNeed.objects.count() == Letter.objects.count() == 1
