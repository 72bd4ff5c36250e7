"""Columns with names of their own: what is missing is named, and people say which column is what."""

from datetime import date

import pytest

from verbundwerk.base.sheets import SheetError
from verbundwerk.needs.models import ImportBatch, Need

from . import files, make
from .test_imports import errors_of, read, upload
from .test_pages import at_work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("time_stands_still")]


@pytest.fixture
def firm():
    return make.firm("Harzer Gelenkwellen GmbH & Co. KG")


def test_a_list_without_a_needed_column_says_which_it_is(firm):
    content = read(files.xlsx([["Kran", "2027"]], ["Thema", "bis"]), firm)
    assert content["missing"] == ["die Anzahl (zum Beispiel „Anzahl TN“)"]
    assert all(row["errors"] for row in content["rows"])


def test_headings_nobody_knows_are_named(firm):
    with pytest.raises(SheetError, match="„Quux“, „Blorb“"):
        read(files.xlsx([["Kran", "2027"]], ["Quux", "Blorb"]), firm)


STRANGE = ["Was fehlt uns", "Köpfe", "Zieltermin", "Kommentar"]


def test_columns_with_names_of_their_own_are_assigned_by_hand_and_nothing_typed_is_lost(firm, hr):
    client = at_work(hr)
    rows = [["Kranschein", 3, date(2027, 6, 30), "eilt"], ["Hochvolt", 2, "2027", ""]]
    address = upload(client, files.xlsx(rows, STRANGE)).headers["Location"]
    page = client.get(address).content.decode()
    assert "Eine Spalte fehlt uns noch" in page
    assert "fehlerfreien übernehmen" not in page or "aria-disabled" in page

    said = {"column_0": "topic_text", "column_1": "seats", "column_2": "window_until", "column_3": "details"}
    assert client.post(f"{address}spalten/", said, follow=True).status_code == 200
    batch = ImportBatch.objects.get()
    assert (batch.row_count, batch.wrong_count, batch.content["missing"]) == (2, 0, [])
    first = batch.content["rows"][0]["draft"]
    assert (first["topic_text"], first["seats"], first["window_until"]) == ("Kranschein", 3, "2027-06-30")
    client.post(f"{address}uebernehmen/", {"rows": "all"})
    assert Need.objects.count() == 2


def test_one_meaning_for_two_columns_is_refused_beside_the_second_and_the_rest_stays_chosen(firm, hr):
    client = at_work(hr)
    address = upload(client, files.xlsx([["Kran", 3, "2027", ""]], STRANGE)).headers["Location"]
    answer = client.post(f"{address}spalten/", {"column_0": "seats", "column_1": "seats", "column_2": "window_until"})
    assert answer.status_code == 422
    assert "steht schon bei der Spalte „Was fehlt uns“" in answer.content.decode()
    assert '<option value="window_until" selected>' in answer.content.decode()


def test_a_meaning_that_empties_the_list_changes_nothing(firm, hr):
    client = at_work(hr)
    address = upload(client, files.xlsx([["Kran", 3, "2027", ""]], STRANGE)).headers["Location"]
    before = ImportBatch.objects.get().content
    assert client.post(f"{address}spalten/", {}).status_code == 422
    assert ImportBatch.objects.get().content == before


def test_a_list_that_is_taken_over_is_not_read_again(firm, hr):
    batch = make.batch(by=hr, organisation=firm, state="taken")
    assert at_work(hr).post(f"/bedarfe/listen/{batch.pk}/spalten/", {"column_0": "topic_text"}).status_code == 403


def test_a_beginning_that_is_missing_is_asked_for_as_a_beginning(firm):
    content = read(files.xlsx([["Kran", 2, None], ["Stapler", 1, "2027"]], ["Thema", "Anzahl", "ab"]), firm)
    assert errors_of(content) == {2: {"Ab": "Bitte geben Sie an, ab wann."}}


def test_an_open_end_is_counted_from_today_when_the_beginning_is_long_past(firm):
    content = read(files.xlsx([["Kran", 2, date(2020, 1, 1)]], ["Thema", "Anzahl", "ab"]), firm)
    assert errors_of(content) == {}


def test_two_rows_that_ask_for_the_same_are_pointed_out(firm, hr):
    rows = [["Kranschein", 3, "2027"], ["Stapler", 1, "2027"], ["Kranschein ", 2, "2027"]]
    client = at_work(hr)
    address = upload(client, files.xlsx(rows, ["Thema", "Anzahl", "bis"])).headers["Location"]
    assert "wie Zeile 2" in client.get(address).content.decode()


def test_an_end_that_stands_in_a_column_nobody_knows_is_asked_for_instead_of_made_up(firm, hr):
    client = at_work(hr)
    rows = [["Kranschein", 3, date(2027, 2, 1), date(2027, 6, 30)]]
    address = upload(client, files.xlsx(rows, ["Thema", "Anzahl", "ab", "Zieltermin"])).headers["Location"]
    assert "das Ende des Zeitraums" in client.get(address).content.decode()

    meant = {"column_0": "topic_text", "column_1": "seats", "column_2": "window_from", "column_3": "window_until"}
    client.post(f"{address}spalten/", meant)
    batch = ImportBatch.objects.get()
    assert (batch.content["missing"], batch.content["rows"][0]["draft"]["window_until"]) == ([], "2027-06-30")


def test_whoever_says_that_no_column_is_the_end_is_not_asked_again(firm, hr):
    client = at_work(hr)
    rows = [["Kranschein", 3, date(2027, 2, 1), "grün"]]
    address = upload(client, files.xlsx(rows, ["Thema", "Anzahl", "ab", "Farbe"])).headers["Location"]
    client.post(f"{address}spalten/", {"column_0": "topic_text", "column_1": "seats", "column_2": "window_from"})
    assert ImportBatch.objects.get().content["missing"] == []
    assert "wir nehmen an: bis" in client.get(address).content.decode()
