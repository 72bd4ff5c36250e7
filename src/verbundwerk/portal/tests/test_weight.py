"""Pages stay light: few questions to the database, however much there is, and few kilobytes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from verbundwerk.courses.tests import make as courses
from verbundwerk.needs.tests import make as needs
from verbundwerk.network.terms import Role
from verbundwerk.network.tests import make as network
from verbundwerk.pooling.tests import make as pooling

pytestmark = pytest.mark.django_db
MOST_BYTES = 120 * 1024


def _ask(client, name, data=None):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse(name), data)
    assert answer.status_code == 200
    assert len(answer.content) < MOST_BYTES
    return len(asked)


def _fill(firm, times):
    for n in range(times):
        network.organisation(name=f"Fülle {n} von {times} GmbH")
        needs.need(organisation=firm, state="submitted", topic_text="Fülle")
        pooling.pool_with_firms("sounding", firms=3, published=True)
        courses.course(state="open", capacity=40)


@pytest.mark.parametrize(
    ("name", "role", "data"),
    [
        ("portal:start", None, None),
        ("portal:today", Role.COORDINATION, None),
        ("portal:today", Role.HR, None),
        ("portal:trails", Role.HR, None),
        ("portal:search", Role.COORDINATION, {"q": "fülle"}),
    ],
)
def test_a_page_asks_no_more_with_thirty_rows_than_with_three(client, name, role, data):
    firm = network.organisation()
    if role:
        client.force_login(network.person(role, firm), backend="allauth.account.auth_backends.AuthenticationBackend")
    with courses.stopped():
        _fill(firm, 3)
        _ask(client, name, data)  # warms what is kept for all requests
        few = _ask(client, name, data)
        _fill(firm, 30)
        many = _ask(client, name, data)

    assert many <= few
    assert many <= 40
