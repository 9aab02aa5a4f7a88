"""The secret key of a service in development (DJANGO-6): random, made once, kept for its user alone.

There is one file a project in the user's state directory, so that all workers and later runs have the same key. A key
is written to a file of another name first, which is then linked to its own: whoever comes second finds a whole key
there and takes it.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import secrets
import stat
import sys
from pathlib import Path

from utilmeta.core.server.speech import tell

SHORTEST = 50  # characters: what Django asks of a key


def development_key(project: Path) -> str:
    """The key of the project in this directory; where none can be kept one of this process, with a warning."""
    try:
        return kept(state_directory() / file_name(project))
    except (OSError, RuntimeError) as error:
        tell(
            logging.WARNING,
            f"there is no secret key, and none can be kept: {error}. This process has one of its own: what it signs no "
            "other worker and no later run will know. Give DjangoSettings(secret_key=...), or set XDG_STATE_HOME to a "
            "directory of yours that can be written",
        )
        return made()


def made() -> str:
    return secrets.token_urlsafe(SHORTEST)


def file_name(project: Path) -> str:
    """Names the project; nothing of the key is made of it."""
    return f"{project.name[:40]}-{hashlib.sha256(os.fsencode(project)).hexdigest()[:16]}.key"


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


def kept(file: Path) -> str:
    """The key in this file, made if there is none. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        return read(file)
    make_private(file.parent)
    draft = file.with_name(f".{secrets.token_hex(16)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as writing:
            writing.write(made())
            writing.flush()
            os.fsync(writing.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink(missing_ok=True)
    return read(file)


def make_private(folder: Path) -> None:
    """The folder, and what is missing above it, for this user alone. Raises OSError if it belongs to another one."""
    make_missing(folder)
    if os.name == "posix":
        status = folder.stat()
        require_own(status, folder)
        if stat.S_IMODE(status.st_mode) != 0o700:
            folder.chmod(0o700)


def make_missing(folder: Path) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def read(file: Path) -> str:
    with open(os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), encoding="ascii") as reading:
        if os.name == "posix":
            status = os.fstat(reading.fileno())
            require_own(status, file)
            if status.st_mode & 0o077:
                raise PermissionError(f"others may read {file}; remove it")
        try:
            key = reading.read()
        except UnicodeDecodeError:
            key = ""
    if len(key) < SHORTEST:
        raise OSError(f"{file} holds no key; remove it")
    return key


def require_own(status: os.stat_result, path: Path) -> None:
    if sys.platform != "win32" and status.st_uid != os.geteuid():
        raise PermissionError(f"{path} belongs to {name_of(status.st_uid)}, not to {name_of(os.geteuid())}")


def name_of(user: int) -> str:
    try:
        import pwd

        return f"the user {pwd.getpwuid(user).pw_name!r}"
    except (ImportError, KeyError):
        return f"the user {user}"
