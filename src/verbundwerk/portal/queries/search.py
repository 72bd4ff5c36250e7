"""One box for everything: what this person may see, grouped by room, found by folded words."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.days import span_text
from verbundwerk.base.words import search_key
from verbundwerk.catalogue.queries import offers_visible_to
from verbundwerk.courses.queries import courses_visible_to
from verbundwerk.journal.sight import EVERY_FIRM, seen
from verbundwerk.needs.queries import needs_visible_to
from verbundwerk.network.models import Person
from verbundwerk.network.queries import organisations_visible_to
from verbundwerk.pooling.queries import pools_visible_to
from verbundwerk.topics.queries import all_topics

LONGEST = 100
SHOWN = 5
LOOKED_AT = 2000  # the latest things of a kind whose titles are read; older ones are found through their lists


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    label: str | Promise
    hits: list[Hit]
    more: int
    all_url: str


def find(person: Any, asked: str) -> list[Group]:
    """Groups with at least one hit. Each word must begin or stand inside a title; `asked` as somebody typed it."""
    words = search_key(asked).split()
    if not words:
        return []
    seen(person, EVERY_FIRM)
    groups = (_group(label, kind(person, words), asked, address) for label, kind, address in _KINDS)
    return [one for one in groups if one.hits]


def _group(label: str | Promise, hits: Iterable[Hit], asked: str, address: str) -> Group:
    found = list(hits)
    all_url = f"{reverse(address)}?{urlencode({'q': asked})}" if address else ""
    return Group(label, found[:SHOWN], len(found) - SHOWN, all_url)


# --- what the database can fold -----------------------------------------------------
def _all_words(words: Iterable[str], *keys: str) -> Q:
    """Every word in one of these columns of search keys."""
    wanted = Q()
    for word in words:
        either = Q()
        for key in keys:
            either |= Q(**{f"{key}__contains": word})
        wanted &= either
    return wanted


def _organisations(person: Any, words: list[str]) -> Iterator[Hit]:
    for one in organisations_visible_to(person).filter(_all_words(words, "search_key")):
        yield Hit(one.name, reverse("network:organisation", args=[one.pk]), one.get_kind_display())


def _topics(person: Any, words: list[str]) -> Iterator[Hit]:
    for one in all_topics().filter(_all_words(words, "search_key", "synonyms__search_key")).distinct():
        yield Hit(one.label, f"{reverse('catalogue:list')}?{urlencode({'q': one.label})}", one.get_field_display())


def _offers(person: Any, words: list[str]) -> Iterator[Hit]:
    folded = _all_words(words, "search_key", "topic__search_key", "provider__search_key")
    for one in offers_visible_to(person).filter(folded):
        yield Hit(one.title, reverse("catalogue:detail", args=[one.pk]), one.provider.name)


# --- what has a number and a title --------------------------------------------------
def _titled(things: QuerySet[Any], words: list[str], title: str) -> Iterator[Any]:
    """Read and folded here: the latest things only."""
    for one in things[:LOOKED_AT]:
        text = search_key(f"{one.label} {getattr(one, title)} {one.topic.label if one.topic else ''}")
        if all(word in text for word in words):
            yield one


def _needs(person: Any, words: list[str]) -> Iterator[Hit]:
    if not isinstance(person, Person):
        return
    things = needs_visible_to(person).select_related("topic", "organisation")
    for one in _titled(things, words, "topic_text"):
        yield Hit(f"{one.label} {one.topic_text}", reverse("needs:detail", args=[one.pk]), one.stand)


def _pools(person: Any, words: list[str]) -> Iterator[Hit]:
    """Those who have signed in find the page for them, everybody else what is public of it."""
    page = "pooling:pool" if isinstance(person, Person) else "pooling:public_pool"
    for one in _titled(pools_visible_to(person), words, "title"):
        yield Hit(f"{one.label} {one.name}", reverse(page, args=[one.pk]), str(one.get_state_display()))


def _courses(person: Any, words: list[str]) -> Iterator[Hit]:
    for one in _titled(courses_visible_to(person).select_related("topic"), words, "title"):
        days = span_text(one.starts_on, one.ends_on)
        yield Hit(f"{one.label} {one.name}", reverse("courses:detail", args=[one.pk]), days)


Kind = Callable[[Any, list[str]], Iterator[Hit]]
_KINDS: list[tuple[Promise, Kind, str]] = [
    (_("Bedarfe"), _needs, "needs:list"),
    (_("Bündel"), _pools, "pooling:list"),
    (_("Kurse"), _courses, "courses:list"),
    (_("Angebote"), _offers, "catalogue:list"),
    (_("Organisationen"), _organisations, "network:list"),
    (_("Themen"), _topics, ""),
]
