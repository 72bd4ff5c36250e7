"""For the rooms above: a need is bundled, covered, and comes back."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ..models import Need
from .common import move


@transaction.atomic
def bundle_need(need: Need, *, by: Any, at: datetime) -> Need:
    return move(need, "bundle", "bundled", by=by, at=at)


@transaction.atomic
def unbundle_need(need: Need, *, by: Any, at: datetime) -> Need:
    return move(need, "unbundle", "unbundled", by=by, at=at)


@transaction.atomic
def cover_need(need: Need, *, by: Any, at: datetime) -> Need:
    return move(need, "cover", "covered", by=by, at=at, closed_at=at)
