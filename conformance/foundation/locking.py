"""File locks between the runs of one user on one machine, in folders that no other user can write to."""

from __future__ import annotations

import contextlib
import os
import pwd
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from conformance.foundation.exceptions import HarnessError

NAME = "utilmeta-conformance"


class NotOurs(HarnessError):
    """A file or folder of the harness belongs to another user, or lies where another user could have put it."""


class LockHeld(HarnessError):
    """Another run of this user holds a lock for longer than the caller waits."""


def user_folder() -> Path:
    """Return a folder that belongs to this user alone: below XDG_RUNTIME_DIR, else below the temporary folder. Raises
    NotOurs."""
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    if runtime.is_absolute() and _private(runtime):
        folder = runtime / NAME
    else:
        folder = Path(tempfile.gettempdir()) / f"{NAME}-{os.getuid()}"
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    require_own(folder)
    if not _private(folder):
        folder.chmod(0o700)
    return folder


def _private(folder: Path) -> bool:
    try:
        status = os.lstat(folder)
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077


def require_own(path: Path) -> None:
    """Raise NotOurs unless the path is a file or folder of this user, and not a link."""
    status = os.lstat(path)
    if status.st_uid != os.geteuid():
        raise NotOurs(f"{path} belongs to {_user(status.st_uid)}, not to {_user(os.geteuid())}: {_CURE}.")
    if not (stat.S_ISDIR(status.st_mode) or stat.S_ISREG(status.st_mode)):
        raise NotOurs(f"{path} is a link, or no folder and no file: remove it.")


_CURE = "have it removed, or set TMPDIR to a folder of yours"


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"the user {number}"


@contextlib.contextmanager
def locked(file: Path, seconds: float) -> Iterator[None]:
    """Hold the lock of a file, in a folder that others cannot write to.

    Raises NotOurs where something else lies in its place, LockHeld where it is not to be had within that time.
    """
    with contextlib.suppress(FileNotFoundError):
        require_own(file)
        if not stat.S_ISREG(os.lstat(file).st_mode):
            raise NotOurs(f"{file} is no file: remove it.")
    lock = FileLock(file, timeout=seconds, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise LockHeld(
            f"Another run of yours has held the lock {file} for {seconds:g} s. Wait for it to end, or end it; no lock "
            "outlives the process that holds it."
        ) from None
    try:
        yield
    finally:
        lock.release()
