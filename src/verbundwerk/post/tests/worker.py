"""A worker as a process of its own, which a test can really kill: delivers what waits in the database of the tests.

Talks to the test on its standard output: one line when the mail server has a letter, one with the count at the end."""

import json
import os
import sys
import time
from datetime import datetime
from typing import Any

import django
from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend


class Backend(EmailBackend):
    """The letter is out; whoever shall die before that is noted waits here for its end."""

    def send_messages(self, messages: Any) -> Any:
        sent = super().send_messages(messages)
        if os.environ.get("DIES_BEFORE_NOTING"):
            print("sent", flush=True)  # noqa: T201 - the test listens
            time.sleep(60)
        return sent


def main() -> None:
    settings.DATABASES["default"]["NAME"] = os.environ["SAME_DATABASE"]
    settings.EMAIL_BACKEND = "verbundwerk.post.tests.worker.Backend"
    settings.EMAIL_FILE_PATH = os.environ["LETTERS"]
    django.setup()
    from verbundwerk.post import flow

    count = flow.deliver_due(datetime.fromisoformat(sys.argv[1]))
    print(json.dumps(count), flush=True)  # noqa: T201 - the test listens


if __name__ == "__main__":
    main()
