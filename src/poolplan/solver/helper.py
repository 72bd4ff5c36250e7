"""A second process that works on tasks: started plainly, talks in pickles over its own pipes.

Not `multiprocessing`: that runs the caller's main script again, which a library must not ask for.
Both processes keep the same sheet by applying the same moves in the same order.
"""

from __future__ import annotations

import io
import os
import pickle
import select
import struct
import subprocess
import sys
from typing import Any, BinaryIO

START = "import sys; sys.path[:] = {path!r}; from poolplan.solver.helper import serve; serve()"


class Helper:
    """The handle on one helping process."""

    def __init__(self) -> None:
        code = START.format(path=[p or os.getcwd() for p in sys.path])
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter with our own code
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        # read past the buffer: `ready` asks the pipe, and an answer already in a buffer would never be seen
        self._answers = io.FileIO(self._process.stdout.fileno(), closefd=False)  # type: ignore[union-attr]

    def send(self, *message: Any) -> None:
        """Hand over a message; the helper works through them in order."""
        _write(self._process.stdin, message)  # type: ignore[arg-type]  # both pipes were asked for

    def ready(self) -> bool:
        """Whether an answer waits."""
        return bool(select.select([self._answers], [], [], 0)[0])

    def receive(self) -> Any:
        """The next answer; waits for it."""
        return _read(self._answers)

    def end(self) -> None:
        """Stop the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


def serve() -> None:
    """The helper's life: read a message, do it, answer; end with the pipe."""
    from poolplan.solver.crew import Hand  # noqa: PLC0415 - the helper's process only

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints, prints to stderr
    hand = Hand()
    while True:
        try:
            message = _read(sys.stdin.buffer)
        except EOFError:
            return
        for answer in hand.do(*message):
            _write(answers, answer)


def _write(pipe: BinaryIO, thing: Any) -> None:
    data = pickle.dumps(thing, protocol=5)
    pipe.write(struct.pack("<Q", len(data)))
    pipe.write(data)
    pipe.flush()


def _read(pipe: BinaryIO | io.FileIO) -> Any:
    size = struct.unpack("<Q", _exactly(pipe, 8))[0]
    return pickle.loads(_exactly(pipe, size))  # noqa: S301 - from our own helper


def _exactly(pipe: BinaryIO | io.FileIO, count: int) -> bytes:
    """So many bytes, however many pieces they come in."""
    data = bytearray()
    while len(data) < count:
        piece = pipe.read(count - len(data))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)
