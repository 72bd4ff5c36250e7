from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from verbundwerk.base.words import search_key

from .models import Topic
from .rules import WORTH_SHOWING, likeness

LOOKED_AT = 200  # letters of a wording that count; longer ones are stories


def all_topics() -> QuerySet[Topic]:
    return Topic.objects.all()


def topic(topic_id: UUID) -> Topic:
    """Topics are public words: whoever knows the id may read them."""
    found = Topic.objects.filter(pk=topic_id).first()
    if found is None:
        raise Http404
    return found


def topic_for_text(text: str) -> Topic | None:
    """The topic whose label or other word this text is, exactly (case, umlauts and signs do not count)."""
    key = search_key(text[:LOOKED_AT])
    if not key:
        return None
    return Topic.objects.filter(Q(search_key=key) | Q(synonyms__search_key=key)).distinct().first()


def suggest(text: str, limit: int = 5) -> list[Topic]:
    """The topics most like this wording, best first; a person chooses."""
    return suggest_many([text], limit)[0]


def suggest_many(texts: Iterable[str], limit: int = 5) -> list[list[Topic]]:
    """`suggest` for many wordings with the queries of one; none where nothing was written."""
    texts = [text[:LOOKED_AT].strip() for text in texts]
    if not any(texts):
        return [[] for _text in texts]
    known = [(one, list(_keys(one))) for one in Topic.objects.prefetch_related("synonyms")]
    return [_best(search_key(text), known, limit) for text in texts]


def _keys(one: Topic) -> Iterator[str]:
    yield one.search_key
    if one.label_en:
        yield search_key(one.label_en)
    for synonym in one.synonyms.all():
        yield synonym.search_key


def _best(asked: str, known: list[tuple[Topic, list[str]]], limit: int) -> list[Topic]:
    if not asked:
        return []
    scored = [(max(likeness(asked, key) for key in keys), one) for one, keys in known]
    worth = [(score, one) for score, one in scored if score >= WORTH_SHOWING]
    worth.sort(key=lambda pair: (-pair[0], pair[1].sort_key, pair[1].slug))
    return [one for _score, one in worth[:limit]]


def recognised(texts: Iterable[str]) -> list[Topic | None]:
    """`topic_for_text` for many wordings with the queries of one."""
    known: dict[str, Topic] = {}
    for one in Topic.objects.prefetch_related("synonyms"):
        for key in [one.search_key, *(synonym.search_key for synonym in one.synonyms.all())]:
            known.setdefault(key, one)
    return [known.get(search_key(text[:LOOKED_AT])) for text in texts]
