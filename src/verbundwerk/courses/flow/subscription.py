"""The address a person's calendar program reads."""

import secrets
from datetime import datetime

from django.db import transaction

from verbundwerk.journal.flow import record
from verbundwerk.network.models import Person

from ..models import CalendarLink

TOKEN_BYTES = 24


@transaction.atomic
def renew_calendar_link(*, by: Person, at: datetime) -> CalendarLink:
    """A new address; an old one stops working."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link, _made = CalendarLink.objects.update_or_create(person=by, defaults={"token": token, "made_at": at})
    record(by, "calendar_link.renewed", by, at=at)
    return link


@transaction.atomic
def drop_calendar_link(*, by: Person, at: datetime) -> None:
    """The address opens nothing any more; calendars that read it get nothing."""
    CalendarLink.objects.filter(person=by).delete()
    record(by, "calendar.dropped", by, at=at)
