"""„Unser Name darf genannt werden“: per pool, by the firm alone, until it says otherwise."""

from datetime import datetime
from typing import Any

from django.db import transaction

from verbundwerk.base.verdicts import Verdict, require
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Organisation
from verbundwerk.network.queries import standing

from .. import queries, rules
from ..models import Naming, Pool
from .common import lock


@transaction.atomic
def allow_name(pool: Pool, organisation: Organisation, *, by: Any, at: datetime) -> None:
    """The other members may read the name. Saying it twice is saying it once."""
    lock(pool)
    require(_may_be_named(pool, organisation, by))
    Naming.objects.get_or_create(pool=pool, organisation=organisation, defaults={"allowed_at": at})
    record(by, "pool.name_allowed", pool, at=at, organisation=str(organisation.pk))


@transaction.atomic
def take_back_name(pool: Pool, organisation: Organisation, *, by: Any, at: datetime) -> None:
    """From now on nobody reads it any more. Possible at any time, also when nothing is left to take back."""
    require(rules.may_be_named(own=_speaks(organisation, by), inside=True, quiet=False))
    Naming.objects.filter(pool=pool, organisation=organisation).delete()
    record(by, "pool.name_taken_back", pool, at=at, organisation=str(organisation.pk))


def _may_be_named(pool: Pool, organisation: Organisation, by: Any) -> Verdict:
    return rules.may_be_named(
        own=_speaks(organisation, by),
        inside=organisation.pk in queries.sits_in(pool),
        quiet=queries.is_quiet(pool, organisation.pk),
    )


def _speaks(organisation: Organisation, by: Any) -> bool:
    return organisation.pk in standing(by).organisations(*rules.COMMITTING_ROLES)
