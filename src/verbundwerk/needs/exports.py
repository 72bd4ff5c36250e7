"""The lists of this room as declared tables: on the page, as CSV and as XLSX."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.tables import Column, Filter, Table
from verbundwerk.base.words import search_key
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.queries import standing
from verbundwerk.network.terms import District
from verbundwerk.topics.queries import all_topics

from . import queries
from .draft import NeedDraft
from .models import ImportBatch, Need
from .states import ImportState, NeedState
from .terms import Format, Shift

TONES = {
    NeedState.DRAFT: "neutral",
    NeedState.SUBMITTED: "info",
    NeedState.CHECKED: "info",
    NeedState.IN_POOL: "info",
    NeedState.BUNDLED: "info",
    NeedState.COVERED: "success",
    NeedState.EVALUATED: "success",
    NeedState.UNPOOLABLE: "warning",
    NeedState.EXPIRED: "warning",
}
BATCH_TONES = {ImportState.UPLOADED: "info", ImportState.TAKEN: "success"}


def tone_of(need: Need) -> str:
    return TONES.get(NeedState(need.state), "neutral")


def needs_table(person: Person, params: Mapping[str, str]) -> Table:
    rows = queries.needs_visible_to(person).select_related("organisation", "topic")
    return Table(
        caption=_("Bedarfe"),
        columns=_columns(),
        rows=rows,
        params=params,
        filters=_filters(person),
        search=_search,
        order="-number",
        empty=_("Noch ist kein Bedarf gemeldet."),
        downloads={"csv": reverse("needs:csv"), "xlsx": reverse("needs:xlsx")},
    )


def _columns() -> list[Column]:
    return [
        Column("number", _("Nummer"), value="label", sort="number", href=_link),
        Column("text", _("Bedarf"), value="topic_text", sort="sort_key"),
        Column("topic", _("Thema"), value="topic.name", sort="topic__sort_key"),
        Column("firm", _("Betrieb"), value="organisation.name", sort="organisation__sort_key"),
        Column("seats", _("Personen"), kind="number", sort="seats"),
        Column("until", _("Bis"), value="window_until", kind="date", sort="window_until"),
        Column("shift", _("Schicht"), value="get_shift_display"),
        Column("state", _("Stand"), value="get_state_display", kind="state", tone=tone_of),
    ]


def _link(need: Need) -> str:
    return reverse("needs:detail", args=[need.pk])


def _filters(person: Person) -> list[Filter]:
    topics = [(str(one.pk), one.name) for one in all_topics()]
    common = [
        Filter("state", _("Stand"), NeedState.choices, "state"),
        Filter("topic", _("Thema"), topics, "topic"),
        Filter("district", _("Landkreis oder Stadt"), District.choices, "district"),
        Filter("shift", _("Schicht"), Shift.choices, "shift"),
    ]
    return [*common, _firm_filter()] if standing(person).coordinates else common


def _firm_filter() -> Filter:
    firms = Organisation.objects.filter(pk__in=Need.objects.order_by().values("organisation"))
    return Filter("firm", _("Betrieb"), [(str(one.pk), one.name) for one in firms], "organisation")


def _search(rows: QuerySet[Need], text: str) -> QuerySet[Need]:
    """By number as people say it („B-0042“), else by the words of the need, its topic, its firm."""
    if match := re.fullmatch(r"(?i)b-?\s?0*(\d{1,9})", text.strip()):
        return rows.filter(number=int(match[1]))
    for word in search_key(text).split():
        either = Q(search_key__contains=word) | Q(topic__search_key__contains=word)
        rows = rows.filter(either | Q(organisation__search_key__contains=word))
    return rows


def batches_table(person: Person, params: Mapping[str, str]) -> Table:
    return Table(
        caption=_("Hochgeladene Listen"),
        columns=[
            Column("name", _("Datei"), value="file_name", href=_batch_link),
            Column("firm", _("Betrieb"), value="organisation.name"),
            Column("rows", _("Zeilen"), value="row_count", kind="number"),
            Column("wrong", _("davon fehlerhaft"), value="wrong_count", kind="number"),
            Column("at", _("Hochgeladen"), value="uploaded_at", kind="datetime"),
            Column("state", _("Stand"), value="get_state_display", kind="state", tone=_batch_tone),
        ],
        rows=queries.imports_of(person),
        params=params,
        per_page=10,
    )


def _batch_link(batch: ImportBatch) -> str:
    return reverse("needs:import", args=[batch.pk])


def _batch_tone(batch: ImportBatch) -> str:
    return BATCH_TONES.get(ImportState(batch.state), "neutral")


def wrong_rows_table(batch: ImportBatch) -> Table:
    """The rows that were not understood, as they stood in the file, with the reasons beside them."""
    heads = batch.content["header"]
    columns = [Column("line", _("Zeile"), kind="number")]
    columns += [Column(f"cell{nr}", head, value=_cell(nr)) for nr, head in enumerate(heads)]
    columns.append(Column("wrong", _("Was nicht stimmt"), value=_reasons))
    return Table(
        caption=_("Fehlerhafte Zeilen"), columns=columns, rows=[r for r in batch.content["rows"] if r["errors"]]
    )


def _cell(position: int) -> Callable[[Any], Any]:
    return lambda row: row["cells"][position] or ""


def _reasons(row: Any) -> str:
    return " ".join(f"{error['label']}: {error['text']}" for error in row["errors"])


class PreviewRow:
    """One row of an uploaded list as we understood it, in words."""

    def __init__(self, row: Any) -> None:
        self.line: int = row["line"]
        self.firm: str = row["firm"]
        self.topic: str = row["topic"]
        self.notes: list[str] = row["notes"]
        self.draft = NeedDraft.from_json(row["draft"])

    @property
    def seats(self) -> str:
        one = self.draft
        return str(one.seats) if one.seats_min == 1 else f"{one.seats_min}–{one.seats}"

    @property
    def shift(self) -> Any:
        return Shift(self.draft.shift).label

    @property
    def format(self) -> Any:
        return Format(self.draft.format).label
