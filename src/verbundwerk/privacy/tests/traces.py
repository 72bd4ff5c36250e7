"""What is still to be found of a person: in an installation's files as they lie on the disk, and in every table."""

import json
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection

from verbundwerk.base.words import search_key, sort_key


def spellings(*words: str) -> set[str]:
    """As written, as a JSON text keeps it, and as the keys we sort and search by."""
    return {form for word in words for form in (word, json.dumps(word)[1:-1], sort_key(word), search_key(word)) if form}


def found(*words: str) -> dict[str, set[str]]:
    """Where each spelling of these words still stands: file or table."""
    wanted = spellings(*words)
    return {where: seen for where, text in _everything() if (seen := {one for one in wanted if one.encode() in text})}


def _everything() -> Iterable[tuple[str, bytes]]:
    for file in _files():
        yield file.name, file.read_bytes()
    yield from _tables()


def _files() -> list[Path]:
    """The data folder holds everything an installation keeps: database, its log, media, secrets."""
    folders = [Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT)]
    kept = {file for folder in folders for file in folder.rglob("*") if file.is_file()}
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        kept |= set(database.parent.glob(f"{database.name}*"))
    return sorted(kept)


def _tables() -> Iterable[tuple[str, bytes]]:
    """Every column of every row as text, whatever the database calls it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = cursor.fetchall()
            yield table, "\n".join(str(value) for row in rows for value in row).encode()
