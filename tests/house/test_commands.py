"""The two commands keep what they promise: help, clear refusals, nothing left behind, whatever is killed."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from scripts import tools
from scripts.children import launch, stop_all
from scripts.supervise import Child, Hopeless, Supervisor
from tests.house.walls import ROOT

COMMAND = ROOT / "verbundwerk"
GERMAN = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("VERBUNDWERK_", "DJANGO_", "LC_"))},
    "LANG": "de_DE.UTF-8",
}


def _say(*words: str, lang: str = "de_DE.UTF-8", timeout: float = 60) -> subprocess.CompletedProcess[str]:
    env = {**GERMAN, "LANG": lang}
    return subprocess.run([str(COMMAND), *words], env=env, capture_output=True, text=True, check=False, timeout=timeout)


# --- help ------------------------------------------------------------------------------
def test_without_a_word_the_command_explains_itself() -> None:
    answer = _say()
    assert answer.returncode == 0
    assert "./verbundwerk start" in answer.stdout
    assert "Weiterbildungsverbünde" in answer.stdout


def test_it_speaks_english_to_those_who_do() -> None:
    assert "training alliances" in _say("help", lang="en_GB.UTF-8").stdout


def test_an_unknown_word_is_refused_with_the_help_on_stderr() -> None:
    answer = _say("strat")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "./verbundwerk start" in answer.stderr


def test_without_a_new_enough_python_it_says_what_to_install(tmp_path: Path) -> None:
    for name in ("dirname", "cat"):
        (tmp_path / name).symlink_to(
            next(Path(one) / name for one in ("/usr/bin", "/bin") if (Path(one) / name).exists())
        )
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    copy = tmp_path / "clone" / "verbundwerk"
    copy.parent.mkdir()
    copy.write_text(COMMAND.read_text())
    answer = subprocess.run(
        ["/bin/sh", str(copy), "start"], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 3
    assert "sudo apt-get install -y python3 python3-venv" in answer.stderr


def test_who_may_not_install_is_told_the_exact_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("VERBUNDWERK_CHROMIUM", raising=False)
    monkeypatch.setattr(tools, "POSTGRES_FOLDERS", ())
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(tools.Missing):
        tools.find(browser=True, postgres=True)
    assert "\n  sudo apt-get install -y chromium postgresql\n" in capsys.readouterr().err
    with pytest.raises(tools.Missing):
        tools.find(browser=False, postgres=True)
    assert "\n  sudo apt-get install -y postgresql\n" in capsys.readouterr().err
    assert tools.find(browser=False, postgres=False) == tools.Tools(None, None)


# --- children --------------------------------------------------------------------------
def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def _soon(what: Callable[[], bool], seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's promise is Linux's")
def test_a_child_dies_with_us_even_when_we_are_killed_outright() -> None:
    code = "from scripts.children import launch; print(launch(['sleep', '60'], stdout=-3).pid, flush=True); input()"
    parent = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout
    child = int(parent.stdout.readline())
    assert _alive(child)
    parent.kill()
    parent.wait()
    assert _soon(lambda: not _alive(child))
    parent.communicate()


def test_a_child_that_does_not_listen_is_killed_with_its_own_children() -> None:
    deaf = "trap '' TERM; sleep 60 & echo $!; wait; sleep 60"
    child = launch(["/bin/sh", "-c", deaf], stdout=subprocess.PIPE)
    assert child.stdout
    grandchild = int(child.stdout.readline())
    stop_all([child], patience=0.2)
    assert child.returncode == -signal.SIGKILL
    assert _soon(lambda: not _alive(grandchild))


# --- the supervisor --------------------------------------------------------------------
def _child(folder: Path, code: str) -> Child:
    return Child("probe", [sys.executable, "-c", code], folder / "probe.log", dict(os.environ), first_pause=0.01)


def test_what_crashes_is_started_again(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    code = f"import pathlib, time; m = pathlib.Path({str(mark)!r}); m.exists() and time.sleep(60); m.touch(); exit(1)"
    crashes: list[str] = []
    keeper = Supervisor([_child(tmp_path, code)], lambda child: crashes.append(child.name))
    keeper.start()
    try:

        def lives_again() -> bool:
            keeper.look()
            return bool(crashes) and keeper.children[0].process is not None

        assert _soon(lives_again)
        assert crashes == ["probe"]
    finally:
        keeper.stop()


def test_what_crashes_five_times_in_a_minute_is_given_up_with_its_last_words(tmp_path: Path) -> None:
    crashes: list[str] = []

    def mourn(child: Child) -> None:
        crashes.append(child.name)
        assert len(crashes) <= 5, "it should have given up"

    keeper = Supervisor([_child(tmp_path, "raise SystemExit('no way')")], mourn, 0.01)
    keeper.start()
    with pytest.raises(Hopeless) as given_up:
        keeper.watch()
    assert len(crashes) == 5
    assert "no way" in given_up.value.child.last_words()


# --- start, for real -------------------------------------------------------------------
@pytest.fixture
def port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


class Started:
    def __init__(self, port: int, data: Path) -> None:
        self.port = port
        command = [sys.executable, "-m", "scripts.start", "--port", str(port), "--data", str(data)]
        env = {**GERMAN, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.said = ""

    def ready(self) -> "Started":
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
            if "Strg-C" in line:
                return self
        raise AssertionError(self.said)

    def status(self, path: str = "/") -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def children(self) -> list[int]:
        tasks = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(one) for one in tasks.read_text().split()]

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        rest, _nothing = self.process.communicate(timeout=30)
        self.said += rest
        return self.process.returncode


@pytest.fixture
def start(port: int, tmp_path: Path) -> Iterator[Callable[[], Started]]:
    running: list[Started] = []

    def begin() -> Started:
        running.append(Started(port, tmp_path / "data"))
        return running[-1]

    yield begin
    for one in running:
        if one.process.poll() is None:
            one.process.kill()
            one.process.communicate()


@pytest.mark.slow  # a whole installation is made, started, wounded and stopped, twice
@pytest.mark.skipif(
    bool(os.environ.get("VERBUNDWERK_DATABASE")), reason="start runs on SQLite; this run asks PostgreSQL"
)
@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes through /proc")
def test_a_stranger_starts_it_wounds_it_stops_it_and_finds_everything_again(
    start: Callable[[], Started], tmp_path: Path
) -> None:
    first = start().ready()
    assert first.status() == 200
    links = re.findall(rf"http://127.0.0.1:{first.port}(/demo/\S+)", first.said)
    assert len(links) >= 10
    assert first.status(links[0]) == 302

    whole = first.children()
    assert len(whole) == 3
    os.kill(whole[0], signal.SIGKILL)
    assert _soon(lambda: len(first.children()) == 3 and whole[0] not in first.children(), 20)
    assert _soon(lambda: first.status() == 200, 20), "the web server did not come back"

    second = start()
    assert second.process.wait(timeout=20) == 3
    assert second.process.stdout
    assert "nicht frei" in second.process.stdout.read()

    children = first.children()
    assert first.end(signal.SIGINT) == 0
    assert _soon(lambda: not any(map(_alive, children)))

    key = (tmp_path / "data" / "secret.key").read_text()
    again = start().ready()
    assert len(re.findall(r"/demo/\S+", again.said)) == len(links)
    assert (tmp_path / "data" / "secret.key").read_text() == key
    children = again.children()
    again.process.kill()
    again.process.communicate()
    assert _soon(lambda: not any(map(_alive, children)), 20), "a child outlived a killed parent"
