from datetime import date

from verbundwerk.base.lines import Line, most_pressing


def test_what_is_late_comes_before_what_waits_and_what_comes_soon():
    lines = [
        Line("bald", "/1/", kind="soon", weight=9),
        Line("wartet", "/2/"),
        Line("zu spät", "/3/", kind="late", weight=1),
    ]

    assert [line.text for line in most_pressing(lines, limit=7)] == ["zu spät", "wartet", "bald"]


def test_among_equals_the_heavier_then_the_sooner_line_comes_first():
    later = Line("später", "/1/", due_on=date(2025, 5, 2))
    sooner = Line("früher", "/2/", due_on=date(2025, 5, 1))
    undated = Line("ohne Tag", "/3/")
    heavy = Line("schwer", "/4/", weight=8)

    assert most_pressing([undated, later, sooner, heavy], limit=7) == [heavy, sooner, later, undated]


def test_nobody_gets_more_lines_than_asked_for():
    assert len(most_pressing([Line(str(n), "/") for n in range(30)], limit=7)) == 7
