"""A firm says how many of its people belong to which group, so that both its sides see who takes part."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from verbundwerk.base.verdicts import require
from verbundwerk.journal.flow import record
from verbundwerk.network.models import Person
from verbundwerk.network.queries import standing

from .. import queries, rules
from ..models import Booking, Headcount


@transaction.atomic
def count_groups(booking: Booking, counts: Mapping[str, int], *, by: Person, at: datetime) -> Booking:
    """All groups of this booking anew; a group that is not mentioned has nobody. The journal does not say how many."""
    Booking.objects.select_for_update().get(pk=booking.pk)
    booking.refresh_from_db(fields=["state"])
    require(
        rules.may_count(standing(by), booking), *rules.counts_fit(counts, queries.people_named_in(booking)).values()
    )
    booking.headcounts.all().delete()
    Headcount.objects.bulk_create(
        Headcount(booking=booking, group=group, people=people) for group, people in counts.items() if people
    )
    record(by, "booking.counted", booking, at=at)
    return booking
