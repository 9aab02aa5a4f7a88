"""JSON texts (RFC 8259), by the parser that pydantic has, in the one package of it that tells duplicate keys.

What is refused, on every variant and Python alike: what is not UTF-8, NaN and Infinity, lone surrogates, two members of
one object with one name, a value within more than 200 arrays and objects, a whole number of more than 4300 digits, and
one that no double holds.
"""

from __future__ import annotations

from math import inf
from typing import Any

import jiter

from utilmeta.core.request.body.json_limits import check_size, check_values
from utilmeta.utils.exceptions import BadRequest

# Characters of the parser's reason that are told: it may quote a key.
SHOWN = 200

# For a quick look at the numbers of a text: 0 is any digit, e an exponent, and a plus sign is left out.
NUMBERS = bytes(b"0"[0] if chr(byte).isdigit() else b"e"[0] if byte in b"eE" else b" "[0] for byte in range(128)) + (
    b" " * 128
)


def parse_json(body: bytes) -> Any:
    """The value of a JSON text. Raises BadRequest with the reason and where, RequestEntityTooLarge past the limits."""
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
    """Whether a number may be there whose exponent has three digits, or which has more than 300 before its point."""
    numbers = body.translate(NUMBERS, b"+")
    return b"e000" in numbers or b"0" * 300 in numbers


def check_numbers(value: Any) -> None:
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
    return BadRequest(f"The body is not valid JSON: {reason[:SHOWN]}")
