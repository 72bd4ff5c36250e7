"""What every verb of the room needs: who is asked, what a duplicate means, which day it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise

from verbundwerk.base.verdicts import Refused, Verdict, no, require

from ..models import Person


def ask(verdict: Verdict, actor: Person | None) -> None:
    """The house itself is never asked."""
    if actor is not None:
        require(verdict)


@contextmanager
def once(otherwise: str | Promise) -> Iterator[None]:
    """What the database refuses as a duplicate becomes a refusal with a reason."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "unique" not in str(error).lower():
            raise
        raise Refused(no(otherwise)) from error


def day_of(at: datetime) -> date:
    return timezone.localdate(at)
