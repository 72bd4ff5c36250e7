"""What is promised for later happens, once the promise holds, and one failure keeps nothing else waiting."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from verbundwerk.base import clock, jobs
from verbundwerk.base.alone import alone

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
THING = UUID("00000000-0000-7000-8000-000000000007")
seen: list[str] = []


@jobs.job
def look(thing_id: str) -> None:
    seen.append(thing_id)


@jobs.job
def stumble(thing_id: str) -> None:
    raise LookupError(thing_id)


@jobs.job
def pass_on(thing_id: str) -> None:
    jobs.enqueue(look, thing_id)


@pytest.fixture(autouse=True)
def _fresh():
    seen.clear()


@pytest.fixture(params=["django_tasks.backends.immediate.ImmediateBackend", "django_tasks_db.DatabaseBackend"])
def backend(request, settings):
    settings.TASKS = {"default": {"BACKEND": request.param}}
    return request.param


@pytest.fixture
def kept(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.django_db
class TestJobs:
    def test_a_job_runs_when_it_is_worked_off_and_only_once(self, backend):
        jobs.enqueue(look, THING)
        assert seen == []
        assert jobs.work_off() == 1
        assert seen == [str(THING)]
        assert jobs.work_off() == 0

    def test_a_job_may_ask_for_another(self, backend):
        jobs.enqueue(pass_on, THING)
        assert jobs.work_off() == 2
        assert seen == [str(THING)]

    def test_a_job_that_fails_is_heard_in_a_test(self, backend):
        jobs.enqueue(stumble, 7)
        with pytest.raises(jobs.JobFailed, match="LookupError"):
            jobs.work_off()

    @pytest.mark.parametrize("wrong", [object(), {"a": 1}, 1.5, True, None, "x" * 65])
    def test_a_job_takes_ids_and_nothing_else(self, wrong):
        with pytest.raises(TypeError, match="ids"):
            jobs.enqueue(look, wrong)

    def test_a_job_of_a_dead_worker_is_taken_up_again(self, kept):
        jobs.enqueue(look, THING)
        DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=NOON - timedelta(hours=3))
        assert jobs.work_off() == 0
        assert jobs.take_up_lost_jobs(NOON) == 1
        assert jobs.take_up_lost_jobs(NOON) == 0
        assert jobs.work_off() == 1

    def test_done_jobs_are_forgotten_after_a_month(self, kept):
        jobs.enqueue(look, THING)
        jobs.work_off()
        assert jobs.forget_done_jobs(jobs.KEPT_FOR.before(clock.now()), 10) == 0
        assert jobs.forget_done_jobs(jobs.KEPT_FOR.before(clock.now() + timedelta(days=31)), 10) == 1


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_takes_its_jobs_with_it(backend):
    def promise_and_fail() -> None:
        with transaction.atomic():
            jobs.enqueue(look, THING)
            raise ValueError("changed my mind")

    with pytest.raises(ValueError, match="changed"):
        promise_and_fail()
    assert jobs.work_off() == 0
    assert seen == []


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_holds_brings_its_jobs(kept):
    with transaction.atomic():
        jobs.enqueue(look, THING)
    assert DBTaskResult.objects.ready().count() == 1


@pytest.fixture
def only_due(monkeypatch):
    monkeypatch.setattr(jobs, "_due", {})
    monkeypatch.setattr(jobs, "autodiscover_modules", lambda name: None)
    return jobs._due


def tick() -> str:
    said = StringIO()
    call_command("tick", stdout=said)
    return said.getvalue()


def tick_elsewhere() -> str:
    """With a connection of its own, as another machine would have: PostgreSQL lets one session lock twice."""

    def run() -> str:
        try:
            return tick()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        return other.submit(run).result()


@pytest.mark.django_db
class TestTick:
    def test_everything_due_runs_with_one_clock_and_says_how_much(self, only_due):
        only_due["a.close"] = lambda at: seen.append(at) or 3
        with clock.stopped(NOON):
            assert tick() == "a.close: 3\n"
        assert seen == [NOON]

    def test_one_failure_stops_nobody_else_and_shows_in_the_exit_code(self, only_due):
        def fail(at):
            raise LookupError("Änne Beispiel, Peine")

        only_due |= {"a.fail": fail, "b.work": lambda at: 1}
        said = StringIO()
        with pytest.raises(CommandError, match="1 of 2 failed"):
            call_command("tick", stdout=said)
        assert said.getvalue() == "a.fail: failed (LookupError)\nb.work: 1\n"

    def test_a_second_tick_steps_aside(self, only_due):
        only_due["a.inner"] = lambda at: seen.append(tick_elsewhere()) or 0
        tick()
        assert seen == ["tick: another one is running\n"]

    def test_the_next_tick_runs_again(self, only_due):
        only_due["a.work"] = lambda at: 1
        assert tick() == tick()

    def test_due_work_is_known_by_its_room_and_name(self, only_due):
        def close(at):
            return 0

        close.__module__ = "verbundwerk.orchard.flow"
        assert jobs.due(close) is close
        assert list(jobs._due) == ["orchard.flow.close"]


@pytest.mark.django_db
def test_a_killed_process_leaves_no_lock(settings):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL ends its locks with the connection")
    hold = "import fcntl, sys, time; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX); "
    hold += "print('held', flush=True); time.sleep(60)"
    lock = str(Path(settings.DATA_DIR, "probe.lock"))
    with subprocess.Popen([sys.executable, "-c", hold, lock], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        with alone("probe") as mine:
            assert not mine
        other.kill()
    with alone("probe") as mine:
        assert mine
