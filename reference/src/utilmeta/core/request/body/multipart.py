"""Parsing of multipart/form-data (RFC 7578), by the ``multipart`` package in its strict mode."""

from __future__ import annotations

import re

from multipart import MultipartError, MultipartSegment, ParserLimitReached, PushMultipartParser

from utilmeta.core.request.body.charset import UTF8, codec, decode
from utilmeta.core.request.body.form import MAX_FIELDS, Fields, called
from utilmeta.core.request.content_type import type_parameter
from utilmeta.utils.exceptions import BadRequest, RequestEntityTooLarge

# A boundary's characters (RFC 2046, 5.1.1).
BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]")


def parse_multipart(body: bytes, content_type: str) -> Fields:
    """Parse a multipart form.

    Raises RequestEntityTooLarge for more than 1000 parts or a large part header, BadRequest for what is malformed: a
    missing boundary, a part without a name, an end too early, a text that does not decode.
    """
    boundary = type_parameter(content_type, "boundary")
    if boundary is None:
        raise BadRequest("The content type of the form has no boundary")
    if not BOUNDARY.fullmatch(boundary):
        raise BadRequest("The boundary of the form is none that RFC 2046 allows")
    form = Fields()
    part: MultipartSegment | None = None
    content: list[bytes] = []
    try:
        with PushMultipartParser(boundary, max_segment_count=MAX_FIELDS, strict=True) as parser:
            for event in parser.parse(body):
                if isinstance(event, MultipartSegment):
                    part, content = event, []
                elif event is not None:
                    content.append(event)
                elif part is not None:
                    add(form, part, b"".join(content))
    except ParserLimitReached as error:
        raise RequestEntityTooLarge(f"The form is larger than is taken: {error.args[0]}") from None
    except MultipartError as error:
        raise BadRequest(f"The body is not valid multipart/form-data: {error.args[0]}") from None
    return form


def add(form: Fields, part: MultipartSegment, content: bytes) -> None:
    """Add a part to the form, as a file's name or a decoded text."""
    name = part.name or ""
    if part.filename is not None:
        form.files.append(name)
    else:
        form.add(name, decode(content, codec(part.charset) if part.charset else UTF8, called(name)))
