"""A list as a declared table: columns, sorting, filters, search, pages. Works on querysets and on plain lists."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .figures import date_text, datetime_text, euro_text, number_text, whole_euro_text
from .words import search_key, sort_key

Text = str | Promise
Kind = Literal["text", "number", "cents", "euros", "date", "datetime", "state"]
Rows = QuerySet[Any] | Sequence[Any]
# Both come in cents; estimates are shown in whole euros.
MONEY: Mapping[str, Callable[[int], str]] = {"cents": euro_text, "euros": whole_euro_text}
NUMERIC = ("number", *MONEY)
NOTHING = "–"


def reach(row: Any, path: str) -> Any:
    """`organisation.name`, `get_state_display`: attribute or key, called when it can be; None on the way ends it."""
    for name in path.split("."):
        row = row.get(name) if isinstance(row, Mapping) else getattr(row, name)
        row = row() if callable(row) else row
        if row is None:
            return None
    return row


@dataclass(frozen=True)
class Column:
    """`value` is a path or a callable (default: the key). `sort` names the order of a queryset ("" = not sortable);
    for plain lists any text will do, the value itself is compared. `tone` colours a state: neutral, info, success,
    warning, danger. `late` marks a row whose day has passed without what was awaited. `export` gives another value
    to CSV and XLSX; `exported=False` leaves the column out."""

    key: str
    label: Text
    value: str | Callable[[Any], Any] = ""
    kind: Kind = "text"
    sort: str | tuple[str, ...] = ""
    href: Callable[[Any], str | None] | None = None
    tone: Callable[[Any], str] | None = None
    late: Callable[[Any], bool] | None = None
    export: Callable[[Any], Any] | None = None
    exported: bool = True

    def raw(self, row: Any) -> Any:
        return self.value(row) if callable(self.value) else reach(row, self.value or self.key)

    def export_value(self, row: Any) -> Any:
        return self.export(row) if self.export else self.raw(row)

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC


@dataclass(frozen=True)
class Filter:
    """A select above the table. `apply` is a queryset lookup, or a callable (rows, chosen) -> rows."""

    key: str
    label: Text
    choices: Sequence[tuple[str, Text]]
    apply: str | Callable[[Any, str], Any]

    def narrow(self, rows: Rows, chosen: str) -> Rows:
        if callable(self.apply):
            return self.apply(rows, chosen)
        if isinstance(rows, QuerySet):
            return rows.filter(**{self.apply: chosen})
        return [row for row in rows if str(reach(row, self.apply.replace("__", "."))) == chosen]


@dataclass(frozen=True)
class Cell:
    column: Column
    value: Any
    text: str
    href: str | None = None
    tone: str = ""
    late: bool = False

    @property
    def machine_time(self) -> str:
        return self.value.isoformat() if isinstance(self.value, date) else ""


@dataclass(frozen=True)
class Head:
    column: Column
    link: str = ""
    direction: str = ""

    @property
    def aria_sort(self) -> str:
        return self.direction or "none"


@dataclass
class Table:
    """`rows` are already guarded: a table shows what it is given. `params` is `request.GET`.
    `search` names fields (best: stored search keys) or is a callable (rows, text) -> rows.
    `prefix` keeps two tables on one page apart. `downloads` maps "csv"/"xlsx" to the addresses that answer them."""

    caption: Text
    columns: Sequence[Column]
    rows: Rows
    params: Mapping[str, str] = field(default_factory=dict)
    filters: Sequence[Filter] = ()
    search: tuple[str, ...] | Callable[[Any, str], Any] = ()
    order: str = ""
    per_page: int = 25
    empty: Text = ""
    prefix: str = ""
    downloads: Mapping[str, str] = field(default_factory=dict)

    # -- what was asked for ---------------------------------------------------------
    def param(self, name: str) -> str:
        return str(self.params.get(self.prefix + name, "")).strip()

    @cached_property
    def query(self) -> str:
        return self.param("q")[:200] if self.search else ""

    @cached_property
    def chosen(self) -> dict[str, str]:
        """Filters set to one of their own choices; anything else is as if not asked."""
        asked = {one.key: self.param(one.key) for one in self.filters}
        allowed = {one.key: {str(value) for value, _label in one.choices} for one in self.filters}
        return {key: value for key, value in asked.items() if value and value in allowed[key]}

    @cached_property
    def ordering(self) -> tuple[Column | None, bool]:
        """(column, descending): only columns declared sortable count."""
        for asked in (self.param("sort"), self.order):
            for column in self.columns:
                if column.sort and column.key == asked.lstrip("-"):
                    return column, asked.startswith("-")
        return None, False

    # -- what is found --------------------------------------------------------------
    @cached_property
    def found(self) -> Rows:
        """Everything that matches, in order, over all pages: what an export takes along."""
        rows = self.rows
        for one in self.filters:
            if one.key in self.chosen:
                rows = one.narrow(rows, self.chosen[one.key])
        return _ordered(_searched(rows, self.search, self.query), *self.ordering)

    @cached_property
    def page(self) -> Page:
        return Paginator(self.found, self.per_page).get_page(self.param("page"))

    @property
    def searchable(self) -> bool:
        """A template would call a callable search."""
        return bool(self.search)

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def narrowed(self) -> bool:
        return bool(self.query or self.chosen)

    @property
    def lines(self) -> Iterator[list[Cell]]:
        return ([self.cell(column, row) for column in self.columns] for row in self.page.object_list)

    def cell(self, column: Column, row: Any) -> Cell:
        value = column.raw(row)
        href = column.href(row) if column.href else None
        tone, late = column.tone(row) if column.tone else "neutral", bool(column.late and column.late(row))
        return Cell(column, value, show(value, column.kind), href, tone, late)

    # -- links that work without JavaScript -----------------------------------------
    def link(self, **changes: str) -> str:
        """The present address with some parameters changed; an empty value removes one."""
        ours = {self.prefix + name: value for name, value in changes.items()}
        kept = {name: self.params.get(name, "") for name in self.params} | ours
        return "?" + urlencode({name: value for name, value in kept.items() if value})

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        if not column.sort:
            return Head(column)
        current, descending = self.ordering
        if column is not current:
            return Head(column, self.link(sort=column.key, page=""))
        link = self.link(sort=column.key if descending else f"-{column.key}", page="")
        return Head(column, link, "descending" if descending else "ascending")

    @property
    def page_links(self) -> list[tuple[str, str, bool]]:
        """(text, address, is it this page); an ellipsis has no address."""
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)
        return [(str(n), self.link(page=str(n)) if isinstance(n, int) else "", n == self.page.number) for n in numbers]

    @property
    def previous_link(self) -> str:
        return self.link(page=str(self.page.number - 1)) if self.page.has_previous() else ""

    @property
    def next_link(self) -> str:
        return self.link(page=str(self.page.number + 1)) if self.page.has_next() else ""

    @property
    def clear_link(self) -> str:
        return self.link(page="", q="", **{one.key: "" for one in self.filters})

    @property
    def kept_params(self) -> list[tuple[str, str]]:
        """What the search form must carry along so that it does not lose the order, or another table's place."""
        own = {self.prefix + name for name in ("q", "page", *(one.key for one in self.filters))}
        return [(name, str(self.params.get(name, ""))) for name in self.params if name not in own]

    @property
    def filter_fields(self) -> list[dict[str, Any]]:
        return [self._field(one) for one in self.filters]

    def _field(self, one: Filter) -> dict[str, Any]:
        chosen = self.chosen.get(one.key)
        options = [(value, label, str(value) == chosen) for value, label in one.choices]
        return {"id": self.prefix + one.key, "label": one.label, "options": options}

    @property
    def download_links(self) -> list[tuple[str, str]]:
        tail = self.link(page="")
        return [(kind, address + (tail if tail != "?" else "")) for kind, address in self.downloads.items()]


def show(value: Any, kind: Kind = "text") -> str:
    """One value as people read it; a SafeString stays one."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if kind in MONEY:
        return MONEY[kind](value)
    if isinstance(value, datetime):
        return date_text(value.date()) if kind == "date" else datetime_text(value)
    if isinstance(value, date):
        return date_text(value)
    return number_text(value) if kind == "number" else _text(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _searched(rows: Rows, search: Any, query: str) -> Rows:
    if not query:
        return rows
    if callable(search):
        return search(rows, query)
    if isinstance(rows, QuerySet):
        for word in query.split():
            rows = rows.filter(_word_in_any(search, word))
        return rows
    wanted = search_key(query).split()
    return [row for row in rows if _has_all(row, search, wanted)]


def _word_in_any(fields: Sequence[str], word: str) -> Q:
    """As typed, and as the key we store: databases fold umlauts badly."""
    either, key = Q(), search_key(word)
    for name in fields:
        either |= Q(**{f"{name}__icontains": word})
        if key:
            either |= Q(**{f"{name}__contains": key})
    return either


def _has_all(row: Any, fields: Sequence[str], wanted: Sequence[str]) -> bool:
    hay = " ".join(search_key(str(reach(row, name.replace("__", ".")) or "")) for name in fields)
    return all(word in hay for word in wanted)


def _ordered(rows: Rows, column: Column | None, descending: bool) -> Rows:
    if column is None:
        return rows
    if not isinstance(rows, QuerySet):
        return _sorted(rows, column, descending)
    fields = (column.sort,) if isinstance(column.sort, str) else column.sort
    # the primary key last: pages must not overlap where values are equal
    return rows.order_by(*(_turned(name) if descending else name for name in fields), "pk")


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _sorted(rows: Sequence[Any], column: Column, descending: bool) -> list[Any]:
    """Rows without a value come last in both directions."""
    valued = [(column.raw(row), row) for row in rows]
    given = [(_comparable(value), row) for value, row in valued if value not in (None, "")]
    given.sort(key=lambda pair: pair[0], reverse=descending)
    return [row for _key, row in given] + [row for value, row in valued if value in (None, "")]


def _comparable(value: Any) -> Any:
    return sort_key(str(value)) if isinstance(value, str | Promise) else value
