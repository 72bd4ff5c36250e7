"""The one place that knows what time it is, so that the demo region and the tests can stop it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)


def now() -> datetime:
    return _stopped_at.get() or timezone.now()


def today() -> date:
    return timezone.localdate(now())


@contextmanager
def stopped(at: datetime) -> Iterator[None]:
    token = _stopped_at.set(at)
    try:
        yield
    finally:
        _stopped_at.reset(token)
