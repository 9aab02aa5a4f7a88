"""The parts of a multipart/form-data body (RFC 7578), as a peer of clients has recorded it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from conformance.services.peer import Request

DISPOSITION = re.compile(
    r'form-data; *name="(?P<name>(?:[^"\\]|\\.)*)"(?:; *filename="(?P<filename>(?:[^"\\]|\\.)*)")?', re.IGNORECASE
)


@dataclass(frozen=True)
class Part:
    """A part: the names of its header lines in lower case, the name of its field, its filename and its media type."""

    lines: tuple[str, ...]
    name: str
    filename: str | None
    media_type: str
    content: bytes


def parts(request: Request) -> list[Part]:
    """The parts of a request's form; AssertionError where it is none."""
    content_type = ", ".join(request.values("content-type"))
    found = re.fullmatch(r'multipart/form-data; *boundary="?([^";]+)"?', content_type, re.IGNORECASE)
    assert found is not None, f"the Content-Type is {content_type!r}"
    first, *segments, last = (b"\r\n" + request.body).split(b"\r\n--" + found[1].encode())
    assert (first, last.rstrip()) == (b"", b"--"), "the body is no form with the boundary of its Content-Type"
    return [part(segment) for segment in segments]


def part(segment: bytes) -> Part:
    """The part between two boundaries."""
    head, _, content = segment.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    lines = [line.partition(":") for line in head.decode().split("\r\n")]
    values = {name.lower(): value.strip() for name, _, value in lines}
    disposition = DISPOSITION.fullmatch(values.get("content-disposition", ""))
    assert disposition is not None, f"the head of a part is {head!r}"
    return Part(
        tuple(name.lower() for name, _, _ in lines),
        disposition["name"],
        disposition["filename"],
        values.get("content-type", "").partition(";")[0].lower(),
        content,
    )
