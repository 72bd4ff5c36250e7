"""Lists of needs as companies really keep them: titles, own headings, empty cells, places in any spelling."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Row = list[Any]

CSV_HEAD = ["Nr.", "Schulungsthema", "Anzahl TN", "ab wann", "bis wann", "Standort", "Schicht", "Prio", "Bemerkung"]
CSV_ROWS: list[Row] = [
    [1, "HV-Schulung", "3", "01.02.2027", "30.06.2027", "31224 Peine", "Tagschicht", "A", "für die neue Montagelinie"],
    [2, "Hochvolt Stuffe 2", "2-3", "", "Juni 2027", "PE", "", "", ""],
    [
        3,
        "Hochvoltschulung",
        "1",
        "Februar 2027",
        "31.07.2027",
        "Salzgitter-Bad",
        "normal",
        "normal",
        "Änderung möglich",
    ],
]
XLSX_HEAD = ["Firma", "Thema", "Wie viele?", "Zeitraum", "Ort", "Schichtmodell", "max. Preis (€)", "Vertraulich"]
XLSX_ROWS: list[Row] = [
    ["Okerwerk Antriebe", "Hochvolt", 2, "Februar bis Juni 2027", "BS", "Tag", 800, "nein"],
    ["Okerwerk Antriebe GmbH", "HV Stufe 2", "zwei", "ab Februar 2027", "38100 Braunschweig", None, None, None],
    ["Salzflut Batterie", "HV-Schein", 2.0, "bis Juli 2027", "Salzgitter", "Normalschicht", "850,00 €", None],
    ["Wölfe & Söhne KG", "Hochvoltsicherheit", "ca. 2", "Februar bis Juni 2027", "Wolfenbuettel", None, None, "nein"],
]
UNKNOWN_FIRM: Row = ["Gibt es nicht AG", "Hochvolt", 2, "bis Juni 2027", "Peine", None, None, None]


def as_csv(file: Path) -> Path:
    """As a German spreadsheet program writes it: semicolons, Windows-1252, an empty line at the end."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([CSV_HEAD, *CSV_ROWS, [""] * len(CSV_HEAD)])
    file.write_bytes(text.getvalue().encode("cp1252"))
    return file


def as_xlsx(file: Path, *, rows: list[Row]) -> Path:
    """With a title over the table, joined over its whole width, and an empty line below it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Bedarfe 2027"
    sheet.append(["Qualifizierungsbedarfe unserer Mitglieder, Stand Januar"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(XLSX_HEAD))
    sheet.append([])
    for row in [XLSX_HEAD, *rows]:
        sheet.append(row)
    book.save(file)
    return file
