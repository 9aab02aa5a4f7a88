"""Opens files that belong to the present user alone, such as keys and locks (SECURITY-13a, DATABASE-9b).

Another user may create the directory first, or put a link, a FIFO or a file in place of the file. So only a regular
file of this user is opened, in a directory that no other user can enter; anything else is an OSError that names its
owner, and no link is followed.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path


def state_directory() -> Path:
    """UtilMeta's directory among the user's state files. Raises OSError or RuntimeError where the user has no home."""
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
    """Create the directory with its parents, or make an existing one private.

    Raises OSError for a link, a file, and a directory of another user.
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
    """Create the directory and its missing parents, for this user alone. Raises OSError."""
    missing = [each for each in (directory, *directory.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def open_own(file: Path, flags: int) -> int:
    """The descriptor of a regular file of this user, opened with ``flags``; O_CREAT creates it for this user alone.

    Raises OSError for a link, a file that is not regular, and a file of another user.
    """
    if sys.platform == "win32":
        return os.open(file, flags, 0o600)
    try:
        # O_NONBLOCK: opening a FIFO would wait for a writer.
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
    """Raise PermissionError naming the owner where ``status`` is of another user's file."""
    if sys.platform != "win32" and status.st_uid != os.geteuid():
        raise PermissionError(f"{path} belongs to {name_of(status.st_uid)}, not to {name_of(os.geteuid())}")


def name_of(user: int) -> str:
    """The name of a user of the machine, for errors."""
    try:
        import pwd

        return f"the user {pwd.getpwuid(user).pw_name!r}"
    except (ImportError, KeyError):
        return f"the user {user}"
