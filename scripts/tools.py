"""Finds what the tests need from the operating system, or installs it where we may."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.words import complain, say

# The same browser without windows: it draws a page with less than half of the work.
SHELL = "chromium-headless-shell"
CHROMIUM = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRES_FOLDERS = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt")
PACKAGES = {"chromium": "chromium", "postgres": "postgresql"}


class Missing(Exception):
    """Something is not here and we may not install it; said already."""


@dataclass(frozen=True)
class Tools:
    chromium: str | None
    postgres: Path | None  # the folder with initdb and postgres


def find(*, browser: bool, postgres: bool) -> Tools:
    missing = _missing(browser=browser, postgres=postgres)
    if missing:
        _install([PACKAGES[one] for one in missing])
        if still := _missing(browser=browser, postgres=postgres):
            complain(f"Nach der Installation fehlt noch: {', '.join(still)}.", f"Still missing: {', '.join(still)}.")
            raise Missing
    if browser:
        _lighten()
    return Tools(chromium() if browser else None, postgres_folder() if postgres else None)


def _missing(*, browser: bool, postgres: bool) -> list[str]:
    gone = ["chromium"] if browser and not chromium() else []
    return [*gone, "postgres"] if postgres and not postgres_folder() else gone


def chromium() -> str | None:
    given = os.environ.get("VERBUNDWERK_CHROMIUM")
    return given or next((found for name in CHROMIUM if (found := shutil.which(name))), None)


def postgres_folder() -> Path | None:
    """The newest server: Debian keeps its binaries off the path, one folder per version."""
    on_path = shutil.which("initdb")
    kept = [*(Path(on_path).resolve().parent for _once in "1" if on_path), *_versions()]
    return next((one for one in kept if (one / "initdb").exists() and (one / "postgres").exists()), None)


def _versions() -> list[Path]:
    found = [folder for base in POSTGRES_FOLDERS for folder in Path(base).glob("*/bin")]
    return sorted(found, key=lambda folder: _number(folder.parent.name), reverse=True)


def _number(name: str) -> float:
    digits = name.rpartition("@")[2]
    return float(digits) if digits.replace(".", "", 1).isdigit() else 0.0


def _install(packages: list[str]) -> None:
    line = f"apt-get install -y {' '.join(packages)}"
    if not _may_install():
        complain(
            f"Für die vollständige Prüfung fehlt etwas. Bitte installieren:\n\n  sudo {line}\n\n"
            "oder mit --without-browser beziehungsweise --without-postgres unvollständig prüfen.",
            f"The complete check needs more. Please install:\n\n  sudo {line}\n\n"
            "or check incompletely with --without-browser or --without-postgres.",
        )
        raise Missing
    say(f"Wird installiert: {' '.join(packages)} ...", f"Installing: {' '.join(packages)} ...")
    heavy = PACKAGES["chromium"]
    rest = [one for one in packages if one != heavy] if heavy in packages and _apt([SHELL]) else packages
    if rest and not _apt(rest):
        complain(f"Die Installation ist gescheitert: {line}", f"Installing failed: {line}")
        raise Missing


def _lighten() -> None:
    """Where we may install, the browser without windows is fetched; where that does not work, the other one will do."""
    chosen = os.environ.get("VERBUNDWERK_CHROMIUM") or shutil.which(SHELL)
    if not chosen and _may_install():
        _apt([SHELL])


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(packages: list[str]) -> bool:
    quiet: dict[str, Any] = {
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL,
    }  # fmt: skip
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    if subprocess.run(command, check=False, stderr=subprocess.DEVNULL, **quiet).returncode == 0:
        return True
    subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)
    return subprocess.run(command, check=False, **quiet).returncode == 0
