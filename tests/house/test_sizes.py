"""Nothing in the house is too long to be read at once."""

import ast
from pathlib import Path

import pytest
from tests.house import walls

FUNCTION, FILE, TEMPLATE = 50, 400, 150
LEFT_OUT = {"migrations", "vendor", "locale", "node_modules"}
PYTHON = sorted(
    one
    for folder in ("src", "tests", "scripts", "bench")
    for one in (walls.ROOT / folder).rglob("*.py")
    if not LEFT_OUT & set(one.parts)
)
OURS = [one for one in (walls.ROOT / "src").rglob("*") if one.suffix in {".html", ".css", ".js"}]


def test_no_python_file_is_longer_than_400_lines() -> None:
    assert {walls.where(one, length): length for one in PYTHON if (length := _lines(one)) > FILE} == {}


def test_no_function_is_longer_than_50_lines() -> None:
    long = {
        f"{walls.where(file, one)} {one.name}": length
        for file in PYTHON
        for one in walls.functions(walls.tree(file))
        if (length := _length(one)) > FUNCTION
    }
    assert long == {}


@pytest.mark.parametrize(("suffix", "limit"), [(".html", TEMPLATE), (".css", FILE), (".js", FILE)])
def test_no_template_style_or_script_is_too_long(suffix: str, limit: int) -> None:
    ours = [one for one in OURS if one.suffix == suffix and not LEFT_OUT & set(one.parts)]
    assert {walls.where(one, length): length for one in ours if (length := _lines(one)) > limit} == {}


def _lines(file: Path) -> int:
    return len(file.read_text().splitlines())


def _length(one: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (one.end_lineno or one.lineno) - one.lineno + 1
