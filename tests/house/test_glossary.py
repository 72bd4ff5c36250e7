"""The region's words and ours: every model and every state stands in docs/GLOSSARY.md, and base knows none of them."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from tests.house import walls

from verbundwerk.base.moves import Table

WORD = re.compile(r"`([^`]+)`")
PARTS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
# Words of the glossary that every web application also knows in another meaning (to offer is a verb there).
ALSO_ORDINARY = {"body", "session", "person", "letter", "offer"}


def _rows() -> Iterator[tuple[str, list[str], str]]:
    for line in (walls.ROOT / "docs" / "GLOSSARY.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 4 and WORD.search(cells[1]):
            yield cells[0], WORD.findall(cells[1]), cells[2]


ROWS = list(_rows())
KNOWN = {(room, word) for _german, words, room in ROWS for word in words}


def test_the_glossary_names_only_rooms_that_exist() -> None:
    assert {room for _german, _words, room in ROWS} <= set(walls.ROOMS)


@pytest.mark.parametrize("room", walls.ROOMS)
def test_every_model_stands_in_the_glossary(room: str) -> None:
    names = {model.__name__ for model in apps.get_app_config(room).get_models()}
    assert {name for name in names if (room, name) not in KNOWN} == set()


@pytest.mark.parametrize("room", walls.ROOMS)
def test_every_state_stands_in_the_glossary(room: str) -> None:
    states = vars(walls.module(room, "states") or object).values()
    names = {value for one in states if isinstance(one, Table) for value in one.states.values}
    assert {name for name in names if (room, name) not in KNOWN} == set()


def test_the_glossary_names_nothing_that_is_gone() -> None:
    models = {(model._meta.app_label, model.__name__) for model in apps.get_models()}
    named = {(room, word) for room, word in KNOWN if word[:1].isupper()}
    assert named - models == set()


def test_every_line_has_a_german_word_for_each_of_ours() -> None:
    wrong = [german for german, words, _room in ROWS if len(words) > 1 and len(german.split(" · ")) != len(words)]
    assert wrong == []


def test_base_knows_no_word_of_the_region() -> None:
    words = {word.lower() for _room, word in KNOWN if word[:1].isupper()} - ALSO_ORDINARY
    wrong = [
        f"{walls.where(file, node)} {name}"
        for file in walls.files("base")
        for node, name in _defined(walls.tree(file))
        if words & {part.lower() for part in PARTS.findall(name)}
    ]
    assert wrong == []


def _defined(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node, node.name
        elif isinstance(node, ast.arg):
            yield node, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node, node.id
