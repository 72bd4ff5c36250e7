from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.disclosure.rules import band, disclosed_seats, may_be_shown

firms = st.dictionaries(st.integers(0, 30), st.integers(0, 60), max_size=12)


def test_two_firms_are_never_shown():
    assert disclosed_seats({"a": 5, "b": 5}) is None


def test_a_firm_with_ninety_percent_is_never_shown():
    assert disclosed_seats({"a": 18, "b": 1, "c": 1}) is None


def test_three_balanced_firms_are_shown_as_a_band():
    assert str(disclosed_seats({"a": 5, "b": 4, "c": 3})) == "11–15"


@given(firms)
def test_what_is_shown_hides_every_single_firm(seats):
    if may_be_shown(seats):
        counted = sorted((n for n in seats.values() if n), reverse=True)
        assert len(counted) >= 3
        assert counted[0] * 10 <= 6 * sum(counted)
        assert (counted[0] + counted[1]) * 100 <= 85 * sum(counted)


@given(st.integers(1, 5000))
def test_a_figure_lies_in_its_own_band(figure):
    told = band(figure)
    assert told.lower <= figure
    assert told.upper is None or figure <= told.upper


@given(firms)
def test_a_firm_without_seats_changes_nothing(seats):
    assert disclosed_seats(seats) == disclosed_seats({**seats, "empty": 0})
