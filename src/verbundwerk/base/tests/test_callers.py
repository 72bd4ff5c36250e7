"""Where a request comes from: only our own proxies are believed."""

import pytest
from django.test import RequestFactory

from verbundwerk.base.callers import address_of


def came(line: str, told: str | None = None):
    extra = {} if told is None else {"HTTP_X_FORWARDED_FOR": told}
    return RequestFactory().get("/", REMOTE_ADDR=line, **extra)


@pytest.mark.parametrize(
    ("proxies", "told", "caller"),
    [
        (0, None, "10.0.0.1"),
        (0, "192.0.2.7", "10.0.0.1"),  # nobody of ours wrote that
        (1, "192.0.2.7", "192.0.2.7"),
        (1, "203.0.113.9, 192.0.2.7", "192.0.2.7"),  # the first one was sent along by the caller
        (2, "203.0.113.9, 192.0.2.7, 10.0.0.2", "192.0.2.7"),
        (2, "192.0.2.7", "10.0.0.1"),  # one of the proxies did not write: the line is all we know
        (1, " , ", "10.0.0.1"),
    ],
)
def test_only_the_word_of_our_own_proxies_counts(settings, proxies, told, caller):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert address_of(came("10.0.0.1", told)) == caller
