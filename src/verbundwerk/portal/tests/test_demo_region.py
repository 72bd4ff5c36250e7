"""The demo region itself: alive, the same each time, and true in its figures."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from verbundwerk.base import clock
from verbundwerk.codetermination.models import Case
from verbundwerk.codetermination.states import CaseState
from verbundwerk.codetermination.terms import SubjectKind
from verbundwerk.courses.models import Certificate, Course
from verbundwerk.courses.queries import upcoming_public
from verbundwerk.journal.models import JournalEntry
from verbundwerk.needs.models import Need
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.terms import District, OrganisationKind, Role
from verbundwerk.pooling.models import Commitment, Pool
from verbundwerk.pooling.queries import enquiries_waiting
from verbundwerk.pooling.terms import Hold
from verbundwerk.portal.demo import links
from verbundwerk.portal.demo.story import build
from verbundwerk.portal.demo.tables import rows
from verbundwerk.portal.queries.today import lines_for
from verbundwerk.post.models import Letter

from .test_figures import agree, told_and_listed

ANCHOR = date(2026, 11, 23)
# Made from secrets on purpose, so never the same twice.
SECRETS = {"code", "token_hash", "token", "password"}
SECRET_ADDRESS = re.compile(r"(?<=/rueckmeldung/l/)[\w-]+|(?<=/nachweis/)\w+")


@pytest.fixture(scope="module")
def regions(django_db_setup, django_db_blocker) -> Iterator[list[str]]:
    """The demo region stands for every test that asks for this; told is how it looked each time it was built.

    Building is what costs: so it is built for all tests together, twice where it is compared, the first time upon
    topics already there."""
    with django_db_blocker.unblock(), transaction.atomic():
        told = [_built_and_forgotten()] if connection.vendor == "sqlite" else []
        build(ANCHOR)
        yield [*told, fingerprint()]
        transaction.set_rollback(True)


def _built_and_forgotten() -> str:
    with transaction.atomic():
        call_command("load_topics", stdout=StringIO())
        build(ANCHOR)
        seen = fingerprint()
        transaction.set_rollback(True)
    return seen


@pytest.mark.words
@pytest.mark.slow  # two whole regions are built and several plans calculated in each
@pytest.mark.django_db
def test_the_same_day_builds_the_same_region_twice_whether_its_topics_are_there_already_or_not(regions):
    assert regions[0] == regions[1]


def fingerprint() -> str:
    """Everything our rooms stored; serial numbers go on counting after a rollback, ids of things do not."""
    told = hashlib.sha256()
    for model in sorted(apps.get_models(), key=lambda one: one._meta.label):
        if not model.__module__.startswith("verbundwerk."):
            continue
        serial = {model._meta.pk.attname} if model._meta.pk.get_internal_type() == "BigAutoField" else set()
        columns = [one.attname for one in model._meta.concrete_fields if one.attname not in SECRETS | serial]
        stored = model._base_manager.exclude(verb="topic.loaded") if model is JournalEntry else model._base_manager
        rows = sorted(SECRET_ADDRESS.sub("", repr(row)) for row in stored.values_list(*columns))
        told.update(repr((model._meta.label, rows)).encode())
    return told.hexdigest()


@pytest.mark.slow  # as above
@pytest.mark.django_db
def test_after_its_salutation_a_letter_begins_a_sentence_as_german_does(regions):
    greeted = Letter.objects.filter(text__startswith="Guten Tag").values_list("subject", "text")
    parts = [(subject, *text.partition("\n\n")[::2]) for subject, text in greeted]
    assert parts
    assert {subject for subject, greeting, _rest in parts if not greeting.endswith("!")} == set()
    assert {rest[:40] for _subject, _greeting, rest in parts if rest.lstrip()[:1].islower()} == set()


@pytest.mark.slow  # as above
@pytest.mark.django_db
def test_the_region_is_alive(regions):
    companies = Organisation.objects.filter(kind=OrganisationKind.COMPANY)
    assert companies.count() == 40
    assert set(companies.values_list("sites__district", flat=True)) == set(District.values)
    assert Organisation.objects.filter(kind=OrganisationKind.PROVIDER).count() == 8
    assert 140 <= Need.objects.count() <= 165
    assert sorted(Pool.objects.values_list("state", flat=True)) == [
        "came_about", "came_about", "came_about", "committing", "enquiry", "failed",
    ]  # fmt: skip
    assert sorted(Course.objects.values_list("state", flat=True)) == [
        "completed", "completed", "completed", "running", "secured", "secured",
    ]  # fmt: skip
    assert Certificate.objects.exists()
    with clock.stopped(timezone.make_aware(datetime.combine(ANCHOR, time(9)))):
        assert upcoming_public(), "no course to come has a free seat"
        assert enquiries_waiting(_known("Carsten Wiegand")), "no provider is asked"
    employer, council = _waiting_for("Meike Sander"), _waiting_for("Serap Aydin")
    assert any("Sind Sie dabei?" in one for one in employer), "no firm is awaited"
    assert any("Der Betriebsrat erwartet Ihre Antwort" in one for one in employer), "no proposal waits"
    assert sum("Ihre Stellungnahme" in one for one in council) == 2, council
    late = Case.objects.get(subject_kind=SubjectKind.SURVEY, label__startswith="Fragebogen")
    assert late.due_on < ANCHOR
    assert late.state == CaseState.INFORMED, "a late works council has not agreed"
    assert any("1 Wunsch aus der Belegschaft" in one for one in employer), employer
    assert any("ist beendet" in one for one in employer), employer
    assert Commitment.objects.get(hold=Hold.COUNCIL).freed_at is None
    assert len(links.demo_links()) == len(Role)
    assert {row["role"] for row in rows("people") if row["demo"]} == set(Role.values)


@pytest.mark.slow  # as above
@pytest.mark.django_db
def test_everybody_in_it_finds_as_many_rows_as_the_figure_says(regions, client):
    with clock.stopped(timezone.make_aware(datetime.combine(ANCHOR, time(9)))):
        for row in (one for one in rows("people") if one["demo"]):
            agree(told_and_listed(client, _known(row["name"])))


def _known(name: str) -> Person:
    return Person.objects.get(name=name)


def _waiting_for(name: str) -> list[str]:
    at = timezone.make_aware(datetime.combine(ANCHOR, time(9)))
    with clock.stopped(at):
        return [str(line.text) for line in lines_for(_known(name), at)]
