"""Child processes that never outlive us, whatever kills us."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

PR_SET_PDEATHSIG = 1


def dies_with_us(by: int = signal.SIGTERM) -> Callable[[], None] | None:
    """What a child runs before it begins: Linux sends it the signal when its parent is gone, even by kill -9."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def before_exec() -> None:
        prctl(PR_SET_PDEATHSIG, by)
        if os.getppid() != parent:
            os._exit(1)  # the parent died between fork and prctl

    return before_exec


def launch(command: list[str], *, dies_by: int = signal.SIGTERM, **options: Any) -> subprocess.Popen[bytes]:
    """A child in a session of its own: Ctrl-C at the terminal reaches only us, and we stop the children in order."""
    return subprocess.Popen(command, start_new_session=True, preexec_fn=dies_with_us(dies_by), **options)  # noqa: PLW1509


def stop_all(children: list[subprocess.Popen[bytes]], patience: float = 10, by: int = signal.SIGTERM) -> None:
    """Ask, wait, then insist: nothing of a child's session is left afterwards."""
    for child in children:
        _signal(child, by, only_if=child.poll() is None)
    for child in children:
        try:
            child.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            _signal(child, signal.SIGKILL)
            child.wait()
        _signal(child, signal.SIGKILL)


def _signal(child: subprocess.Popen[bytes], number: int, only_if: bool = True) -> None:
    if only_if:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, number)
