"""What every chapter needs: one case at a time, and letters to one side of a firm."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy

from verbundwerk.network.models import Person
from verbundwerk.post.flow import send_letter

from .. import queries
from ..models import Case, Proposal
from ..papers import Told


def lock(thing: Case | Proposal) -> None:
    """Everybody else who wants to change this thing waits until our transaction ends; then `thing` is fresh."""
    type(thing)._base_manager.select_for_update().get(pk=thing.pk)
    thing.refresh_from_db()


def tell(thing: Case | Proposal, roles: frozenset[str], words: Told, *, occasion: str, at: datetime) -> None:
    """One letter to everybody who holds one of these roles at the firm; the same occasion never writes twice."""
    name = "case" if isinstance(thing, Case) else "proposal"
    path = reverse(f"codetermination:{name}", args=[thing.pk])
    _write(_readers(thing.organisation_id, roles, at), words, f"codetermination.{occasion}/{thing.pk}", path, at)


def _readers(organisation: UUID, roles: frozenset[str], at: datetime) -> list[Person]:
    return queries.people_of(organisation, roles, timezone.localdate(at))


def _write(people: Iterable[Person], words: Told, key: str, path: str, at: datetime) -> None:
    for person in people:
        send_letter(
            key=key,
            to=person,
            subject=lazy(lambda: words().subject, str)(),
            template="codetermination/letters/note",
            context={"words": words, "path": path},
            at=at,
        )
