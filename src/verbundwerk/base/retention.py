"""What is kept about people: why, how long, and what happens then. Each room says it in its `retention.py`.

The same span that people read in the table is the one the nightly work counts with.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules, module_has_submodule
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as people say it, in one unit."""

    years: int = 0
    months: int = 0
    days: int = 0

    def before(self, at: datetime) -> datetime:
        """The moment this long before; a day the earlier month does not have becomes its last one."""
        month = at.year * 12 + at.month - 1 - self.years * 12 - self.months
        year, month = month // 12, month % 12 + 1
        day = min(at.day, monthrange(year, month)[1])
        return at.replace(year=year, month=month, day=day) - timedelta(days=self.days)

    def __str__(self) -> str:
        if self.years:
            return ngettext("%(n)s Jahr", "%(n)s Jahre", self.years) % {"n": self.years}
        if self.months:
            return ngettext("%(n)s Monat", "%(n)s Monate", self.months) % {"n": self.months}
        if self.days:
            return ngettext("%(n)s Tag", "%(n)s Tage", self.days) % {"n": self.days}
        return _("sofort")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One line of the table: fields that are kept for one purpose and one time.

    `fields` are "room.Model.field". `since` continues "24 Monate …" and says from when the time counts. What is
    kept with another line has no work of its own: `goes_with` names that line.
    """

    key: str
    fields: tuple[str, ...]
    what: Text
    purpose: Text
    span: Span
    since: Text
    then: Text
    ground: Text
    goes_with: str = ""

    @property
    def how_long(self) -> str:
        return f"{self.span} {self.since}"


def of(model: str, *fields: str) -> tuple[str, ...]:
    """`of("library.Book", "title", "author")` are "library.Book.title" and "library.Book.author"."""
    return tuple(f"{model}.{one}" for one in fields)


# Hands over what is older than a moment, at most so many rows, and says how many there were; 0 means: nothing left.
Forgetter = Callable[[datetime, int], int]
_kept: dict[str, Kept] = {}
_not_personal: dict[str, str] = {}
_forgetters: dict[str, Forgetter] = {}


def keep(*lines: Kept) -> None:
    """In a room's `retention.py`: the personal fields of its models."""
    _kept.update({one.key: one for one in lines})


def not_personal(reason: str, *fields: str) -> None:
    """In a room's `retention.py`: fields that say nothing about a person, and why."""
    _not_personal.update(dict.fromkeys(fields, reason))


def forgets(key: str) -> Callable[[Forgetter], Forgetter]:
    """In a room's `flow`: the work that ends what the line with this key keeps."""

    def register(function: Forgetter) -> Forgetter:
        _forgetters[key] = function
        return function

    return register


def table() -> list[Kept]:
    """Every line of every room, the rooms top to bottom: what is nearest to people comes first."""
    _collect()
    return list(_kept.values())


def harmless() -> dict[str, str]:
    """field -> why it says nothing about a person."""
    _collect()
    return dict(_not_personal)


def work() -> Iterator[tuple[Kept, Forgetter]]:
    """The lines with work of their own."""
    _collect()
    return ((one, _forgetters[key]) for key, one in _kept.items() if key in _forgetters)


def _collect() -> None:
    for room in apps.get_app_configs():
        if room.name != __package__ and room.module and module_has_submodule(room.module, "retention"):
            import_module(f"{room.name}.retention")
    import_module(f"{__package__}.kept")
    autodiscover_modules("flow")


def some(rows: QuerySet[Any], most: int) -> QuerySet[Any]:
    """The first rows as a queryset that can still be updated or deleted; locked against a second worker."""
    ids = rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True)[:most]
    model: type[Model] = rows.model
    return model._default_manager.filter(pk__in=list(ids))
