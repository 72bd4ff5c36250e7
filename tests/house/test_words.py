"""Words that would send a reader to the wrong place."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from verbundwerk.base import catalogues

# A works council and its employer exchange papers that the law calls so.
MEANS_PAPER = {"codetermination"}
LETTER = re.compile(r"\b[Bb]rief(e|en|s|es)?\b")


@pytest.mark.parametrize("room", [name for name in settings.ROOMS if name not in MEANS_PAPER])
def test_nobody_waits_at_the_letter_box_for_what_comes_as_an_email(room: str) -> None:
    folders = catalogues.rooms(room)
    texts = catalogues.texts_of(folders[room]) if room in folders else []
    said = [part for one in texts if one.id for part in (one.id if isinstance(one.id, tuple) else (one.id,))]
    assert [text for text in said if LETTER.search(text)] == []


def test_the_word_is_found_where_it_stands() -> None:
    assert LETTER.search("Sie bekommen einen Brief.")
    assert not LETTER.search("Der Briefkasten")


SALUTATION = re.compile(r"Guten Tag[^!,]*?,")


@pytest.mark.parametrize("file", sorted(catalogues.PACKAGE.glob("*/templates/**/*.txt")), ids=lambda one: one.name)
def test_a_letter_greets_and_then_begins_a_sentence(file: Path) -> None:
    """After a comma German goes on small, after an exclamation mark it begins anew; one way for all letters."""
    words = re.sub(r"{%\s*(?:blocktranslate[^%]*|endblocktranslate|translate)\s*", "", file.read_text())
    words = re.sub(r"\s*%}", "", words).replace('"', "")
    assert not SALUTATION.search(words)
    after = words.partition("Guten Tag")[2].partition("!")[2].lstrip()
    assert not after[:1].islower() or after.startswith(("line in", "block "))
