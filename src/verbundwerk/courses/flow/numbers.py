"""Numbers people say on the telephone or read on paper: never given twice, without gaps."""

from django.db import transaction
from django.db.models import F

from ..models import NumberSeries


@transaction.atomic
def take_numbers(series: str, count: int = 1) -> int:
    """The last of `count` fresh numbers. The row stays locked until the transaction ends, so nobody else reads it."""
    NumberSeries.objects.get_or_create(name=series)
    NumberSeries.objects.filter(name=series).update(last=F("last") + count)
    return NumberSeries.objects.get(name=series).last
