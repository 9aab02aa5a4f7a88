"""``File``: a file of a request's body, by its path, as an open file or as bytes; ``Image``, ``Audio`` and ``Video``.

File("photos/tim.png")                               # filename tim.png, content type image/png
File(open("data", "rb"), filename="tim.png")         # which the caller closes
File(b"...", "tim.png", content_type="image/png")
"""

from __future__ import annotations

import io
import mimetypes
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any, get_args

from pydantic_core import PydanticCustomError, core_schema

PIECE = 1 << 18  # bytes that are read at once
UNKNOWN = "application/octet-stream"
CONTENT_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:[ \t]*;[ -~]*)?", re.ASCII)
MARK = "utilmeta_file"  # in the metadata of its core schema


class Unreadable(Exception):
    """A file cannot be read, or not again; the text says why."""


class File:
    """A file: ``source`` is a path, a file that is open in binary mode, or bytes.

    ``filename`` is by default that of the local file, of which the last part alone counts, and None where there is
    none. ``content_type`` is by default guessed from it. An open file counts from where it stands, and stays open; a
    path is opened when it is read, and closed.

    Raises TypeError and ValueError for what is no such source, filename or content type.
    """

    def __init__(self, source: Any, filename: str | None = None, content_type: str | None = None) -> None:
        self._path: Path | None = None
        self._content: bytes | None = None
        self._open: Any = None
        self._start: int | None = None  # None where it cannot be read again
        self._used = False
        self._busy = Lock()
        local = None
        if isinstance(source, (bytes, bytearray, memoryview)):
            self._content = bytes(source)
        elif isinstance(source, (str, os.PathLike)):
            self._path = Path(os.fsdecode(source))
            local = self._path.name
        elif callable(getattr(source, "read", None)) and not isinstance(source, type):
            if isinstance(source, io.TextIOBase):
                raise TypeError("File takes a file that is open in binary mode, such as open(path, 'rb')")
            self._open = source
            self._start = source.tell() if seekable(source) else None
            local = source.name if isinstance(getattr(source, "name", None), str) else None
        else:
            raise TypeError(f"File takes a path, an open file or bytes, not a {type(source).__name__}")
        if filename is not None and not isinstance(filename, str):
            raise TypeError(f"filename is a text, not {filename!r}")
        said = filename if filename is not None else local
        self.filename: str | None = re.split(r"[/\\]", said)[-1] or None if said is not None else None
        if content_type is not None and not (isinstance(content_type, str) and CONTENT_TYPE.fullmatch(content_type)):
            raise ValueError(f"content_type is a media type, such as image/png, not {content_type!r}")
        self.content_type: str = content_type or guessed(self.filename)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.filename or 'without a name'}>"

    @property
    def size(self) -> int | None:
        """How many bytes it has, None where only reading it tells. Raises Unreadable."""
        if self._content is not None:
            return len(self._content)
        if self._path is not None:
            return self._stat().st_size
        if self._start is None:
            return None
        self._reserve()
        try:
            place = self._open.tell()
            end = int(self._open.seek(0, os.SEEK_END))
            self._open.seek(place)
        finally:
            self._busy.release()
        return max(0, end - self._start)

    @property
    def rereadable(self) -> bool:
        """Whether it can be read more than once."""
        return self._open is None or self._start is not None

    def read(self) -> bytes:
        """Return all of it. Raises Unreadable."""
        with self.opened() as reading:
            return b"".join(iter(reading.read, b""))

    def check(self) -> None:
        """Raise Unreadable where it cannot be read, or not again."""
        if self._path is not None:
            self._stat()
        elif self._open is not None:
            if getattr(self._open, "closed", False):
                raise Unreadable(f"the file {self.filename!r} is closed")
            if self._used and self._start is None:
                raise Unreadable(f"the file {self.filename!r} was read, and cannot be read again")

    def opened(self, size: int | None = None) -> Reading:
        """Return a reading from its first byte, of as many bytes as ``size``, where that is given.

        Raises Unreadable, also while it is being read already.
        """
        self.check()
        if self._content is not None:
            return Reading(io.BytesIO(self._content), size, None, quick=True)
        if self._path is not None:
            try:
                file = open(self._path, "rb", buffering=0)  # noqa: SIM115 - Reading closes it
            except OSError as error:
                raise Unreadable(f"the file {self.filename!r} cannot be read ({type(error).__name__})") from error
            return Reading(file, size, file.close, quick=True)
        self._reserve()
        try:
            self._used = True
            if self._start is not None:
                self._open.seek(self._start)
        except BaseException:
            self._busy.release()
            raise
        return Reading(self._open, size, self._busy.release, quick=is_regular(self._open))

    def _stat(self) -> os.stat_result:
        assert self._path is not None
        try:
            found = self._path.stat()
        except (OSError, ValueError) as error:
            raise Unreadable(f"the file {self.filename!r} cannot be read ({type(error).__name__})") from error
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable(f"{self.filename!r} is no regular file; open it")
        return found

    def _reserve(self) -> None:
        """Take the lock of an open file, which one reads at a time."""
        if not self._busy.acquire(blocking=False):
            raise Unreadable(f"the file {self.filename!r} is being read already")

    @classmethod
    def _converted(cls, value: Any) -> File:
        """Return an argument as a file; no text, which might be anybody's path."""
        if isinstance(value, cls):
            return value
        if not isinstance(value, (str, File)):
            try:
                return cls(value)
            except TypeError:
                pass
        raise PydanticCustomError("file_type", "Input should be a file: a {kind}", {"kind": cls.__name__})

    @staticmethod
    def __transformer__(transformer: Any, value: Any, kind: type[File]) -> File:
        """Return a value of a member of utype's as a file; utype calls it."""
        return kind._converted(value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(cls._converted, metadata={MARK: cls})


class Image(File):
    """A file that is an image."""


class Audio(File):
    """A file that is a sound."""


class Video(File):
    """A file that is a film."""


class Reading:
    """A file that is being read, by one thread after the other; ``quick`` is one that never makes anybody wait.

    ``size`` bytes are read, no more, where that is not None. ``release`` is called once, when it is closed and no
    thread reads any more.
    """

    def __init__(self, file: Any, size: int | None, release: Any, *, quick: bool) -> None:
        self.file = file
        self.left = size
        self.release = release
        self.quick = quick
        self.in_memory = isinstance(file, io.BytesIO)
        self.ended = False
        self.lock = Lock()

    def read(self) -> bytes:
        """Return the next bytes, none at its end. Raises Unreadable, also where it is shorter than ``size``."""
        try:
            with self.lock:
                return b"" if self.ended else self._next()
        finally:
            if self.ended:
                self.close()

    def _next(self) -> bytes:
        if self.left == 0:
            return b""
        try:
            read = getattr(self.file, "read1", self.file.read)  # what there is, of a pipe
            piece = read(PIECE if self.left is None else min(PIECE, self.left))
        except Exception as error:
            raise Unreadable(f"a file cannot be read ({type(error).__name__})") from error
        if not isinstance(piece, bytes):
            raise Unreadable(f"a file gives a {type(piece).__name__} where it is read, not bytes")
        if self.left is not None:
            if not piece:
                raise Unreadable("a file became shorter while it was read")
            self.left -= len(piece)
        return piece

    def close(self) -> None:
        """End the reading; a thread that waits for the file closes it later."""
        self.ended = True
        if self.lock.acquire(blocking=False):
            try:
                release, self.release = self.release, None
                if release is not None:
                    release()
            finally:
                self.lock.release()

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def seekable(file: Any) -> bool:
    """Return whether an open file can be read from a place again."""
    says = getattr(file, "seekable", None)
    return bool(callable(says) and says())


def is_regular(file: Any) -> bool:
    """Return whether an open file is one on a disk, or in memory."""
    if isinstance(file, io.BytesIO):
        return True
    try:
        return stat.S_ISREG(os.fstat(file.fileno()).st_mode)
    except (AttributeError, OSError, TypeError):
        return False


def guessed(filename: str | None) -> str:
    """Return the content type of a filename."""
    kind, coding = mimetypes.guess_type(filename or "", strict=False)
    return kind if kind is not None and coding is None else UNKNOWN


def declares_file(schema: Any) -> bool:
    """Return whether pydantic's core schema has a File anywhere."""
    waiting = [schema]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Mapping):
            if MARK in (each.get("metadata") or ()):
                return True
            waiting += [part for name, part in each.items() if name != "metadata"]
        elif isinstance(each, (list, tuple)):
            waiting += each
    return False


def is_file(annotation: Any) -> bool:
    """Return whether an annotation is File or one of its classes, or has it within, as ``List[File]`` has."""
    kind = isinstance(annotation, type) and issubclass(annotation, File)
    return kind or any(map(is_file, get_args(annotation)))
