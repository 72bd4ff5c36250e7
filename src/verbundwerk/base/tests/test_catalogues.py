"""Nobody reads half a page in the wrong language: texts are found, kept, compiled, and gaps are named."""

from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from verbundwerk.base import catalogues

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy, npgettext_lazy
A = _("Ein Apfel")
B = ngettext("%(n)s Apfel", "%(n)s Äpfel", 3)
C = pgettext_lazy("Baum", "Krone")
D = npgettext_lazy("Baum", "Ast", "Äste")
E = _("Ein langer "
      "Satz")
"""
TEMPLATE = """{% load i18n %}
  <p>{% translate "Titel" %} {% translate "Blatt" context "Baum" %} {{ _("Wurzel")|upper }}</p>
{% blocktranslate trimmed with name=tree.name %}
    „{{ name }}" sagt: it's
    100% gut.
{% endblocktranslate %}
      {% blocktranslate count n=apples %}{{ n }} Birne{% plural %}{{ n }} Birnen{% endblocktranslate %}
{% button label=_("Pflücken") %}{# ( nicht übersetzt #}
{% comment %}{% translate "Nie" %}{% endcomment %}
"""


@pytest.fixture
def room(tmp_path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "words.py").write_text(PYTHON)
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "tests" / "test_x.py").write_text('_("Nur ein Test")')
    return tmp_path


@pytest.fixture
def as_only_room(room, monkeypatch) -> Path:
    monkeypatch.setattr(catalogues, "rooms", lambda only="": {"orchard": room})
    monkeypatch.setattr(catalogues, "other_languages", lambda: ["en"])
    return room


def translate(room: Path, **more: str) -> None:
    """Gives every text an English one; keyword arguments replace some."""
    file = catalogues.po_file(room, "en")
    have = catalogues.read(file, "en")
    for message in have:
        if message.id:
            message.string = message.id
            if message.id in more:
                message.string = more[message.id]
    catalogues._write(file, catalogues._po_text("orchard", "en", have).encode())


def problems() -> list[tuple[str, str]]:
    return [(gap.text, gap.problem) for gap in catalogues.gaps()]


def test_every_way_to_write_a_text_is_found(room):
    found = {catalogues._key(message) for message in catalogues._real(catalogues.texts_of(room))}
    assert found == {
        ("Ein Apfel", None),
        ("%(n)s Apfel", None),
        ("Krone", "Baum"),
        ("Ast", "Baum"),
        ("Ein langer Satz", None),
        ("Titel", None),
        ("Blatt", "Baum"),
        ("Wurzel", None),
        ("„%(name)s\" sagt: it's 100%% gut.", None),
        ("%(n)s Birne", None),
        ("Pflücken", None),
    }


def test_an_update_keeps_translations_adds_the_new_and_drops_the_old(room):
    assert catalogues.update("orchard", room, "en") == (11, 0)
    translate(room, Titel="Title")
    (room / "words.py").write_text('_("Neu")')
    assert catalogues.update("orchard", room, "en") == (1, 5)
    have = catalogues.read(catalogues.po_file(room, "en"), "en")
    assert have.get("Titel").string == "Title"
    assert have.get("Neu").string == ""
    assert have.get("Krone", "Baum") is None


def test_an_update_without_news_leaves_the_file_as_it_was(room):
    catalogues.update("orchard", room, "en")
    before = catalogues.po_file(room, "en").read_bytes()
    catalogues.update("orchard", room, "en")
    assert catalogues.po_file(room, "en").read_bytes() == before
    assert b"POT-Creation-Date" not in before


def test_a_finished_catalogue_has_no_gaps_and_compiles(as_only_room):
    catalogues.update("orchard", as_only_room, "en")
    translate(as_only_room)
    assert problems() == []
    (compiled,) = catalogues.compile_all()
    assert compiled.suffix == ".mo"
    assert catalogues.compile_all(stale_only=True) == []


def test_an_untranslated_text_is_a_gap(as_only_room):
    catalogues.update("orchard", as_only_room, "en")
    translate(as_only_room, Titel="")
    assert problems() == [("Titel", "not translated")]


def test_a_text_nobody_took_into_the_catalogue_is_a_gap(as_only_room):
    catalogues.update("orchard", as_only_room, "en")
    translate(as_only_room)
    (as_only_room / "more.py").write_text('_("Vergessen")')
    assert problems() == [("Vergessen", "not in the catalogue")]


def test_a_text_that_left_the_code_is_a_gap(as_only_room):
    catalogues.update("orchard", as_only_room, "en")
    translate(as_only_room)
    (as_only_room / "templates" / "page.html").write_text("")
    assert ("Titel", "no longer in the code") in problems()


def test_a_fuzzy_translation_is_a_gap(as_only_room):
    catalogues.update("orchard", as_only_room, "en")
    translate(as_only_room)
    file = catalogues.po_file(as_only_room, "en")
    file.write_text(file.read_text().replace('msgid "Titel"', '#, fuzzy\nmsgid "Titel"'))
    assert problems() == [("Titel", "fuzzy")]


@pytest.mark.parametrize(
    ("source", "target", "same"),
    [
        ("%(n)s Äpfel", "%(n)s apples", True),
        ("%(n)s Äpfel", "%(m)s apples", False),
        ("%s von %d", "%s of", False),
        ("{name} sagt", "{name} says", True),
        ("100%% von %(n)s", "%(n)s: 100%%", True),
        (("ein Apfel, %(n)s", "%(n)s Äpfel"), ("one apple", "%(n)s apples"), True),
        (("ein Apfel", "%(n)s Äpfel"), ("one apple", "many apples"), False),
    ],
)
def test_a_sentence_must_not_lose_what_is_filled_in(source, target, same):
    assert catalogues._same_holes(Message(source, target)) is same


def test_two_rooms_must_not_translate_one_text_in_two_ways(tmp_path, monkeypatch):
    for name, english in (("a", "Seat"), ("b", "Place")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.py").write_text('_("Platz")')
        catalogues.update(name, tmp_path / name, "en")
        translate(tmp_path / name, Platz=english)
    monkeypatch.setattr(catalogues, "rooms", lambda only="": {"a": tmp_path / "a", "b": tmp_path / "b"})
    monkeypatch.setattr(catalogues, "other_languages", lambda: ["en"])
    assert problems() == [("Platz", "translated otherwise in a")]


def test_an_unknown_room_is_refused_with_the_list_of_rooms():
    with pytest.raises(ValueError, match="base"):
        catalogues.rooms("nowhere")


def test_our_own_catalogue_reads_back_as_written(room):
    catalogues.update("orchard", room, "en")
    with catalogues.po_file(room, "en").open("rb") as content:
        assert read_po(content).num_plurals == 2
