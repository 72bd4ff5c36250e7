"""What the house rules look at: the rooms, their files and the order of the contract in pyproject.toml."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent.parent
HOUSE = ROOT / "src" / "verbundwerk"
ROOMS: list[str] = list(settings.ROOMS)
NO_ROOM = {"settings"}

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def contract(name: str) -> dict[str, object]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return next(one for one in project["tool"]["importlinter"]["contracts"] if one["id"] == name)


@cache
def heights(name: str) -> dict[str, int]:
    """How high each room, or each floor, stands in the contract; neighbours stand equally high."""
    layers = contract(name)["layers"]
    assert isinstance(layers, list)
    lines = [line.replace("|", ":").split(":") for line in reversed(layers)]
    return {word.strip(" ()"): height for height, words in enumerate(lines) for word in words}


def may_know(room: str, other: str) -> bool:
    order = heights("rooms")
    return room == other or order[other] < order[room]


def folders() -> list[str]:
    found = (one.name for one in HOUSE.iterdir() if one.is_dir() and one.name != "__pycache__")
    return sorted(set(found) - NO_ROOM)


def files(room: str) -> list[Path]:
    """The room's Python that runs: no tests, no migrations."""
    return [one for one in sorted((HOUSE / room).rglob("*.py")) if not {"tests", "migrations"} & set(inside(one).parts)]


def inside(file: Path) -> Path:
    """The path inside its room."""
    return Path(*file.relative_to(HOUSE).parts[1:])


def templates(room: str) -> list[Path]:
    return sorted((HOUSE / room / "templates").rglob("*.html"))


def floor(file: Path) -> str:
    """`views_import.py` and `flow/bids.py` stand on the floors of views and flow."""
    first = inside(file).parts[0].removesuffix(".py")
    named = first.partition("_")[0]
    return named if named in heights("floors") else first


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), str(file))


def calls(node: ast.AST) -> Iterator[ast.Call]:
    return (one for one in ast.walk(node) if isinstance(one, ast.Call))


def called(call: ast.Call) -> str:
    """The last word of what is called: `record` in `journal.record(...)`."""
    target = call.func
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


def functions(node: ast.AST) -> Iterator[AnyFunction]:
    return (one for one in ast.walk(node) if isinstance(one, AnyFunction))


def where(file: Path, node: ast.AST | int) -> str:
    line = node if isinstance(node, int) else getattr(node, "lineno", 0)
    return f"{file.relative_to(ROOT)}:{line}"


def module(room: str, name: str) -> ModuleType | None:
    """`verbundwerk.<room>.<name>` if it exists; an error inside it is an error."""
    path = f"verbundwerk.{room}"
    for part in name.split("."):
        path = f"{path}.{part}"
        if find_spec(path) is None:
            return None
    return import_module(path)
