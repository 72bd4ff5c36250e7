"""Sheets come as they come: odd encodings, titles above the head, merged cells. We read them or say why not."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from verbundwerk.base.sheets import SheetError, read_sheet

CSV = "Thema;Plätze;Bis\nHochvolt;3;31.03.2027\nKöln;1;\n"


def read(content: bytes | str, name: str = "Liste", **limits):
    return read_sheet(BytesIO(content.encode() if isinstance(content, str) else content), name, **limits)


def workbook(*lines, prepare=None) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    if prepare:
        prepare(book)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def with_stored(content: bytes, value: str) -> bytes:
    """What a spreadsheet program does when it saves: the formula's value is written beside it."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.namelist():
            new.writestr(
                part,
                old.read(part)
                .replace(b"</f><v></v>", b"</f><v>" + value.encode() + b"</v>")
                .replace(b"</f><v />", b"</f><v>" + value.encode() + b"</v>")
                .replace(b"</f><v/>", b"</f><v>" + value.encode() + b"</v>"),
            )
    return changed.getvalue()


class TestCsv:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
    @pytest.mark.parametrize("separator", [";", ",", "\t"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_any_usual_file_reads_the_same(self, encoding, separator, end):
        sheet = read(CSV.replace(";", separator).replace("\n", end).encode(encoding))
        assert sheet.header == ["Thema", "Plätze", "Bis"]
        assert sheet.rows[1] == {"Thema": "Köln", "Plätze": "1"}
        assert sheet.numbers == [2, 3]

    def test_line_breaks_in_quotes_keep_the_line_numbers_right(self):
        sheet = read('a;b\n"eins\nzwei";"x;y"\n\n\nende;z\n')
        assert sheet.rows[0] == {"a": "eins\nzwei", "b": "x;y"}
        assert sheet.numbers == [2, 6]

    def test_a_decimal_comma_does_not_beat_the_semicolon(self):
        assert read("Name;Preis\nA;1,5\nB;2,5\nC;3,5\n").header == ["Name", "Preis"]

    def test_excels_own_hint_for_the_separator_is_no_line(self):
        sheet = read("sep=,\na,b\n1,2\n")
        assert (sheet.rows, sheet.numbers) == ([{"a": "1", "b": "2"}], [3])

    def test_titles_above_the_head_are_passed_over(self):
        sheet = read("Bildungsbedarf 2027;;\n\n;;Stand Mai\nThema;Plätze;Bis\nA;3;x\n")
        assert sheet.header == ["Thema", "Plätze", "Bis"]
        assert sheet.first_line_number == 5

    def test_known_words_find_the_head_among_words(self):
        lines = "Bitte lesen;Hinweis\nAnsprechperson;Zentrale\nTHEMA;Plaetze\nA;3\n"
        assert read(lines, known=["Thema", "Plätze"]).header == ["THEMA", "Plaetze"]

    def test_a_quote_left_open_is_named_with_its_line(self):
        with pytest.raises(SheetError, match="Nach Zeile 2 "):
            read('a;b\n1;2\n"3;4\n')

    def test_columns_without_a_title_and_twins_are_kept_apart_and_told(self):
        sheet = read("Name;Name;\nA;B;C\n")
        assert sheet.header == ["Name", "Name (2)", "Spalte C"]
        assert len(sheet.warnings) == 2


class TestWorkbook:
    def test_numbers_and_dates_come_as_what_they_are(self):
        sheet = read(
            workbook(["Thema", "Plätze", "Preis", "Bis"], ["A", 3.0, 1.5, date(2027, 3, 31)], [" ", None], ["B", 1])
        )
        assert sheet.rows == [
            {"Thema": "A", "Plätze": 3, "Preis": 1.5, "Bis": date(2027, 3, 31)},
            {"Thema": "B", "Plätze": 1},
        ]
        assert sheet.numbers == [2, 4]

    def test_the_first_sheet_with_content_that_can_be_seen_counts(self):
        def prepare(book):
            book.active.sheet_state = "hidden"
            book.create_sheet("Leer")
            book.create_sheet("Liste").append(["a", "b"])
            book["Liste"].append([1, 2])

        sheet = read(workbook(["x", "y"], [1, 1], prepare=prepare))
        assert sheet.rows == [{"a": 1, "b": 2}]
        assert sheet.warnings == ["Gelesen wurde nur das Blatt „Liste“."]

    def test_a_formula_without_stored_value_is_named_with_its_cell(self):
        with pytest.raises(SheetError, match="Zelle B3 enthält eine Formel ohne gespeicherten Wert"):
            read(workbook(["Thema", "Plätze"], ["A", 1], ["B", "=1+1"]))

    def test_a_formula_with_stored_value_gives_the_value(self):
        content = with_stored(workbook(["Thema", "Plätze"], ["A", "=1+1"]), "2")
        assert read(content).rows == [{"Thema": "A", "Plätze": 2}]

    def test_a_cell_with_an_error_is_named(self):
        def prepare(book):
            book.active["B2"].value = "#REF!"
            book.active["B2"].data_type = "e"

        with pytest.raises(SheetError, match="Zelle B2 enthält den Fehler #REF!"):
            read(workbook(["Thema", "Plätze"], ["A", 1], prepare=prepare))

    def test_a_merged_cell_holds_for_all_its_lines(self):
        content = workbook(
            ["Abteilung", "Thema"],
            ["Werk", "A"],
            [None, "B"],
            ["Büro", "C"],
            prepare=lambda book: book.active.merge_cells("A2:A3"),
        )
        sheet = read(content)
        assert [row["Abteilung"] for row in sheet.rows] == ["Werk", "Werk", "Büro"]
        assert len(sheet.warnings) == 1

    def test_a_merged_title_does_not_become_the_head(self):
        content = workbook(
            ["Bedarf 2027", None, None],
            ["Thema", "Plätze", "Bis"],
            ["A", 1, "x"],
            prepare=lambda book: book.active.merge_cells("A1:C1"),
        )
        assert read(content).header == ["Thema", "Plätze", "Bis"]

    def test_a_far_away_cell_costs_nothing(self):
        def prepare(book):
            book.active.cell(1_048_000, 16_000).value = "weit weg"

        assert read(workbook(["a", "b"], [1, 2], prepare=prepare)).rows == [{"a": 1, "b": 2}]

    def test_a_zip_bomb_is_refused_before_it_unfolds(self):
        file = BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", b"<x/>")
            archive.writestr("xl/worksheets/sheet1.xml", b" " * (61 * 1024 * 1024))
        with pytest.raises(SheetError, match="ausgepackt zu groß"):
            read(file.getvalue())

    def test_a_workbook_that_declares_entities_is_refused(self):
        changed = BytesIO()
        with zipfile.ZipFile(BytesIO(workbook(["a"], [1]))) as old, zipfile.ZipFile(changed, "w") as new:
            for part in old.namelist():
                evil = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' if part.endswith("workbook.xml") else b""
                new.writestr(part, evil + old.read(part))
        with pytest.raises(SheetError, match="keine lesbare Excel-Datei"):
            read(changed.getvalue())


class TestLimits:
    def test_too_many_rows_say_the_limit(self):
        with pytest.raises(SheetError, match="mehr als 10 Zeilen"):
            read("a;b\n" + "1;2\n" * 11, max_rows=10)
        with pytest.raises(SheetError, match="mehr als 3 Zeilen"):
            read(workbook(["a", "b"], *[[1, 2]] * 4), max_rows=3)
        assert len(read("a;b\n" + "1;2\n" * 10, max_rows=10).rows) == 10

    def test_a_big_file_is_not_even_looked_at(self):
        with pytest.raises(SheetError, match="größer als 1 MB"):
            read(b"x" * 2_000_000, max_bytes=1024 * 1024)

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "ist leer"),
            (b"  \n", "ist leer"),
            (b"a;b\n", "keine Zeile darunter"),
            (b"\xd0\xcf\x11\xe0rest", "alten Format"),
            (b"PK\x03\x04 kaputt", "keine lesbare Excel-Datei"),
            (b"\xff\xfe\x00", "keine lesbare Tabelle"),
        ],
    )
    def test_what_cannot_be_read_says_why_and_what_to_do(self, content, said):
        with pytest.raises(SheetError, match=said) as refused:
            read(content)
        assert "Bitte" in str(refused.value)

    @given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"]))
    def test_no_bytes_at_all_lead_to_anything_but_rows_or_a_sentence(self, content, start):
        try:
            rows = read(start + content).rows
        except SheetError as refused:
            rows = [str(refused)]
        assert rows
        assert all(rows)
