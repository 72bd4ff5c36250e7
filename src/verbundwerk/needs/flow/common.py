"""What every chapter needs: the one step that moves a need and writes its line."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from verbundwerk.journal.flow import record

from .. import rules
from ..models import Need
from ..states import NEED


class ChangedMeanwhile(Exception):
    """Somebody else has changed the words of this need since the page was shown.

    `need` as it stands now; `differs`: the fields in which what was typed is not what stands there now."""

    def __init__(self, need: Need, differs: Collection[str] = ()) -> None:
        super().__init__(need.label)
        self.need = need
        self.differs = tuple(differs)


def locked(need: Need) -> Need:
    """As it stands now; whoever else wants to change it waits until our transaction ends."""
    return Need.objects.select_for_update().get(pk=need.pk)


@transaction.atomic
def move(need: Need, name: str, verb: str, *, by: Any, at: datetime, **changes: Any) -> Need:
    NEED.advance(need, name, **changes)
    told = {key: _plain(changes[key]) for key in ("reason", "topic") if changes.get(key)}
    record(by, f"need.{verb}", need, at=at, **told)
    return need


def _plain(value: Any) -> str:
    return str(value.pk if isinstance(value, Model) else value)


def expiry(at: datetime) -> date:
    return timezone.localdate(at) + rules.KEPT_FOR
