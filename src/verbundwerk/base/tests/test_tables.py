"""Lists people can sort, narrow, search and leaf through, with nothing but links and one form."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.http import QueryDict
from django.template import Context, Template

from verbundwerk.base.tables import Column, Filter, Table, reach

TREES = [
    {"name": "Ölweide", "height": 7, "price": 120_050, "planted": date(2026, 3, 5), "kind": "leaf"},
    {"name": "Apfel", "height": None, "price": 4_000, "planted": date(2025, 11, 2), "kind": "fruit"},
    {"name": "Zeder", "height": 30, "price": 900_000, "planted": date(2024, 1, 9), "kind": "cone"},
    {"name": "Birke", "height": 12, "price": -500, "planted": None, "kind": "leaf"},
]
COLUMNS = [
    Column("name", "Baum", sort="name"),
    Column("height", "Höhe", kind="number", sort="height"),
    Column("price", "Preis", kind="cents"),
    Column("planted", "Gepflanzt", kind="date", sort="planted"),
]
KINDS = Filter("kind", "Art", [("leaf", "Laub"), ("fruit", "Obst"), ("none", "Keine")], "kind")


def table(query: str = "", **changes) -> Table:
    given = {"filters": [KINDS], "search": ("name",), "order": "name"} | changes
    return Table(
        "Bäume", COLUMNS, changes.pop("rows", TREES), QueryDict(query), **{k: given[k] for k in given if k != "rows"}
    )


def names(shown: Table) -> list[str]:
    return [line[0].text for line in shown.lines]


def page(shown: Table) -> str:
    return Template("{% load tables %}{% data_table table %}").render(Context({"table": shown}))


def test_umlauts_stand_where_german_readers_look_for_them():
    assert names(table()) == ["Apfel", "Birke", "Ölweide", "Zeder"]


def test_rows_without_a_value_come_last_in_both_directions():
    assert names(table("sort=height"))[-1] == names(table("sort=-height"))[-1] == "Apfel"
    assert names(table("sort=-height"))[0] == "Zeder"


@pytest.mark.parametrize("asked", ["price", "-price", "secret", "__class__", "name;drop"])
def test_only_declared_columns_can_be_sorted_by(asked):
    assert names(table(f"sort={asked}")) == names(table())


def test_a_filter_takes_only_its_own_choices():
    assert names(table("kind=leaf")) == ["Birke", "Ölweide"]
    assert len(names(table("kind=cone"))) == 4


def test_search_finds_umlauts_however_they_are_typed():
    assert names(table("q=oelweide")) == names(table("q=ÖLW")) == ["Ölweide"]


def test_an_impossible_page_shows_the_nearest_one():
    assert names(table("page=99", per_page=3)) == ["Zeder"]
    assert names(table("page=nonsense", per_page=3))[0] == "Apfel"


def test_links_keep_what_was_asked_for_and_start_again_on_page_one():
    shown = table("q=e&kind=leaf&page=2&other=1", per_page=1)
    link = shown.heads[1].link
    assert "kind=leaf" in link
    assert "other=1" in link
    assert "page=" not in link
    assert "kind=" not in shown.clear_link


def test_the_second_press_on_a_column_turns_the_order():
    head = table("sort=height").heads[1]
    assert head.aria_sort == "ascending"
    assert head.link == "?sort=-height"


def test_two_tables_on_one_page_do_not_disturb_each_other():
    shown = table("a.sort=-name&sort=height", prefix="a.")
    assert names(shown)[0] == "Zeder"
    assert ("sort", "height") in shown.kept_params


def test_the_page_is_a_real_table_that_says_how_it_is_sorted():
    html = page(table("sort=-name"))
    assert '<caption class="table-caption">Bäume</caption>' in html
    assert html.count('scope="col"') == 4
    assert html.count('scope="row"') == 4
    assert html.count('aria-sort="descending"') == 1
    assert "1.200,50\u00a0€" in html
    assert "\u22125,00\u00a0€" in html
    assert '<time datetime="2026-03-05">05.03.2026</time>' in html


def test_what_people_typed_never_becomes_markup():
    html = page(
        table("q=%22%3E%3Cscript%3E", rows=[{**TREES[0], "name": "<script>alert(1)</script>"}], search=("kind",))
    )
    assert "<script>" not in html
    assert "<script>" not in page(table(rows=[{**TREES[0], "name": "<script>alert(1)</script>"}]))


def test_an_empty_list_says_so_and_an_empty_search_shows_the_way_back():
    assert "Noch keine Bäume." in page(table(rows=[], empty="Noch keine Bäume."))
    html = page(table("q=Palme"))
    assert "Dazu wurde nichts gefunden." in html
    assert 'href="?"' in html


def test_downloads_carry_the_same_question_along():
    shown = table("q=e&page=2", downloads={"csv": "/liste.csv"})
    assert shown.download_links == [("csv", "/liste.csv?q=e")]
    assert 'href="/liste.csv?q=e"' in page(shown)


def test_a_path_ends_quietly_where_nothing_is():
    assert reach({"a": None}, "a.b.c") is None
    assert reach({"a": "x"}, "a.upper") == "X"


def test_a_queryset_is_sorted_narrowed_and_searched_by_the_database():
    columns = [Column("codename", "Name", sort=("content_type__model", "-codename"))]
    only = Filter("model", "Modell", [("permission", "Recht")], "content_type__model")
    params = QueryDict("sort=-codename&model=permission&q=Änd")
    found = Table("Rechte", columns, Permission.objects.all(), params, [only], ("name",)).found
    assert found.query.order_by == ("-content_type__model", "codename", "pk")
    sql = str(found.query)
    assert "permission" in sql
    assert "aend" in sql
    assert "Änd" in sql
