"""The head of every page: whoever signs in finds rooms, search and their own name in one line where there is room."""

import pytest

from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network

pytestmark = pytest.mark.django_db(transaction=True)
ONE_LINE = 80  # CSS pixels
CROWDED = (Role.EMPLOYEE, Role.MENTOR, Role.HR, Role.WORKS_COUNCIL)


@pytest.mark.parametrize("role", CROWDED)
def test_the_rooms_of_everybody_stand_in_one_line_on_a_desk_and_nothing_is_pushed_out_on_a_phone(
    new_page, sign_in, role
):
    page = new_page()
    sign_in(page, network.person(role, name="Kevin Lüders"))
    page.goto("/heute/")
    for width in (1280, 1200, 1024, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        if width >= 1200:
            assert page.locator(".vw-header").bounding_box()["height"] < ONE_LINE, width
