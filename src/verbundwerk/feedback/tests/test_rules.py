"""Numbers in which nobody can be found: for every group there is."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.feedback import rules
from verbundwerk.feedback.rules import Closed, Said

LEVEL = st.integers(0, 3)
GROUPS = st.lists(st.lists(LEVEL, min_size=2, max_size=2), min_size=5, max_size=30)
CHOSEN = st.sampled_from([{}, {"clear": ["5"]}, {"clear": ["1"]}, {"useful": ["3"]}, {"useful": ["3"], "clear": ["2"]}])
SAID = st.builds(Said, CHOSEN, st.sampled_from(["", "Gut", "gut", "Äpfel", "Zu kurz", "Mehr üben"]))


def all_added(answers):
    counts, texts = {}, []
    for one in answers:
        counts, texts = rules.added(counts, texts, one)
    return counts, texts


# -- adding up -------------------------------------------------------------------------
@given(st.lists(SAID, max_size=4))
def test_whoever_reads_the_result_cannot_tell_in_which_order_people_answered(answers):
    assert len({repr(all_added(one)) for one in permutations(answers)}) == 1


@given(st.lists(SAID, max_size=12))
def test_every_answer_is_counted_once(answers):
    counts, texts = all_added(answers)
    assert sum(counts.get("clear", {}).values()) == sum("clear" in one.chosen for one in answers)
    assert len(texts) == sum(bool(one.text) for one in answers)


@given(st.dictionaries(st.sampled_from("12345"), st.integers(0, 9)))
def test_a_question_fewer_than_five_answered_has_no_mean(answers):
    assert (rules.mean(answers) is None) == (sum(answers.values()) < 5)


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(0, 12)))
def test_of_what_fewer_than_five_ticked_not_even_the_order_is_told(answers):
    rare = [one for one, count in rules.ranked(answers, "abcde") if count is None]
    assert rare == [one for one in "abcde" if answers.get(one, 0) < 5]


# -- levels ----------------------------------------------------------------------------
@given(st.lists(st.lists(LEVEL, min_size=1, max_size=1), max_size=4))
def test_four_answers_make_no_picture(answers):
    assert rules.level_profile(answers) is None


@given(GROUPS)
def test_the_picture_is_the_same_in_whatever_order_people_answered(answers):
    assert rules.level_profile(answers) == rules.level_profile(list(reversed(answers)))


@given(GROUPS, st.data())
def test_no_band_rests_on_the_lowest_or_the_highest_person_alone(answers, data):
    """Whoever is furthest out may say anything further out: nobody sees a difference."""
    found = rules.level_profile(answers)
    lowest = min(range(len(answers)), key=lambda n: answers[n][0])
    changed = [list(one) for one in answers]
    changed[lowest][0] = data.draw(st.integers(0, answers[lowest][0]))
    other = rules.level_profile(changed)
    assert found is not None
    assert other is not None
    assert found.bands[0] == other.bands[0]


@given(st.integers(5, 30), LEVEL, LEVEL)
def test_one_outsider_never_makes_the_group_mixed(people, level, other):
    answers = [[level]] * (people - 1) + [[other]]
    found = rules.level_profile(answers)
    assert found is not None
    assert not found.wide
    assert found.bands == [(level, level)]


def test_beginners_beside_masters_are_too_mixed_for_one_course():
    found = rules.level_profile([[0, 0], [0, 0], [0, 1], [2, 2], [2, 3], [3, 3]])
    assert found is not None
    assert found.wide


def test_one_level_apart_is_one_course():
    found = rules.level_profile([[1], [1], [1], [2], [2], [2]])
    assert found is not None
    assert not found.wide


@pytest.mark.parametrize(
    ("goals", "contents", "told"),
    [
        ("Sicher arbeiten.", "Freischalten\nMessen", ["Freischalten", "Messen"]),
        ("Sicher arbeiten; sicher messen", "Übungen", ["Sicher arbeiten", "sicher messen"]),
        ("Sicher arbeiten.", "Übungen", ["Sicher arbeiten", "Übungen"]),
        ("", "- Messen,\n- Messen\n\n•Prüfen", ["Messen", "Prüfen"]),
        ("", " ;\n- ", []),
    ],
)
def test_people_are_asked_about_the_lines_the_course_describes_itself_with(goals, contents, told):
    assert rules.competences(goals, contents) == told


@given(st.text(), st.text())
def test_a_check_takes_five_minutes_whatever_was_written(goals, contents):
    found = rules.competences(goals, contents)
    assert len(found) <= rules.MOST_ITEMS
    assert all(found)


# -- periods ---------------------------------------------------------------------------
ROUNDS = st.lists(st.tuples(st.integers(0, 9), st.dates(date(2025, 1, 1), date(2027, 12, 31))), max_size=25)


def periods(rounds, today):
    closed = [Closed(n, answers, on) for n, (answers, on) in enumerate(rounds)]
    return rules.in_periods(closed, today)


@given(ROUNDS, st.dates(date(2025, 1, 1), date(2028, 6, 30)))
def test_no_period_tells_fewer_than_three_courses_or_five_answers(rounds, today):
    for one in periods(rounds, today):
        assert len(one.rounds) >= 3
        assert one.answers >= 5
        assert one.last < rules.quarter_of(today)


@given(ROUNDS, st.dates(date(2025, 1, 1), date(2028, 6, 30)), st.integers(0, 400))
def test_what_was_told_once_stands_there_for_ever_so_that_no_difference_shows_a_course(rounds, today, later):
    """Whoever looks again later finds the same periods, and new ones behind them."""
    before, after = periods(rounds, today), periods(rounds, today + timedelta(days=later))
    assert after[: len(before)] == before
    told = [one for period in after for one in period.rounds]
    assert len(told) == len(set(told))


def test_a_quarter_with_two_courses_is_told_with_the_next_one():
    rounds = [(4, date(2026, 2, 1)), (4, date(2026, 3, 1)), (2, date(2026, 5, 1))]
    assert [str(one) for one in periods(rounds, date(2026, 7, 1))] == ["1/2026 – 2/2026"]
    assert periods(rounds, date(2026, 6, 30)) == []


def test_the_order_of_courses_ended_on_one_day_changes_nothing():
    rounds = [(3, date(2026, 2, 1))] * 3
    assert {one[0].answers for one in (periods(list(some), date(2026, 7, 1)) for some in permutations(rounds))} == {9}
