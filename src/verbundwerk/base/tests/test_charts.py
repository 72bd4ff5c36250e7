"""Charts for everybody: a picture, its sentence, its numbers; sharp on paper, safe under a strict policy."""

import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.base.charts import (
    Bar,
    BarChart,
    Curve,
    CurveChart,
    Level,
    Mark,
    Point,
    Progress,
    RegionMap,
    Shape,
    Span,
    Timeline,
    Track,
)
from verbundwerk.base.charts.curve import even_ticks
from verbundwerk.base.figures import euro_text

EVIL = '"><script>alert(1)</script>&'
SPAN = Span(date(2026, 3, 2), date(2026, 3, 6), EVIL)
CHARTS = [
    BarChart(EVIL, [Bar(EVIL, 3, tone="second"), Bar("Peine", 0)], tones=[("second", EVIL)]),
    BarChart("leer", []),
    CurveChart(EVIL, [Curve(EVIL, [(4, 9), (5, 7)], steps=True)], EVIL, EVIL, [Level(EVIL, 8)], [Mark(5, 7, EVIL)]),
    CurveChart("leer", [], "x", "y"),
    Timeline(EVIL, [Track(EVIL, [SPAN])], today=date(2026, 3, 3)),
    Timeline("leer", []),
    Progress(EVIL, 3, 8, EVIL, mark=5, mark_label=EVIL),
    RegionMap(EVIL, [Shape("a", EVIL, "M0 0H9V9Z", (4, 4), 2, EVIL)], "0 0 20 20", [Point(1, 2, EVIL, EVIL)]),
]


def html(chart, **more) -> str:
    return Template("{% load charts %}{% chart chart %}").render(Context({"chart": chart, **more}))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: f"{type(chart).__name__}-{len(str(chart.title))}")
class TestEveryChart:
    def test_it_is_sound_xml_and_names_itself(self, chart):
        root = ET.fromstring(chart.svg)
        assert root.get("role") == "img"
        parts = {part.get("id"): part for part in root if part.get("id")}
        assert parts[root.get("aria-labelledby")].text == str(chart.title)
        assert parts[root.get("aria-describedby")].text

    def test_it_obeys_a_policy_without_inline_style_and_script(self, chart):
        told = html(chart)
        assert "<script" not in told
        assert not re.search(r"\sstyle=|\son[a-z]+=", re.sub(r'"[^"]*"', '""', told))

    def test_its_numbers_stand_in_a_table(self, chart):
        heads, lines = chart.table()
        told = html(chart)
        assert "<details" in told
        assert told.count('scope="row"') == len(lines)
        assert all(len(line) == len(heads) for line in lines)

    def test_it_is_the_same_twice(self, chart):
        assert html(chart) == html(chart)


def widths(chart) -> list[float]:
    return [float(width) for width in re.findall(r'width="([\d.]+)%" height="18" rx="2"', chart.svg)]


def test_bars_are_as_long_as_their_values():
    assert widths(BarChart("x", [Bar("a", 10), Bar("b", 5), Bar("c", 0)])) == [100, 50, 0]


def test_two_charts_can_share_one_scale():
    assert widths(BarChart("x", [Bar("a", 10)], maximum=40)) == [25]


def test_a_striped_bar_differs_without_colour():
    assert "url(#" in BarChart("x", [Bar("a", 1, tone="second")]).svg
    assert "url(#" not in BarChart("x", [Bar("a", 1)]).svg


def test_an_unknown_tone_is_a_mistake_seen_at_once():
    with pytest.raises(ValueError, match="pink"):
        _ = BarChart("x", [Bar("a", 1, tone="pink")]).svg


def test_a_price_curve_says_limit_and_own_place_in_words():
    chart = CurveChart(
        "Preis je Platz", [Curve("Angebot", [(4, 150_000), (10, 66_000)])], "Plätze", "Preis",
        levels=[Level("Ihre Grenze", 90_000)], marks=[Mark(10, 66_000, "heute")],
        y_text=lambda cents: euro_text(int(cents)),
    )  # fmt: skip
    assert "Ihre Grenze: 900,00\u00a0€." in chart.sentence()
    assert "heute: 10, 660,00\u00a0€." in chart.sentence()
    assert chart.table()[1] == [["4", "1.500,00\u00a0€"], ["10", "660,00\u00a0€"]]


def test_a_stepped_curve_holds_its_value_until_the_next_point():
    assert re.search(
        r'd="M[\d.]+ [\d.]+H[\d.]+V', CurveChart("x", [Curve("a", [(1, 5), (2, 3)], steps=True)], "x", "y").svg
    )


@given(st.floats(-1e7, 1e7), st.floats(-1e7, 1e7))
def test_ticks_enclose_all_values_and_stay_few(one, other):
    low, high = min(one, other), max(one, other)
    ticks = even_ticks(low, high)
    assert ticks[0] <= low + 1e-6 * (1 + abs(low))
    assert ticks[-1] >= high - 1e-6 * (1 + abs(high))
    assert 2 <= len(ticks) <= 7


def test_a_timeline_marks_today_only_inside_its_frame():
    tracks = [Track("a", [Span(date(2026, 3, 2), date(2026, 3, 20), "b")])]
    assert "heute" in Timeline("x", tracks, today=date(2026, 3, 9)).svg
    assert "heute" not in Timeline("x", tracks, today=date(2027, 3, 9)).svg


def test_a_half_of_the_days_is_half_of_the_line():
    span = Span(date(2026, 6, 1), date(2026, 6, 15), "b")
    chart = Timeline("x", [Track("a", [span])], starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30))
    assert 'x="0%" y="53" width="50%"' in chart.svg


def test_progress_turns_good_when_the_mark_is_reached():
    assert "chart-good" not in Progress("x", 7, 12, mark=8).svg
    assert "chart-good" in Progress("x", 8, 12, mark=8).svg
    assert Progress("x", 7, 12, "Plätze", mark=8).sentence() == "Plätze: 7 von 12, nötig: 8"
    assert Progress("x", 7, 100, "Prozent", of_hundred=True).sentence() == "7 Prozent erledigt"


def test_a_map_takes_no_path_that_is_not_a_path():
    with pytest.raises(ValueError, match="path"):
        Shape("a", "A", 'M0 0" onload="alert(1)')
