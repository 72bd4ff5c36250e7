"""Where the head stands, what the columns are called, and the rows below."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from ..words import search_key
from .found import Line, Sheet, SheetError, Value

LOOKED_AT = 20


def arrange(lines: Sequence[Line], name: str, known: Collection[str], warnings: list[str]) -> Sheet:
    if not lines:
        raise SheetError(_("„%(name)s“ enthält keine Zeilen. Bitte wählen Sie eine Datei mit Inhalt.") % {"name": name})
    head = _head_position(lines, {search_key(word) for word in known})
    below = lines[head + 1 :]
    if not below:
        raise SheetError(
            _("„%(name)s“ enthält eine Kopfzeile, aber keine Zeile darunter. Bitte ergänzen Sie mindestens eine.")
            % {"name": name}
        )
    columns = _columns(lines[head], below, warnings)
    rows = [{title: value for nr, title in columns.items() if (value := _at(line, nr)) is not None} for line in below]
    return Sheet(list(columns.values()), rows, [line.number for line in below], warnings)


def _at(line: Line, position: int) -> Value | None:
    return line.values[position] if position < len(line.values) else None


def _filled(line: Line) -> list[Value]:
    return [value for value in line.values if value is not None]


def _head_position(lines: Sequence[Line], known: set[str]) -> int:
    """With known words: the line with most of them. Without: the first line of words about as wide as the sheet."""
    first = lines[:LOOKED_AT]
    if known:
        hits = [sum(search_key(str(value)) in known for value in _filled(line)) for line in first]
        if max(hits) > 0:
            return hits.index(max(hits))
    width = max(len(_filled(line)) for line in first)
    return next((nr for nr, line in enumerate(first) if _looks_like_head(line, width)), 0)


def _looks_like_head(line: Line, width: int) -> bool:
    values = _filled(line)
    words = [value for value in values if isinstance(value, str) and any(sign.isalpha() for sign in value)]
    return len(words) == len(values) and len(values) * 10 >= width * 6


def _columns(head: Line, below: Sequence[Line], warnings: list[str]) -> dict[int, str]:
    """Position -> title. Columns without title and values do not count; twins are told apart by a number."""
    used = {nr for line in below for nr, value in enumerate(line.values) if value is not None}
    titles: dict[int, str] = {}
    for nr in sorted(used | {nr for nr, value in enumerate(head.values) if value is not None}):
        titles[nr] = _title(head, nr, set(titles.values()), warnings)
    return titles


def _title(head: Line, position: int, taken: set[str], warnings: list[str]) -> str:
    said = " ".join(str(_at(head, position) or "").split())
    if not said:
        said = _("Spalte %(letter)s") % {"letter": get_column_letter(position + 1)}
        warnings.append(_("%(column)s hat keine Überschrift.") % {"column": said})
    if said not in taken:
        return said
    warnings.append(_("Die Überschrift „%(title)s“ kommt mehrfach vor.") % {"title": said})
    return next(name for name in (f"{said} ({nr})" for nr in range(2, 1000)) if name not in taken)
