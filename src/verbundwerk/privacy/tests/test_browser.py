"""In the real browser: every page of this room for every eye, with the officer's list filled."""

import pytest
from django.urls import reverse

from verbundwerk.base import clock
from verbundwerk.courses.tests import make as courses
from verbundwerk.needs.tests import make as needs
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_page_of_this_room_is_for_every_eye(new_page, sign_in, barriers, client):
    with clock.stopped(courses.NOW):
        need = needs.need(state="submitted")
        client.force_login(network.coordinator(name="Jana Büro mit einem recht langen Namen"))
        client.get(reverse("needs:detail", args=[need.pk]))
        client.logout()
        page = new_page()
        told = barriers(page, reverse("privacy:kept"))
        sign_in(page, network.person(Role.DATA_PROTECTION))
        for name in ("privacy:own_looks", "privacy:all_looks", "privacy:deletions", "privacy:forgotten"):
            told += barriers(page, reverse(name))
        sign_in(page, network.person(Role.HR, need.organisation))
        told += barriers(page, reverse("privacy:firm_looks"))
        assert "Jana Büro" in page.content()
    assert not told, "\n\n".join(told)


def test_whoever_holds_an_old_paper_asks_whether_the_name_is_right_without_javascript(new_page, barriers):
    from verbundwerk.courses import papers

    paper = courses.certificate()
    paper.content = papers.without_name(paper.content)
    paper.save()
    told = barriers(new_page(), reverse("courses:check", args=[paper.code]))
    page = new_page(javascript=False)
    page.goto(reverse("courses:check", args=[paper.code]))
    page.get_by_label("Name auf dem Papier").fill("Mia Muster")
    page.get_by_role("button", name="Name vergleichen").click()
    assert page.get_by_text("Ja, der Name stimmt").is_visible()
    assert not told, "\n\n".join(told)
