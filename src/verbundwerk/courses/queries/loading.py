"""Finding one thing or nothing."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404


def the_one(found: QuerySet[Any]) -> Any:
    thing = found.first()
    if thing is None:
        raise Http404
    return thing
