"""What ends by itself: free words of needs that were closed long ago, and uploaded lists."""

from datetime import datetime

from verbundwerk.base.retention import forgets, some
from verbundwerk.base.words import search_key, sort_key

from .. import queries
from ..models import ImportBatch
from ..rules import FORGOTTEN


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
