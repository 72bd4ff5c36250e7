"""The firm most stories are about, who plans its training, and the day they are told on."""

import pytest

from verbundwerk.base import clock
from verbundwerk.network.terms import Role

from . import make


@pytest.fixture
def time_stands_still():
    with clock.stopped(make.AT):
        yield


@pytest.fixture
def firm():
    return make.firm("Harzer Gelenkwellen GmbH")


@pytest.fixture
def hr(firm):
    return make.person(Role.HR, firm)
