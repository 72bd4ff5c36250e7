"""What the two commands say: German, or English for those whose terminal speaks it."""

import os
import sys

ROOT_WORDS = ("LC_ALL", "LC_MESSAGES", "LANG")


def both(german: str, english: str) -> str:
    language = next((os.environ[name] for name in ROOT_WORDS if os.environ.get(name)), "")
    return english if language.startswith("en") else german


def say(german: str, english: str) -> None:
    sys.stdout.write(both(german, english) + "\n")
    sys.stdout.flush()


def complain(german: str, english: str) -> None:
    sys.stdout.flush()
    sys.stderr.write(both(german, english) + "\n")
