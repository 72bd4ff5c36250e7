"""The firm most stories are about, and the two who speak for its sides."""

import pytest

from verbundwerk.network.models import Organisation, Person

from . import make


@pytest.fixture
def firm() -> Organisation:
    return make.firm()


@pytest.fixture
def hr(firm: Organisation) -> Person:
    return make.hr(firm)


@pytest.fixture
def council(firm: Organisation) -> Person:
    return make.council(firm)
