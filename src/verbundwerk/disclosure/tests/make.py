"""Factories of the room."""

from datetime import datetime

from verbundwerk.base import clock
from verbundwerk.disclosure import flow
from verbundwerk.disclosure.models import Snapshot


def snapshot(at: datetime | None = None) -> Snapshot:
    """What everybody may read from now on, as if a week had just begun."""
    return flow.take_snapshot(by=None, at=at or clock.now())
