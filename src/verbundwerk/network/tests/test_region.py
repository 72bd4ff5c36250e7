"""Where things are and how far: nobody is sent over the Harz because a postal code was read wrongly."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.network import region
from verbundwerk.network.region import UnknownPlace, distance, estimate, find_place, place_of, places, project, shapes
from verbundwerk.network.terms import District

CODES = sorted(places())
# Places so near a border that the simplified outline leaves them on the other side.
ON_THE_EDGE = {"38110", "38465", "38479"}


def rings(path: str) -> list[list[tuple[float, float]]]:
    numbers = [[float(n) for n in re.findall(r"-?[\d.]+", part)] for part in path.split("M") if part.strip()]
    return [list(zip(part[::2], part[1::2], strict=True)) for part in numbers]


def is_inside(path: str, x: float, y: float) -> bool:
    """Even-odd rule: how often a ray to the right crosses the outline."""
    crossings = 0
    for ring in rings(path):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossings += 1
    return crossings % 2 == 1


def test_all_eight_districts_are_drawn_named_and_have_places():
    drawn = shapes()
    assert {shape.id for shape in drawn} == set(District.values) == {place.district for place in places().values()}
    assert [shape.label for shape in drawn if shape.id == "03158"] == ["Wolfenbüttel"]


@pytest.mark.parametrize("code", CODES)
def test_every_place_lies_inside_its_own_district_on_the_map(code):
    place = place_of(code)
    path = next(shape.path for shape in shapes() if shape.id == place.district)
    assert is_inside(path, *project(place.lat, place.lon)) or code in ON_THE_EDGE


@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: str(shape.label))
def test_the_name_of_a_district_stands_inside_it(shape):
    assert is_inside(shape.path, *shape.label_at)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("38100 Braunschweig", "38100"),
        ("D-38304 Wolfenbüttel", "38304"),
        ("BS", "38100"),
        ("bs", "38100"),
        ("Braunschw.", "38100"),
        ("BRAUNSCHWEIG", "38100"),
        ("WOB", "38440"),
        ("Wolfenbuettel", "38300"),
        ("Wolfenbuttel", "38300"),
        ("Wolfenbüttel", "38300"),
        ("Wolfsbrug", "38440"),
        ("Stadt Salzgitter", "38226"),
        ("SZ-Bad", "38226"),
        ("Salzgitter-Lebenstedt", "38226"),
        ("LK Peine", "31224"),
        ("Königslutter", "38154"),
        ("Gross Oesingen", "29393"),
        ("Goslar", "38640"),
        ("12345 Gifhorn", "38518"),
    ],
)
def test_places_are_found_as_people_write_them(written, code):
    assert find_place(written) == place_of(code)


@pytest.mark.parametrize("written", ["", "   ", "Hannover", "Wolf", "Bad", "30159", "x", "Berlin Mitte", "38"])
def test_what_could_mean_two_places_or_none_is_not_guessed(written):
    assert find_place(written) is None


def test_a_postal_code_outside_is_said_to_be_unknown():
    with pytest.raises(UnknownPlace, match="30159"):
        place_of("30159")


def test_known_ways_are_about_right():
    """Road distances between town centres; the estimate may be a fifth off."""
    for start, end, km in [
        ("38100", "38440", 34),
        ("38100", "38640", 46),
        ("31224", "38350", 66),
        ("38518", "38440", 22),
    ]:
        assert estimate(start, end).km == pytest.approx(km, rel=0.2)


def test_a_way_within_one_place_still_takes_a_moment():
    assert estimate("38100", "38100") == region.Way(8, 0)
    assert estimate("30159", "30159") == region.Way(8, 0)


def test_a_bulk_receiver_counts_as_its_town():
    assert estimate("38436", "38440").minutes == 8
    assert estimate("38299", "38300").minutes == 8


def test_what_lies_outside_is_too_far_for_a_day():
    assert estimate("30159", "38100") == region.FAR
    assert estimate("", "38100") == region.FAR


@given(st.sampled_from(CODES), st.sampled_from(CODES), st.sampled_from(CODES))
def test_ways_are_the_same_back_and_no_detour_is_shorter(start, end, over):
    assert estimate(start, end) == estimate(end, start)
    direct = distance(place_of(start), place_of(end))
    assert direct <= distance(place_of(start), place_of(over)) + distance(place_of(over), place_of(end)) + 1e-9
    assert 8 <= estimate(start, end).minutes < 200


def test_cities_and_counties_have_their_full_names():
    assert region.district_name("03101") == "Stadt Braunschweig"
    assert region.district_name("03157") == "Landkreis Peine"


def test_the_sources_are_named_beside_the_data():
    assert "GeoBasis-DE / BKG (2015), Daten verändert" in str(region.SOURCE)
    assert "CC BY 4.0" in (region.DATA / "README.md").read_text()
