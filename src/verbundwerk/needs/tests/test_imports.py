"""Lists people bring: what is understood, what is said, and that nothing is half-saved."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import Refused
from verbundwerk.needs import flow, rules
from verbundwerk.needs.columns import columns_of, field_of
from verbundwerk.needs.imports import read_needs
from verbundwerk.needs.models import ImportBatch, Need
from verbundwerk.network.terms import Role
from verbundwerk.topics.flow import load_topics
from verbundwerk.topics.tests import make as topics

from . import files, make
from .test_pages import at_work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("time_stands_still")]
AT = make.AT


@pytest.fixture
def firm():
    return make.firm("Harzer Gelenkwellen GmbH & Co. KG")


def read(file, firm, firms=()):
    return read_needs(file, file.name, firm=firm, firms=firms or [firm], today=make.TODAY)


def errors_of(content):
    return {
        row["line"]: {error["label"]: error["text"] for error in row["errors"]}
        for row in content["rows"]
        if row["errors"]
    }


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("Anzahl TN", "seats"),
        ("Wie viele?", "seats"),
        ("Wieviele", "seats"),
        ("Anzahl Azubis", "seats"),
        ("Thema/Schulung", "topic_text"),
        ("Thema der Schulung", "topic_text"),
        ("Schulunsbedarf", "topic_text"),
        ("bis wann", "window_until"),
        ("PLZ/Ort", "place"),
        ("PLZ / Ort", "place"),
        ("Schicht", "shift"),
        ("Schichtmodel", "shift"),
        ("Budget max. €", "budget_cents"),
        ("Budget pro TN (netto)", "budget_cents"),
        ("Firma", "firm"),
        ("BEMERKUNGEN", "details"),
        ("Weiterbildungsthema", "topic_text"),
        ("Weiterbildungsthemen", "topic_text"),
        ("Schulungsthema", "topic_text"),
        ("Kursthema", "topic_text"),
        ("Thema der Weiterbildung", "topic_text"),
        ("Gewünschte Schulung", "topic_text"),
        ("Lehrgangsinhalt", "topic_text"),
        ("MA-Zahl", "seats"),
        ("Anzahl Personen", "seats"),
        ("Teilnehmeranzahl (ca.)", "seats"),
        ("Benötigte Plätze", "seats"),
        ("Zeitraum", "window"),
        ("Gewünschter Zeitraum", "window"),
        ("Schulungszeitraum", "window"),
        ("Standort/Werk", "place"),
        ("Was wollen wir schulen?", "topic_text"),
        ("Leute", "seats"),
        ("bis spätestens", "window_until"),
        ("Schichtmodell der MA", "shift"),
        ("Arbeitsschicht", "shift"),
        ("Zusatzbemerkung", "details"),
        ("Kostenstelle", None),
        ("Handwerk", None),
        ("Ansprechpartner Betrieb", None),
        ("", None),
    ],
)
def test_headings_in_any_spelling(head, field):
    assert field_of(head) == field


def test_a_second_column_for_the_same_thing_is_named_not_guessed():
    found = columns_of(["Thema", "Schulung", "PLZ", "Ort"])
    assert found.of == {"topic_text": ("Thema",), "place": ("PLZ", "Ort")}
    assert found.unknown == ("Schulung",)


@pytest.mark.parametrize("file", [files.xlsx, files.csv])
def test_a_list_as_a_company_keeps_it_is_understood(firm, file):
    content = read(file(files.ROWS), firm)
    drafts = [row["draft"] for row in content["rows"]]
    assert errors_of(content) == {}
    assert [(one["seats_min"], one["seats"]) for one in drafts] == [(2, 3), (1, 5), (1, 3), (1, 2), (1, 4)]
    assert [one["window_until"] for one in drafts] == [
        "2027-06-30",
        "2027-03-31",
        "2027-03-28",
        "2027-03-15",
        "2027-06-30",
    ]
    assert {one["window_from"] for one in drafts} == {"2026-11-02"}
    assert [one["postal_code"] for one in drafts] == ["38226", "38100", "38100", "38300", "31224"]
    assert [one["shift"] for one in drafts] == ["early", "two", "day", "three", "day"]
    assert [one["budget_cents"] for one in drafts] == [60000, 90000, None, 120050, None]
    assert content["unknown"] == ["Kostenstelle"]


def test_lines_above_the_head_do_not_matter(firm):
    content = read(files.xlsx(files.ROWS, title_lines=["Schulungsbedarf 2027", "Stand: November"]), firm)
    assert [row["line"] for row in content["rows"]] == [4, 5, 6, 7, 8]


def test_every_wrong_value_is_named_with_its_field_and_a_way_out(firm):
    found = errors_of(read(files.xlsx([*files.ROWS, *files.WRONG]), firm))
    assert set(found) == {7, 8, 9}
    assert "„einige“ ist keine Anzahl" in found[7]["Anzahl"]
    assert set(found[8]) == {"Bis", "Ort", "Schicht", "Budget je Person"}
    assert "Ostern" in found[8]["Bis"]
    assert "Timbuktu" in found[8]["Ort"]
    assert found[9] == {"Thema": "Bitte schreiben Sie, worum es geht."}


def test_one_column_for_the_whole_time_and_two_columns_for_its_ends(firm):
    whole = files.xlsx(
        [["Kran", 2, "März bis Juni 2027"], ["Kran", 2, "ab April 2027"]], ["Thema", "Anzahl", "Zeitraum"]
    )
    ends = files.xlsx([["Kran", 2, "KW 10", "Juni 2027"]], ["Thema", "Anzahl", "von", "bis"])
    first, second = (row["draft"] for row in read(whole, firm)["rows"])
    (third,) = (row["draft"] for row in read(ends, firm)["rows"])
    assert (first["window_from"], first["window_until"]) == ("2027-03-01", "2027-06-30")
    assert second["window_from"] == "2027-04-01"
    assert (third["window_from"], third["window_until"]) == ("2027-03-08", "2027-06-30")


def test_an_open_end_is_said_not_hidden(firm):
    content = read(files.xlsx([["Kran", 2, "ab April 2027"]], ["Thema", "Anzahl", "Zeitraum"]), firm)
    assert "wir nehmen an: bis" in content["rows"][0]["notes"][0]


def test_a_day_in_the_past_and_turned_ends_are_said(firm):
    rows = [["Kran", 2, "1.2.2026", "1.3.2026"], ["Kran", 2, "Juni 2027", "März 2027"]]
    found = errors_of(read(files.xlsx(rows, ["Thema", "Anzahl", "von", "bis"]), firm))
    assert "vorbei" in found[2]["Bis"]
    assert "vor dem Anfang" in found[3]["Bis"]


def test_a_date_excel_made_of_two_to_three_is_explained(firm):
    found = errors_of(read(files.xlsx([["Kran", date(2027, 3, 2), "März 2027"]], ["Thema", "Anzahl", "bis"]), firm))
    assert "ein Datum gemacht" in found[2]["Anzahl"]


def test_exact_words_become_a_topic_and_similar_ones_do_not(firm):
    topic = topics.topic("Gabelstapler", also=("Staplerschein",))
    content = read(
        files.xlsx([["staplerschein", 1, "2027"], ["Stapler-Kurs", 1, "2027"]], ["Thema", "Anzahl", "bis"]), firm
    )
    assert [row["draft"]["topic"] for row in content["rows"]] == [str(topic.pk), None]


def test_a_free_reason_is_kept_as_a_remark(firm):
    (row,) = read(
        files.xlsx([["Kran", 1, "2027", "weil der Chef es will"]], ["Thema", "Anzahl", "bis", "Grund"]), firm
    )["rows"]
    assert row["draft"]["details"] == "weil der Chef es will"


@pytest.mark.parametrize("end", ["\n", "\r\n", "_x000D_\n"])
def test_a_remark_of_two_lines_stays_as_it_was_written(firm, end):
    head = ["Weiterbildungsthema", "MA-Zahl", "bis", "Bemerkung"]
    rows = [[f"Hochvolt{end}Stufe 2", 1, "2027", f"Nur vormittags.{end}Zwei sind in Elternzeit."]]
    (row,) = read(files.xlsx(rows, head), firm)["rows"]
    assert not row["errors"]
    assert row["draft"]["topic_text"] == "Hochvolt Stufe 2"
    assert row["draft"]["details"] == "Nur vormittags.\nZwei sind in Elternzeit."


def test_a_list_that_puts_a_topic_in_its_own_words_finds_it_at_the_right_level(firm):
    load_topics(by=None, at=AT)
    words = ["Hochvolt Stufe 2", "HV-Schulung Stufe 2E", "Hochvolt, Stufe 3", "Hochvolt Stufe 4"]
    rows = read(files.xlsx([[one, 1, "2027"] for one in words], ["Kursthema", "Anzahl", "bis"]), firm)["rows"]
    assert [row["topic"].partition(":")[0] for row in rows] == [
        "Hochvolt Stufe 2", "Hochvolt Stufe 2", "Hochvolt Stufe 3", "",
    ]  # fmt: skip


def test_the_coordination_finds_firms_by_name_whatever_their_legal_form(firm):
    other = make.firm("Oker Blech AG")
    head = ["Firma", "Thema", "Anzahl", "bis"]
    rows = [
        ["Harzer Gelenkwellen", "Kran", 1, "2027"],
        ["OKER-BLECH", "Kran", 1, "2027"],
        ["Unbekannt GmbH", "Kran", 1, "2027"],
    ]
    content = read(files.xlsx(rows, head), None, [firm, other])
    assert [row["organisation"] for row in content["rows"]] == [str(firm.pk), str(other.pk), None]
    assert "kennen wir nicht" in errors_of(content)[4]["Betrieb"]


def test_a_firm_cannot_bring_needs_of_another_firm(firm):
    content = read(files.xlsx([["Oker Blech AG", "Kran", 1, "2027"]], ["Firma", "Thema", "Anzahl", "bis"]), firm)
    assert "gehört zu" in errors_of(content)[2]["Betrieb"]


def test_merged_cells_count_for_every_row(firm):
    book = Workbook()
    sheet = book.active
    for row in [["Thema", "Anzahl", "bis"], ["Kran", 1, "2027"], [None, 2, "2027"]]:
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    content = read(files.packed(book), firm)
    assert [row["draft"]["topic_text"] for row in content["rows"]] == ["Kran", "Kran"]
    assert any("verbunden" in text for text in content["warnings"])


# --- the way through the pages ------------------------------------------------------
def upload(client, file, **form):
    return client.post("/bedarfe/listen/", {"file": file, **form})


def test_hr_uploads_looks_and_takes_over(hr, firm):
    client = at_work(hr)
    page = upload(client, files.xlsx(files.ROWS))
    assert page.status_code == 302
    assert Need.objects.count() == 0
    shown = client.get(page.headers["Location"]).content.decode()
    assert "Alle 5 Zeilen übernehmen" in shown
    assert "Die Spalte „Kostenstelle“ kennen wir nicht" in shown
    client.post(page.headers["Location"] + "uebernehmen/", {"rows": "all"})
    assert Need.objects.filter(state="submitted", organisation=firm, raised_by=hr).count() == 5


def test_taking_over_twice_doubles_nothing(hr):
    client = at_work(hr)
    address = upload(client, files.xlsx(files.ROWS)).headers["Location"]
    assert client.post(address + "uebernehmen/", {"rows": "all"}).status_code == 302
    assert client.post(address + "uebernehmen/", {"rows": "all"}).status_code in {403, 409}
    assert Need.objects.count() == 5


def test_two_who_press_at_once_are_told_apart(hr, firm):
    batch = make.batch(by=hr, organisation=firm)
    stale = ImportBatch.objects.get(pk=batch.pk)
    flow.take_over_import(batch, only_correct=False, by=hr, at=AT)
    with pytest.raises(AlreadyMoved):
        flow.take_over_import(stale, only_correct=False, by=hr, at=AT)
    assert Need.objects.count() == 1


def test_wrong_rows_are_left_out_only_on_purpose(hr):
    client = at_work(hr)
    address = upload(client, files.xlsx([*files.ROWS, *files.WRONG])).headers["Location"]
    shown = client.get(address).content.decode()
    assert "Nur die 5 fehlerfreien übernehmen" in shown
    assert "Datei verbessern" in shown
    assert client.post(address + "uebernehmen/", {}).status_code == 403
    assert Need.objects.count() == 0
    client.post(address + "uebernehmen/", {"rows": "correct"})
    assert Need.objects.count() == 5


def test_wrong_rows_come_back_as_a_file_with_their_reasons_and_can_be_mended(hr):
    client = at_work(hr)
    address = upload(client, files.xlsx([*files.ROWS, *files.WRONG])).headers["Location"]
    response = client.get(address + "fehler.xlsx")
    content = b"".join(response.streaming_content)
    lines = list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))
    assert lines[0][0] == "Zeile"
    assert lines[0][-1] == "Was nicht stimmt"
    assert "„einige“" in lines[1][-1]
    again = upload(client, SimpleUploadedFile("wieder.xlsx", content))
    assert len(ImportBatch.objects.get(pk=again.headers["Location"].split("/")[3]).content["rows"]) == 3


def test_a_failure_in_the_middle_leaves_nothing_half_saved(hr, firm, monkeypatch):
    batch = make.batch(by=hr, organisation=firm, rows=[make.row(2, firm), make.row(3, firm)])
    real, calls = flow.submit_need, []

    def breaks(need, **rest):
        calls.append(need)
        if len(calls) == 2:
            raise RuntimeError("power cut")
        return real(need, **rest)

    monkeypatch.setattr(flow.lists, "submit_need", breaks)
    with pytest.raises(RuntimeError):
        flow.take_over_import(batch, only_correct=False, by=hr, at=AT)
    batch.refresh_from_db()
    assert (Need.objects.count(), batch.state) == (0, "uploaded")


def test_rows_that_passed_meanwhile_stay_drafts(hr, firm):
    batch = make.batch(by=hr, organisation=firm, rows=[make.row(2, firm, window_until=date(2027, 3, 2))])
    (need,) = flow.take_over_import(batch, only_correct=False, by=hr, at=AT + timedelta(days=200))
    assert need.state == "draft"


def test_uploaded_lists_are_forgotten_after_two_weeks(hr, firm):
    make.batch(by=hr, organisation=firm)
    assert flow.forget_old_imports(rules.IMPORTS_KEPT_FOR.before(AT + timedelta(days=13)), 10) == 0
    assert flow.forget_old_imports(rules.IMPORTS_KEPT_FOR.before(AT + timedelta(days=15)), 10) == 1


def test_a_discarded_list_makes_no_needs(hr, firm):
    batch = make.batch(by=hr, organisation=firm)
    client = at_work(hr)
    client.post(f"/bedarfe/listen/{batch.pk}/verwerfen/")
    assert client.post(f"/bedarfe/listen/{batch.pk}/uebernehmen/", {"rows": "all"}).status_code == 403
    assert Need.objects.count() == 0


def test_nobody_else_sees_or_takes_an_uploaded_list(hr, firm):
    batch = make.batch(by=hr, organisation=firm)
    for person in [make.person(Role.HR, firm), make.person(Role.HR), make.coordinator()]:
        assert at_work(person).get(f"/bedarfe/listen/{batch.pk}/").status_code == 404
        with pytest.raises(Refused):
            flow.take_over_import(batch, only_correct=True, by=person, at=AT)


def test_the_coordination_uploads_for_a_firm_and_for_many(firm):
    client = at_work(make.coordinator())
    upload(client, files.xlsx(files.ROWS), organisation=str(firm.pk))
    head = ["Betrieb", *files.HEAD]
    upload(client, files.xlsx([[firm.name, *row] for row in files.ROWS], head), organisation="")
    assert list(ImportBatch.objects.values_list("row_count", "wrong_count")) == [(5, 0), (5, 0)]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (None, "Bitte wählen Sie eine Datei aus"),
        (SimpleUploadedFile("leer.csv", b""), "leer"),
        (SimpleUploadedFile("bild.png", b"\x89PNG\r\n\x1a\n\0\0\0"), "keine Datei der erlaubten Art"),
        (SimpleUploadedFile("alt.xlsx", b"PK\x03\x04 kaputt"), "keine Datei der erlaubten Art"),
        (SimpleUploadedFile("riesig.csv", b"Thema;Anzahl;bis\n" + b"x" * 10_000_000), "Erlaubt sind höchstens"),
        (SimpleUploadedFile("brief.csv", b"Sehr geehrte Damen und Herren,\n\nanbei"), "keine Überschrift erkannt"),
        (SimpleUploadedFile("kopf.csv", b"Thema;Anzahl;bis\n"), "keine Zeile darunter"),
    ],
)
def test_what_is_no_list_is_refused_in_plain_words(hr, file, said):
    response = upload(at_work(hr), file) if file else at_work(hr).post("/bedarfe/listen/")
    assert response.status_code == 422
    assert said in response.content.decode()
    assert ImportBatch.objects.count() == 0


def test_a_formula_nobody_calculated_is_named_with_its_cell(hr):
    response = upload(at_work(hr), files.xlsx([["Kran", "=1+1", "2027"]], ["Thema", "Anzahl", "bis"]))
    assert response.status_code == 422
    assert "Zelle B2 enthält eine Formel" in response.content.decode()


def test_a_sheet_full_of_mischief_makes_no_need_and_no_error_page(hr):
    mischief = ["<script>alert(1)</script>", "HV \u202e2", "x" * 5000, "🙂", "=1+1'", "%s %(x)s {}"]
    rows = [[text, text, text, text, text, text, text] for text in mischief]
    head = ["Thema", "Anzahl", "bis", "Ort", "Schicht", "Budget", "Bemerkung"]
    response = upload(at_work(hr), files.csv(rows, head, "utf-8"))
    assert response.status_code == 302
    page = at_work(hr).get(response.headers["Location"])
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_the_sample_we_hand_out_is_read_without_a_mistake(hr, firm):
    content = b"".join(at_work(hr).get("/bedarfe/listen/muster.xlsx").streaming_content)
    assert errors_of(read(SimpleUploadedFile("muster.xlsx", content), firm)) == {}


def test_the_preview_of_thirty_rows_needs_no_more_queries_than_of_three(hr, firm, django_assert_max_num_queries):
    batch = make.batch(by=hr, organisation=firm, rows=[make.row(nr, firm) for nr in range(2, 32)])
    client = at_work(hr)
    client.get(f"/bedarfe/listen/{batch.pk}/")
    with django_assert_max_num_queries(6):
        client.get(f"/bedarfe/listen/{batch.pk}/")
