from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from verbundwerk.base import clock

from .models import Mandate, Person
from .rules import NOBODY, Held, Standing


def standing(person: Any, on: date | None = None) -> Standing:
    """Who this person is today; asked for once per request, kept on the person."""
    if not isinstance(person, Person):
        return NOBODY
    if on is not None:
        return _standing_on(person, on)
    day = clock.today()
    kept: tuple[date, Standing] | None = getattr(person, "_standing", None)
    if kept is None or kept[0] != day:
        kept = (day, _standing_on(person, day))
        person._standing = kept  # type: ignore[attr-defined]
    return kept[1]


def _standing_on(person: Person, day: date) -> Standing:
    rows = Mandate.objects.filter(in_force(day), person=person)
    return Standing(tuple(Held(*row) for row in rows.values_list("role", "organisation", "alliance", "body")))


def in_force(day: date) -> Q:
    return Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))


def people_by_address(addresses: Iterable[str]) -> dict[str, Person]:
    return {person.email: person for person in Person.objects.filter(email__in=list(addresses), is_active=True)}


def demo_person(person_id: str | None) -> Person | None:
    """Only for the demo region's sign-in links, whose signature has been checked."""
    return Person.objects.filter(pk=person_id, is_active=True).first() if person_id else None
