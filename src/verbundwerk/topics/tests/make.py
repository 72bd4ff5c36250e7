"""Factories of the room: plain functions with sensible defaults."""

from itertools import count
from typing import Any

from verbundwerk.topics.models import Synonym, Topic
from verbundwerk.topics.terms import Field

_next = count(1)


def topic(label: str = "", *, also: tuple[str, ...] = (), **fields: Any) -> Topic:
    number = next(_next)
    values = {"slug": f"thema-{number}", "label": label or f"Thema {number}", "field": Field.METAL, **fields}
    made = Topic.objects.create(**values)
    for word in also:
        Synonym.objects.create(topic=made, label=word)
    return made
