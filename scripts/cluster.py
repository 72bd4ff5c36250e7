"""A PostgreSQL cluster for one test run: made, used, thrown away, also after Ctrl-C."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts.children import launch, stop_all

START_SECONDS = 30.0
# Nothing here must survive a power cut; everything must be quick.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_wal_size": "2GB",
}


class ClusterFailed(Exception):
    pass


@contextmanager
def throw_away_cluster(binaries: Path) -> Iterator[str]:
    """Yields the address of an empty server, password included."""
    folder = Path(tempfile.mkdtemp(prefix="verbundwerk-postgres-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        as_whom = _unprivileged(folder)
        password = _initdb(binaries, folder, as_whom)
        port = _free_port()
        server = _serve(binaries, folder, port, as_whom)
        _wait(server, port, folder)
        yield f"postgresql://verbundwerk:{password}@127.0.0.1:{port}/postgres"
    finally:
        if server:
            stop_all([server], by=signal.SIGINT)  # PostgreSQL's fast shutdown
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as its own user, or as nobody."""
    if os.geteuid() != 0:
        return {}
    known = {one.pw_name: one for one in pwd.getpwall()}
    account = known.get("postgres") or known["nobody"]
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _initdb(binaries: Path, folder: Path, as_whom: dict[str, Any]) -> str:
    password = secrets.token_hex(16)
    file = folder / "password"
    file.write_text(password)
    if as_whom:
        os.chown(file, as_whom["user"], as_whom["group"])
    file.chmod(0o600)
    command = [str(binaries / "initdb"), "--pgdata", str(folder / "data"), "--username=verbundwerk", "--no-sync"]
    command += [f"--pwfile={file}", "--auth=scram-sha-256", "--encoding=UTF8", f"--locale={_locale()}"]
    made = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, **as_whom)
    file.unlink()
    if made.returncode:
        raise ClusterFailed(made.stderr)
    return password


def _locale() -> str:
    """As installations have it; plain C where the system knows no C.UTF-8."""
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.lower().split()
    return "C.UTF-8" if {"c.utf-8", "c.utf8"} & set(known) else "C"


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _serve(binaries: Path, folder: Path, port: int, as_whom: dict[str, Any]) -> subprocess.Popen[bytes]:
    options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-p", str(port), *options]
    with (folder / "log").open("wb") as log:
        return launch(command, dies_by=signal.SIGINT, stdout=log, stderr=log, cwd=folder, **as_whom)


def _wait(server: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        if "ready to accept connections" in (folder / "log").read_text(errors="replace"):
            return
        time.sleep(0.1)
    raise ClusterFailed((folder / "log").read_text(errors="replace"))
