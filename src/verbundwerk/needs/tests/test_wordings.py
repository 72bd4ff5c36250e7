from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.needs import wordings
from verbundwerk.needs.moments import Span, Unclear, span_in

TODAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("15.03.27", (2027, 3, 15), (2027, 3, 15)),
        ("15.3.2027", (2027, 3, 15), (2027, 3, 15)),
        ("15.03.", (2027, 3, 15), (2027, 3, 15)),
        ("Mo, 15.03.2027", (2027, 3, 15), (2027, 3, 15)),
        ("2027-03-15", (2027, 3, 15), (2027, 3, 15)),
        (date(2027, 3, 15), (2027, 3, 15), (2027, 3, 15)),
        (
            datetime(2027, 3, 15, 8, 0),  # noqa: DTZ001 - cells know no time zone
            (2027, 3, 15),
            (2027, 3, 15),
        ),
        ("15. März 2027", (2027, 3, 15), (2027, 3, 15)),
        ("März 2027", (2027, 3, 1), (2027, 3, 31)),
        ("Mrz 27", (2027, 3, 1), (2027, 3, 31)),
        ("März '27", (2027, 3, 1), (2027, 3, 31)),
        ("maerz", (2027, 3, 1), (2027, 3, 31)),
        ("Dezember", (2026, 12, 1), (2026, 12, 31)),
        ("03/2027", (2027, 3, 1), (2027, 3, 31)),
        ("02.2028", (2028, 2, 1), (2028, 2, 29)),
        ("KW 12", (2027, 3, 22), (2027, 3, 28)),
        ("KW12/27", (2027, 3, 22), (2027, 3, 28)),
        ("12. KW 2027", (2027, 3, 22), (2027, 3, 28)),
        ("KW 10-14", (2027, 3, 8), (2027, 4, 11)),
        ("KW 10 - KW 14 2027", (2027, 3, 8), (2027, 4, 11)),
        ("Q2/27", (2027, 4, 1), (2027, 6, 30)),
        ("2. Quartal 2027", (2027, 4, 1), (2027, 6, 30)),
        ("Q2", (2027, 4, 1), (2027, 6, 30)),
        ("1. Halbjahr 2027", (2027, 1, 1), (2027, 6, 30)),
        ("H1 2027", (2027, 1, 1), (2027, 6, 30)),
        ("Frühjahr 2027", (2027, 3, 1), (2027, 5, 31)),
        ("Mitte März 2027", (2027, 3, 11), (2027, 3, 20)),
        ("Ende Februar 2027", (2027, 2, 21), (2027, 2, 28)),
        ("2027", (2027, 1, 1), (2027, 12, 31)),
        ("März bis Juni 2027", (2027, 3, 1), (2027, 6, 30)),
        ("März-Juni", (2027, 3, 1), (2027, 6, 30)),
        ("Nov - Feb 2027", (2026, 11, 1), (2027, 2, 28)),
        ("01.03.27 - 30.06.27", (2027, 3, 1), (2027, 6, 30)),
        ("1.3.27–30.6.27", (2027, 3, 1), (2027, 6, 30)),
        ("10. - 14.3.2027", (2027, 3, 10), (2027, 3, 14)),
        ("ab März 2027", (2027, 3, 1), None),
        ("bis Juni 2027", None, (2027, 6, 30)),
        ("bis spätestens 30.6.", None, (2027, 6, 30)),
        ("sofort", (2026, 11, 2), None),
        ("ab sofort bis Juni", (2026, 11, 2), (2027, 6, 30)),
    ],
)
def test_times_as_people_write_them(written, first, last):
    assert span_in(written, TODAY) == Span(first and date(*first), last and date(*last))


@pytest.mark.parametrize(
    "written", ["31.02.2027", "KW 60", "irgendwann", "13/2027", "15.03.1927", "morgen früh", "?", ""]
)
def test_what_is_no_time_is_said_with_what_was_found_and_a_way_out(written):
    with pytest.raises(Unclear, match=r"März 2027"):
        span_in(written, TODAY)


def test_easter_is_not_guessed():
    with pytest.raises(Unclear, match=r"„bis Ostern“ liegt jedes Jahr anders"):
        span_in("bis Ostern", TODAY)


def test_a_span_that_ends_before_it_begins_is_said():
    with pytest.raises(Unclear, match="endet, bevor"):
        span_in("Juni 2027 bis März 2027", TODAY)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_never_breaks(text):
    for read in (lambda one: span_in(one, TODAY), wordings.seats_in, wordings.budget_in, wordings.yes_in):
        with suppress(Unclear):
            assert read(text) is not None


@given(st.dates(date(2026, 11, 3), date(2099, 12, 31)))
def test_a_written_day_is_that_day(day):
    assert span_in(f"{day:%d.%m.%Y}", TODAY) == Span(day, day)
    assert span_in(f"{day.day}.{day.month}.{day.year}", TODAY) == Span(day, day)


@given(st.dates(date(2026, 11, 3), date(2099, 12, 31)), st.integers(0, 400))
def test_a_span_lies_in_order(day, more):
    later = date.fromordinal(day.toordinal() + more)
    assert span_in(f"{day:%d.%m.%Y} - {later:%d.%m.%Y}", TODAY) == Span(day, later)


@pytest.mark.parametrize(
    ("written", "least", "most"),
    [
        ("3", 1, 3),
        (3, 1, 3),
        (5.0, 1, 5),
        ("2-3", 2, 3),
        ("2 – 3", 2, 3),
        ("2 bis 3 Personen", 2, 3),
        ("ca. 5", 1, 5),
        ("ca.5 TN", 1, 5),
        ("drei", 1, 3),
        ("zwei bis drei", 2, 3),
        ("mind. 4", 4, 4),
        ("max. 6", 1, 6),
        ("4 MA", 1, 4),
        ("5,0", 1, 5),
        ("zwölf", 1, 12),
        ("4x", 1, 4),
    ],
)
def test_numbers_as_people_write_them(written, least, most):
    assert wordings.seats_in(written) == (least, most)


@pytest.mark.parametrize("written", ["einige", "0", "-3", "3-2", "2+1", "1000", "", "null", "99999", "٣"])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(Unclear, match="keine Anzahl"):
        wordings.seats_in(written)


def test_a_number_that_became_a_date_is_explained():
    with pytest.raises(Unclear, match=r"02\.03\.2026"):
        wordings.seats_in(date(2026, 3, 2))


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("Früh", "early"),
        ("Frühschicht", "early"),
        ("FS/SS", None),
        ("Früh-/Spätschicht", "two"),
        ("2-Schicht", "two"),
        ("Wechselschicht", "two"),
        ("3 Schicht", "three"),
        ("Dreischicht", "three"),
        ("Früh, Spät, Nacht", "three"),
        ("Konti", "continuous"),
        ("Normalschicht", "day"),
        ("Tag", "day"),
        ("WE / Wochenende", "weekend"),
    ],
)
def test_shifts_as_people_write_them(written, term):
    if term is None:
        with pytest.raises(Unclear, match="Frühschicht"):
            wordings.word_in(written, wordings.SHIFTS, "Frühschicht")
    else:
        assert wordings.word_in(written, wordings.SHIFTS, "Frühschicht") == term


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("480", 48000),
        (480, 48000),
        (480.5, 48050),
        ("max. 480 €", 48000),
        ("1.200,50 €/TN", 120050),
        ("ca. 500 netto", 50000),
        ("bis 300 pro Person", 30000),
    ],
)
def test_budgets_as_people_write_them(written, cents):
    assert wordings.budget_in(written) == cents


@pytest.mark.parametrize(("written", "minutes"), [("45", 45), ("45 min", 45), ("1 h", 60), ("1,5 Std.", 90), (30, 30)])
def test_travel_times(written, minutes):
    assert wordings.amount_in(written, "minutes", 240) == minutes


def test_kilometres_are_not_guessed():
    with pytest.raises(Unclear, match="45 min"):
        wordings.amount_in("30 km", "minutes", 240)
