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

from verbundwerk.base import clock
from verbundwerk.base.jobs import due, enqueue, job
from verbundwerk.base.moves import AlreadyMoved
from verbundwerk.base.retention import forgets, some
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
    secret: bool  # a code or a link that opens something: goes out at once, shown to nobody, its words gone once sent


@transaction.atomic
def send_letter(*, key: str, to: To, subject: str | Promise, at: datetime, **contents: Unpack[Contents]) -> None:
    """One row per addressee. A key that was used for an address before writes nothing: each letter enters once.

    It leaves at least once, after the transaction around this call has been committed.
    """
    for one in _addressees(to):
        address = one if isinstance(one, str) else one.email
        language = contents.get("language", settings.LANGUAGE_CODE) if isinstance(one, str) else one.language
        with translation.override(language):
            text, html = papers.body(
                contents.get("template", ""), str(contents.get("text", "")), contents.get("context", {})
            )
            row = Letter(key=key, to=address.lower(), subject=papers.one_line(subject), text=text, html=html)
        row.secret, row.attachments = contents.get("secret", False), papers.packed(contents.get("attachments", ()))
        row.created_at = row.next_try_at = at
        Letter.objects.bulk_create([row], ignore_conflicts=True)
    if contents.get("secret"):
        enqueue(deliver_now)


@job
def deliver_now() -> None:
    deliver_due(clock.now())


def _addressees(to: To) -> list[str | Addressee]:
    return list(to) if isinstance(to, Iterable) and not isinstance(to, str) else [to]


# --- delivery -----------------------------------------------------------------------
@due
def deliver_due(at: datetime, limit: int = 200) -> int:
    """Send what waits, and say how many letters left. Any number of workers may do this at the same time.

    No transaction is open while the mail server is spoken to. A worker that dies in between leaves letters that
    are sent again when its lease ends, under the same Message-ID.
    """
    started, sent = time.monotonic(), 0
    letters = list(queries.waiting(at)[:limit])
    if not letters:
        return 0
    connection = mail.get_connection()
    try:
        for letter in letters:
            now = at + timedelta(seconds=time.monotonic() - started)
            if _claim(letter, now):
                sent += _deliver(letter, connection, now)
    except _ServerAway:
        log.warning("the mail server does not answer; %d letters wait", len(letters) - sent)
    finally:
        connection.close()
    return sent


class _ServerAway(Exception):
    """Nobody is there: trying the other letters now would only make them wait longer."""


def _claim(letter: Letter, at: datetime) -> bool:
    """One UPDATE decides which worker sends; the others see another count of attempts."""
    rows = Letter.objects.filter(pk=letter.pk, state=LETTER.start, attempts=letter.attempts)
    letter.attempts += 1
    return bool(rows.update(attempts=letter.attempts, next_try_at=at + rules.LEASE))


def _deliver(letter: Letter, connection: BaseEmailBackend, at: datetime) -> bool:
    try:
        connection.open()
        connection.send_messages([papers.message(letter)])
    except Exception as error:
        _failed(letter, error, at)
        if rules.is_server_away(error):
            raise _ServerAway from error
        connection.close()
        return False
    return _sent(letter, at)


def _sent(letter: Letter, at: datetime) -> bool:
    words = {"text": "", "html": "", "attachments": []} if letter.secret else {}
    return _moved(letter, "deliver", sent_at=at, last_error="", **words)


def _failed(letter: Letter, error: Exception, at: datetime) -> None:
    what, again = rules.what_happened(error), rules.next_try(letter.attempts, at)
    log.warning("letter %s was not delivered at attempt %d: %s", letter.pk, letter.attempts, what)
    if again is None or rules.is_hopeless(error):
        _moved(letter, "give_up", last_error=what)
    else:
        Letter.objects.filter(pk=letter.pk, state=LETTER.start).update(next_try_at=again, last_error=what)


def _moved(letter: Letter, move: str, **changes: Any) -> bool:
    """False when another worker, after our lease ended, has already noted what became of the letter."""
    try:
        LETTER.advance(letter, move, **changes)
    except AlreadyMoved:
        return False
    return True


def try_again(letter: Letter, *, at: datetime) -> None:
    """Somebody has mended what was wrong: all tries are open again. The caller knows who, and writes the journal."""
    require(rules.has_words(letter))
    LETTER.advance(letter, "try_again", attempts=0, next_try_at=at)


@forgets("letter_words")
def forget_words(before: datetime, most: int) -> int:
    """What a letter said is gone; for a while it stays known that it went out."""
    return some(queries.words_older_than(before), most).update(text="", html="", attachments=[])


@forgets("letters")
def forget_letters(before: datetime, most: int) -> int:
    """Nothing enters twice by this: what causes a letter has moved on long before."""
    return some(queries.older_than(before), most).delete()[0]


def take_back_letters(about: str) -> int:
    """All letters whose key begins like this are gone, sent or not, with the address they went to: for rooms that
    forget a person, inside their verb."""
    gone, _kinds = Letter.objects.filter(key__startswith=about).delete()
    return gone
