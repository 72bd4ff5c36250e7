"""What must not lie in the repository, and what must."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.house import walls

ROOT = walls.ROOT
NOT_OURS = {".git", ".venv", "data", "build", "__pycache__", "vendor", "node_modules"}
CACHES = re.compile(r"^\.(?!ci$|gitignore$)")
# Put together here, so that this file does not hold what it forbids.
REGISTRIES = tuple(
    ".".join(one) for one in [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com")]
)
MACHINE_PATHS = re.compile(r"(?<![\w.~-])/(?:home|work|root|Users|farm|private)/[\w.-]+")
UNFINISHED = re.compile("|".join([rf"\b{'TO' + 'DO'}\b", rf"\b{'FIX' + 'ME'}\b", rf"\b{'X' * 3}\b"]))
INLINE = re.compile(r"""\s(?:style|on[a-z]+)\s*=\s*["']|<style[\s>]""", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*type=.application/json)", re.IGNORECASE)
ELSEWHERE = re.compile(r"""<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)
LOCKS = ("requirements.txt", "requirements-dev.txt")


def _kept() -> list[Path]:
    """What git keeps or would keep; everything outside hidden folders where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        found = [ROOT / one for one in listed.stdout.split("\0") if one]
    else:
        found = [one for one in ROOT.rglob("*") if not any(CACHES.match(part) for part in one.relative_to(ROOT).parts)]
    return [one for one in found if one.is_file() and not NOT_OURS & set(one.relative_to(ROOT).parts)]


def _lines() -> Iterator[tuple[Path, int, str]]:
    for file in _kept():
        try:
            text = file.read_text()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            yield file, number, line


def _found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{walls.where(file, number)} {found[0]}" for file, number, line in _lines() if (found := pattern.search(line))
    ]


def test_no_package_registry_is_named() -> None:
    assert _found(re.compile("|".join(map(re.escape, REGISTRIES)))) == []


def test_no_path_of_somebodys_machine_is_named() -> None:
    assert _found(MACHINE_PATHS) == []


def test_nothing_is_left_for_later_in_the_code() -> None:
    assert _found(UNFINISHED) == []


# --- templates -------------------------------------------------------------------------
@pytest.mark.parametrize("room", walls.ROOMS)
def test_no_template_holds_style_script_or_handlers_of_its_own(room: str) -> None:
    wrong = [
        f"{walls.where(file, number)} {line.strip()}"
        for file in walls.templates(room)
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if not {"letters", "mail"} & set(file.parts) and any(rule.search(line) for rule in (INLINE, SCRIPT, ELSEWHERE))
    ]
    assert wrong == []


# --- papers ----------------------------------------------------------------------------
@pytest.mark.parametrize("room", walls.ROOMS)
def test_every_room_says_what_it_is(room: str) -> None:
    assert (walls.HOUSE / room / "README.md").exists()


@pytest.mark.parametrize("core", ["poolplan"])
def test_every_core_says_what_it_is(core: str) -> None:
    assert (ROOT / "src" / core / "README.md").exists()


@pytest.mark.parametrize("core", ["poolplan"])
def test_public_functions_of_the_cores_explain_themselves(core: str) -> None:
    package = ROOT / "src" / core
    wrong = [
        f"{walls.where(file, one)} {one.name}"
        for file in sorted(package.glob("*.py"))
        for one in walls.tree(file).body
        if isinstance(one, ast.FunctionDef | ast.ClassDef) and one.name in _public(package)
        if not ast.get_docstring(one)
    ]
    assert wrong == []


def _public(package: Path) -> set[str]:
    for node in walls.tree(package / "__init__.py").body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return set(ast.literal_eval(node.value))
    raise AssertionError(f"{package.name} has no __all__")


# --- dependencies ----------------------------------------------------------------------
def _project() -> dict[str, list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-dev.txt": project["project"]["dependencies"] + project["dependency-groups"]["dev"],
    }


def _bare(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9_.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def _pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_the_locks_name_every_dependency_with_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert {_bare(one) for one in _project()[lock]} - set(_pins(lock)) == set()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert [one.split()[0] for one in entries if "--hash=sha256:" not in one] == []
    assert "://" not in text


def test_both_locks_hold_the_same_versions() -> None:
    start, check = _pins(LOCKS[0]), _pins(LOCKS[1])
    assert {name: (version, check.get(name)) for name, version in start.items() if check.get(name) != version} == {}


def test_every_dependency_has_a_reason_beside_it() -> None:
    """A comment directly above, or above a family: django-tasks and django-tasks-db."""
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    names = {one for group in _project().values() for one in group}
    assert [
        one
        for number, line in enumerate(lines)
        if (one := line.strip().strip('",')) in names
        if not _reason(lines, number)
    ] == []


def _reason(lines: list[str], number: int) -> bool:
    above = lines[number - 1].strip()
    if above.startswith("#"):
        return True
    family = _bare(above.strip('",')).partition("-")[0]
    return (
        bool(family)
        and _bare(lines[number].strip().strip('",')).startswith(f"{family}-")
        and _reason(lines, number - 1)
    )


# --- commands --------------------------------------------------------------------------
def test_the_two_commands_can_be_called() -> None:
    for name in ("verbundwerk", ".ci/run", "scripts/lock.sh"):
        assert (ROOT / name).stat().st_mode & 0o111, name
    calls = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if "verbundwerk" in line]
    assert calls == ["./verbundwerk test"]


def test_every_setting_is_explained_to_those_who_run_the_house() -> None:
    folder = walls.HOUSE / "settings"
    code = "\n".join(one.read_text() for one in folder.glob("*.py") if one.stem != "test")
    read = set(re.findall(r'"VERBUNDWERK_([A-Z_]+)"', code)) | set(re.findall(r'_setting\("([A-Z_]+)"\)', code))
    told = set(re.findall(r"`VERBUNDWERK_([A-Z_]+)`", (ROOT / "docs" / "betrieb" / "installation.md").read_text()))
    assert read == told
