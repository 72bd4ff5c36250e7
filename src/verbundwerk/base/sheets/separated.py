"""CSV as programs really write it: four encodings, three separators, line breaks inside quotes."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from django.utils.translation import gettext as _

from .found import MAX_COLUMNS, Line, SheetError, Value, too_many

SEPARATORS = ";,\t"
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
PROBE = 30


def csv_lines(content: bytes, name: str, max_rows: int, warnings: list[str]) -> list[Line]:
    text = decoded(content, name, warnings)
    text, separator = _announced(text)
    lines: list[Line] = []
    try:
        for line in _records(text, separator or separator_of(text), skipped=1 if separator else 0):
            lines.append(line)
            if len(lines) > max_rows + 1:
                raise too_many(name, max_rows)
    except csv.Error as problem:
        last = lines[-1].number if lines else 0
        raise SheetError(
            _(
                "Nach Zeile %(line)d steht in „%(name)s“ ein Anführungszeichen, das nicht geschlossen wird "
                "oder nicht hierher gehört. Bitte prüfen Sie die Zeile."
            )
            % {"line": last, "name": name}
        ) from problem
    return lines


def decoded(content: bytes, name: str, warnings: list[str]) -> str:
    """By its mark, else UTF-8 if it is sound UTF-8, else what a German Windows writes."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding, name)
    if b"\0" in content[:2000]:
        return _strictly(content, "utf-16-le" if content[1:2] == b"\0" else "utf-16-be", name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\ufffd" in text:
        warnings.append(_("Einige Zeichen der Datei waren nicht lesbar. Bitte prüfen Sie Umlaute und Sonderzeichen."))
    return text


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise SheetError(
            _("„%(name)s“ ist keine lesbare Tabelle. Bitte speichern Sie die Datei als XLSX oder als CSV (UTF-8).")
            % {"name": name}
        ) from problem


def _announced(text: str) -> tuple[str, str]:
    """Excel may say the separator itself in a first line "sep=;"."""
    first, _break, rest = text.partition("\n")
    first = first.strip().strip('"').lower()
    return (rest, first[4]) if first.startswith("sep=") and len(first) == 5 else (text, "")


def separator_of(text: str) -> str:
    """The one that cuts most lines into the same number of pieces, more than one."""
    return max(SEPARATORS, key=lambda separator: _agreement(text, separator))


def _agreement(text: str, separator: str) -> tuple[int, int]:
    reader = csv.reader(StringIO(text[:20_000], newline=""), delimiter=separator)
    widths = Counter(len(record) for record, _nr in zip(reader, range(PROBE), strict=False) if len(record) > 1)
    width, lines = widths.most_common(1)[0] if widths else (1, 0)
    return lines, width


def _records(text: str, separator: str, skipped: int) -> Iterator[Line]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    for record in reader:
        number, begins = begins + skipped, reader.line_num + 1
        values = [_value(cell) for cell in record[:MAX_COLUMNS]]
        if any(value is not None for value in values):
            yield Line(number, values)


def _value(cell: str) -> Value | None:
    """Without our own apostrophe, which keeps "=..." from acting as a formula."""
    cell = cell.replace("\xa0", " ").strip()
    return (cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell) or None
