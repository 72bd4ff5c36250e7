from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from verbundwerk.base import clock
from verbundwerk.portal.queries import health
from verbundwerk.post.flow import send_letter

pytestmark = pytest.mark.django_db


def test_an_installation_that_never_ticked_says_so(client):
    answer = client.get("/gesund/")

    assert answer.status_code == 200
    assert answer.json() == {"database": True, "seconds_since_tick": None, "letters_overdue": 0, "jobs_overdue": 0}


def test_after_a_tick_its_age_is_known(client):
    call_command("tick", stdout=open("/dev/null", "w"))  # noqa: SIM115 - nothing is kept

    with clock.stopped(clock.now() + timedelta(minutes=5)):
        age = client.get("/gesund/").json()["seconds_since_tick"]

    assert 290 <= age <= 320


def test_letters_that_should_have_left_are_counted():
    at = clock.now()
    send_letter(key="gruss/1", to="jemand@firma.example", subject="Gruß", text="Guten Tag", at=at)

    assert health.background(at)["letters_overdue"] == 0
    assert health.background(at + timedelta(hours=1))["letters_overdue"] == 1


def test_without_a_database_the_answer_is_503(client, monkeypatch):
    def gone(*_args):
        raise DatabaseError

    monkeypatch.setattr(health.connection, "cursor", gone)

    answer = client.get("/gesund/")

    assert (answer.status_code, answer.json()) == (503, {"database": False})
