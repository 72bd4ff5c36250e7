from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Model, QuerySet

from .models import JournalEntry
from .terms import sentence

# Given ids of people, the names of those the reader may know. The house below does not know who people are.
Names = Callable[[set[UUID]], Mapping[UUID, str]]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of a history as it is read. No name: the reader may not know who it was, or the house itself acted."""

    at: datetime
    what: str
    who: str
    by_the_house: bool


def history_of(*subjects: Model) -> QuerySet[JournalEntry]:
    """Everything that happened to these things, oldest first. The caller has loaded them through a guard."""
    ids = [one.pk for one in subjects]
    kinds = {one._meta.label_lower for one in subjects}
    return JournalEntry.objects.filter(kind__in=kinds, subject__in=ids).order_by("at", "pk")


def told(*subjects: Model, names: Names) -> list[HistoryLine]:
    """The history as sentences, for `journal/parts/history.html`; the newest first."""
    entries = list(history_of(*subjects).reverse())
    known = names({one.actor for one in entries if one.actor})
    return [
        HistoryLine(one.at, sentence(one.verb), known.get(one.actor, "") if one.actor else "", one.actor is None)
        for one in entries
    ]
