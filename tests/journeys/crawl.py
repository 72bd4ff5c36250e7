"""Which pages somebody can reach, and which of them show something no page before has shown."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve
from tests.journeys.html import parse

FILES = (".csv", ".xlsx", ".pdf", ".ics", ".txt", ".ico")
# Leads out of the session, or is a machine's own.
NOT_WALKED = {"account_logout", "portal:demo_login", "portal:health"}
PARTS = re.compile(r'<([a-z0-9]+)(?:[^>]*?\bclass="([^"]*)")?')
OF_ONE_KIND = 3  # pages of one address and one view of it that are opened: states differ
VIEW = "ansicht"  # the other parameters sort and page what is there


@dataclass
class Seen:
    """Pages and kinds of elements already looked at, over all roles."""

    pages: set[str] = field(default_factory=set)
    parts: set[tuple[str, str]] = field(default_factory=set)

    def is_new(self, name: str, content: str) -> bool:
        shown = set(PARTS.findall(content))
        fresh = name not in self.pages or not shown <= self.parts
        self.pages.add(name)
        self.parts |= shown
        return fresh


def reachable(client: Client, start: str) -> Iterator[tuple[str, str, str]]:
    """(address, name of the page, content) of every kind of page somebody can walk to by links."""
    waiting, met, opened = deque([(start, "")]), {start}, Counter[tuple[str, ...]]()
    while waiting:
        address, came_from = waiting.popleft()
        kind = _kind(address)
        if kind is None or opened[kind] >= OF_ONE_KIND:
            continue
        opened[kind] += 1
        answer = client.get(address)
        if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
            assert answer.status_code in {200, 302}, f"{came_from} leads to {address}: {answer.status_code}"
            continue
        content = answer.content.decode()
        yield address, kind[0], content
        fresh = [one for one in _links(address, content) if one not in met]
        met.update(fresh)
        waiting.extend((one, address) for one in fresh)


def _kind(address: str) -> tuple[str, ...] | None:
    """Name of the page and of the view of it; None for what is no page of ours, or the same page sorted anew."""
    parts = urlsplit(address)
    if parts.path.endswith(FILES):
        return None
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return None
    query = parse_qs(parts.query)
    return None if name in NOT_WALKED or set(query) - {VIEW} else (name, *query.get(VIEW, []))


def _links(address: str, content: str) -> list[str]:
    found = (urljoin(address, link) for _words, link in parse(content).links)
    return [one.partition("#")[0] for one in found if one.startswith("/")]
