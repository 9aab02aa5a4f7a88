"""Parsing of JSON (RFC 8259), by pydantic's parser jiter, which can refuse duplicate keys.

Refused, on every variant and Python alike, are: bytes that are not UTF-8, NaN and Infinity, lone surrogates, two
members of one object with one name, values nested in more than 200 arrays and objects, whole numbers of more than 4300
digits, and numbers that no double holds.
"""

from __future__ import annotations

from math import inf
from typing import Any

import jiter

from utilmeta.core.request.body.json_limits import check_size, check_values
from utilmeta.utils.exceptions import BadRequest

# Characters kept of the parser's reason, which may quote a key.
SHOWN = 200

# Translates a text for a quick look at its numbers: any digit to 0, an exponent to e, all else to a space.
NUMBERS = bytes(b"0"[0] if chr(byte).isdigit() else b"e"[0] if byte in b"eE" else b" "[0] for byte in range(128)) + (
    b" " * 128
)


def parse_json(body: bytes) -> Any:
    """Return the value of a JSON text.

    Raises BadRequest with the reason and the position, RequestEntityTooLarge past the limits of ``json_limits``.
    """
    check_size(body)
    check_values(body)
    try:
        value = jiter.from_json(body, allow_inf_nan=False, catch_duplicate_keys=True)
    except ValueError as error:
        raise unparsable(str(error)) from None
    if may_overflow(body):
        check_numbers(value)
    return value


def may_overflow(body: bytes) -> bool:
    """Return whether a number may have an exponent of three digits, or more than 300 digits before its point."""
    numbers = body.translate(NUMBERS, b"+")
    return b"e000" in numbers or b"0" * 300 in numbers


def check_numbers(value: Any) -> None:
    """Raise BadRequest for a number that no double holds."""
    left = [value]
    while left:
        part = left.pop()
        if type(part) is list:
            left += part
        elif type(part) is dict:
            left += part.values()
        elif type(part) is float and abs(part) == inf:
            raise unparsable("a number is out of range")


def unparsable(reason: str) -> BadRequest:
    """Return the error for a body that is not valid JSON."""
    return BadRequest(f"The body is not valid JSON: {reason[:SHOWN]}")
