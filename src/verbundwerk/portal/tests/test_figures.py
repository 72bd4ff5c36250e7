"""A figure under „Heute“ and the list behind it say the same, for everybody."""

import pytest

from verbundwerk.base import clock
from verbundwerk.catalogue.tests import make as catalogue
from verbundwerk.courses.states import CourseState
from verbundwerk.courses.tests import make as courses
from verbundwerk.needs.states import NeedState
from verbundwerk.needs.tests import make as needs
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.pooling.states import PoolState
from verbundwerk.pooling.tests import make as pooling
from verbundwerk.portal.queries.figures import figures_for
from verbundwerk.privacy.models import Forgetting
from verbundwerk.privacy.queries import kept_lines

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def told_and_listed(client, person):
    """What each figure with a link says, and how many rows stand where it leads."""
    client.force_login(person, backend=BACKEND)
    linked = [one for one in figures_for(person) if one.url]
    return {str(one.label): (one.value, _rows_behind(client, one.url)) for one in linked}


def _rows_behind(client, url):
    shown = client.get(url).context
    if "table" in shown:
        return shown["table"].count
    return shown["page"].paginator.count if "page" in shown else len(shown["dates"])


def agree(told):
    assert {label: value for label, (value, _rows) in told.items()} == {label: n for label, (_v, n) in told.items()}


def test_a_coordinator_finds_the_pools_and_courses_that_are_under_way_and_no_others(client):
    for state in (PoolState.SOUNDING, PoolState.COMMITTING, PoolState.FAILED, PoolState.CAME_ABOUT):
        pooling.pool_with_firms(state)
    for state in (CourseState.PLANNED, CourseState.RUNNING, CourseState.COMPLETED):
        courses.course(state=state)

    told = told_and_listed(client, network.coordinator())

    agree(told)
    assert told["Bündel unterwegs"][0] == told["Kurse geplant oder im Gange"][0] == 2


@pytest.mark.parametrize("role", [Role.HR, Role.HOST, Role.FOREMAN, Role.WORKS_COUNCIL])
def test_whoever_speaks_in_a_firm_finds_its_open_needs_and_those_in_pools_apart(client, role):
    firm = network.organisation()
    for state in NeedState:
        needs.need(organisation=firm, state=state)

    told = told_and_listed(client, network.person(role, firm))

    agree(told)
    assert (told["Offene Bedarfe"][0], told["Bedarfe in einem Bündel"][0]) == (3, 1)


@pytest.mark.parametrize("role", [Role.ADVISER, Role.GROUP_LEAD, Role.GROUP_MEMBER])
def test_chambers_and_working_groups_find_the_open_pools_and_the_next_courses(client, role):
    pool = pooling.pool_with_firms(PoolState.SOUNDING)
    type(pool).objects.filter(pk=pool.pk).update(published=True)
    with courses.stopped():
        courses.course(state=CourseState.OPEN)
        told = told_and_listed(client, network.person(role))

    agree(told)
    assert {value for value, _rows in told.values()} == {1}


def test_the_data_protection_officer_finds_the_lines_that_wait_and_those_that_were_emptied(client):
    own = next(line for line in kept_lines() if not line.goes_with)
    Forgetting.objects.create(line=own.key, done_on=clock.today(), total=3)

    told = told_and_listed(client, network.person(Role.DATA_PROTECTION))

    agree(told)
    assert told["Angaben, von denen schon etwas gelöscht ist"][0] >= 1


def test_a_provider_finds_the_own_offers_that_everybody_sees(client):
    provider = network.organisation(kind="provider")
    catalogue.offer(provider=provider)
    catalogue.offer(provider=provider, published=False)
    catalogue.offer()

    told = told_and_listed(client, network.person(Role.PROVIDER, provider))

    agree(told)
    assert told["Unsere Angebote im Katalog"][0] == 1
