"""The body of a multipart form, rebuilt from what Django has parsed of it.

Where the API is one of a project's URL patterns, or a test client calls it, middleware may have read the body as a
stream before it could be recorded.
"""

from __future__ import annotations

from typing import Any

from utilmeta.core.request.body.form import MULTIPART
from utilmeta.core.request.content_type import type_parameter

# Bytes around the boundary in the shortest possible body, which has no parts.
FRAME = len("------")


def rebuilt(native: Any) -> bytes:
    """Return the multipart body of ``native``, Django's request, rebuilt from its parsed fields and files.

    Raises RuntimeError where its stream was read in any other way.
    """
    boundary = type_parameter(native.META.get("CONTENT_TYPE", ""), "boundary")
    if native.content_type != MULTIPART or boundary is None or not hasattr(native, "_post"):
        raise consumed()
    parts = [(named(name), text.encode()) for name, values in native._post.lists() for text in values]
    parts += [(of_file(name, file), content(file)) for name, values in native._files.lists() for file in values]
    if not parts and int(native.META.get("CONTENT_LENGTH") or 0) > len(boundary) + FRAME:
        raise consumed()  # Django could not parse it, or its upload handlers kept nothing
    start = f"--{boundary}\r\n".encode()
    whole = [start + head + b"\r\n\r\n" + body + b"\r\n" for head, body in parts]
    return b"".join(whole) + f"--{boundary}--\r\n".encode()


def consumed() -> RuntimeError:
    """Return the error for a body that middleware has read and that cannot be rebuilt."""
    return RuntimeError(
        "Django's middleware has read a part of the body, which cannot be read again; have it use request.body"
    )


def named(name: str) -> bytes:
    """Return the Content-Disposition header of a field."""
    return b'Content-Disposition: form-data; name="%s"' % quoted(name)


def of_file(name: str, file: Any) -> bytes:
    """Return the headers of a file's part."""
    kind = (file.content_type or "application/octet-stream").encode("latin-1", "replace")
    return b'%s; filename="%s"\r\nContent-Type: %s' % (named(name), quoted(file.name), kind)


def content(file: Any) -> bytes:
    """Return the content of an uploaded file, and rewind the file."""
    file.seek(0)
    body: bytes = file.read()
    file.seek(0)
    return body


def quoted(text: str) -> bytes:
    """Return a name escaped as browsers do in Content-Disposition (HTML, 4.10.22.8)."""
    return text.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22").encode()
