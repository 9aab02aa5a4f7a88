"""Files that are kept for one user of the machine: where they are, and how one is opened that is not trusted yet.

Another user may make a directory first that a program is about to make, or put a link, a FIFO or a file into the place
of one that it is about to open. What is opened here is a regular file of this user in a directory of this user's
alone (SECURITY-13a); everything else is an OSError that says whose it is, and nothing of it is followed or waited for.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path


def state_directory() -> Path:
    """Where programs of this user keep what is to last. Raises OSError or RuntimeError if there is no such place."""
    named = os.environ.get("XDG_STATE_HOME", "")
    if os.path.isabs(named):  # a relative one is to be ignored (XDG Base Directory Specification)
        return Path(named) / "utilmeta"
    home = Path.home()
    if not home.is_dir():
        raise FileNotFoundError(f"there is no home directory {home}")
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "utilmeta"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "utilmeta"
    return home / ".local" / "state" / "utilmeta"


def make_private(directory: Path) -> None:
    """Make the directory, and what is missing above it, or see that it is this user's alone and no link.

    Raises OSError if it is not.
    """
    make_missing(directory)
    if os.name == "posix":
        status = os.lstat(directory)
        require_own(status, directory)
        if not stat.S_ISDIR(status.st_mode):
            raise PermissionError(f"{directory} is a link, or a file")
        if stat.S_IMODE(status.st_mode) != 0o700:
            directory.chmod(0o700)


def make_missing(directory: Path) -> None:
    """Make the directory, and what is missing above it, for this user alone. Raises OSError."""
    missing = [each for each in (directory, *directory.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def open_own(file: Path, flags: int) -> int:
    """The descriptor of a file of this user's; one that O_CREAT makes is for this user alone.

    Raises OSError for a link, for what is no regular file and for another user's.
    """
    if sys.platform == "win32":
        return os.open(file, flags, 0o600)
    try:
        # O_NONBLOCK: to open a FIFO would wait until somebody writes to it.
        descriptor = os.open(file, flags | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EMLINK):
            raise PermissionError(f"{file} is a link") from None
        raise
    try:
        status = os.fstat(descriptor)
        require_own(status, file)
        if not stat.S_ISREG(status.st_mode):
            raise PermissionError(f"{file} is no regular file")
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def require_own(status: os.stat_result, path: Path) -> None:
    """Raises PermissionError, which says whose it is, for what belongs to another user."""
    if sys.platform != "win32" and status.st_uid != os.geteuid():
        raise PermissionError(f"{path} belongs to {name_of(status.st_uid)}, not to {name_of(os.geteuid())}")


def name_of(user: int) -> str:
    """How an error names a user of the machine."""
    try:
        import pwd

        return f"the user {pwd.getpwuid(user).pw_name!r}"
    except (ImportError, KeyError):
        return f"the user {user}"
