"""Rooms stand in one order. Imports are kept by the contract; here are the ways an import would not show."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from tests.house import walls

LINK = re.compile(r"""{%\s*url\s+['"]([a-z_]+):""")
PART = re.compile(r"""{%\s*(?:include|extends)\s+['"]([a-z_]+)/""")
ADDRESS_MAKERS = {"reverse", "reverse_lazy", "redirect", "resolve_url"}
NO_FLOOR = {"__init__", "apps", "admin", "management", "templatetags"}
# Rooms below the product's own words are toolboxes: their files are named after their tools.
TOOLBOXES = {"base"}


def test_every_folder_is_a_room_and_every_room_stands_in_the_contract() -> None:
    assert walls.folders() == sorted(walls.ROOMS)
    assert set(walls.ROOMS) <= set(walls.heights("rooms"))


def test_the_settings_list_the_rooms_in_the_order_of_the_contract() -> None:
    order = walls.heights("rooms")
    assert [order[one] for one in walls.ROOMS] == sorted(order[one] for one in walls.ROOMS)


@pytest.mark.parametrize("room", walls.ROOMS)
def test_a_foreign_key_points_only_to_the_own_room_or_below(room: str) -> None:
    wrong = [
        f"{model.__name__}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and not _may_point(room, field.related_model)
    ]
    assert not wrong


def _may_point(room: str, model: type) -> bool:
    other = model._meta.app_label  # type: ignore[attr-defined]
    return other not in walls.ROOMS or walls.may_know(room, other)


@pytest.mark.parametrize("room", walls.ROOMS)
def test_a_template_links_and_includes_only_its_own_room_or_below(room: str) -> None:
    wrong = [
        f"{walls.where(file, number)} {word}"
        for file in walls.templates(room)
        for number, line in enumerate(file.read_text().splitlines(), 1)
        for word in [*LINK.findall(line), *PART.findall(line)]
        if word in walls.heights("rooms") and not walls.may_know(room, word)
    ]
    assert not wrong


@pytest.mark.parametrize("room", walls.ROOMS)
def test_python_makes_addresses_only_of_its_own_room_or_below(room: str) -> None:
    wrong = [
        f"{walls.where(file, call)} {word}"
        for file in walls.files(room)
        for call in walls.calls(walls.tree(file))
        if walls.called(call) in ADDRESS_MAKERS and (word := _room_of(call))
        if not walls.may_know(room, word)
    ]
    assert not wrong


def _room_of(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    text = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
    word = text.partition(":")[0] if ":" in text else ""
    return word if word in walls.heights("rooms") else ""


@pytest.mark.parametrize("room", [one for one in walls.ROOMS if one not in TOOLBOXES])
def test_files_named_after_a_floor_know_only_the_floors_below(room: str) -> None:
    """The contract knows `views` and `flow`; `views_import.py` is under the same law by its first word."""
    order = walls.heights("floors")
    wrong = [
        f"{walls.where(file, line)} {walls.floor(file)} knows {other}"
        for file in walls.files(room)
        if walls.floor(file) in order
        for line, other in _floors_known(room, file)
        if order[other] > order[walls.floor(file)]
    ]
    assert not wrong


def _floors_known(room: str, file: Path) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(walls.tree(file)):
        for name in _imported(node, room, file):
            floor = name.partition("_")[0] if name not in walls.heights("floors") else name
            if floor in walls.heights("floors"):
                found.append((getattr(node, "lineno", 0), floor))
    return found


def _imported(node: ast.AST, room: str, file: Path) -> list[str]:
    """First words of what a file imports from its own room."""
    if isinstance(node, ast.Import):
        own = f"verbundwerk.{room}."
        return [one.name.removeprefix(own).partition(".")[0] for one in node.names if one.name.startswith(own)]
    if not isinstance(node, ast.ImportFrom):
        return []
    depth = len(walls.inside(file).parts)
    absolute = node.module or ""
    if node.level:
        if node.level != depth:  # from inside the floor's own folder
            return []
    elif absolute == f"verbundwerk.{room}":
        absolute = ""
    elif absolute.startswith(f"verbundwerk.{room}."):
        absolute = absolute.removeprefix(f"verbundwerk.{room}.")
    else:
        return []
    return [absolute.partition(".")[0]] if absolute else [one.name for one in node.names]
