"""Limits of JSON bodies: bytes, and values (SECURITY-7a, SECURITY-7b).

Parsing and validating JSON blocks every other thread, for some microseconds a value. So it has limits of its own: of
bytes, before they are read, and of values, before they are parsed.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

from utilmeta.utils.exceptions import RequestEntityTooLarge

MAX_SIZE = 2621440  # 2.5 MiB
MAX_VALUES = 20_000


@dataclass(frozen=True)
class JSONLimits:
    """Limits of a JSON body: its bytes, and its values, which are texts, numbers, literals, arrays and objects."""

    size: int = MAX_SIZE
    values: int = MAX_VALUES


DEFAULT = JSONLimits()

json_limits: ContextVar[JSONLimits] = ContextVar("json_limits", default=DEFAULT)
"""The limits of the service or API that the current request is for; a process may have several APIs (API-8f)."""


def check_size(body: bytes) -> None:
    """Raise RequestEntityTooLarge for a JSON body of too many bytes."""
    most = json_limits.get().size
    if len(body) > most:
        raise too_large(most)


def check_values(body: bytes) -> None:
    """Raise RequestEntityTooLarge for a JSON body of too many values; for malformed JSON the count may be wrong."""
    if has_too_many_values(body):
        most = json_limits.get().values
        raise RequestEntityTooLarge(f"The JSON body has more than {most} values (max_json_values)")


def has_too_many_values(body: bytes | bytearray) -> bool:
    """Return whether a JSON text has more values than the service allows."""
    most = json_limits.get().values
    return len(body) > most and has_more_values(body, most)


def has_more_values(body: bytes | bytearray, most: int) -> bool:
    """Return whether a JSON text has more than ``most`` values."""
    if separators(body) < most:  # counts those within texts too
        return False
    parts = body.replace(rb"\\", b"").replace(rb"\"", b"").split(b'"')
    bare = b'"'.join(parts[::2]).translate(None, b" \t\r\n")
    return separators(bare) - bare.count(b"[]") - bare.count(b"{}") >= most


def separators(body: bytes | bytearray) -> int:
    """Return the count of commas and opening brackets.

    That is one less than there are values, and one more for each array or object that is empty.
    """
    return body.count(b",") + body.count(b"[") + body.count(b"{")


def too_large(limit: int) -> RequestEntityTooLarge:
    """Return the error for a JSON body of more than ``limit`` bytes."""
    return RequestEntityTooLarge(f"The JSON body is larger than {limit} bytes (max_json_size)")
