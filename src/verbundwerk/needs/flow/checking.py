"""The coordination looks at what came in."""

from datetime import datetime

from django.db import transaction

from verbundwerk.base.verdicts import require
from verbundwerk.network.models import Person
from verbundwerk.topics.models import Topic

from .. import rules
from ..models import Need
from .common import ChangedMeanwhile, locked, move


@transaction.atomic
def check_need(need: Need, *, topic: Topic, by: Person, at: datetime, seen: int | None = None) -> Need:
    """`seen` is the edition the office had before its eyes. Raises ChangedMeanwhile when the firm was faster."""
    require(rules.coordinates(by))
    if seen is not None and (now := locked(need)).edition != seen:
        raise ChangedMeanwhile(now)
    return move(need, "check", "checked", by=by, at=at, topic=topic, reason="", closed_at=None)


@transaction.atomic
def release_need(need: Need, *, by: Person, at: datetime) -> Need:
    require(rules.coordinates(by), rules.has_topic(need))
    return move(need, "release", "released", by=by, at=at, reason="", closed_at=None)


@transaction.atomic
def check_and_release(need: Need, *, topic: Topic, by: Person, at: datetime, seen: int | None = None) -> Need:
    check_need(need, topic=topic, by=by, at=at, seen=seen)
    return release_need(need, by=by, at=at)


@transaction.atomic
def take_back_release(need: Need, *, by: Person, at: datetime) -> Need:
    """Released by mistake: it lies in the inbox again, as long as nobody has bundled it."""
    require(rules.may_take_back(need, by))
    return move(need, "check_again", "release_taken_back", by=by, at=at)


@transaction.atomic
def set_aside_need(need: Need, *, reason: str, by: Person, at: datetime) -> Need:
    require(rules.coordinates(by), rules.gives_reason(reason))
    return move(need, "set_aside", "set_aside", by=by, at=at, reason=reason)
