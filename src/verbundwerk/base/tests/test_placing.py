"""Words on a map never cover each other."""

import re

from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.base.charts import Point, RegionMap, Shape
from verbundwerk.base.charts.placing import Box, Taken, box_of_lines

BOXES = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    *(st.integers(0, 100), st.integers(0, 100), st.integers(1, 40), st.integers(1, 40)),
)
SHEET = Box(0, 0, 200, 200)


@given(st.lists(st.lists(BOXES, min_size=1, max_size=4), max_size=12))
def test_what_is_placed_meets_nothing_that_stands_there(wishes):
    taken = Taken(SHEET)
    for places in wishes:
        taken.first_free(places)
    assert not any(one.meets(other) for n, one in enumerate(taken.boxes) for other in taken.boxes[:n])


@given(st.lists(BOXES, min_size=1, max_size=5), st.lists(BOXES, max_size=5))
def test_only_what_fits_nowhere_is_left_out(places, there):
    free = [n for n, box in enumerate(places) if not any(box.meets(one) for one in there)]
    assert Taken(SHEET, list(there)).first_free(places) == (free[0] if free else None)


def test_nothing_is_placed_outside_the_sheet():
    taken = Taken(SHEET)
    assert taken.first_free([Box(190, 10, 210, 20), Box(150, 10, 170, 20)]) == 1


def test_longer_words_take_more_room_to_the_side_they_grow_to():
    short, long = (box_of_lines([text], 100, 50, 20, "end") for text in ("Peine", "Wolfenbüttel"))
    assert short.right == long.right == 100
    assert long.left < short.left


def test_a_district_steps_aside_for_the_dot_in_its_middle_and_the_dot_keeps_its_name_where_there_is_room():
    square = Shape("a", "Peine", "M0 0H400V400H0Z", (200, 200), value="12")
    drawn = str(RegionMap("Karte", [square], "0 0 400 400", [Point(200, 195, "Stederdorf")]).drawing()[0])
    heights = {name: float(y) for y, name in re.findall(r'<text[^>]* y="([\d.]+)"[^>]*>([^<]+)<', drawn)}
    assert abs(heights["Peine"] - 200) > 19
    assert "Stederdorf" in heights


def test_a_dot_without_room_is_named_in_the_table_only():
    crowd = [Point(50, 20.0 * n, f"Ort mit langem Namen {n}", value="1 Kurs", radius=20) for n in range(1, 6)]
    plan = RegionMap("Karte", [], "0 0 100 120", crowd)
    assert str(plan.drawing()[0]).count("<text") < 5
    assert len(plan.table()[1]) == 5
