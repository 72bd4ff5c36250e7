"""A process of its own that reports a need without an account, and dies where the test says."""

import os
import signal
import sys
from datetime import date
from typing import Any
from uuid import UUID

import django
from django.conf import settings

ONCE = UUID("5b0b4cf2-6f5e-4c7f-9a55-6a4c9d1f0a11")


def die(*_any: Any, **_named: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    settings.DATABASES["default"]["NAME"] = os.environ["SAME_DATABASE"]
    django.setup()
    from verbundwerk.needs.flow import QuickWords, quick
    from verbundwerk.needs.models import QuickLink

    from . import make

    if os.environ["DIES"] == "before the letter":
        quick.send_letter = die
    words = QuickWords(topic_text="HV", seats=1, window_until=date(2027, 3, 31), email="a@example.org")
    quick.send_quick(QuickLink.objects.get(pk=sys.argv[1]), words, once=ONCE, at=make.AT)
    if os.environ["DIES"]:
        die()


if __name__ == "__main__":
    main()
