"""A real server with the demo region on loopback, for measurements: set up, used, torn down.

Import this before anything of Django: it decides where the data lies.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Stage:
    url: str
    master: int

    def cpu_seconds(self) -> float:
        """User and system time of the server and all its workers since they began."""
        return sum(_cpu_of(pid) for pid in (self.master, *_children(self.master)))


def prepare(folder: Path) -> None:
    """Point this process and everything it starts to a data folder of its own, and build it."""
    os.environ["VERBUNDWERK_DATA"] = str(folder)
    os.environ["VERBUNDWERK_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "verbundwerk.settings.local"
    sys.path.insert(0, str(ROOT / "src"))
    for words in (["catalogues", "compile"], ["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        manage(*words)


def manage(*words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def server(workers: int = 2, threads: int = 4) -> Iterator[Stage]:
    port = _free_port()
    words = ["-b", f"127.0.0.1:{port}", "-w", str(workers), "--threads", str(threads), "--log-level", "error"]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *words, "--pythonpath", "src", "verbundwerk.wsgi:application"], cwd=ROOT
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url)
        yield Stage(url, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def own_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="verbundwerk-bench-") as folder:
        yield Path(folder)


def session_of(person: object) -> str:
    """A session of this person, as signing in would leave it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(url: str, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url + "/robots.txt", timeout=2)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no answer from {url}")


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(one) for one in listed.split()]


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS
