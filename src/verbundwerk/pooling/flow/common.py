"""What every chapter needs: who asks, one pool at a time, and letters to everybody concerned."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy

from verbundwerk.codetermination.flow import CaseData, tell_council
from verbundwerk.codetermination.terms import SubjectKind
from verbundwerk.network.models import Organisation, Person
from verbundwerk.network.queries import coordinators, standing
from verbundwerk.network.rules import Held, Standing
from verbundwerk.network.terms import Role
from verbundwerk.post.flow import send_letter

from .. import queries, rules
from ..models import Pool
from ..papers import Words

# The house itself acts with the rights of the office: when a deadline has passed, or in the demo region.
THE_HOUSE = Standing((Held(Role.COORDINATION, UUID(int=0)),))


def who_is(by: Any) -> Standing:
    return THE_HOUSE if by is None else standing(by)


def day_of(at: datetime) -> date:
    return timezone.localdate(at)


def lock(pool: Pool) -> None:
    """Everybody else who wants to change this pool waits until our transaction ends; then `pool` is fresh."""
    Pool.objects.select_for_update().get(pk=pool.pk)
    pool.refresh_from_db()


def tell(
    organisations: Iterable[UUID], words: Callable[[UUID], Callable[[], Words]], *, key: str, path: str, at: datetime
) -> None:
    """One letter for everybody who speaks for these organisations, each in the person's own language.

    `key` names the occasion: the same occasion never writes to the same person twice."""
    roles = (*rules.COMMITTING_ROLES, Role.PROVIDER)
    for organisation, person in queries.speakers(organisations, roles, day_of(at)):
        _write(person, words(organisation), key=f"{key}/{organisation}", path=path, at=at)


def tell_office(words: Callable[[], Words], *, key: str, path: str, at: datetime) -> None:
    """One letter for everybody who coordinates."""
    for person in coordinators(day_of(at)):
        _write(person, words, key=key, path=path, at=at)


def _write(person: Person, words: Callable[[], Words], *, key: str, path: str, at: datetime) -> None:
    send_letter(
        key=f"pooling.{key}",
        to=person,
        subject=lazy(lambda: words().subject, str)(),
        template="pooling/letters/note",
        context={"words": words, "path": path},
        at=at,
    )


def tell_firms(pool: Pool, words: Callable[[], Words], *, occasion: str, at: datetime) -> None:
    """Everybody with a need in the pool, and everybody who committed."""
    tell(
        sorted(queries.firms_concerned(pool)),
        lambda _firm: words,
        key=f"{occasion}/{pool.pk}",
        path=path_of(pool),
        at=at,
    )


@transaction.atomic
def tell_councils(pool: Pool, firms: Iterable[UUID], *, by: Any, at: datetime) -> None:
    """The works council of each firm learns that a commitment is asked for (BetrVG § 80 (2)), once per pool."""
    data = CaseData(kind=SubjectKind.POOL, subject=pool.pk, label=f"{pool.label} {pool.title}")
    for firm in Organisation.objects.filter(pk__in=firms).order_by("pk"):
        tell_council(data, organisation=firm, by=by, at=at)


def path_of(pool: Pool) -> str:
    return reverse("pooling:pool", args=[pool.pk])
