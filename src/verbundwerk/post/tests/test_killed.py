"""A worker is killed for real between sending a letter and noting it: the letter goes out again, as the same letter."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from django.db import connection

from verbundwerk.post import flow, rules
from verbundwerk.post.models import Letter

from . import make

# slow: processes start and die
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AT = make.AT
MOMENT = timedelta(seconds=30)  # the machine may be busy
ROOT = Path(__file__).parents[4]


@pytest.fixture
def worker(tmp_path):
    """Starts a worker at that moment; `dies`: it will hang between sending and noting."""
    letters = tmp_path / "letters"
    letters.mkdir()

    def start(at, *, dies=False):
        surroundings = {
            **os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "LETTERS": str(letters),
            "SAME_DATABASE": str(connection.settings_dict["NAME"]), "VERBUNDWERK_TEST_DATA": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "verbundwerk.settings.test", "DIES_BEFORE_NOTING": "1" if dies else "",
        }  # fmt: skip
        return subprocess.Popen(
            [sys.executable, "-m", "verbundwerk.post.tests.worker", at.isoformat()], env=surroundings, cwd=ROOT,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    start.letters = letters
    return start


def delivered(process):
    out, _err = process.communicate(timeout=60)
    assert process.returncode == 0
    return int(out.splitlines()[-1])


def killed(process):
    """It has sent; it never comes to note it."""
    assert process.stdout.readline().strip() == "sent"
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL


def names(folder):
    """The Message-ID of every letter the mail server has got."""
    return [message_from_bytes(one.read_bytes())["Message-ID"] for one in sorted(folder.iterdir())]


def test_a_worker_that_lives_sends_once_the_control(worker):
    letter = make.letter()

    assert delivered(worker(AT)) == 1
    assert delivered(worker(AT + rules.LEASE + MOMENT)) == 0
    assert names(worker.letters) == [f"<{letter.pk}@localhost>"]


def test_a_letter_whose_worker_was_killed_is_sent_again_under_the_same_name(worker):
    letter = make.letter()
    killed(worker(AT, dies=True))

    left = Letter.objects.get()
    assert (left.state, left.attempts, left.sent_at) == ("waiting", 1, None)
    assert delivered(worker(AT + rules.LEASE - MOMENT)) == 0, "the dead worker's lease still holds"
    assert delivered(worker(AT + rules.LEASE + MOMENT)) == 1

    assert names(worker.letters) == [f"<{letter.pk}@localhost>"] * 2
    noted = Letter.objects.get()
    assert (noted.state, noted.attempts) == ("sent", 2)
    assert delivered(worker(AT + 2 * rules.LEASE + 2 * MOMENT)) == 0


def test_whoever_does_the_cause_again_after_the_death_writes_no_second_letter(worker):
    said = {"key": "test/once", "to": "neu@firma.example", "subject": "Eine E-Mail", "text": "Guten Tag", "at": AT}
    flow.send_letter(**said)
    killed(worker(AT, dies=True))
    flow.send_letter(**said)

    assert Letter.objects.count() == 1
    assert delivered(worker(AT + rules.LEASE + MOMENT)) == 1
    assert len(set(names(worker.letters))) == 1
