"""Text that an implementation, a client or the author of a file wrote: shown so that no character of it acts, and read
within bounds, never through a link, a FIFO or a device.

What is judged runs as the harness's own user, so none of this is a sandbox: it keeps text from being taken for an
order, and the harness alive.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
from pathlib import Path
from typing import BinaryIO, TypeVar

T = TypeVar("T")

_COLOUR = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_LINE_COMMAND = re.compile(r"^([ \t]*)::", re.MULTILINE)
_COMMAND = re.compile(r"##(?=\[)")


def printable(text: str) -> str:
    r"""Return the text with line ends as `\n` and every escape sequence and control character made visible.

    What does not print is shown as Python writes it (`\x07`, `\u202e`); colours are left out. What the log of a GitHub
    workflow takes for a command (`::error::` where a line begins, `##[group]`) is shown with an escape in it.
    """
    shown = _COLOUR.sub("", text.replace("\r\n", "\n"))
    if not shown.isprintable():
        shown = "".join(map(_visible, shown))
    return _COMMAND.sub(r"#\\x23", _LINE_COMMAND.sub(r"\1:\\x3a", shown))


def _visible(character: str) -> str:
    if character.isprintable() or character in "\n\t":
        return character
    return character.encode("unicode_escape").decode("ascii")


def one_line(text: str) -> str:
    """Return the printable text on one line; white space of any kind becomes a space."""
    return printable(" ".join(text.split()))


def shortened(line: str, most: int) -> str:
    """Return the line, at most `most` characters long: a longer one is cut and ends with ` ...`."""
    return line if len(line) <= most else f"{line[: most - 4]} ..."


def encodable(value: T) -> T:
    """Return the JSON value with every text valid UTF-8; half of a surrogate pair, which JSON can hold, becomes `?`."""
    found: T = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    return found


def read(file: Path, most: int) -> bytes:
    """Return the content of a regular file of at most `most` bytes.

    Raises OSError where there is none, it is no regular file or a link to one, or holds more than `most` bytes.
    """
    with _opened(file) as reading:
        data = reading.read(most + 1)
    if len(data) > most:
        raise OSError(f"{file} holds more than {most} bytes")
    return data


def part(file: Path, begin: int, most: int) -> bytes:
    """Return at most `most` bytes of a file from `begin` on; a negative `begin` counts from the end. Empty if the file
    is missing, not regular, or a link."""
    with contextlib.suppress(OSError), _opened(file) as reading:
        reading.seek(max(0, os.fstat(reading.fileno()).st_size + begin) if begin < 0 else begin)
        return reading.read(most)
    return b""


def tail(file: Path, most: int) -> str:
    """Return the last bytes of a file as text, with invalid UTF-8 replaced; empty where `part` is."""
    return part(file, -most, most).decode("utf-8", "replace")


def _opened(file: Path) -> BinaryIO:
    # O_NONBLOCK: to open a FIFO would wait until somebody writes to it.
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"{file} is no regular file")
    return os.fdopen(descriptor, "rb")
