"""Letters are written in the transaction that causes them, and delivered afterwards by whoever comes first."""

import logging
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol, TypedDict, Unpack

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise

from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.verdicts import require

from . import papers, queries, rules
from .models import Letter
from .papers import Attachment
from .states import LETTER

log = logging.getLogger(__name__)


class Addressee(Protocol):
    """Whoever has an address; a person's letters come in the person's language."""

    email: Any
    language: Any


To = str | Addressee | Iterable[str | Addressee]


class Contents(TypedDict, total=False):
    template: str  # "needs/letters/withdrawn": that path with .txt, and with .html where there is one
    context: dict[str, Any]
    text: str | Promise
    attachments: Iterable[Attachment]
    language: str  # for bare addresses; people have their own
    secret: bool  # carries a code or a link that opens something: shown to nobody, gone once sent


@transaction.atomic
def send_letter(*, key: str, to: To, subject: str | Promise, at: datetime, **contents: Unpack[Contents]) -> None:
    """One row per addressee. A key that was used for an address before writes nothing: each letter enters once.

    It leaves at least once, after the transaction around this call has been committed.
    """
    for one in _addressees(to):
        address = one if isinstance(one, str) else one.email
        language = contents.get("language", settings.LANGUAGE_CODE) if isinstance(one, str) else one.language
        with translation.override(language):
            text, html = papers.body(contents.get("template", ""), str(contents.get("text", "")), contents.get("context", {}))
            row = Letter(key=key, to=address.lower(), subject=papers.one_line(subject), text=text, html=html)
        row.secret, row.attachments = contents.get("secret", False), papers.packed(contents.get("attachments", ()))
        row.created_at = row.next_try_at = at
        Letter.objects.bulk_create([row], ignore_conflicts=True)


def _addressees(to: To) -> list[str | Addressee]:
    return list(to) if isinstance(to, Iterable) and not isinstance(to, str) else [to]
