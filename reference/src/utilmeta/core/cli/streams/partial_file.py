"""The file beside its target that a download is written to, and goes on from when it was interrupted."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from base64 import b64decode
from pathlib import Path
from threading import Lock
from typing import IO

try:
    import fcntl
except ImportError:  # there is none on Windows
    fcntl = None  # type: ignore[assignment]

AT_ONCE = 1 << 18  # bytes that are written or read at once
MOST_ABOUT = 1 << 16  # bytes of what is kept about a partial file


class PartialFile:
    """What there is of the content of ``source``, a URL, for the file ``target``; the file is open and locked.

    ``validator`` says which content of the source it is, an entity tag or a date (RFC 9110, 8.8); None where there is
    nothing to go on from. Functions may be called in any thread. Raises OSError, also where another download writes to
    the same file.
    """

    def __init__(self, target: Path, source: str) -> None:
        if target.is_dir():
            raise IsADirectoryError(f"{target} is a directory; a download needs the name of a file")
        self.target = target
        self.path = target.with_name(f".{target.name}.part")
        self.about = target.with_name(f".{target.name}.part.json")
        self.source = hashlib.sha256(source.encode()).hexdigest()  # a URL may hold a secret
        self.lock = Lock()
        self.file = locked(self.path)
        self.size = os.fstat(self.file.fileno()).st_size
        self.validator = self.known() if self.size else None

    def known(self) -> str | None:
        """Return the validator of what is there."""
        try:
            with self.about.open("rb") as file:
                said = json.loads(file.read(MOST_ABOUT))
            return str(said["validator"]) if said["source"] == self.source else None
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def begin(self, validator: str | None) -> None:
        """Forget what is there, for a content from its begin."""
        self.about.unlink(missing_ok=True)
        self.file.truncate(0)
        self.size = 0
        self.validator = validator
        if validator is not None:
            self.about.write_text(json.dumps({"source": self.source, "validator": validator}), encoding="utf-8")

    def write(self, place: int, content: bytes) -> None:
        """Write from a place on, again where that was interrupted."""
        with self.lock:
            if not self.file.closed:
                self.file.seek(place)
                self.file.write(content)
                self.file.flush()
                self.size = place + len(content)

    def matches(self, digests: dict[str, bytes]) -> bool:
        """Return whether the content has these digests, by the names that hashlib has for them."""
        found = {name: hashlib.new(name) for name in digests}
        self.file.seek(0)
        while found and (content := self.file.read(AT_ONCE)):
            for each in found.values():
                each.update(content)
        return all(found[name].digest() == digest for name, digest in digests.items())

    def finish(self) -> None:
        """Let the file take the place of the target."""
        if fcntl is None:
            self.file.close()  # an open file is not moved there
        os.replace(self.path, self.target)
        self.validator = None
        self.about.unlink(missing_ok=True)

    def close(self) -> None:
        """Keep what a later download can go on from, and nothing else."""
        if self.file.closed:
            return
        with self.lock, self.file:
            kept = self.validator is not None and self.size > 0
            if not kept and is_at(self.file, self.path):
                self.about.unlink(missing_ok=True)
                if fcntl is None:
                    self.file.close()
                self.path.unlink()


def locked(path: Path) -> IO[bytes]:
    """Open a file for reading and writing, which nothing else has open so. Raises OSError."""
    while True:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666), "r+b")
        try:
            if fcntl is None:
                return file
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if is_at(file, path):  # another download may have moved it meanwhile
                return file
        except BlockingIOError:
            file.close()
            raise BlockingIOError(f"another download is writing {path}") from None
        except BaseException:
            file.close()
            raise
        file.close()


def is_at(file: IO[bytes], path: Path) -> bool:
    """Return whether an open file is the one at a path."""
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    return False


def digests_of(field: str) -> dict[str, bytes]:
    """Return the digests of a header Repr-Digest that can be checked, by the names that hashlib has (RFC 9530)."""
    found = {}
    for member in field.split(","):
        name, _, value = member.strip().partition("=")
        if name in ("sha-256", "sha-512") and value[:1] == value[-1:] == ":":
            with contextlib.suppress(ValueError):
                found[name.replace("-", "")] = b64decode(value[1:-1], validate=True)
    return found
