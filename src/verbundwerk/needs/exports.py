"""The lists of this room as declared tables: on the page, as CSV and as XLSX."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbundwerk.base import clock
from verbundwerk.base.days import span_text
from verbundwerk.base.plain import shown
from verbundwerk.base.tables import Column, Filter, Table, reach
from verbundwerk.base.words import search_key
from verbundwerk.journal.sight import EVERY_FIRM, seen
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing
from verbundwerk.network.terms import District
from verbundwerk.topics.queries import all_topics

from . import queries, rules_quick
from .draft import NeedDraft
from .models import ImportBatch, Need, QuickLink
from .states import OPEN, ImportState, LinkState, NeedState
from .terms import Fit, Format, Shift

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
OPEN_ONES = "open"  # what waits for a course and stands in no pool yet, in one choice
PARTLY = "partly"
BATCH_TONES = {ImportState.UPLOADED: "info", ImportState.TAKEN: "success"}


def tone_of(need: Need) -> str:
    return "warning" if need.partly_covered else TONES.get(NeedState(need.state), "neutral")


def needs_table(person: Person, params: Mapping[str, str], *, whole: bool = False) -> Table:
    """The list as the page shows it, or `whole` with every column for taking along."""
    rows = queries.needs_visible_to(person).select_related("organisation", "topic")
    seen(person, EVERY_FIRM)
    if whole and standing(person).coordinates:
        rows = rows.select_related("evaluation")
    return Table(
        caption=_("Bedarfe"),
        columns=_columns(person, whole),
        rows=rows,
        params=params,
        filters=_filters(person),
        search=_search,
        order="-number",
        empty=_("Noch ist kein Bedarf gemeldet."),
        downloads={"csv": reverse("needs:csv"), "xlsx": reverse("needs:xlsx")},
    )


def _columns(person: Person, whole: bool) -> list[Column]:
    several = whole or standing(person).coordinates or len(standing(person).organisations()) > 1
    return [
        Column("number", _("Nummer"), value="label", sort="number", href=_link),
        Column("text", _("Bedarf"), value="topic_text", sort="sort_key"),
        Column("topic", _("Thema"), value="topic.name", sort="topic__sort_key"),
        *([Column("firm", _("Betrieb"), value="organisation.name", sort="organisation__sort_key")] if several else []),
        Column("seats", _("Personen"), kind="number", sort="seats"),
        *([Column("from", _("Ab"), value="window_from", kind="date")] if whole else []),
        Column("until", _("Bis"), value="window_until", kind="date", sort="window_until"),
        *(_more_columns() if whole else []),
        *(_said_columns() if whole and standing(person).coordinates else []),
        Column("state", _("Stand"), value="stand", kind="state", tone=tone_of),
    ]


def _more_columns() -> list[Column]:
    """What fits no screen but belongs into a file."""
    return [
        Column("least", _("Mindestens"), value="seats_min", kind="number"),
        Column("place", _("Ort"), value="postal_code"),
        Column("district", _("Landkreis oder Stadt"), value="get_district_display"),
        Column("shift", _("Schicht"), value="get_shift_display"),
        Column("format", _("Format"), value="get_format_display"),
        Column("level", _("Niveau"), value="get_level_display"),
        Column("occasion", _("Anlass"), value="get_occasion_display"),
        Column("budget", _("Budget je Person"), value="budget_cents", kind="cents"),
    ]


def _said_columns() -> list[Column]:
    """What firms said about their courses: for the office alone."""
    return [
        Column("fit", _("Hat der Kurs gepasst?"), value=lambda need: _said(need, "get_fit_display")),
        Column("note", _("Rückmeldung"), value=lambda need: _said(need, "note")),
    ]


def _said(need: Need, what: str) -> Any:
    evaluation = getattr(need, "evaluation", None)  # none was asked for
    return reach(evaluation, what) if evaluation else None


def _link(need: Need) -> str:
    return reverse("needs:detail", args=[need.pk])


def _filters(person: Person) -> list[Filter]:
    topics = [(str(one.pk), one.name) for one in all_topics()]
    common = [
        Filter("state", _("Stand"), _states(), _in_state),
        Filter("topic", _("Thema"), topics, "topic"),
        Filter("district", _("Landkreis oder Stadt"), District.choices, "district"),
        Filter("shift", _("Schicht"), Shift.choices, "shift"),
    ]
    said = Filter("fit", _("Hat der Kurs gepasst?"), Fit.choices, "evaluation__fit")
    return [*common, said, _firm_filter()] if standing(person).coordinates else common


def _in_state(rows: QuerySet[Need], chosen: str) -> QuerySet[Need]:
    if chosen == PARTLY:
        covered = rows.filter(state__in=[NeedState.COVERED, NeedState.EVALUATED], seats_covered__gt=0)
        return covered.filter(seats_covered__lt=F("seats"))
    return rows.filter(state__in=OPEN if chosen == OPEN_ONES else [chosen])


def _states() -> list[tuple[str, Any]]:
    return [(OPEN_ONES, _("offen, noch in keinem Bündel")), *NeedState.choices, (PARTLY, _("nur zum Teil gedeckt"))]


def _firm_filter() -> Filter:
    firms = [(str(one.pk), one.name) for one in queries.firms_with_needs()]
    return Filter("firm", _("Betrieb"), firms, "organisation")


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


# --- what we understood -------------------------------------------------------------
def understood_table(batch: ImportBatch, params: Mapping[str, str], person: Person) -> Table:
    """The correct rows of an uploaded list in words."""
    good = _with_twins(batch, [row for row in batch.content["rows"] if not row["errors"]], person)
    twins = [Column("alike", _("Schon offen"), value=_twin, href=_twin_link)] if any(map(_twin, good)) else []
    firm = [] if batch.organisation_id else [Column("firm", _("Betrieb"))]
    return Table(
        caption=_("So haben wir die Zeilen verstanden"),
        columns=[
            Column("line", _("Zeile"), kind="number"),
            *firm,
            Column("text", _("Bedarf"), value="draft.topic_text"),
            Column("topic", _("Erkanntes Thema")),
            *twins,
            Column("seats", _("Personen"), value=_seats),
            Column("window", _("Zeitraum"), value=_window),
            Column("shift", _("Schicht"), value=lambda row: Shift(row["draft"]["shift"]).label),
            Column("place", _("Ort"), value="draft.postal_code"),
            Column("format", _("Format"), value=lambda row: Format(row["draft"]["format"]).label),
            Column("budget", _("Budget je Person"), value="draft.budget_cents", kind="cents"),
        ],
        rows=good,
        params=params,
        per_page=50,
    )


def _with_twins(batch: ImportBatch, rows: list[Any], person: Person) -> list[Any]:
    """What the firm has open already, beside the row that asks for much the same; until the list is decided."""
    waits = batch.state == ImportState.UPLOADED
    found = queries.like_rows(person, rows) if waits else [[] for _row in rows]
    return [{**row, "alike": alike} for row, alike in zip(rows, found, strict=True)]


def _twin(row: Any) -> str:
    """What is open already, else the row of the same list that asks for the same."""
    if row["alike"]:
        return " ".join(f"{one.label} ({one.get_state_display()})" for one in row["alike"][:1])
    return _("wie Zeile %(line)s") % {"line": row["repeats"]} if row.get("repeats") else ""


def _twin_link(row: Any) -> str | None:
    return reverse("needs:detail", args=[row["alike"][0].pk]) if row["alike"] else None


def _seats(row: Any) -> str:
    least, most = row["draft"]["seats_min"], row["draft"]["seats"]
    return str(most) if least == 1 else f"{least}–{most}"


def _window(row: Any) -> str:
    draft = NeedDraft.from_json(row["draft"])
    span = span_text(draft.window_from, draft.window_until)
    return " ".join([span, *(f"({note})" for note in row["notes"])])


def wrong_rows(batch: ImportBatch) -> list[dict[str, Any]]:
    """What stood in the line, shortened, and what is the matter with it."""
    wrong = [row for row in batch.content["rows"] if row["errors"]]
    return [{**row, "text": " · ".join(shown(cell) for cell in row["cells"] if cell)} for row in wrong]


# --- links that need no account -------------------------------------------------------
def links_table(person: Person, params: Mapping[str, str]) -> Table:
    """With how many needs came through each; what came in is deleted, the count stays."""
    return Table(
        caption=_("Links zum Melden ohne Konto"),
        columns=[
            Column("name", _("Name"), sort="name", href=lambda link: reverse("needs:link", args=[link.pk])),
            Column("for", _("Wofür"), value=_what_for, sort="kind"),
            Column("until", _("Gilt bis"), value="valid_until", kind="date", sort="valid_until"),
            Column("state", _("Stand"), value=_link_state, kind="state", tone=_link_tone),
            Column("sent", _("Gemeldet"), value="sent_count", kind="number", sort="sent_count"),
            Column("confirmed", _("Bestätigt"), value="confirmed_count", kind="number", sort="confirmed_count"),
            Column("taken", _("Übernommen"), value="taken_count", kind="number", sort="taken_count"),
        ],
        rows=queries.links_of(person),
        params=params,
        empty=_("Noch kein Link. Machen Sie einen für einen Betrieb, eine Veranstaltung oder einen Aushang."),
    )


def _what_for(link: QuickLink) -> str:
    return link.organisation.name if link.organisation else str(link.get_kind_display())


def _link_state(link: QuickLink) -> str:
    over = link.state == LinkState.OPEN and not rules_quick.is_open(link, clock.today())
    return str(_("abgelaufen") if over else link.get_state_display())


def _link_tone(link: QuickLink) -> str:
    return "success" if rules_quick.is_open(link, clock.today()) else "neutral"
