from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.disclosure.rules import Band, band, disclosed_seats, may_be_shown, shown_groups

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


# --- groups of people ------------------------------------------------------------------------------
@pytest.mark.parametrize(("groups", "most"), [(4, 13), (5, 9)])
def test_who_knows_total_and_method_still_cannot_work_out_a_small_group(groups, most):
    """Every table there is: what is told together with the total always leaves several sizes for each small group."""
    told = defaultdict(list)
    for sizes in product(range(most), repeat=groups):
        shown = shown_groups(dict(enumerate(sizes)))
        told[sum(sizes), shown and tuple(shown.values())].append(sizes)
    for (total, shown), tables in told.items():
        if shown is None or total > most - 1:  # above, tables with a larger group are not in the list
            continue
        for group in range(groups):
            possible = {sizes[group] for sizes in tables}
            assert min(possible) >= 5 or len(possible) >= 3, (total, shown, possible)


@pytest.mark.parametrize(("groups", "most"), [(4, 13), (5, 9)])
def test_that_nothing_is_shown_does_not_tell_a_group_either(groups, most):
    hidden = defaultdict(list)
    for sizes in product(range(most), repeat=groups):
        if shown_groups(dict(enumerate(sizes))) is None:
            hidden[sum(sizes)].append(sizes)
    for total, tables in hidden.items():
        if 2 <= total < most:
            assert all(len({sizes[group] for sizes in tables}) >= 2 for group in range(groups)), total


def test_a_small_group_is_told_like_nobody():
    shown = shown_groups({"early": 12, "late": 3, "night": 0, "day": 7})
    assert shown == {"early": Band(10, 19), "late": Band(0, 4), "night": Band(0, 4), "day": Band(5, 9)}


def test_figures_that_give_a_small_group_away_are_not_shown_at_all():
    """15 in all and 10 to 19 plus 5 to 9: then the others could only be nobody."""
    assert shown_groups({"early": 10, "late": 0, "night": 0, "day": 5}) is None


@given(st.dictionaries(st.integers(0, 8), st.integers(0, 300), max_size=9))
def test_no_band_splits_what_lies_below_five(people):
    for band_ in (shown_groups(people) or {}).values():
        assert (band_.lower, band_.upper) == (0, 4) or band_.lower >= 5
