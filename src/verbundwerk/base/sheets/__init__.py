"""Sheets people bring: CSV and XLSX as they really look, read within limits, with errors that name the way out."""

from collections.abc import Collection
from typing import IO

from django.utils.translation import gettext as _

from .found import Line, Sheet, SheetError, Value
from .layout import arrange
from .separated import csv_lines
from .workbook import OLD_WORKBOOK, workbook_lines

__all__ = ["Sheet", "SheetError", "Value", "read_sheet"]

MAX_ROWS = 5_000
MAX_BYTES = 5 * 1024 * 1024


def read_sheet(
    file: IO[bytes], name: str, max_rows: int = MAX_ROWS, max_bytes: int = MAX_BYTES, known: Collection[str] = ()
) -> Sheet:
    """The lines below the head, as dictionaries by the words of the head.

    `name` is only said in sentences: what the file is, its content tells. `known` are the heads you hope for; with
    them a head is found under any number of title lines. Raises SheetError, whose text is meant for the reader.
    """
    content = _content(file, name, max_bytes)
    warnings: list[str] = []
    lines = _lines(content, name, max_rows, warnings)
    return arrange(lines, name, known, warnings)


def _content(file: IO[bytes], name: str, max_bytes: int) -> bytes:
    file.seek(0)
    content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        limit = max(1, max_bytes // (1024 * 1024))
        raise SheetError(
            _("„%(name)s“ ist größer als %(limit)d MB. Bitte teilen Sie die Datei auf.")
            % {"name": name, "limit": limit}
        )
    if not content.strip():
        raise SheetError(_("„%(name)s“ ist leer. Bitte wählen Sie eine Datei mit Inhalt.") % {"name": name})
    return content


def _lines(content: bytes, name: str, max_rows: int, warnings: list[str]) -> list[Line]:
    if content.startswith(b"PK"):
        return workbook_lines(content, name, max_rows, warnings)
    if content.startswith(OLD_WORKBOOK):
        raise SheetError(
            _(
                "„%(name)s“ ist eine Excel-Datei im alten Format (XLS) oder mit Kennwort geschützt. "
                "Bitte speichern Sie die Datei ohne Kennwort als XLSX oder CSV."
            )
            % {"name": name}
        )
    return csv_lines(content, name, max_rows, warnings)
