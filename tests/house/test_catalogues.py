"""Whoever reads the house in English reads all of it in English."""

import pytest

from verbundwerk.base import catalogues


@pytest.mark.parametrize("room", sorted(catalogues.rooms()))
def test_no_text_of_a_room_is_missing_in_another_language(room):
    assert [str(gap) for gap in catalogues.gaps(room)] == []


def test_all_rooms_translate_one_text_in_one_way():
    assert [str(gap) for gap in catalogues.gaps() if "otherwise" in gap.problem] == []
