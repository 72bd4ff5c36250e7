"""The first alliance of an installation: one command, and somebody can sign in and invite everybody else."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from verbundwerk.base import jobs
from verbundwerk.journal.models import JournalEntry
from verbundwerk.network import queries
from verbundwerk.network.models import Alliance, Mandate, Organisation, Person
from verbundwerk.network.terms import Role
from verbundwerk.post.models import Letter

pytestmark = pytest.mark.django_db
TOLD = {
    "name": "Weiterbildungsverbund Örtzetal",
    "office": "Regionalbüro Südost",
    "postal_code": "38100",
    "coordinator": "Jana Reimers",
    "email": "Jana.Reimers@Region.example",
}


def found(**told: str) -> str:
    said = StringIO()
    call_command("found_alliance", **{**TOLD, **told}, stdout=said)
    return said.getvalue()


def test_one_command_makes_an_alliance_and_somebody_who_runs_it():
    said = found()
    person = Person.objects.get()
    assert "Jana Reimers" in said
    assert Alliance.objects.get().slug == "weiterbildungsverbund-oertzetal"
    assert queries.standing(person).coordinates
    assert Organisation.objects.get().sites.get().place == "Braunschweig"
    assert JournalEntry.objects.filter(verb="alliance.begun").count() == 1


def test_she_is_told_by_letter_and_signs_in_with_a_code():
    found()
    letter = Letter.objects.get()
    assert letter.to == ["jana.reimers@region.example"] or "jana.reimers@region.example" in str(letter.to)
    client = Client()
    answer = client.post(reverse("account_request_login_code"), {"email": "jana.reimers@region.example"})
    assert answer.status_code == 302
    jobs.work_off()
    assert Letter.objects.count() == 2


def test_a_second_alliance_of_the_region_shares_office_and_person():
    found()
    found(name="Transformationsnetzwerk Südost")
    assert Alliance.objects.count() == 2
    assert (Organisation.objects.count(), Person.objects.count()) == (1, 1)
    assert Mandate.objects.filter(role=Role.COORDINATION).count() == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"postal_code": "80331"}, "„80331“ liegt nicht in der Region"),
        ({"email": "jana"}, "„jana“ ist keine E-Mail-Adresse"),
        ({"name": "  "}, "Name des Verbunds: 1 bis 120 Zeichen"),
        ({"name": "!!!"}, "keine Kurzform"),
        ({"office": "x" * 121}, "angegeben sind 121"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_left_behind(wrong, said):
    with pytest.raises(CommandError, match=said):
        found(**wrong)
    assert not Alliance.objects.exists()
    assert not Person.objects.exists()


def test_the_same_name_twice_is_refused_and_changes_nothing():
    found()
    with pytest.raises(CommandError, match="gibt es schon"):
        found(office="Anderes Büro", email="kim@region.example")
    assert Organisation.objects.count() == 1


def test_what_is_not_told_is_asked_where_somebody_sits_and_named_where_nobody_does(monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(CommandError, match="--postal-code"):
        call_command("found_alliance", **{**TOLD, "postal_code": None})
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: "38300")
    found(postal_code="")
    assert Organisation.objects.get().sites.get().place == "Wolfenbüttel"
