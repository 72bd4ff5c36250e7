from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from verbundwerk.base.words import search_key

from .models import Topic
from .rules import LEVEL_WORDS, WORTH_SHOWING, Meaning, levels_apart, likeness, meaning, means

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
    """The topic this text means for certain, as `recognised` says."""
    return recognised([text])[0]


def suggest(text: str, limit: int = 5) -> list[Topic]:
    """The topics most like this wording, best first; a person chooses."""
    return suggest_many([text], limit)[0]


def suggest_many(texts: Iterable[str], limit: int = 5) -> list[list[Topic]]:
    """`suggest` for many wordings with the queries of one; none where nothing was written."""
    texts = [text[:LOOKED_AT].strip() for text in texts]
    if not any(texts):
        return [[] for _text in texts]
    known = _known()
    return [_best(search_key(text), known, limit) for text in texts]


@dataclass(frozen=True, slots=True)
class Known:
    """A topic with all its wordings as search keys, the start of a long label among them, and what each means."""

    topic: Topic
    keys: list[str]
    meanings: list[Meaning]
    levels: frozenset[str]


def _known() -> list[Known]:
    return [_known_by(one, list(_keys(one))) for one in Topic.objects.prefetch_related("synonyms")]


def _known_by(one: Topic, keys: list[str]) -> Known:
    meanings = [meaning(key) for key in keys]
    levels = frozenset().union(*(said.levels for key, said in zip(keys, meanings, strict=True) if _names_level(key)))
    return Known(one, keys, meanings, levels)


def _names_level(key: str) -> bool:
    return not LEVEL_WORDS.isdisjoint(key.split())


def _keys(one: Topic) -> Iterator[str]:
    for label in filter(None, [one.label, one.label_en]):
        yield search_key(label)
        if ":" in label:
            yield search_key(label.partition(":")[0])
    for synonym in one.synonyms.all():
        yield synonym.search_key


def _best(asked: str, known: list[Known], limit: int) -> list[Topic]:
    if not asked:
        return []
    levels = meaning(asked).levels
    near = [one for one in known if not levels_apart(levels, one.levels)]
    scored = [(max(likeness(asked, key) for key in one.keys), one.topic) for one in near]
    worth = [(score, one) for score, one in scored if score >= WORTH_SHOWING]
    worth.sort(key=lambda pair: (-pair[0], pair[1].sort_key, pair[1].slug))
    return [one for _score, one in worth[:limit]]


def recognised(texts: Iterable[str]) -> list[Topic | None]:
    """The topic each wording means: its very words, or the same telling words and level put in another way."""
    known = _known()
    exact: dict[str, Topic] = {}
    for one in known:
        for key in one.keys:
            exact.setdefault(key, one.topic)
    return [_certain(search_key(text[:LOOKED_AT]), exact, known) for text in texts]


def _certain(asked: str, exact: dict[str, Topic], known: list[Known]) -> Topic | None:
    """None when the words mean nothing we know, or more than one topic."""
    if asked in exact:
        return exact[asked]
    said = meaning(asked)
    found = [one.topic for one in known if any(means(said, other, one.levels) for other in one.meanings)]
    return found[0] if len(found) == 1 else None
