"""`./verbundwerk start`: everything on one machine, reachable from this machine only."""

import argparse
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import IO

from scripts.children import dies_with_us
from scripts.supervise import Child, Hopeless, Supervisor
from scripts.words import both, complain, say

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
ANSWER_SECONDS = 60.0
WORKERS, THREADS = 2, 4

PREPARATIONS = [
    (("Datenbank", "Database"), ["migrate", "--verbosity=0"]),
    (("Sprachen", "Languages"), ["catalogues", "compile"]),
    (("Themen", "Topics"), ["load_topics"]),
    (("Stil und Bilder", "Static files"), ["collectstatic", "--noinput", "--verbosity=0"]),
]
DEMO = (("Beispielregion", "Demo region"), ["demo_region", "--if-empty"])


class Stopped(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


class CannotStart(Exception):
    """Said already; only the exit code is left."""


def main() -> int:
    wishes = _wishes()
    os.umask(0o077)  # letters, logs and the database are for nobody else on this machine
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        return _run(wishes.port, wishes.data)
    except CannotStart:
        return 3
    except Stopped:
        say("\nVerbundwerk ist beendet.", "\nVerbundwerk has stopped.")
        return 0


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="verbundwerk start", allow_abbrev=False)
    parser.add_argument("--port", type=_port, default=8000, help=both("sonst 8000", "else 8000"))
    parser.add_argument("--data", type=_folder, default=ROOT / "data", help=both("sonst data", "else data"))
    return parser.parse_args()


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(both("eine Zahl von 1 bis 65535", "a number from 1 to 65535"))
    return int(text)


def _folder(text: str) -> Path:
    """As the person meant it, who may have called us from anywhere."""
    return Path(os.environ.get("VERBUNDWERK_CALLED_FROM", ".")).joinpath(text).resolve()


def _stop(_number: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not tear the clean end apart
    raise Stopped


def _run(port: int, data: Path) -> int:
    with _listen(port) as listener, _own(data):
        env = _environment(port, data)
        _prepare(env)
        supervisor = Supervisor(_children(listener, data / "logs", env), _mourn)
        try:
            supervisor.start()
            _wait_for_answer(port, supervisor)
            _greet(port, data, env)
            supervisor.watch()
        except Hopeless as problem:
            _give_up(problem.child)
            return 1
        finally:
            supervisor.stop()
    return 0


# --- before anything starts -----------------------------------------------------------
def _listen(port: int) -> socket.socket:
    """Taken by us and handed to the web server: nobody can come between the question and the start."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(64)
    except OSError as problem:
        listener.close()
        complain(
            f"Port {port} ist nicht frei ({problem.strerror}). Nehmen Sie einen anderen: "
            f"./verbundwerk start --port {_other(port)}",
            f"Port {port} is not free ({problem.strerror}). Take another: ./verbundwerk start --port {_other(port)}",
        )
        raise CannotStart from problem
    return listener


def _other(port: int) -> int:
    return port + 1 if port < 65535 else 8000


def _own(data: Path) -> IO[str]:
    """One Verbundwerk per data folder: two would load the demo region twice."""
    try:
        (data / "logs").mkdir(parents=True, exist_ok=True)
        mark = (data / "running.lock").open("w")
    except OSError as problem:
        complain(
            f"Der Datenordner {data} lässt sich nicht benutzen ({problem.strerror}).",
            f"The data folder {data} cannot be used ({problem.strerror}).",
        )
        raise CannotStart from problem
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        mark.close()
        complain(
            f"Mit dem Datenordner {data} läuft schon ein Verbundwerk.",
            f"Another Verbundwerk is already running with the data folder {data}.",
        )
        raise CannotStart from problem
    return mark


def _environment(port: int, data: Path) -> dict[str, str]:
    fixed = {
        "VERBUNDWERK_DATA": str(data),
        "VERBUNDWERK_BASE_URL": _address(port),
        "DJANGO_SETTINGS_MODULE": "verbundwerk.settings.local",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "PYTHONUNBUFFERED": "1",
    }
    return {"VERBUNDWERK_DEMO": "1", **os.environ, **fixed}


def _address(port: int) -> str:
    return f"http://{HOST}:{port}"


def _prepare(env: dict[str, str]) -> None:
    wanted_demo = env["VERBUNDWERK_DEMO"].lower() in {"1", "true", "yes", "on"}
    for (german, english), command in [*PREPARATIONS, *([DEMO] if wanted_demo else [])]:
        began = time.monotonic()
        sys.stdout.write(f"  {both(german, english):<18}")
        sys.stdout.flush()
        done = _manage(command, env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            complain(f"gescheitert\n{done.stdout}", f"failed\n{done.stdout}")
            raise CannotStart
        sys.stdout.write(f"{time.monotonic() - began:5.1f} s\n")


def _manage(command: list[str], env: dict[str, str], **options: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *command],
        env=env,
        text=True,
        check=False,
        preexec_fn=dies_with_us(),
        start_new_session=True,
        **options,  # type: ignore[call-overload]
    )


# --- running --------------------------------------------------------------------------
def _children(listener: socket.socket, logs: Path, env: dict[str, str]) -> list[Child]:
    manage = [sys.executable, str(ROOT / "manage.py")]
    gunicorn = [sys.executable, "-m", "gunicorn", f"--bind=fd://{listener.fileno()}", f"--workers={WORKERS}"]
    # Filters and searches travel in the address; the longest that is allowed, so that our own page can answer it.
    gunicorn += [f"--threads={THREADS}", "--limit-request-line=8190", "--preload"]
    gunicorn += ["--no-control-socket", "--log-level=warning"]
    return [
        Child("web", [*gunicorn, "verbundwerk.wsgi"], logs / "web.log", env, (listener.fileno(),)),
        Child("worker", [*manage, "db_worker", "--no-startup-delay"], logs / "worker.log", env),
        Child("ticker", [sys.executable, "-m", "scripts.ticker"], logs / "ticker.log", env),
    ]


def _wait_for_answer(port: int, supervisor: Supervisor) -> None:
    until = time.monotonic() + ANSWER_SECONDS
    while not _answers(port):
        supervisor.look()
        if time.monotonic() > until:
            raise Hopeless(supervisor.children[0])
        time.sleep(0.2)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _greet(port: int, data: Path, env: dict[str, str]) -> None:
    address = _address(port)
    say(f"\nVerbundwerk läuft: {address}/", f"\nVerbundwerk is running: {address}/")
    if env["VERBUNDWERK_DEMO"].lower() in {"1", "true", "yes", "on"}:
        links = _manage(["demo_links", "--base", address], env, stdout=subprocess.PIPE).stdout.strip()
        say(f"\nAnmelden als (nur auf diesem Rechner):\n{links}", f"\nSign in as (on this machine only):\n{links}")
    say(
        f"\nDaten und Protokolle: {data}\nBeenden mit Strg-C.",
        f"\nData and logs: {data}\nStop with Ctrl-C.",
    )


def _mourn(child: Child) -> None:
    complain(
        f"Der Prozess „{child.name}“ ist abgestürzt und wird neu gestartet. Näheres: {child.log}",
        f"The process “{child.name}” crashed and is started again. More: {child.log}",
    )


def _give_up(child: Child) -> None:
    complain(
        f"Der Prozess „{child.name}“ kommt nicht hoch; Verbundwerk ist beendet. Seine letzten Zeilen:",
        f"The process “{child.name}” does not come up; Verbundwerk has stopped. Its last lines:",
    )
    sys.stderr.write(child.last_words() + "\n")


if __name__ == "__main__":
    sys.exit(main())
