from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from .models import Letter
from .states import LetterState


def waiting(at: datetime) -> QuerySet[Letter]:
    """Letters whose time has come. Codes first: somebody sits in front of the screen. Then the longest waiting."""
    rows = Letter.objects.filter(state=LetterState.WAITING, next_try_at__lte=at)
    return rows.order_by("-secret", "next_try_at", "pk")


def outbox() -> QuerySet[Letter]:
    """All letters without their words. Who may look is decided by the room that knows roles."""
    return Letter.objects.defer("text", "html", "attachments").order_by("-created_at", "pk")


def letter(letter_id: UUID) -> Letter:
    found = Letter.objects.filter(pk=letter_id).first()
    if found is None:
        raise Http404
    return found


def older_than(moment: datetime) -> QuerySet[Letter]:
    """What need not be delivered any more."""
    return Letter.objects.exclude(state=LetterState.WAITING).filter(created_at__lt=moment)


def words_older_than(moment: datetime) -> QuerySet[Letter]:
    return older_than(moment).exclude(text="")
