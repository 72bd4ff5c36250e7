"""Who must never learn of a need: named in words, found without a list of everybody, kept and removed one by one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from verbundwerk.needs.forms.walls import names_in
from verbundwerk.needs.models import Need
from verbundwerk.network.models import Organisation
from verbundwerk.network.terms import Role

from . import make
from .test_editing import at_work, form_of
from .test_pages import typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("time_stands_still")]


@pytest.fixture
def hr():
    return make.person(Role.HR, make.firm("Harzer Gelenkwellen GmbH"))


def boxes(page):
    """{name: ticked}"""
    rows = re.findall(r'name="hidden_from" value="[^"]+" id="[^"]+"( checked)?>\s*<label[^>]*>([^<]+)</label>', page)
    return {name: bool(ticked) for ticked, name in rows}


def hidden(need):
    return {one.name for one in need.hidden_from.all()}


def report(person, **said):
    return at_work(person).post("/bedarfe/neu/", typed(**said))


@pytest.mark.parametrize(
    "words", ["Nordstern Automobilwerke AG", "nordstern automobilwerke ag", "Nordstern", "AUTOMOBIL nord"]
)
def test_a_name_that_fits_one_firm_is_enough(hr, words):
    make.firm("Nordstern Automobilwerke AG")
    assert report(hr, hidden_names=words).status_code == 302
    assert hidden(Need.objects.get()) == {"Nordstern Automobilwerke AG"}


def test_several_names_stand_between_semicolons(hr):
    for name in ("Nordstern AG", "Südwerk GmbH"):
        make.firm(name)
    report(hr, hidden_names="nordstern; Suedwerk ;")
    assert hidden(Need.objects.get()) == {"Nordstern AG", "Südwerk GmbH"}


def test_a_name_that_fits_several_is_asked_about_and_nothing_typed_is_lost(hr):
    one, _other = make.firm("Nordstern AG"), make.firm("Nordstern Guss GmbH")
    answer = report(hr, hidden_names="Nordst", details="nur montags")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "„Nordst“ passen mehrere Betriebe" in page
    assert boxes(page) == {"Nordstern AG": False, "Nordstern Guss GmbH": False}
    assert "nur montags" in page
    assert Need.objects.count() == 0

    report(hr, hidden_names="Nordst", hidden_from=[str(one.pk)])
    assert hidden(Need.objects.get()) == {"Nordstern AG"}


def test_the_whole_name_wins_over_a_longer_one(hr):
    for name in ("Nordstern", "Nordstern Guss GmbH"):
        make.firm(name)
    report(hr, hidden_names="Nordstern")
    assert hidden(Need.objects.get()) == {"Nordstern"}


def test_a_name_nobody_has_is_said_with_the_way_out(hr):
    answer = report(hr, hidden_names="Weltraumwerft")
    assert answer.status_code == 422
    assert "Einen Betrieb „Weltraumwerft“ kennen wir nicht" in answer.content.decode()


def test_nobody_hides_a_need_from_the_own_firm(hr):
    answer = report(hr, hidden_names="Harzer Gelenkwellen")
    assert answer.status_code == 422
    assert "Vor dem eigenen Betrieb" in answer.content.decode()


def test_a_firm_outside_the_public_directory_is_neither_offered_nor_found(hr):
    make.firm("Nordstern Geheim GmbH", public=False)
    answer = report(hr, hidden_names="Nordstern")
    assert answer.status_code == 422
    assert "kennen wir nicht" in answer.content.decode()
    assert not boxes(at_work(hr).get("/bedarfe/neu/betriebe/", {"hidden_names": "nord"}).content.decode())
    assert boxes(at_work(make.coordinator()).get("/bedarfe/neu/betriebe/", {"hidden_names": "nord"}).content.decode())


def test_the_chosen_ones_stand_on_the_page_and_are_taken_out_one_by_one(hr):
    for name in ("Nordstern AG", "Südwerk GmbH"):
        make.firm(name)
    report(hr, hidden_names="Nordstern; Südwerk")
    need, client = Need.objects.get(), at_work(hr)
    page = client.get(f"/bedarfe/{need.pk}/bearbeiten/").content.decode()
    assert boxes(page) == {"Nordstern AG": True, "Südwerk GmbH": True}
    assert "Nordstern AG, Südwerk GmbH" in client.get(f"/bedarfe/{need.pk}/").content.decode()

    kept = str(Organisation.objects.get(name="Südwerk GmbH").pk)
    client.post(f"/bedarfe/{need.pk}/bearbeiten/", {**form_of(client, need), "hidden_from": [kept]})
    assert hidden(need) == {"Südwerk GmbH"}


def test_a_wall_against_a_firm_one_may_not_know_of_stays_unseen(hr):
    secret = make.firm("Geheim GmbH", public=False)
    report(hr)
    need, client = Need.objects.get(), at_work(hr)
    need.hidden_from.add(secret)
    assert "Geheim GmbH" not in client.get(f"/bedarfe/{need.pk}/").content.decode()
    client.post(f"/bedarfe/{need.pk}/bearbeiten/", {**form_of(client, need), "seats": "9"})
    assert hidden(need) == {"Geheim GmbH"}


def test_while_somebody_types_the_ticked_ones_stay_and_a_few_are_offered(hr):
    ticked = make.firm("Südwerk GmbH")
    for number in range(20):
        make.firm(f"Nordstern {number:02} GmbH")
    asked = {"hidden_names": "Südwerk; nordst", "hidden_from": [str(ticked.pk), "x"]}
    found = boxes(at_work(hr).get("/bedarfe/neu/betriebe/", asked).content.decode())
    assert found.pop("Südwerk GmbH") is True
    assert len(found) == 8
    assert not any(found.values())


def test_the_form_is_as_long_for_five_hundred_firms_as_for_five(hr):
    def look():
        client = at_work(hr)
        client.get("/bedarfe/neu/")
        with CaptureQueriesContext(connection) as captured:
            page = client.get("/bedarfe/neu/").content
        return len(captured), len(page)

    before = look()
    Organisation.objects.bulk_create(
        Organisation(name=f"Werk {n}", kind="company", created_at=make.AT, sort_key=f"werk {n}", search_key=f"werk {n}")
        for n in range(500)
    )
    queries, length = look()
    assert queries == before[0]
    assert abs(length - before[1]) < 200  # keys of forms differ in length, lists of firms would not be that short


@given(st.text(max_size=80))
def test_whatever_is_typed_names_are_never_empty(text):
    assert all(name.strip() == name and name for name in names_in(text))
