"""Keeps a handful of processes alive: restarts what crashes, slower each time, and gives up when it is hopeless."""

import subprocess
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from scripts.children import launch, stop_all

HOPELESS_CRASHES = 5
HOPELESS_SECONDS = 60.0
LOG_BYTES = 5 * 1024 * 1024


class Hopeless(Exception):
    """A child crashed too often in too short a time."""

    def __init__(self, child: "Child") -> None:
        super().__init__(child.name)
        self.child = child


@dataclass
class Child:
    name: str
    command: list[str]
    log: Path
    env: dict[str, str]
    pass_fds: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    crashes: deque[float] = field(default_factory=lambda: deque(maxlen=HOPELESS_CRASHES))
    not_before: float = 0.0
    first_pause: float = 1.0

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = launch(
                self.command, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=self.pass_fds
            )

    def crashed(self, now: float) -> bool:
        """Notes a crash once: afterwards the child waits for its next start."""
        if self.process is None or self.process.poll() is None:
            return False
        stop_all([self.process])
        self.process = None
        recent = [one for one in self.crashes if now - one < HOPELESS_SECONDS]
        self.crashes.append(now)
        self.not_before = now + min(self.first_pause * 2 ** len(recent), 30)
        return True

    def hopeless(self) -> bool:
        return len(self.crashes) == HOPELESS_CRASHES and self.crashes[-1] - self.crashes[0] < HOPELESS_SECONDS

    def last_words(self, lines: int = 12) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""


class Supervisor:
    def __init__(self, children: list[Child], on_crash: Callable[[Child], None], pause: float = 0.25) -> None:
        self.children = children
        self.on_crash = on_crash
        self.pause = pause
        self.stopping = False

    def start(self) -> None:
        for child in self.children:
            _shorten(child.log)
            child.start()

    def look(self) -> None:
        """One round: bury, complain, revive. Raises Hopeless."""
        now = time.monotonic()
        for child in self.children:
            if child.crashed(now):
                self.on_crash(child)
                if child.hopeless():
                    raise Hopeless(child)
            if child.process is None and now >= child.not_before:
                child.start()

    def watch(self) -> None:
        while not self.stopping:
            self.look()
            time.sleep(self.pause)

    def stop(self) -> None:
        stop_all([child.process for child in self.children if child.process])


def _shorten(log: Path) -> None:
    """Keeps one older part, so that logs never grow without end."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".old.log"))
