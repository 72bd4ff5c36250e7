"""The firm most stories are about, with the people who speak and who listen."""

import pytest

from verbundwerk.base import clock
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.terms import Role

from . import make


@pytest.fixture(autouse=True)
def _today():
    with clock.stopped(make.AT):
        yield


@pytest.fixture
def firm(db) -> Organisation:
    return make.firm()


@pytest.fixture
def hr(firm: Organisation) -> Person:
    return make.person(Role.HR, firm)


@pytest.fixture
def anna(firm: Organisation) -> Person:
    return make.employee(firm, name="Anna Berg")
