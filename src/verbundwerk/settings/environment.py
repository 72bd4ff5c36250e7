"""The few things an installation decides, read from the environment in one place."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SQLITE_OPTIONS = {
    # Django's defaults lose concurrent bookings on SQLite: a deferred transaction that
    # upgrades from read to write fails at once instead of waiting.
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    # secure_delete: what is deleted is overwritten in the file, not only no longer found.
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA secure_delete=ON",
}


def data_dir() -> Path:
    directory = Path(os.environ.get("VERBUNDWERK_DATA", "data")).resolve()
    # Letters with sign-in codes and the database lie here: nobody else on the machine reads them.
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    return directory


def flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str) -> list[str]:
    return [word for word in os.environ.get(name, default).replace(",", " ").split() if word]


def secret_key() -> str:
    """Taken from the environment, else made once and kept beside the data."""
    if given := os.environ.get("VERBUNDWERK_SECRET_KEY"):
        return given
    file = data_dir() / "secret.key"
    if not file.exists():
        _write_once(file, secrets.token_urlsafe(50))
    return file.read_text()


def _write_once(file: Path, text: str) -> None:
    """Written aside and put into place whole: whoever starts at the same moment reads one key, never half of one."""
    with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=".secret") as draft:
        draft.write(text)
        draft.flush()
        with suppress(FileExistsError):
            os.link(draft.name, file)


def database() -> dict[str, Any]:
    """SQLite in the data folder, or PostgreSQL by `VERBUNDWERK_DATABASE=postgresql://...`."""
    url = os.environ.get("VERBUNDWERK_DATABASE", "")
    return _postgresql(url) if url else _sqlite(data_dir() / "verbundwerk.sqlite3")


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": SQLITE_OPTIONS,
        "CONN_MAX_AGE": 600,
        "TEST": {"NAME": str(file.with_suffix(".test.sqlite3"))},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("VERBUNDWERK_DATABASE must start with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "verbundwerk",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
