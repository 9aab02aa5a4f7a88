"""Locks of one user's runs: in a folder of that user's alone, whoever was there first; and isolated interpreters."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from conformance.foundation import locking, loopback
from conformance.foundation.exceptions import InterpreterMissing
from conformance.foundation.locking import LockHeld, NotOurs
from conformance.target import implementation, interpreter


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, which every user may write to; there is no other."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    folder.chmod(0o1777)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    return folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def take_a_turn() -> None:
    with loopback.turn("127.0.0.1", loopback.free_port("127.0.0.1"), seconds=0.2):
        pass


def test_locks_are_in_a_folder_of_the_users_alone(temporary: Path) -> None:
    take_a_turn()
    [folder] = temporary.iterdir()
    assert mode(folder) == 0o700
    assert all(mode(file) == 0o600 for file in folder.iterdir())


def test_the_folder_is_below_the_users_runtime_folder_where_that_is_private(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    assert locking.user_folder().parent == runtime
    runtime.chmod(0o755)
    assert locking.user_folder().parent == temporary
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "nowhere"))
    assert locking.user_folder().parent == temporary


def test_a_folder_of_another_users_is_refused_with_whose_it_is_and_the_cure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    locking.user_folder()
    theirs = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: theirs + 54321)
    with pytest.raises(NotOurs, match=rf"belongs to .*, not to the user {theirs + 54321}: .*TMPDIR"):
        take_a_turn()


@pytest.mark.parametrize("kind", ["link", "file"])
def test_what_is_no_folder_is_refused(tmp_path: Path, kind: str) -> None:
    folder = locking.user_folder()
    folder.rmdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if kind == "link":
        folder.symlink_to(elsewhere)
        with pytest.raises(NotOurs, match="is a link"):
            take_a_turn()
    else:
        folder.touch()
        with pytest.raises((NotOurs, OSError)):
            take_a_turn()
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("kind", ["link", "FIFO", "folder"])
def test_what_lies_in_place_of_a_lock_is_neither_followed_nor_waited_for(tmp_path: Path, kind: str) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    port = loopback.free_port("127.0.0.1")
    file = locking.user_folder() / f"{port}.lock"
    if kind == "link":
        file.symlink_to(victim)
    elif kind == "FIFO":
        os.mkfifo(file)
    else:
        file.mkdir()
    with pytest.raises(NotOurs, match=str(file)), loopback.turn("127.0.0.1", port):
        pass
    assert victim.read_text() == "mine"


def test_a_lock_that_is_held_is_not_waited_for_for_ever() -> None:
    port = loopback.free_port("127.0.0.1")
    with loopback.turn("127.0.0.1", port):
        program = (
            "import sys; from conformance.foundation import loopback, locking\n"
            "try:\n"
            f"    with loopback.turn('127.0.0.1', {port}, 0.2): pass\n"
            "except locking.LockHeld as error: print(error)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            env={**os.environ, "TMPDIR": tempfile.gettempdir()},
        )
    assert f"{port}.lock for 0.2 s" in done.stdout
    assert issubclass(LockHeld, Exception)


def made(folder: Path) -> None:
    file = folder / "mine.toml"
    file.write_text('name = "mine"\nvariants = ["flask-sync"]\n[interpreter]\ninstall = ["nothing-of-that-name"]\n')
    interpreter.ready(implementation.load(file), environments=folder / "environments")


def test_an_environment_is_made_by_no_module_of_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("venv", "pip", "runpy", "ensurepip"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(InterpreterMissing, match="nothing-of-that-name"):
        made(tmp_path)
    assert not (tmp_path / "ran").exists()


def test_environments_that_every_user_may_write_to_are_not_run(tmp_path: Path) -> None:
    (tmp_path / "environments").mkdir()
    (tmp_path / "environments").chmod(0o777)
    with pytest.raises(InterpreterMissing, match="judge from a folder of yours"):
        made(tmp_path)
