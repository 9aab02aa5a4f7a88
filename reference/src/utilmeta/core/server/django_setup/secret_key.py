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
from pathlib import Path

from utilmeta.conf.private_files import make_private, open_own, state_directory
from utilmeta.core.errors.notify import tell

SHORTEST = 50  # characters: what Django asks of a key
LONGEST = 1000  # what is longer was not made here


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


def kept(file: Path) -> str:
    """The key in this file, made if there is none. Raises OSError."""
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
    """The key in this file. Raises OSError where there is none, or others may have read or written it."""
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
