"""Where a request comes from, as far as that can be known."""

from django.conf import settings
from django.http import HttpRequest

LOOPBACK = {"127.0.0.1", "::1"}
LOOPBACK_NAMES = {"127.0.0.1", "localhost", "[::1]"}
PROXY_TRACES = ("HTTP_X_FORWARDED_", "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP")


def address_of(request: HttpRequest) -> str:
    """The caller's address: what our own proxies wrote down, else the other end of the line.

    Anybody can write X-Forwarded-For; each proxy of ours adds one address at its end, and only those count.
    """
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if 0 < proxies <= len(told):
        return told[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def is_at_this_machine(request: HttpRequest) -> bool:
    """True only for somebody at this very machine, not for somebody behind a proxy on it."""
    host = request.get_host()
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    return not _came_through_a_proxy(request) and request.META.get("REMOTE_ADDR") in LOOPBACK and name in LOOPBACK_NAMES


def _came_through_a_proxy(request: HttpRequest) -> bool:
    return settings.ALLAUTH_TRUSTED_PROXY_COUNT > 0 or any(name.startswith(PROXY_TRACES) for name in request.META)
