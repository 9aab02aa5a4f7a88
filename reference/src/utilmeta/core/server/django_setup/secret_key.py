"""Makes and keeps the secret key of a service in development (DJANGO-6b).

Each project has a file in the user's state directory, so that all workers and later runs have the same key. A new key
is written to a temporary file, which is then linked to the real name: a second process finds a whole key and reads it.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import secrets
from pathlib import Path

from utilmeta.core.errors.notify import tell
from utilmeta.utils.private_files import make_private, open_own, state_directory

SHORTEST = 50  # characters: what Django asks of a key
LONGEST = 1000  # a longer key was not made here


def development_key(project: Path) -> str:
    """The key of the project in the directory ``project``; where none can be kept a new one, with a warning."""
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
    """A new random key."""
    return secrets.token_urlsafe(SHORTEST)


def file_name(project: Path) -> str:
    """The name of the file of a project's key."""
    return f"{project.name[:40]}-{hashlib.sha256(os.fsencode(project)).hexdigest()[:16]}.key"


def kept(file: Path) -> str:
    """The key in ``file``, made where there is none. Raises OSError."""
    make_private(file.parent)
    with contextlib.suppress(FileNotFoundError):
        return read(file)
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


def read(file: Path) -> str:
    """Return the secret key that ``file`` holds. Raises OSError for a missing file, for one that holds no key, and for
    one that other users can read or write."""
    with open(open_own(file, os.O_RDONLY), encoding="ascii") as reading:
        if os.name == "posix" and os.fstat(reading.fileno()).st_mode & 0o077:
            raise PermissionError(f"others may read {file}; remove it")
        try:
            key = reading.read(LONGEST + 1)
        except UnicodeDecodeError:
            key = ""
    if not SHORTEST <= len(key) <= LONGEST:
        raise OSError(f"{file} holds no key; remove it")
    return key
