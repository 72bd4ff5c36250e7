"""Topics come from our own list; loading it again changes only what the list changed."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from verbundwerk.base.ids import id_in_list
from verbundwerk.base.words import search_key
from verbundwerk.journal.flow import record

from .models import Synonym, Topic

LIST = Path(__file__).parent / "data" / "topics.toml"


@transaction.atomic
def load_topics(*, by: Any, at: datetime, path: Path = LIST) -> int:
    """Bring the stored topics to what the list says; topics it does not name stay. Returns how many changed."""
    listed = tomllib.loads(path.read_text(encoding="utf-8"))
    return sum(_bring_up_to_date(slug, words, by=by, at=at) for slug, words in listed.items())


def _bring_up_to_date(slug: str, words: Mapping[str, Any], *, by: Any, at: datetime) -> bool:
    wanted = {"label": words["de"], "label_en": words["en"], "field": words["field"]}
    topic = Topic.objects.filter(slug=slug).first() or Topic(id=id_in_list("topics", slug), slug=slug)
    changed = topic._state.adding or any(getattr(topic, name) != value for name, value in wanted.items())
    if changed:
        for name, value in wanted.items():
            setattr(topic, name, value)
        topic.save()
    if _bring_synonyms_up_to_date(topic, words.get("also", [])) or changed:
        record(by, "topic.loaded", topic, at=at, slug=slug)
        return True
    return False


def _bring_synonyms_up_to_date(topic: Topic, labels: list[str]) -> bool:
    wanted = {search_key(label): label for label in labels}
    stored = dict(topic.synonyms.values_list("search_key", "label"))
    if stored == wanted:
        return False
    topic.synonyms.all().delete()
    for label in wanted.values():
        Synonym.objects.create(topic=topic, label=label)
    return True
