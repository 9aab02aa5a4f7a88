"""Parsing of the Content-Type header: its media type and parameters (RFC 9110, 8.3.1)."""

from __future__ import annotations

import re

from utilmeta.core.request.headers import TOKEN

JSON = "application/json"

NAME = TOKEN.pattern
MEDIA_TYPE = re.compile(f"{NAME}/{NAME}")
PARAMETER = re.compile(rf';[ \t]*({NAME})=(?:({NAME})|"((?:[^"\\]|\\.)*)")')
QUOTED_PAIR = re.compile(r"\\(.)")


def media_type(header: str) -> str:
    """Return the media type of a Content-Type header, without parameters and in lower case."""
    return header.partition(";")[0].strip().lower()


def type_parameter(header: str, name: str) -> str | None:
    """Return an unquoted parameter of a Content-Type header, None where it is missing; the first, if it is repeated."""
    for key, token, quoted in PARAMETER.findall(header):
        if key.lower() == name:
            return token or QUOTED_PAIR.sub(r"\1", quoted)
    return None


def is_json(kind: str) -> bool:
    """Return whether a media type is application/json, or one with the +json suffix (RFC 6839)."""
    return kind == JSON or (kind.startswith("application/") and kind.endswith("+json"))
