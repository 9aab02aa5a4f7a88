"""Fields of forms, and the parser of urlencoded ones (URL standard, 5.1); the one of multipart is in ``multipart``.

A form is read whole or refused: a 413 for more than 1000 fields, a 400 for what is malformed, which names the field.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from dataclasses import dataclass, field

from utilmeta.core.request.body.charset import codec_of, decode
from utilmeta.utils.exceptions import BadRequest, RequestEntityTooLarge

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"

MAX_FIELDS = 1000

NAME = "The name of a form's field"

NO_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Fields:
    """Fields of a form: the texts of each name in the order sent, and the names of the fields that are files."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def add(self, name: str, text: str) -> None:
        """Add a text. Raises BadRequest for NUL, as in a path or query (ROUTE-4b)."""
        if "\0" in text or "\0" in name:
            raise BadRequest(f"{called(name)} holds a NUL character")
        self.texts.setdefault(name, []).append(text)


def parse_urlencoded(body: bytes, content_type: str) -> Fields:
    """Parse an urlencoded form.

    Raises RequestEntityTooLarge for too many fields, BadRequest for a bad escape, charset or byte, which names the
    field.
    """
    if body.count(b"&") >= MAX_FIELDS:
        raise RequestEntityTooLarge(f"The form has more than {MAX_FIELDS} fields")
    codec = codec_of(content_type)
    form = Fields()
    for pair in body.split(b"&"):
        if pair:
            sent, _, value = pair.partition(b"=")
            name = decode(unescaped(sent, NAME), codec, NAME)
            what = called(name)
            form.add(name, decode(unescaped(value, what), codec, what))
    return form


def unescaped(part: bytes, what: str) -> bytes:
    """Percent-decode a name or value. Raises BadRequest for a bad escape."""
    part = part.replace(b"+", b" ")
    if b"%" not in part:
        return part
    if NO_ESCAPE.search(part):
        raise BadRequest(f"{what} is not percent-encoded as it should be")
    # Quoted-printable with another sign; its decoder makes no object for each escape.
    return a2b_qp(part.replace(b"=", b"=3D").replace(b"%", b"="))


def called(name: str) -> str:
    """Return what errors call a field."""
    return f"The form's field {name[:80]!r}"
