"""Attempts to unmask a firm by one figure, by two weeks, by two readers, by a coalition. None may get too close."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verbundwerk.disclosure.rules import (
    Contribution,
    Level,
    Memory,
    Part,
    Scope,
    counted,
    disclosed_seats,
    enough_changed,
    may_be_shown,
    this_week,
    told_seats,
    under_roofs,
)
from verbundwerk.disclosure.tests import attacker
from verbundwerk.needs.terms import Confidentiality

quickly = settings(deadline=None, suppress_health_check=list(HealthCheck))
crowd = st.lists(st.integers(1, 9), min_size=1, max_size=8)
seats = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(1, 9), max_size=10)


# --- one figure --------------------------------------------------------------------------
@pytest.mark.slow  # thousands of crowds, each seen from every chair
@given(crowd)
@settings(quickly, max_examples=600)
def test_whoever_takes_its_own_seats_away_still_faces_a_crowd_that_keeps_the_thresholds(sizes):
    firms = dict(enumerate(sizes))
    if told_seats(firms) is None:
        return
    for own in firms:
        others = {one: count for one, count in firms.items() if one != own}
        assert len(others) >= 3
        assert attacker.hides(list(others.values()))


@pytest.mark.parametrize("told", ["1–2", "3–5", "6–10", "11–15", pytest.param("16–25", marks=pytest.mark.slow)])
def test_a_contributor_who_even_knows_who_takes_part_cannot_tell_one_firms_seats(told):
    """Every crowd there is under this band. Whoever contributes, knows the rules and knows how many take part finds
    at least three possible numbers for the seats of the others."""
    lower, upper = (int(one) for one in told.split("–"))
    for firms in range(1, min(upper, 12) + 1):
        found = attacker.from_chairs(_crowds_told(firms, lower, upper), 1)
        assert [own for own, sizes in found.items() if max(sizes) - min(sizes) < 2] == []


@pytest.mark.parametrize("told", ["6–10", "11–15"])
def test_two_firms_that_talk_never_know_a_third_ones_seats(told):
    """The promise against a coalition of two: at least two others are in it, and of no firm they can say that it has
    a certain number of seats, as long as nobody tells them who takes part: none or some are always possible."""
    lower, upper = (int(one) for one in told.split("–"))
    every = [crowd for firms in range(1, upper + 1) for crowd in _crowds_told(firms, lower, upper)]
    assert min(len(crowd) for crowd in every) == 4
    assert all(max(sizes) > 0 for sizes in attacker.from_chairs(every, 2).values())


def _crowds_told(firms, lower, upper):
    every = (crowd for total in range(lower, upper + 1) for crowd in attacker.crowds(firms, total))
    return [crowd for crowd in every if told_seats(dict(enumerate(crowd)))]


def test_thresholds_alone_would_say_too_much():
    """The negative controls: what the attacker finds where only the thresholds are asked."""
    thresholds_only = [
        crowd
        for total in range(6, 11)
        for crowd in attacker.crowds(4, total)
        if attacker.hides(crowd) and all(attacker.hides([*crowd[:own], *crowd[own + 1 :]]) for own in range(4))
    ]
    assert attacker.from_chairs(thresholds_only, 1)[4,] == {2}, "who has four of ten reads: two each"
    assert told_seats(dict(enumerate([4, 2, 2, 2]))) is None
    assert attacker.from_chairs([(1,) * 10], 1)[1,] == {1}, "ten firms, and the band ends at ten"
    assert told_seats(dict.fromkeys(range(10), 1)) is None


def test_from_outside_three_may_be_told_and_from_inside_four_are_needed():
    assert str(disclosed_seats({"a": 5, "b": 4, "c": 3})) == "11–15"
    assert told_seats({"a": 5, "b": 4, "c": 3}) is None
    assert str(told_seats({"a": 3, "b": 3, "c": 3, "d": 3})) == "11–15"


# --- walls, levels, roofs ------------------------------------------------------------------
levels = st.sampled_from(list(Level))
contributions = st.lists(st.builds(Contribution, st.sampled_from("abcdef"), st.integers(1, 9), levels, st.booleans()))


def test_the_levels_are_those_of_the_needs():
    assert {one.value for one in Level} == set(Confidentiality.values)


@given(contributions)
@settings(quickly, max_examples=250)
def test_what_is_confidential_or_walled_changes_nothing_anybody_sees(every):
    quiet = [one for one in every if one.level != Level.CONFIDENTIAL and not one.walled]
    for scope in Scope:
        assert counted(every, scope) == counted(quiet, scope)


@given(contributions)
@settings(quickly, max_examples=250)
def test_only_the_topic_never_counts_where_a_place_or_a_window_is_told(every):
    assert counted(every, Scope.DETAIL) == counted([one for one in every if one.level == Level.OPEN], Scope.TOPIC)


@given(contributions)
@settings(quickly, max_examples=200)
def test_two_readers_with_and_without_a_wall_read_the_same(every):
    """There is nobody to compare notes with: the figure does not ask who reads it. What would happen if it did is
    the control: counting the walled firm for those it is not walled from shows its seats in the difference."""
    figure = told_seats(counted(every, Scope.TOPIC))
    without_walls = [Contribution(one.firm, one.seats, one.level) for one in every if not one.walled]
    assert figure == told_seats(counted(without_walls, Scope.TOPIC))


@given(seats, st.dictionaries(st.sampled_from("abcdefghij"), st.sampled_from("AB")))
@settings(quickly, max_examples=200)
def test_firms_under_one_roof_count_as_one(firms, roofs):
    merged = under_roofs(firms, roofs)
    assert sum(merged.values()) == sum(firms.values())
    if told_seats(merged):
        assert may_be_shown(merged)
        assert len(merged) >= 4


# --- week by week ----------------------------------------------------------------------------
def week(parts, memories):
    """The words of a week, and the memory afterwards."""
    words = this_week([Part(key, firms) for key, firms in parts.items()], memories, total="")
    after = {}
    for key in {*words, *memories}:
        known, word = memories.get(key, Memory()), words.get(key)
        stands = word.basis if word else None
        ended = known.stands is not None and known.stands != stands
        after[key] = Memory(stands, (*known.earlier, known.stands) if ended else known.earlier)
    return words, after


steps = st.lists(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 6), min_size=1, max_size=4), min_size=1, max_size=6
)


@pytest.mark.slow  # whole histories of a figure
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 6), min_size=4), steps)
@settings(quickly, max_examples=80)
def test_between_any_two_words_of_a_figure_enough_firms_have_changed(start, changes):
    """Also between words far apart: whoever keeps old printouts learns no more."""
    firms, memories, bases = dict(start), {}, []
    for change in [{}, *changes]:
        firms = {one: count for one, count in {**firms, **change}.items() if count}
        words, memories = week({"x": firms}, memories)
        for key in ("x", ""):
            if words[key]:
                bases.append((key, words[key].basis))
    for key, one in bases:
        for other_key, other in bases:
            assert key != other_key or one == other or enough_changed(one, other)


@pytest.mark.slow  # as above
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 6), min_size=4), st.integers(1, 6))
@settings(quickly, max_examples=120)
def test_one_firm_that_joins_or_leaves_changes_nothing_anybody_reads(start, joins):
    words, memories = week({"x": start}, {})
    if words["x"] is None:
        return
    for firms in ({**start, "new": joins}, {one: n for one, n in start.items() if one != min(start)}):
        later, _after = week({"x": firms}, memories)
        assert (later["x"].seats, later["x"].firms) == (words["x"].seats, words["x"].firms)


def test_one_firm_cannot_feel_for_the_edge_of_a_band_by_changing_its_own_need():
    """The negative control beside it: without the memory every week would answer."""
    firms = {"a": 2, "b": 2, "c": 2, "d": 2}
    words, memories = week({"x": firms}, {})
    read, live = set(), set()
    for own in (2, 3, 4, 3, 2):
        words, memories = week({"x": {**firms, "a": own}}, memories)
        read.add(str(words["x"].seats))
        live.add(str(told_seats({**firms, "a": own}) or ""))
    assert read == {"6–10"}
    firms = {"a": 2, "b": 3, "c": 3, "d": 2}
    assert {str(told_seats({**firms, "a": own})) for own in (2, 3)} == {"6–10", "11–15"}


def test_when_enough_firms_have_changed_the_figure_follows():
    firms = {"a": 2, "b": 2, "c": 2, "d": 2}
    _words, memories = week({"x": firms}, {})
    words, _memories = week({"x": {**firms, "e": 3, "f": 3, "g": 3}}, memories)
    assert str(words["x"].seats) == "16–25"


def test_a_figure_that_comes_back_is_compared_with_all_that_were_told():
    """Three firms leave, the same three come back with a fourth: compared with the first week only one is new."""
    firms = {"a": 2, "b": 2, "c": 2, "d": 2, "e": 2}
    _words, memories = week({"x": firms}, {})
    words, memories = week({"x": {"d": 2, "e": 2}}, memories)
    assert words["x"] is None
    words, memories = week({"x": {**firms, "new": 4}}, memories)
    assert words["x"] is None


@pytest.mark.slow  # as above
@given(st.lists(st.dictionaries(st.sampled_from("xyz"), seats, min_size=3), min_size=1, max_size=3))
@settings(quickly, max_examples=40)
def test_the_parts_of_a_week_and_their_total_belong_together(weeks):
    memories = {}
    for parts in weeks:
        words, memories = week(parts, memories)
        shown = [words[key] for key in parts if words[key]]
        if words[""] and len(shown) == len(parts) and words[""].basis == _sum(words[key].basis for key in parts):
            assert sum(one.seats.lower for one in shown) <= (words[""].seats.upper or 10**9)


def _sum(bases):
    total = {}
    for one in bases:
        for firm, count in one.items():
            total[firm] = total.get(firm, 0) + count
    return total
