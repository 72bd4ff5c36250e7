"""Free seats: enough to know whether it is worth asking, too little to count anybody."""

from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.disclosure.rules import told_places


def test_a_course_nobody_has_booked_says_its_exact_number():
    assert str(told_places(12, 0)) == "12"


def test_a_full_course_says_nothing():
    assert told_places(12, 12) is None


def test_from_the_first_booking_on_a_range_is_said():
    assert [str(told_places(12, taken)) for taken in (1, 6, 7, 11)] == ["6–11", "6–11", "1–5", "1–5"]


@given(st.integers(2, 200), st.data())
def test_whoever_knows_the_capacity_and_its_own_seats_finds_five_possible_numbers_for_the_others(capacity, data):
    """Every number of taken seats that would be told alike; fewer only where the course itself has fewer."""
    taken = data.draw(st.integers(1, capacity - 1))
    told = told_places(capacity, taken)
    alike = [one for one in range(1, capacity) if told_places(capacity, one) == told]
    assert taken in alike
    assert len(alike) >= min(5, capacity - 1)


@given(st.integers(7, 60), st.data())
def test_between_two_looks_the_size_of_a_booking_is_not_the_difference(capacity, data):
    """Somebody books between two looks. Of the exact numbers it would be the difference; of the ranges at least four
    sizes agree with what was read."""
    before = data.draw(st.integers(1, capacity - 6))
    size = data.draw(st.integers(1, 5))
    read = told_places(capacity, before), told_places(capacity, before + size)
    sizes = {
        later - one
        for one in range(1, capacity)
        for later in range(one + 1, capacity)
        if (told_places(capacity, one), told_places(capacity, later)) == read
    }
    assert len(sizes) >= 4
