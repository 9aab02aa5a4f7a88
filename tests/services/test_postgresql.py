"""The real PostgreSQL: who is let in, what survives which end, and that nothing is left of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from conformance.foundation import loopback
from conformance.foundation.deadline import STOP, wait_until
from conformance.services import postgresql
from conformance.services.postgresql import NoPostgreSQL, PostgreSQL

OWNER = """
import sys, time
from conformance.foundation.loopback import LOCALHOST
from conformance.services.postgresql import PostgreSQL
server = PostgreSQL(LOCALHOST)
print(server._process.pid, server.folder, flush=True)
if sys.argv[1] == "fail":
    raise SystemExit(1)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    with PostgreSQL(loopback.LOCALHOST) as started:
        yield started


def told(server: PostgreSQL, statement: str, password: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PGPASSWORD": server.password if password is None else password, "PGCONNECT_TIMEOUT": "5"}
    address = ["-h", server.host, "-p", str(server.port), "-U", server.user, "-d", server.database]
    return subprocess.run(
        [server._binaries / "psql", *address, "-At", "-c", statement],
        env=environment,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


def test_it_answers_its_user(server: PostgreSQL) -> None:
    assert told(server, "SELECT 6 * 7").stdout.strip() == "42"


def test_it_lets_nobody_in_without_the_password(server: PostgreSQL) -> None:
    refused = told(server, "SELECT 1", password="wrong")
    assert refused.returncode
    assert "password authentication failed" in refused.stderr


def test_it_is_not_run_by_root(server: PostgreSQL) -> None:
    assert server._process is not None
    assert psutil.Process(server._process.pid).uids().effective != 0


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_it_starts_again_at_the_same_address_with_what_it_held(server: PostgreSQL, end: str) -> None:
    table = f"kept_{end}"
    assert told(server, f"CREATE TABLE {table} AS SELECT 7 AS number").returncode == 0
    getattr(server, end)()
    assert not server.running
    assert told(server, "SELECT 1").returncode
    server.start()
    assert told(server, f"SELECT number FROM {table}").stdout.strip() == "7"


def test_it_removes_all_of_itself() -> None:
    with PostgreSQL(loopback.LOCALHOST) as server:
        pid = server._process.pid if server._process else 0
        assert psutil.pid_exists(pid)
    assert not psutil.pid_exists(pid)
    assert not server.folder.exists()
    server.close()


def runs(pid: int) -> bool:
    """Whether it does; who has ended, and is waited for by nobody in time, does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("way", ["fail", "killed"])
def test_it_ends_with_its_owner_however_that_ends(way: str) -> None:
    owner = subprocess.Popen([sys.executable, "-c", OWNER, way], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    line = owner.stdout.readline().split(maxsplit=1)
    pid, folder = int(line[0]), Path(line[1].strip())
    if way == "killed":
        owner.send_signal(signal.SIGKILL)
    owner.communicate(timeout=STOP)
    wait_until(lambda: not (folder.exists() or runs(pid)), STOP)
    assert not folder.exists()
    assert not runs(pid)


def test_a_wheel_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "WHEEL", "no-such-wheel")
    with pytest.raises(NoPostgreSQL, match="pip install no-such-wheel"):
        PostgreSQL(loopback.LOCALHOST)


def test_programs_that_only_root_reaches_are_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "_open_to_all", lambda path: False)
    with PostgreSQL(loopback.LOCALHOST) as server:
        assert server._binaries.is_relative_to(server.folder) == (os.geteuid() == 0)
        assert told(server, "SELECT 1").stdout.strip() == "1"
