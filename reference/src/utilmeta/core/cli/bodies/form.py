"""multipart/form-data (RFC 7578), as the WHATWG's HTML standard writes it: names in UTF-8, three bytes of them encoded.

No library has an encoder for all four: that of urllib3 holds all of it in memory, those of httpx and aiohttp are of
their own requests alone, and requests-toolbelt reads in the event loop.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

import pydantic

from utilmeta.core.cli.bodies.stream import Stream
from utilmeta.core.file import File

MULTIPART = "multipart/form-data"
BREAKS_OUT = re.compile('[\x00-\x1f\x7f"]')  # of a quoted name


def file_members(value: Any) -> Mapping[str, Any] | None:
    """Return the members of a mapping or model that has files among them; None for anything else."""
    if isinstance(value, Mapping):
        return value if any(map(has_file, value.values())) else None
    names = getattr(value, "__struct_fields__", None)
    members = getattr(value, "__dict__", None) if names is None else {name: getattr(value, name) for name in names}
    if isinstance(value, (File, type)) or not members or not any(map(has_file, members.values())):
        return None
    if names is not None:
        return dict(zip(value.__struct_encode_fields__, members.values(), strict=True))
    dumped: Mapping[str, Any] = pydantic.TypeAdapter(type(value)).dump_python(value, by_alias=True, warnings=False)
    return dumped


def has_file(value: Any) -> bool:
    """Return whether a value is a file, or a list with one."""
    return isinstance(value, File) or (isinstance(value, (list, tuple)) and any(map(has_file, value)))


def multipart(fields: Iterable[tuple[str, str | File]]) -> tuple[Stream, str]:
    """Return a form of texts and files, and its content type. Raises Unreadable for a file that cannot be read."""
    boundary = secrets.token_hex(16)
    parts: list[bytes | File] = []
    written = ""
    for name, value in fields:
        written += f'--{boundary}\r\nContent-Disposition: form-data; name="{quoted(name)}"'
        if isinstance(value, File):
            written += f'; filename="{quoted(value.filename or name)}"\r\nContent-Type: {value.content_type}\r\n\r\n'
            parts += [utf8(written), value]
            written = "\r\n"
        else:
            written += f"\r\n\r\n{value}\r\n"
    parts.append(utf8(f"{written}--{boundary}--\r\n"))
    return Stream(parts), f"{MULTIPART}; boundary={boundary}"


def quoted(name: str) -> str:
    """Return a name as it stands between quotes."""
    return BREAKS_OUT.sub(lambda found: f"%{ord(found[0]):02X}", name)


def utf8(text: str) -> bytes:
    """Return a text as bytes; what a filename has that is no Unicode becomes question marks."""
    return text.encode("utf-8", "replace")
