"""Runs `manage.py tick` every minute in one long-lived process; an error is logged and the next minute comes."""

import logging
import os
import signal
import threading
from types import FrameType

import django
from django.core.management import call_command
from django.db import close_old_connections

EVERY_SECONDS = 60
log = logging.getLogger("verbundwerk.tick")


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    django.setup()
    enough = threading.Event()

    def finish(_number: int, _frame: FrameType | None) -> None:
        enough.set()

    signal.signal(signal.SIGTERM, finish)
    signal.signal(signal.SIGINT, finish)
    parent = os.getppid()
    while not enough.is_set() and os.getppid() == parent:
        tick()
        pause(enough, parent)


def tick() -> None:
    try:
        close_old_connections()
        call_command("tick")
    except Exception:
        # Whatever is due stays due: the command is idempotent, the next tick finds it again.
        log.exception("tick failed")
    finally:
        close_old_connections()


def pause(enough: threading.Event, parent: int) -> None:
    """Sleeps in seconds, so that an orphan notices soon that nobody needs it."""
    for _second in range(EVERY_SECONDS):
        if enough.wait(1) or os.getppid() != parent:
            return


if __name__ == "__main__":
    main()
