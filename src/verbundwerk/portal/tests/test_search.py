import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from verbundwerk.catalogue.tests import make as catalogue
from verbundwerk.courses.tests import make as courses
from verbundwerk.needs.tests import make as needs
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.pooling.tests import make as pooling
from verbundwerk.portal.queries.search import SHOWN, find

pytestmark = pytest.mark.django_db
ANONYMOUS = AnonymousUser()


def _titles(person, asked):
    return [hit.title for group in find(person, asked) for hit in group.hits]


@pytest.mark.parametrize("asked", ["Schweißtechnik", "schweisstechnik", "SCHWEISS technik", "technik schweiß"])
def test_umlauts_capitals_and_the_order_of_words_do_not_matter(asked):
    made = catalogue.offer(title="Schweißtechnik für alle")

    assert made.title in _titles(ANONYMOUS, asked)


def test_a_need_is_found_by_the_number_people_say_on_the_telephone():
    firm = network.organisation()
    need = needs.need(organisation=firm, state="submitted")

    assert f"{need.label} {need.topic_text}" in _titles(network.person(Role.HR, firm), need.label)


def test_nobody_finds_another_firms_need():
    need = needs.need(state="submitted", topic_text="Laserschneiden")

    assert _titles(network.person(Role.HR, network.organisation()), "Laserschneiden") == []
    assert _titles(ANONYMOUS, need.label) == []


def test_an_unpublished_pool_and_a_course_are_found_by_those_concerned_only():
    pool, office = pooling.pool_with_firms(title="Kleben im Fahrzeugbau"), network.coordinator()
    courses.course(title="Kleben von Verbundwerkstoffen")

    assert len(_titles(office, "kleben")) == 2
    assert _titles(ANONYMOUS, "kleben") == []
    assert f"{pool.label} {pool.title}" in _titles(office, "kleben")


def test_a_member_that_does_not_stand_in_the_directory_is_not_found():
    network.organisation(name="Stilles Werk GmbH", public=False)
    network.organisation(name="Lautes Werk GmbH")

    assert _titles(ANONYMOUS, "werk gmbh") == ["Lautes Werk GmbH"]


def test_each_group_shows_a_few_and_says_how_many_more(client):
    for n in range(SHOWN + 2):
        network.organisation(name=f"Reihenhaus {n} GmbH")

    (group,) = find(ANONYMOUS, "reihenhaus")

    assert (len(group.hits), group.more) == (SHOWN, 2)
    assert "Noch 2 Treffer" in client.get(reverse("portal:search"), {"q": "Reihenhaus"}).content.decode()


@pytest.mark.parametrize("asked", ["", "   ", "%", "!?", "\u202e", "x" * 5000, "<script>alert(1)</script>"])
def test_whatever_is_typed_gets_a_page_with_a_way_on(client, asked):
    answer = client.get(reverse("portal:search"), {"q": asked})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<script>alert" not in page
    if asked.strip():
        assert reverse("needs:report") in page
