"""Whether this installation works, in figures that tell nobody anything about people."""

from datetime import datetime, timedelta

from django.db import DatabaseError, connection

from verbundwerk.base.jobs import backlog
from verbundwerk.post import queries as post

from ..models import Heartbeat

# Letters leave within a minute or two; one that has been due for longer says that nobody works in the background.
LETTERS_LEAVE_WITHIN = timedelta(minutes=15)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


def background(at: datetime) -> dict[str, int | None]:
    """Seconds since the last tick (None: there was none yet), and what should long have been done."""
    last = Heartbeat.objects.order_by("-at").first()
    return {
        "seconds_since_tick": int((at - last.at).total_seconds()) if last else None,
        "letters_overdue": post.waiting(at - LETTERS_LEAVE_WITHIN).count(),
        "jobs_overdue": backlog(at).overdue,
    }
