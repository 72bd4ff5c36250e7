"""Lists of needs as companies keep them: read row by row, with a reason for each value we cannot use."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import IO, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from verbundwerk.base.fields import PlainText
from verbundwerk.base.figures import date_text
from verbundwerk.base.plain import shown
from verbundwerk.base.sheets import SheetError, read_sheet
from verbundwerk.base.words import search_key
from verbundwerk.network.models import Organisation
from verbundwerk.topics.queries import recognised

from . import wordings
from .columns import FIELDS, HEADS, Columns, columns_as_said, columns_of
from .draft import NeedDraft
from .moments import Span, Unclear, span_in
from .places import postal_code_in
from .terms import Occasion

MAX_ROWS = 1_000
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
OPEN_END = timedelta(days=180)
LEGAL_FORMS = frozenset({"gmbh", "ag", "kg", "co", "ohg", "se", "mbh", "ug", "ek", "e", "k", "und", "inc", "ltd"})
Row = dict[str, Any]
Content = dict[str, Any]


def read_needs(
    file: IO[bytes], name: str, *, firm: Organisation | None, firms: Iterable[Organisation], today: date
) -> Content:
    """The list as an import batch keeps it. Raises SheetError when it is no list of needs at all."""
    sheet = read_sheet(file, name, max_rows=MAX_ROWS, known=HEADS)
    columns = columns_of(sheet.header)
    if not columns.of:
        raise SheetError(_nothing_known(sheet.header))
    raw = [[number, {head: _stored(value) for head, value in cells.items()}] for number, cells in sheet.numbered()]
    return _understood(
        {"header": sheet.header, "raw": raw, "warnings": sheet.warnings}, columns, firm=firm, firms=firms, today=today
    )


def read_again(
    content: Content, meant: Mapping[str, str], *, firm: Organisation | None, firms: Iterable[Organisation], today: date
) -> Content:
    """The same list with columns as a person says they are meant: heading -> field, or "" for none of ours."""
    columns = columns_as_said(content["header"], meant)
    return _understood(content, columns, firm=firm, firms=firms, today=today)


def _understood(
    kept: Content, columns: Columns, *, firm: Organisation | None, firms: Iterable[Organisation], today: date
) -> Content:
    header = kept["header"]
    reader = RowReader(columns, firm, _by_name(firms), today)
    lines = [(number, {head: _typed(value) for head, value in cells.items()}) for number, cells in kept["raw"]]
    rows = [reader.row(number, cells, header) for number, cells in lines if _tells(cells, columns)]
    if not rows:
        raise SheetError(_("Unter den Überschriften steht kein Bedarf. Bitte ergänzen Sie mindestens eine Zeile."))
    _recognise_topics(rows)
    _note_repeats(rows)
    return {
        "header": header,
        "raw": kept["raw"],
        "warnings": kept["warnings"],
        "fields": {head: name for name, heads in columns.of.items() for head in heads},
        "unknown": list(columns.unknown),
        "missing": _missing(columns, with_firm=firm is None),
        "rows": rows,
    }


def _stored(value: Any) -> Any:
    """A cell as JSON can keep it; a day comes back as a day."""
    return value.strftime("%Y-%m-%d") if isinstance(value, date) else value


def _typed(value: Any) -> Any:
    if not isinstance(value, str) or not ISO_DAY.fullmatch(value):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


def _missing(columns: Columns, *, with_firm: bool) -> list[str]:
    """What a need cannot do without and no column of the list says."""
    wanted = {
        _("das Thema (zum Beispiel „Thema“)"): columns.has("topic_text"),
        _("die Anzahl (zum Beispiel „Anzahl TN“)"): columns.has("seats"),
        _("den Zeitraum (zum Beispiel „bis wann“)"): columns.has("window", "window_from", "window_until"),
        _("das Ende des Zeitraums (zum Beispiel „bis wann“)"): not _may_hide_the_end(columns),
        _("den Betrieb (zum Beispiel „Firma“)"): columns.has("firm") or not with_firm,
    }
    return [what for what, there in wanted.items() if not there]


def _may_hide_the_end(columns: Columns) -> bool:
    """A beginning, no end, and columns nobody has explained yet: better ask than make up a day for every row."""
    return columns.has("window_from") and not columns.has("window", "window_until") and bool(columns.unknown)


def _nothing_known(header: list[str]) -> str:
    return _(
        "Wir haben keine Überschrift erkannt, zum Beispiel „Thema“, „Anzahl“ oder „bis wann“. Gefunden haben wir: "
        "%(found)s. Bitte schreiben Sie Überschriften in die erste Zeile der Liste."
    ) % {"found": ", ".join(f"„{shown(head)}“" for head in header[:12])}


def _note_repeats(rows: list[Row]) -> None:
    """Two rows of one firm that ask for the same thing at the same level are perhaps one need, written twice."""
    first: dict[tuple[Any, ...], int] = {}
    for row in rows:
        if draft := row["draft"]:
            asked = draft.get("topic") or search_key(draft["topic_text"])
            same = (row["organisation"], asked, draft.get("level"), draft.get("shift"), draft.get("postal_code"))
            if first.setdefault(same, row["line"]) != row["line"]:
                row["repeats"] = first[same]


def _tells(cells: Mapping[str, Any], columns: Columns) -> bool:
    """Lines with nothing in our columns are gaps or signatures, not needs."""
    ours = {head for name, heads in columns.of.items() if name != "firm" for head in heads}
    return any(head in ours for head in cells)


def _by_name(firms: Iterable[Organisation]) -> dict[str, list[Organisation]]:
    found: dict[str, list[Organisation]] = defaultdict(list)
    for firm in firms:
        for key in {search_key(firm.name), bare_name(firm.name)}:
            found[key].append(firm)
    return found


def bare_name(name: str) -> str:
    """Without legal form: „Muster GmbH & Co. KG“ and „Muster“ are the same firm."""
    words = search_key(name).split()
    return " ".join(word for word in words if word not in LEGAL_FORMS) or " ".join(words)


def _recognise_topics(rows: list[Row]) -> None:
    """Only exact words become a topic; what is merely similar waits for a person."""
    good = [row for row in rows if row["draft"]]
    for row, topic in zip(good, recognised([row["draft"]["topic_text"] for row in good]), strict=True):
        if topic:
            row["draft"]["topic"], row["topic"] = str(topic.pk), topic.name


class RowReader:
    """Reads one row after the other; every value that cannot be used becomes an error of its field."""

    def __init__(
        self, columns: Columns, firm: Organisation | None, by_name: Mapping[str, list[Organisation]], today: date
    ) -> None:
        self.columns, self.firm, self.by_name, self.today = columns, firm, by_name, today
        self.errors: list[dict[str, str]] = []
        self.notes: list[str] = []
        self.cells: Mapping[str, Any] = {}
        self._homes: dict[UUID, str] = {}

    def row(self, number: int, cells: Mapping[str, Any], header: list[str]) -> Row:
        self.errors, self.notes, self.cells = [], [], cells
        firm = self._firm()
        values = self._values(firm)
        draft = None if self.errors else NeedDraft(**values)
        return {
            "line": number,
            "cells": [_as_text(cells.get(head)) for head in header],
            "errors": self.errors,
            "notes": self.notes,
            "organisation": str(firm.pk) if firm else None,
            "firm": firm.name if firm else "",
            "draft": draft.as_json() if draft else None,
            "topic": "",
        }

    # -- the values of a need --------------------------------------------------------
    def _values(self, firm: Organisation | None) -> dict[str, Any]:
        least, most = self._read("seats", wordings.seats_in, needed=_("Bitte geben Sie an, wie viele Personen.")) or (
            1,
            1,
        )
        first, last = self._window()
        values = {
            "topic_text": self._text("topic_text", 200, needed=_("Bitte schreiben Sie, worum es geht.")),
            "seats": most,
            "seats_min": least,
            "window_from": first,
            "window_until": last,
            "postal_code": self._place(firm),
            "rotation": self._text("rotation", 200),
            "language": self._text("language", 40),
            "accessibility": self._text("accessibility", 200),
            **self._terms(),
            **self._amounts(),
        }
        values.update(self._occasion_and_details())
        return {name: value for name, value in values.items() if value is not None}

    def _terms(self) -> dict[str, Any]:
        known: list[tuple[str, Any, str]] = [
            ("shift", wordings.SHIFTS, _("Tag, Früh, Spät, 2-Schicht, 3-Schicht, Konti")),
            ("level", wordings.LEVELS, _("Einstieg, Anwenden, Beherrschen, Vermitteln")),
            ("format", wordings.FORMATS, _("Präsenz, online, egal")),
            ("urgency", wordings.URGENCIES, _("dringend, normal, hat Zeit")),
            ("block", wordings.BLOCKS, _("halbe Tage, ganze Tage, Woche, Abende, egal")),
            ("confidentiality", wordings.CONFIDENTIALITIES, _("offen, nur das Thema, vertraulich")),
        ]
        return {name: self._read(name, partial(_word, words=words, said=said)) for name, words, said in known}

    def _amounts(self) -> dict[str, Any]:
        return {
            "budget_cents": self._read("budget_cents", wordings.budget_in),
            "travel_minutes_max": self._read("travel_minutes_max", lambda one: wordings.amount_in(one, "minutes", 240)),
            "hours_max": self._read("hours_max", lambda one: wordings.amount_in(one, "hours", 2000)),
            "wants_funding": self._read("wants_funding", wordings.yes_in),
            "mandatory": self._read("mandatory", wordings.yes_in),
        }

    def _occasion_and_details(self) -> dict[str, Any]:
        """A reason in free words is kept as a remark: nothing anybody wrote is lost."""
        details, said = self._text("details", 1800, lines=4), self._text("occasion", 190)
        try:
            occasion = wordings.word_in(said, wordings.OCCASIONS, "") if said else None
        except Unclear:
            occasion = Occasion.OTHER
            details = "\n".join(filter(None, [details, said]))
        return {"occasion": occasion, "details": details}

    # -- where and when --------------------------------------------------------------
    def _place(self, firm: Organisation | None) -> str | None:
        if self._cell("place") is not None or firm is None:
            return self._read("place", postal_code_in)
        if firm.pk not in self._homes:
            main = firm.sites.first()
            self._homes[firm.pk] = main.postal_code if main else ""
        if not self._homes[firm.pk]:
            self._wrong("place", "", _("Bitte geben Sie einen Ort an."))
        return self._homes[firm.pk]

    def _window(self) -> tuple[date | None, date | None]:
        whole = self._span("window")
        first, last = self._span("window_from"), self._span("window_until")
        begin = first.first or whole.first or (last.first if self._says_both("window_until", last.last) else None)
        end = last.last or whole.last or (first.last if self._says_both("window_from", first.first) else None)
        if begin is None and end is None:
            if not self._has_error("window", "window_from", "window_until"):
                ends = self._window_field() != "window_from"
                text = _("Bitte geben Sie an, bis wann.") if ends else _("Bitte geben Sie an, ab wann.")
                self._wrong(self._window_field(), "", text)
            return None, None
        return self._closed(begin or self.today, end)

    def _closed(self, begin: date, end: date | None) -> tuple[date | None, date | None]:
        if end is None:
            end = max(begin, self.today) + OPEN_END
            self.notes.append(_("Ohne Ende angegeben, wir nehmen an: bis %(day)s.") % {"day": date_text(end)})
        if end < self.today:
            self._wrong(
                self._window_field(),
                date_text(end),
                _("Dieser Tag ist schon vorbei. Bitte geben Sie einen späteren an."),
            )
        elif end < begin:
            self._wrong(self._window_field(), date_text(end), _("Das Ende liegt vor dem Anfang."))
        return begin, end

    def _span(self, name: str) -> Span:
        return self._read(name, lambda value: span_in(value, self.today)) or Span(None, None)

    def _says_both(self, name: str, own_end: date | None) -> bool:
        """„März bis Juni“ in the column „bis“ says both ends, „ab März“ only the other one; „März“ alone its own."""
        text = ISO_DAY.sub("", _as_text(self._cell(name)).casefold().removeprefix("bis"))
        return own_end is None or " bis " in text or "-" in text or "–" in text

    def _window_field(self) -> str:
        names = ("window_until", "window", "window_from")
        return next((name for name in names if self.columns.has(name)), "window")

    # -- who -------------------------------------------------------------------------
    def _firm(self) -> Organisation | None:
        said = self._cell("firm")
        if self.firm is not None:
            return self._own(said)
        if said is None:
            self._wrong("firm", "", _("Bitte nennen Sie den Betrieb."))
            return None
        found = self.by_name.get(search_key(str(said))) or self.by_name.get(bare_name(str(said))) or []
        if len(found) == 1:
            return found[0]
        reason = (
            _("Mehrere Betriebe heißen so.")
            if found
            else _("Diesen Betrieb kennen wir nicht. Bitte prüfen Sie die Schreibweise.")
        )
        self._wrong("firm", said, reason)
        return None

    def _own(self, said: Any) -> Organisation | None:
        """A list for one firm that names another in a row is a mistake somebody should see."""
        if said is not None and self.firm and bare_name(str(said)) != bare_name(self.firm.name):
            reason = _("Diese Liste gehört zu „%(firm)s“. Andere Betriebe meldet die Koordination.")
            self._wrong("firm", said, reason % {"firm": self.firm.name})
        return self.firm

    # -- reading a cell --------------------------------------------------------------
    def _cell(self, name: str) -> Any:
        heads = self.columns.of.get(name, ())
        found = [self.cells[head] for head in heads if head in self.cells]
        return None if not found else found[0] if len(found) == 1 else " ".join(map(_as_text, found))

    def _read(self, name: str, reader: Callable[[Any], Any], needed: str = "") -> Any:
        value = self._cell(name)
        if value is None:
            if needed:
                self._wrong(name, "", needed)
            return None
        try:
            return reader(value)
        except Unclear as unclear:
            self._wrong(name, value, str(unclear))
            return None

    def _text(self, name: str, longest: int, needed: str = "", *, lines: int = 1) -> str:
        """Several lines in a cell stay lines where there is room for them; elsewhere they follow one another."""
        value = self._cell(name)
        if value is None:
            if needed:
                self._wrong(name, "", needed)
            return ""
        said = _as_lines(value) if lines > 1 else " ".join(_as_lines(value).split())
        try:
            text: str = PlainText(lines=lines, max_length=longest, required=False).clean(said)
        except ValidationError as wrong:
            self._wrong(name, value, " ".join(wrong.messages))
            return ""
        return text

    def _wrong(self, name: str, value: Any, text: str) -> None:
        self.errors.append({"label": str(FIELDS[name].label), "found": shown(_as_text(value)), "text": text})

    def _has_error(self, *names: str) -> bool:
        labels = {str(FIELDS[name].label) for name in names}
        return any(error["label"] in labels for error in self.errors)


def _word(value: Any, *, words: list[tuple[str, Any]], said: str) -> Any:
    return wordings.word_in(value, words, said)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return date_text(value) if isinstance(value, date) else str(value)


def _as_lines(value: Any) -> str:
    """However the program that made the list ended its lines."""
    return _as_text(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
