"""Work that need not happen while somebody waits: jobs kept in the database, and everything that falls due.

A job takes ids and loads what they mean when it runs. Both jobs and due work may run twice; they must not mind.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils.module_loading import autodiscover_modules
from django_tasks import TaskResultStatus, task
from django_tasks.base import Task
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from .retention import Span, forgets, some

log = logging.getLogger(__name__)
Id = int | str | UUID
LONGEST_ID = 64
LOST_AFTER = timedelta(hours=2)
KEPT_FOR = Span(days=30)


class JobFailed(Exception):
    """A job raised while somebody was waiting for it; holds the traceback."""


# -- jobs -------------------------------------------------------------------------------
def job(function: Callable[..., Any]) -> Task[..., Any]:
    """Makes a function of a module a job: `@job def send(letter_id: str) -> None`."""
    return task(function)


def enqueue(what: Task[..., Any], *ids: Id) -> None:
    """Runs the job after the present transaction, and only if that one holds.

    A job kept in our own database is written inside the transaction: with it or not at all, also when the machine
    stops in between. Any other backend is asked once the transaction is through.
    """
    waiting = _Waiting(what, tuple(_plain(one) for one in ids))
    if isinstance(what.get_backend(), DatabaseBackend):
        waiting()
    else:
        transaction.on_commit(waiting)


def _plain(one: Id) -> int | str:
    if isinstance(one, bool) or not isinstance(one, int | str | UUID):
        raise TypeError(f"a job takes ids, not {type(one).__name__}")
    if isinstance(one, str) and len(one) > LONGEST_ID:
        raise TypeError("a job takes ids, not texts")
    return one if isinstance(one, int) else str(one)


@dataclass(frozen=True)
class _Waiting:
    what: Task[..., Any]
    ids: tuple[int | str, ...]

    def __call__(self) -> None:
        result = self.what.enqueue(*self.ids)
        if result.status == TaskResultStatus.FAILED:
            raise JobFailed(result.errors[-1].traceback)


def work_off() -> int:
    """Does everything that waits, here and now, and says how much it was: for tests. Raises JobFailed."""
    done = 0
    while waiting := _taken_from_commit():
        done += len(waiting)
        for one in waiting:
            one()
    return done + _work_off_database()


def _taken_from_commit() -> list[_Waiting]:
    """A test's transaction never commits, so its callbacks are taken from the connection."""
    ours = [entry[1] for entry in connection.run_on_commit if isinstance(entry[1], _Waiting)]
    connection.run_on_commit = [entry for entry in connection.run_on_commit if not isinstance(entry[1], _Waiting)]
    return ours


def _work_off_database() -> int:
    """The worker's own way to run one job, without its loop, which closes connections between two."""
    worker, done = _worker(), 0
    while found := DBTaskResult.objects.ready().first():
        found.claim(worker.worker_id)
        worker.run_task(found)
        if found.status == TaskResultStatus.FAILED:
            raise JobFailed(found.traceback)
        done += 1
    return done


def _worker() -> Worker:
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=uuid4().hex,
        excluded_queue_names=[],
    )


@dataclass(frozen=True)
class Backlog:
    """How much waits, how much of it for too long, and what failed in the last days."""

    waiting: int
    overdue: int
    failed: int


SOON = timedelta(minutes=15)
LATELY = timedelta(days=7)


def backlog(at: datetime) -> Backlog:
    waiting = DBTaskResult.objects.ready()
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=at - LATELY)
    return Backlog(waiting.count(), waiting.filter(enqueued_at__lt=at - SOON).count(), failed.count())


# -- what falls due -----------------------------------------------------------------------
Due = Callable[[datetime], int]
_due: dict[str, Due] = {}


@dataclass(frozen=True)
class Done:
    name: str
    count: int
    problem: Exception | None = None


def due(function: Due) -> Due:
    """Registers work of a room's `flow.py` for every tick: `@due def close_forms(at: datetime) -> int` (how many)."""
    _due[f"{function.__module__.removeprefix('verbundwerk.')}.{function.__name__}"] = function
    return function


def run_due(at: datetime) -> list[Done]:
    """Everything that is due, each on its own: what fails stops nobody else."""
    autodiscover_modules("flow")
    return [_run(name, function, at) for name, function in sorted(_due.items())]


def _run(name: str, function: Due, at: datetime) -> Done:
    try:
        return Done(name, function(at))
    except Exception as problem:
        log.exception("due work %s failed", name)
        return Done(name, 0, problem)


@due
def take_up_lost_jobs(at: datetime) -> int:
    """A worker that was killed leaves its job running for ever; another one does it again."""
    lost = DBTaskResult.objects.running().filter(started_at__lt=at - LOST_AFTER)
    return lost.update(status=TaskResultStatus.READY, started_at=None)


# -- how long a job is remembered --------------------------------------------------------
@forgets("jobs")
def forget_done_jobs(before: datetime, most: int) -> int:
    return some(DBTaskResult.objects.finished().filter(finished_at__lt=before), most).delete()[0]
