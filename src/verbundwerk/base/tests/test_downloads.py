"""What people take along opens by double click, keeps its numbers, and cannot do harm in a spreadsheet."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from verbundwerk.base.downloads import csv_response, harmless, xlsx_response
from verbundwerk.base.sheets import read_sheet
from verbundwerk.base.tables import Column, Table

COLUMNS = [
    Column("name", "Name", sort="name", href=lambda row: "/x"),
    Column("height", "Höhe", kind="number"),
    Column("price", "Preis", kind="cents"),
    Column("on", "Tag", kind="date"),
    Column("at", "Zeit", kind="datetime"),
    Column("ok", "Ja?", export=lambda row: row["ok"]),
    Column("button", "Knopf", value=lambda row: "<a>", exported=False),
]
ROW = {
    "name": "Ölweide; „alt“\nund krumm",
    "height": 7.5,
    "price": 120_050,
    "on": date(2026, 3, 5),
    "at": datetime(2026, 7, 1, 10, 30, tzinfo=UTC),
    "ok": True,
}
EMPTY = dict.fromkeys(ROW) | {"name": "leer", "price": -5}
ATTACKS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "  =1+1", "\uff1d1"]


def table(*rows: dict) -> Table:
    return Table("Bäume", COLUMNS, list(rows), {"sort": "name", "page": "2"}, per_page=1)


def csv_of(shown: Table) -> list[list[str]]:
    text = b"".join(csv_response(shown, "Bäume 2026")).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline=""), delimiter=";"))


def sheet_of(shown: Table):
    content = b"".join(xlsx_response(shown, "Bäume: 2026"))
    return load_workbook(BytesIO(content)).active


def test_a_csv_reads_as_german_spreadsheets_expect():
    head, full, empty = csv_of(table(EMPTY, ROW))[0], *csv_of(table(ROW, EMPTY))[1:][::-1]
    assert head == ["Name", "Höhe", "Preis", "Tag", "Zeit", "Ja?"]
    assert full == [ROW["name"], "7,5", "1200,50", "05.03.2026", "01.07.2026 12:30", "ja"]
    assert empty == ["leer", "", "-0,05", "", "", ""]


def test_a_download_takes_all_pages_along():
    assert len(csv_of(table(ROW, EMPTY, ROW))) == 4


def test_the_file_is_named_without_umlauts_and_sent_as_a_file():
    response = csv_response(table(ROW), "Bäume 2026")
    assert response["Content-Disposition"] == 'attachment; filename="baeume-2026.csv"'
    assert response.streaming


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_typed_becomes_a_formula(text):
    assert csv_of(table(ROW | {"name": text}))[1][0].startswith("'")
    cell = sheet_of(table(ROW | {"name": text}))["A2"]
    assert cell.data_type in {"s", "inlineStr"}
    assert cell.value.strip() == text.strip()


def test_ordinary_words_stay_as_they_are():
    assert harmless("Müller-Lüdenscheidt") == "Müller-Lüdenscheidt"
    assert harmless("") == ""


def test_a_workbook_has_real_numbers_dates_and_a_frozen_head():
    sheet = sheet_of(table(ROW))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F2"
    values = [cell.value for cell in sheet[2]]
    assert values[1] == 7.5
    assert Decimal(str(values[2])) == Decimal("1200.5")
    assert [str(value) for value in values[3:5]] == ["2026-03-05 00:00:00", "2026-07-01 12:30:00"]
    assert values[5] == "ja"
    assert sheet["D2"].number_format == "DD.MM.YYYY"


def test_control_characters_do_not_break_a_workbook():
    assert sheet_of(table(ROW | {"name": "a\x00b\x1f"}))["A2"].value == "ab"


def test_what_was_taken_along_can_be_brought_back():
    rows = [ROW | {"name": "=1+1"}]
    for response, name in ((csv_response(table(*rows), "x"), "x.csv"), (xlsx_response(table(*rows), "x"), "x.xlsx")):
        sheet = read_sheet(BytesIO(b"".join(response)), name)
        assert sheet.rows[0]["Name"] == "=1+1"
        assert sheet.header[:2] == ["Name", "Höhe"]
