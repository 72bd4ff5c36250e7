"""The database of the tests is set as the house runs it: what races prove here holds there."""

import threading

import pytest
from django.db import OperationalError, connection, connections, transaction


@pytest.mark.django_db
def test_sqlite_keeps_the_test_database_in_a_file_with_a_write_ahead_log() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("asks about SQLite's settings")
    with connection.cursor() as cursor:
        file = cursor.execute("PRAGMA database_list").fetchone()[2]
        assert file.endswith(".sqlite3") or "_gw" in file
        assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert cursor.execute("PRAGMA synchronous").fetchone()[0] == 1
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == 10_000


@pytest.mark.django_db(transaction=True)
def test_a_transaction_on_sqlite_takes_the_write_lock_when_it_begins() -> None:
    """Without IMMEDIATE the second transaction would begin, read, and then lose what it wants to write."""
    if connection.vendor != "sqlite":
        pytest.skip("asks about SQLite's settings")
    seen: list[str] = []

    def second_writer() -> None:
        other = connections["default"]
        try:
            other.ensure_connection()
            other.connection.execute("PRAGMA busy_timeout = 50")
            with transaction.atomic():
                seen.append("began")
        except OperationalError as problem:
            seen.append(str(problem))
        finally:
            other.close()

    with transaction.atomic():
        thread = threading.Thread(target=second_writer)
        thread.start()
        thread.join()
    assert seen == ["database is locked"]
