"""A Content-Type header: its media type and parameters (RFC 9110, 8.3.1)."""

from __future__ import annotations

import re

JSON = "application/json"

TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
MEDIA_TYPE = re.compile(f"{TOKEN}/{TOKEN}")
PARAMETER = re.compile(rf';[ \t]*({TOKEN})=(?:({TOKEN})|"((?:[^"\\]|\\.)*)")')
QUOTED_PAIR = re.compile(r"\\(.)")


def media_type(header: str) -> str:
    """The type without its parameters, in lower case."""
    return header.partition(";")[0].strip().lower()


def type_parameter(header: str, name: str) -> str | None:
    """The value of a parameter, unquoted, None where there is none; the first of those that are there twice."""
    for key, token, quoted in PARAMETER.findall(header):
        if key.lower() == name:
            return token or QUOTED_PAIR.sub(r"\1", quoted)
    return None


def is_json(kind: str) -> bool:
    """Whether a media type is application/json, or one with the +json suffix (RFC 6839)."""
    return kind == JSON or (kind.startswith("application/") and kind.endswith("+json"))
