"""What ends by itself: free words of needs that were closed long ago, and uploaded lists."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from verbundwerk.base import clock
from verbundwerk.base.retention import forgets, some
from verbundwerk.base.words import search_key, sort_key
from verbundwerk.journal.flow import record
from verbundwerk.post.flow import take_back_letters

from .. import queries, rules_quick
from ..models import ImportBatch, QuickNeed
from ..queries import quick as quick_queries
from ..rules import FORGOTTEN
from .quick import about


@forgets("need_words")
def forget_need_words(before: datetime, most: int) -> int:
    """The topic everybody knows, the seats and the dates stay: figures of past years must not change."""
    empty = dict.fromkeys(("details", "rotation", "language", "accessibility", "reason"), "")
    words = {"topic_text": FORGOTTEN, "sort_key": sort_key(FORGOTTEN), "search_key": search_key(FORGOTTEN)}
    return some(queries.closed_before(before), most).update(raised_by=None, **words, **empty)


@forgets("evaluations")
def forget_answers(before: datetime, most: int) -> int:
    return some(queries.answered_before(before), most).update(note="", answered_by=None)


@forgets("need_lists")
def forget_old_imports(before: datetime, most: int) -> int:
    """Uploaded lists are gone after two weeks, whatever became of them."""
    return some(ImportBatch.objects.filter(uploaded_at__lt=before), most).delete()[0]


# --- what was written without an account ------------------------------------------------
@transaction.atomic
def forget_quick(quick: QuickNeed, *, at: datetime) -> bool:
    """The sender wants it gone, at once. False when somebody has decided meanwhile."""
    rows = QuickNeed.objects.filter(pk=quick.pk, state__in=rules_quick.FORGETTABLE)
    return bool(_forget_quick(rows.select_for_update(), at))


@forgets("quick_unconfirmed")
def forget_unconfirmed(before: datetime, most: int) -> int:
    """Nobody confirmed the address: draft and letters are gone, and nothing of them was used."""
    return _forget_quick(some(quick_queries.unconfirmed_before(before), most), clock.now())


@forgets("quick_decided")
def forget_decided(before: datetime, most: int) -> int:
    """After the decision: gone, with the sender's name and address and all letters to them."""
    return _forget_quick(some(quick_queries.closed_before(before), most), clock.now())


def _forget_quick(rows: QuerySet[QuickNeed], at: datetime) -> int:
    """Row and letters; the journal keeps that something was here, by its id alone."""
    gone = list(rows)
    for quick in gone:
        record(None, "quick.forgotten", quick, at=at)
        take_back_letters(about(quick))
    QuickNeed.objects.filter(pk__in=[one.pk for one in gone]).delete()
    return len(gone)
