"""Lists as companies really keep them, made by code."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

HEAD = [
    "Nr.",
    "Thema/Schulung",
    "Anzahl TN",
    "bis wann",
    "PLZ/Ort",
    "Schicht",
    "Budget max. €",
    "Bemerkung",
    "Kostenstelle",
]
ROWS: list[list[Any]] = [
    [1, "HV-Schulung Stufe 2", "2-3", "Q2/27", "38226 SZ-Lebenstedt", "Früh", 600, "", 4711],
    [2, "SPS Grundkurs", "ca. 5", "März 2027", "BS", "2-Schicht", "max. 900 €", "neue Anlage", 4711],
    [3, "Staplerschein", "drei", "KW 12", "Braunschw.", "Tag", None, None, None],
    [4, "Schweißen WIG", 2, "15.03.27", "Wolfenbüttel", "3 Schicht", "1.200,50", "Prüfung nötig", 4712],
    [5, "Erste Hilfe", 4.0, "30.06.2027", None, None, None, None, None],
]
WRONG: list[list[Any]] = [
    [6, "Excel", "einige", "März 2027", "Peine", "Tag", None, None, None],
    [7, "Kran", 2, "bis Ostern", "Timbuktu", "mittags", "viel", None, None],
    [8, None, 2, "März 2027", "Peine", None, None, None, None],
]


def xlsx(
    rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD, title_lines: Sequence[str] = ()
) -> SimpleUploadedFile:
    book = Workbook()
    sheet = book.active
    for line in title_lines:
        sheet.append([line])
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    return packed(book)


def packed(book: Workbook, name: str = "Bedarfe 2027.xlsx") -> SimpleUploadedFile:
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def csv(rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD, encoding: str = "cp1252") -> SimpleUploadedFile:
    lines = [";".join("" if cell is None else str(cell) for cell in row) for row in [head, *rows]]
    return SimpleUploadedFile("bedarfe.csv", "\r\n".join(lines).encode(encoding))
