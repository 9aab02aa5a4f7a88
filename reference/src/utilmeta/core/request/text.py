"""Decoding of paths, queries and cookies: from the bytes of the request line and headers to text.

A path is percent-decoded once and then split; `+` is a space in the query alone; what is not UTF-8, or holds NUL, is a
400 (ROUTE-4a, ROUTE-4b).
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from utilmeta.utils.exceptions import BadRequest

QUOTED_PAIR = re.compile(r"\\([0-3][0-7][0-7]|.)")


def decode_path(path: bytes) -> str:
    """Return a path that is already percent-decoded as text. Raises BadRequest for NUL and for what is not UTF-8."""
    if 0 in path:
        raise BadRequest("The path holds a NUL byte")
    try:
        return path.decode()
    except UnicodeDecodeError:
        raise BadRequest("The path is not UTF-8") from None


def split_path(path: str) -> list[str]:
    """Return the segments of a decoded path; empty ones are dropped, ``.`` and ``..`` are ordinary."""
    return [segment for segment in path.split("/") if segment]


def query_text(part: bytes) -> str:
    """Decode a name or value of a query. Raises BadRequest for NUL and for what is not UTF-8."""
    part = part.replace(b"+", b" ")
    if b"%" in part:
        part = unquote_to_bytes(part)
    if 0 in part:
        raise BadRequest("The query holds a NUL byte")
    try:
        return part.decode()
    except UnicodeDecodeError:
        raise BadRequest("The query is not UTF-8") from None


def parse_cookies(header: str) -> dict[str, str]:
    """Return the pairs of a Cookie header; quoted values are unquoted as ``http.cookies`` quotes them."""
    cookies: dict[str, str] = {}
    for pair in header.split(";"):
        name, equals, value = pair.partition("=")
        if equals and (name := name.strip()) not in cookies:
            cookies[name] = unquote_cookie(value.strip())
    return cookies


def unquote_cookie(value: str) -> str:
    """Return a cookie's value without the quotes and escapes of ``http.cookies``."""
    if len(value) < 2 or value[0] != '"' or value[-1] != '"':
        return value

    def plain(match: re.Match[str]) -> str:
        quoted = match.group(1)
        return chr(int(quoted, 8)) if len(quoted) == 3 else quoted

    return QUOTED_PAIR.sub(plain, value[1:-1])
