"""XLSX within limits: first sheet with content, stored values of formulas, no macros, no zip bombs."""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from .found import MAX_COLUMNS, Line, SheetError, Value, too_many

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PARTS = 2_000
LAST_LINE = 200_000
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]+\d+:[A-Z]+\d+)"')
Merges = dict[tuple[int, int], int]


def workbook_lines(content: bytes, name: str, max_rows: int, warnings: list[str]) -> list[Line]:
    _refuse_bombs(content, name)
    try:
        return _read(content, name, max_rows, warnings)
    except SheetError:
        raise
    except Exception as problem:  # openpyxl fails in many ways on damaged files
        raise _unreadable(name) from problem


def _unreadable(name: str) -> SheetError:
    return SheetError(
        _("„%(name)s“ ist keine lesbare Excel-Datei. Bitte speichern Sie die Tabelle neu als XLSX oder CSV.")
        % {"name": name}
    )


def _refuse_bombs(content: bytes, name: str) -> None:
    """Python unpacks no part further than its declared size, so the declared sizes are a true limit."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            declared = [archive.open(part).read(4096) for part in parts if part.filename.endswith(".xml")]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as problem:
        raise _unreadable(name) from problem
    if sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > MAX_PARTS:
        raise SheetError(
            _("„%(name)s“ ist ausgepackt zu groß. Bitte kopieren Sie nur die nötigen Zeilen in eine neue Datei.")
            % {"name": name}
        )
    if any(b"<!DOCTYPE" in start.replace(b"\0", b"") for start in declared):
        raise _unreadable(name)


def _read(content: bytes, name: str, max_rows: int, warnings: list[str]) -> list[Line]:
    values = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    formulas = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
    for sheet in (one for one in values.worksheets if one.sheet_state == "visible"):
        merges = _merges(content, sheet)
        lines = list(_lines(sheet, formulas[sheet.title], merges, name, max_rows))
        if lines:
            _say_what_was_read(sheet.title, len(values.worksheets), merges, warnings)
            return lines
    return []


def _say_what_was_read(title: str, sheets: int, merges: Merges, warnings: list[str]) -> None:
    if sheets > 1:
        warnings.append(_("Gelesen wurde nur das Blatt „%(title)s“.") % {"title": title})
    if merges:
        warnings.append(_("In verbundenen Zellen gilt der Wert für jede Zeile."))


def _merges(content: bytes, sheet: Any) -> Merges:
    """(line, column) below the first line of a merged block -> line that holds its value. Across, nothing is copied."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        found = MERGED.findall(archive.read(sheet._worksheet_path))
    merges: Merges = {}
    for block in found[:200]:
        column, top, _right, bottom = (int(edge or 0) for edge in range_boundaries(block.decode()))
        if bottom - top < 1_000:
            merges |= {(line, column): top for line in range(top + 1, bottom + 1)}
    return merges


def _lines(sheet: Any, formulas: Any, merges: Merges, name: str, max_rows: int) -> Iterator[Line]:
    kept: dict[tuple[int, int], Value | None] = {}
    count, sources = 0, set(merges.values())
    for number, cells in _pairs(sheet, formulas):
        values = [_value(value, formula, number, nr) for nr, (value, formula) in enumerate(cells, start=1)]
        if number in sources:
            kept |= {(number, nr): value for nr, value in enumerate(values, start=1)}
        if not any(value is not None for value in values):
            continue
        values = [
            kept.get((merges[number, nr], nr)) if (number, nr) in merges else value
            for nr, value in enumerate(values, start=1)
        ]
        count += 1
        if count > max_rows + 1:
            raise too_many(name, max_rows)
        yield Line(number, values)


def _pairs(sheet: Any, formulas: Any) -> Iterator[tuple[int, list[tuple[Any, Any]]]]:
    """The same sheet twice, line by line: with stored values and with formulas. Its claimed size is not believed."""
    for one in (sheet, formulas):
        one.reset_dimensions()
    both = zip(sheet.iter_rows(max_col=MAX_COLUMNS), formulas.iter_rows(max_col=MAX_COLUMNS), strict=False)
    for number, (values, written) in enumerate(both, start=1):
        if number > LAST_LINE:
            return
        if any(cell.value is not None for cell in written):
            yield number, list(zip_longest(values, written))


def _value(cell: Any, formula: Any, line: int, column: int) -> Value | None:
    value = cell.value if cell is not None else None
    where = f"{get_column_letter(column)}{line}"
    if formula is not None and formula.data_type == "f" and value is None:
        raise SheetError(
            _(
                "Zelle %(cell)s enthält eine Formel ohne gespeicherten Wert. Bitte öffnen Sie die Datei in Ihrem "
                "Tabellenprogramm, speichern Sie sie dort und laden Sie sie noch einmal hoch."
            )
            % {"cell": where}
        )
    if cell is not None and cell.data_type == "e":
        raise SheetError(
            _("Zelle %(cell)s enthält den Fehler %(error)s. Bitte berichtigen Sie die Zelle.")
            % {"cell": where, "error": value}
        )
    return _plain(value)


def _plain(value: Any) -> Value | None:
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, str):
        return value.replace("\xa0", " ").strip() or None
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value
