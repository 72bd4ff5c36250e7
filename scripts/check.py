"""`./verbundwerk test`: every check of the house, every test on both databases, and one line that says how it went."""

import argparse
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from scripts.children import launch, stop_all
from scripts.cluster import ClusterFailed, throw_away_cluster
from scripts.tools import Missing, Tools, find
from scripts.words import both, complain, say

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
MANAGE = [PYTHON, "manage.py"]
TOOL = [PYTHON, "-m"]
OURS = ["src", "tests", "scripts", "bench", "conftest.py", "manage.py"]
TEST = {"DJANGO_SETTINGS_MODULE": "verbundwerk.settings.test"}
# What asks no database, what only the browser draws, and what is read from finished pages tells nothing new on the
# second one (docs/decisions/0006, 0014).
SECOND = "database and not words and (not browser or story)"
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "verbundwerk.settings.production",
    "VERBUNDWERK_SECRET_KEY": secrets.token_urlsafe(60),
    "VERBUNDWERK_HOSTS": "verbundwerk.example",
    "VERBUNDWERK_SMTP_HOST": "mail.example",
}
LINT = 'import sys; from importlinter.cli import lint_imports_command as run; sys.argv = ["lint-imports"]; run()'


@dataclass
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        for suite in ET.parse(report).iter("testsuite"):  # noqa: S314 - pytest wrote it a moment ago
            total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            self.passed += total - skipped - failed
            self.failed += failed
            self.skipped += skipped


@dataclass
class Run:
    """One call of `./verbundwerk test`."""

    folder: Path
    tools: Tools
    extra: list[str]
    counts: Counts = field(default_factory=Counts)
    broken: list[str] = field(default_factory=list)
    child: subprocess.Popen[bytes] | None = None

    def stage(self, name: str, command: list[str], env: dict[str, str] | None = None) -> bool:
        began = time.monotonic()
        say(f"\n── {name}", f"\n── {name}")
        code = self._call(command, env or {})
        word = "in Ordnung" if code == 0 else "GESCHEITERT"
        say(
            f"   {word}, {time.monotonic() - began:.1f} s",
            f"   {'ok' if code == 0 else 'FAILED'}, {time.monotonic() - began:.1f} s",
        )
        if code:
            self.broken.append(name)
        return code == 0

    def _call(self, command: list[str], env: dict[str, str]) -> int:
        base = {key: value for key, value in os.environ.items() if not key.startswith("VERBUNDWERK_")}
        ours = {"TMPDIR": str(self.folder), "VERBUNDWERK_DATA": str(self.folder / "data")}
        self.child = launch(command, cwd=ROOT, env={**base, **ours, **env})
        try:
            return self.child.wait()
        finally:
            stop_all([self.child])

    def tests(self, name: str, env: dict[str, str], only: str = "") -> None:
        """`only`: pytest's expression of marks; all tests without it."""
        report = self.folder / f"{len(self.broken)}-{time.monotonic_ns()}.xml"
        # Two cores are kept busy by three: browsers, races and killed workers make their process wait. Whoever has
        # nothing left to do takes over what waits for the others.
        options = ["-q", "--tb=short", "-n3", "--dist=worksteal", "-p", "no:cacheprovider", f"--junitxml={report}"]
        if self.tools.chromium:
            env = {**env, "VERBUNDWERK_CHROMIUM": self.tools.chromium}
        else:
            only = f"({only}) and not browser" if only else "not browser"
        marks = ["-m", only] if only else []
        self.stage(name, [*TOOL, "pytest", *options, *marks, *self.extra], {**TEST, **env})
        if report.exists():
            self.counts.add(report)


def main() -> int:
    wishes = _wishes()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        tools = find(browser=not wishes.without_browser, postgres=not wishes.without_postgres)
        return _run(tools, wishes.extra)
    except Missing:
        return 3
    except KeyboardInterrupt:
        complain("\nAbgebrochen.", "\nInterrupted.")
        return 130


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="verbundwerk test", allow_abbrev=False)
    parser.add_argument("--without-browser", action="store_true", help=both("unvollständig", "not complete"))
    parser.add_argument("--without-postgres", action="store_true", help=both("unvollständig", "not complete"))
    parser.add_argument("extra", nargs="*", metavar="-- ...", help=both("geht an pytest", "goes to pytest"))
    return parser.parse_args()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _run(tools: Tools, extra: list[str]) -> int:
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="verbundwerk-check-"))
    run = Run(folder, tools, extra)
    try:
        _looks(run)
        run.tests("pytest, SQLite", {})
        if tools.postgres:
            _on_postgres(run, tools.postgres)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return _verdict(run, time.monotonic() - began)


def _looks(run: Run) -> None:
    """What can be seen without running the product. All of it is looked at, so that one run tells everything."""
    ours = [one for one in OURS if (ROOT / one).exists()]
    run.stage("ruff format", [*TOOL, "ruff", "format", "--check", "--quiet", "--no-cache", *ours])
    run.stage("ruff check", [*TOOL, "ruff", "check", "--quiet", "--no-cache", *ours])
    run.stage("mypy", [*TOOL, "mypy", "src", "scripts"], TEST)
    run.stage("import contracts", [PYTHON, "-c", LINT])
    run.stage("djlint", [*TOOL, "djlint", "src", "--lint", "--quiet"])
    run.stage("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], TEST)
    run.stage("deployment check", [*MANAGE, "check", "--deploy", "--fail-level=WARNING"], PRODUCTION)
    run.stage("catalogues", [*MANAGE, "catalogues", "compile"], TEST)


def _on_postgres(run: Run, binaries: Path) -> None:
    name = "pytest, PostgreSQL"
    try:
        with throw_away_cluster(binaries) as address:
            run.tests(name, {"VERBUNDWERK_DATABASE": address}, SECOND)
    except ClusterFailed as problem:
        complain(f"\n── {name}\n{problem}", f"\n── {name}\n{problem}")
        run.broken.append(name)


def _verdict(run: Run, seconds: float) -> int:
    say("", "")
    counts = run.counts
    if run.broken:
        say(f"Gescheitert: {', '.join(run.broken)}", f"Failed: {', '.join(run.broken)}")
    say(f"{counts.skipped} übersprungen, {seconds:.0f} s", f"{counts.skipped} skipped, {seconds:.0f} s")
    say(f"{counts.passed} passed, {counts.failed} failed", f"{counts.passed} passed, {counts.failed} failed")
    for line in _left_out(run):
        say(*line)
    return 1 if run.broken else 0


def _left_out(run: Run) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    if not run.tools.chromium:
        parts.append(("ohne Browser", "without browser"))
    if not run.tools.postgres:
        parts.append(("ohne PostgreSQL", "without PostgreSQL"))
    if run.extra:
        parts.append((f"pytest mit {' '.join(run.extra)}", f"pytest with {' '.join(run.extra)}"))
    if not parts:
        return []
    german, english = (", ".join(part[one] for part in parts) for one in (0, 1))
    return [(f"Die Prüfung war NICHT VOLLSTÄNDIG: {german}.", f"The suite was NOT COMPLETE: {english}.")]


if __name__ == "__main__":
    sys.exit(main())
