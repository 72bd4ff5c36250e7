"""One sign-in link per demo role: signed, short-lived, and only where the demo region lives."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from verbundwerk.network import queries as network

from .tables import rows

SALT = "verbundwerk.portal.demo"
LIFETIME_SECONDS = 12 * 60 * 60


@dataclass(frozen=True, slots=True)
class DemoLink:
    role_label: str
    person_name: str
    url: str


def address_of(name: str, organisation: str) -> str:
    return f"{name.lower().replace(' ', '.').replace('ü', 'ue').replace('ö', 'oe')}@{organisation}.example"


def _cast() -> Iterator[tuple[str, str, str]]:
    for row in rows("people"):
        if row["demo"]:
            yield row["demo"], row["name"], address_of(row["name"], row["organisation"])


def demo_links(base_url: str = "") -> list[DemoLink]:
    """The links, in the order of the cast; empty where there is no demo region."""
    if not settings.DEMO:
        return []
    people = network.people_by_address([address for _, _, address in _cast()])
    return [
        DemoLink(label, name, base_url + reverse("portal:demo_login", args=[_token(people[address].pk)]))
        for label, name, address in _cast()
        if address in people
    ]


def _token(person_id: object) -> str:
    return signing.dumps(str(person_id), salt=SALT)


def person_id_in(token: str) -> str | None:
    try:
        return str(signing.loads(token, salt=SALT, max_age=LIFETIME_SECONDS))
    except signing.BadSignature:
        return None
