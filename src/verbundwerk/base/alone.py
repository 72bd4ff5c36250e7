"""At most one process does a thing at a time, on both databases, and a killed one leaves no lock behind."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from django.conf import settings
from django.db import connection


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """`with alone("tick") as mine:` - mine is False while another process has it; nobody waits."""
    with _advisory_lock(name) if connection.vendor == "postgresql" else _file_lock(name) as mine:
        yield mine


@contextmanager
def _file_lock(name: str) -> Iterator[bool]:
    """SQLite lives on one machine, so a lock of that machine's system is enough."""
    with Path(settings.DATA_DIR, f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


@contextmanager
def _advisory_lock(name: str) -> Iterator[bool]:
    """PostgreSQL serves many machines; its lock ends with the connection at the latest."""
    key = crc32(f"verbundwerk.{name}".encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        mine = bool(cursor.fetchone()[0])
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
