"""Nobody works a hidden figure out of a table, whoever reads it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verbundwerk.disclosure.rules import TOTAL, Table, cell, column, line, protect, protection, row, told_seats
from verbundwerk.disclosure.rules.audit import OUTSIDER, bounds, exposures
from verbundwerk.disclosure.tests import attacker

quickly = settings(deadline=None, suppress_health_check=list(HealthCheck))
FIRMS = "abcdefg"
cells = st.dictionaries(st.sampled_from(FIRMS), st.integers(1, 4), max_size=6)
FOUR = {"a": 3, "b": 3, "c": 3, "d": 3}


few = st.dictionaries(st.sampled_from("abcde"), st.integers(1, 2), max_size=5)


def tables(rows, columns, inside=cells):
    keys = [(one, other) for one in range(rows) for other in range(columns)]
    return st.tuples(*[inside] * len(keys)).map(lambda all_of: Table(dict(zip(keys, all_of, strict=True))))


def hidden_of(table, protected):
    return frozenset(one for one in table.figures() if one not in protected.told)


# --- what a naive table would tell ------------------------------------------------------
def test_without_further_hiding_one_gap_in_a_row_can_be_filled_by_subtraction():
    """The negative control: the audit must see what primary suppression alone gives away."""
    table = line({"x": {"z": 18}, "y": dict.fromkeys("abcde", 2)})
    hidden = frozenset({cell("", "x"), row(""), column("x"), column("y")})
    low, high = bounds(table, hidden, cell("", "x"))
    assert (low, high) == (16, 44), "26–50 less 6–10"
    assert [one.eyes for one in exposures(table, hidden)], "18 seats, and everybody reads „at least 16“"
    assert protect(table).safe
    assert len(protect(table).told) == 1


def test_a_hidden_cell_between_narrow_bands_takes_a_neighbour_with_it():
    """One seat beside ten: 6–10 and 11–15 together say „at least one“, so somebody is there."""
    table = line({"x": {"z": 1}, "y": dict.fromkeys("abcde", 2)})
    unprotected = frozenset({cell("", "x"), row(""), column("x"), column("y")})
    assert bounds(table, unprotected, cell("", "x")) == (1, 9)
    assert [one.eyes for one in exposures(table, unprotected)][:1] == [OUTSIDER]
    protected = protect(table)
    assert protected.safe
    assert protected.cheapest
    assert len(protected.told) == 1, "either the part or the total, never both"


def test_the_smallest_sacrifice_is_chosen():
    table = line({"x": {"z": 1}, "y": dict.fromkeys("abcde", 2)})
    assert protect(table).extra == {cell("", "y")}
    assert TOTAL in protect(table).told


def test_what_was_told_before_is_not_taken_back():
    table = line({"x": {"z": 1}, "y": dict.fromkeys("abcde", 2)}, told=["y"])
    protected = protect(table)
    assert cell("", "y") in protected.told
    assert TOTAL not in protected.told


def test_zero_and_too_few_look_alike():
    table = line({"nobody": {}, "two": {"a": 4, "b": 4}, "many": FOUR})
    told = protect(table).told
    assert cell("", "nobody") not in told
    assert cell("", "two") not in told


# --- against generated tables -------------------------------------------------------------
@given(tables(3, 3))
@settings(quickly, max_examples=50)
def test_a_protected_table_passes_the_audit_and_tells_only_what_may_be_told(table):
    protected = protect(table)
    assert protected.safe
    for figure in protected.told:
        assert told_seats(table.seats(figure)) == protected.told[figure]


@pytest.mark.slow  # every table of four small numbers is tried
@given(tables(2, 2, few), st.sampled_from([OUTSIDER, *"abcde"]))
@settings(quickly, max_examples=15)
def test_an_attacker_who_tries_every_table_gets_no_closer_than_the_audit_says(table, eyes):
    """The audit's ranges are the true ones: neither too wide (unsafe) nor too narrow (wasteful)."""
    protected = protect(table)
    hidden, most = hidden_of(table, protected), 18
    told = {
        "cell": {(one.row, one.column): told for one, told in protected.told.items() if one.kind == "cell"},
        "row": {one.row: told for one, told in protected.told.items() if one.kind == "row"},
        "column": {one.column: told for one, told in protected.told.items() if one.kind == "column"},
        "total": dict.fromkeys([None], protected.told[TOTAL]) if TOTAL in protected.told else {},
    }
    known = {key: seats.get(eyes, 0) for key, seats in table.cells.items()}
    found = attacker.ranges(told, (2, 2), known, most)
    for key, (low, high) in found.items():
        figure = cell(*key)
        if figure not in hidden:
            continue
        least, greatest = bounds(table, hidden, figure, eyes)
        assert low == least
        assert high == min(greatest, most) or greatest > most
        others = {firm: count for firm, count in table.seats(figure).items() if firm != eyes}
        wanted = protection(sum(others.values()))
        if wanted and not attacker.hides(list(others.values())):
            value = sum(table.seats(figure).values())
            assert low <= value - wanted
            assert high >= value + wanted


@given(tables(2, 3))
@settings(quickly, max_examples=15)
def test_no_cheaper_choice_is_overlooked_when_one_is_called_cheapest(table):
    from itertools import combinations

    protected = protect(table)
    if not protected.cheapest or not protected.extra:
        return
    primary = hidden_of(table, protected) - protected.extra
    loss = {one: sum(table.seats(one).values()) for one in table.figures()}
    limit = sum(loss[one] for one in protected.extra)
    free = [one for one in table.figures() if one not in primary]
    for size in range(len(free)):
        for choice in combinations(free, size):
            if sum(loss[one] for one in choice) < limit:
                assert list(exposures(table, primary | set(choice)))


@pytest.mark.slow  # hundreds of generated lines, each read from the eyes of every firm
@given(st.dictionaries(st.integers(0, 9), cells, min_size=1))
@settings(quickly, max_examples=100)
def test_filters_of_a_line_and_their_sums_are_safe_for_every_reader(parts):
    assert protect(line(parts)).safe
