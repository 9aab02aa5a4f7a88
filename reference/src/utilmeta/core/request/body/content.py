"""Parsing of a body by its content type: JSON, forms, text and bytes."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from utilmeta.core.request.body.charset import codec_of, decode
from utilmeta.core.request.body.form import MULTIPART, URLENCODED, Fields, parse_urlencoded
from utilmeta.core.request.content_type import JSON, is_json, media_type
from utilmeta.utils.exceptions import BadRequest


@dataclass(frozen=True)
class Kind:
    """One kind of content: its ``name`` in errors, the media types it ``takes``, and how it is parsed.

    ``check``, where there is one, takes the Request, and raises HTTPError for one that may not send it.

    ``parse`` takes a body that is not empty and its Content-Type, and returns a JSON value, Fields, a text or bytes. It
    raises HTTPError.
    """

    name: str
    takes: Callable[[str], bool]
    parse: Callable[[bytes, str], Any]
    check: Callable[[Any], None] | None = None


@functools.cache
def json_content(name: str | None = None) -> Kind:
    """Return the Kind of JSON: of any JSON media type, or of the one called ``name``."""
    from utilmeta.core.request.body.json import parse_json

    takes = is_json if name is None else name.__eq__
    return Kind(name or JSON, takes, lambda body, content_type: parse_json(body))


def json_text(name: str | None = None) -> Kind:
    """Return the Kind of JSON as ``json_content`` does, but one that checks the text and leaves it as it is."""
    from utilmeta.core.request.body.json import parse_json

    def check(body: bytes, content_type: str) -> bytes:
        parse_json(body)
        return body

    return replace(json_content(name), parse=check)


@functools.cache
def urlencoded_content() -> Kind:
    """Return the Kind, with name and parser, of urlencoded forms."""
    return Kind(URLENCODED, URLENCODED.__eq__, parse_urlencoded)


@functools.cache
def multipart_content() -> Kind:
    """Return the Kind, with name and parser, of multipart forms."""
    from utilmeta.core.request.body.multipart import parse_multipart

    return Kind(MULTIPART, MULTIPART.__eq__, parse_multipart)


def text_content(name: str) -> Kind:
    """Return the Kind of texts with the media type ``name``."""
    return Kind(name, name.__eq__, decode_text)


def binary_content(name: str) -> Kind:
    """Return the Kind of bytes with the media type ``name``."""
    return Kind(name, name.__eq__, lambda body, content_type: body)


def decode_text(body: bytes, content_type: str) -> str:
    """Decode a body by the charset of its Content-Type."""
    return decode(body, codec_of(content_type), "The body")


def parse_content(body: bytes, content_type: str) -> Any:
    """Parse a body by its Content-Type alone (REQUEST-1h).

    Returns None for an empty body, the value of JSON, the texts of a form by name, the text of text/*; bytes where the
    type is another, or missing.
    """
    if not body:
        return None
    kind = media_type(content_type)
    if is_json(kind):
        return json_content().parse(body, content_type)
    if kind in (URLENCODED, MULTIPART):
        form = (urlencoded_content() if kind == URLENCODED else multipart_content()).parse(body, content_type)
        if form.files:
            raise BadRequest(errors=files(form))
        return form.texts
    return decode_text(body, content_type) if kind.startswith("text/") else body


def files(form: Fields) -> list[dict[str, str]]:
    """Return an offence for each field of a form that is a file."""
    reason = "Input should be a text, not a file"
    return [{"in": "body", "name": name, "reason": reason} for name in dict.fromkeys(form.files)]
