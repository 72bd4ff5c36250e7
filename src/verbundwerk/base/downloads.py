"""A declared list as a file to take along: CSV for all, XLSX for Excel. Nothing in it can act as a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .tables import MONEY, Column, Table
from .words import search_key

CHUNK = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell that starts so is a formula to some spreadsheet program; the wide forms count where Japanese is set.
ACTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONGEST_CELL = 32_767
FORMATS = {"cents": '#,##0.00\\ "€"', "euros": '#,##0\\ "€"', "date": "DD.MM.YYYY", "datetime": "DD.MM.YYYY HH:MM"}
WIDTHS = {"number": 12, "cents": 14, "euros": 14, "date": 12, "datetime": 17, "state": 18, "text": 28}


def csv_response(table: Table, name: str) -> StreamingHttpResponse:
    """UTF-8 with mark, semicolons, decimal comma: opens by double click in a German Excel. Sent line by line."""
    response = StreamingHttpResponse(_csv_lines(table, get_language() or "de"), content_type="text/csv; charset=utf-8")
    return _named(response, f"{file_name(name)}.csv")


def xlsx_response(table: Table, name: str) -> FileResponse:
    """Real numbers and dates, frozen head; written to a temporary file, so a long list needs no memory."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(table, name, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{file_name(name)}.xlsx", content_type=XLSX)


def file_name(name: str) -> str:
    return slugify(search_key(name)) or "liste"


def _named(response: StreamingHttpResponse, name: str) -> StreamingHttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def exported(table: Table) -> tuple[list[Column], Iterator[list[Any]]]:
    columns = [column for column in table.columns if column.exported]
    return columns, ([column.export_value(row) for column in columns] for row in _all_rows(table.found))


def _all_rows(rows: Any) -> Iterable[Any]:
    return rows.iterator(chunk_size=CHUNK) if isinstance(rows, QuerySet) else rows


# -- CSV ------------------------------------------------------------------------------
class _Echo:
    """A file that hands back what is written: csv.writer's only demand."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(table: Table, language: str) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    columns, lines = exported(table)
    with override(language):
        head = [harmless(str(column.label)) for column in columns]
    yield "\ufeff" + str(writer.writerow(head))
    for values in lines:
        # only around the writing: between two lines the thread may serve another language
        with override(language):
            cells = [_csv_text(value, column) for value, column in zip(values, columns, strict=True)]
        yield str(writer.writerow(cells))


def _csv_text(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, int | float | Decimal):
        plain = f"{Decimal(value) / 100:.2f}" if column.kind in MONEY else str(value)
        return plain.replace(".", ",")
    if isinstance(value, datetime):
        return f"{_local(value):%d.%m.%Y %H:%M}"
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else harmless(str(value))


def harmless(text: str) -> str:
    """Spreadsheets take the apostrophe as: this is text."""
    return f"'{text}" if text.lstrip(" ").startswith(ACTS) or text.startswith(ACTS) else text


def _local(moment: datetime) -> datetime:
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


# -- XLSX -----------------------------------------------------------------------------
def write_xlsx(table: Table, title: str, file: BinaryIO) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "Liste")
    columns, lines = exported(table)
    _lay_out(sheet, columns)
    sheet.append([_head_cell(sheet, column) for column in columns])
    last = 1
    for values in lines:
        last += 1
        sheet.append([_cell(sheet, value, column) for value, column in zip(values, columns, strict=True)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(columns)))}{last}"
    book.save(file)


def _lay_out(sheet: Any, columns: Sequence[Column]) -> None:
    """A write-only sheet takes widths and the frozen head only before its first line."""
    sheet.freeze_panes = "A2"
    for nr, column in enumerate(columns, start=1):
        width = max(WIDTHS[column.kind], min(40, len(str(column.label)) + 4))
        sheet.column_dimensions[get_column_letter(nr)].width = width


def _head_cell(sheet: Any, column: Column) -> Any:
    cell = _text_cell(sheet, str(column.label))
    cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    return cell


def _cell(sheet: Any, value: Any, column: Column) -> Any:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | date):
        return _text_cell(sheet, str(value) if not isinstance(value, bool) else _("ja") if value else _("nein"))
    cell = WriteOnlyCell(sheet, value=_plain(value, column))
    kind = "datetime" if isinstance(value, datetime) else "date" if isinstance(value, date) else column.kind
    cell.number_format = FORMATS.get(kind, "General")
    return cell


def _plain(value: Any, column: Column) -> Any:
    if isinstance(value, datetime):
        return _local(value)
    return Decimal(value) / 100 if column.kind in MONEY and not isinstance(value, date) else value


def _text_cell(sheet: Any, text: str) -> Any:
    """Said to be text, whatever it looks like: "=1+1" stays a word."""
    cell = WriteOnlyCell(sheet, value=UNPRINTABLE.sub("", text)[:LONGEST_CELL])
    cell.data_type = "s"
    return cell
