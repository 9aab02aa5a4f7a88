"""Check that a path segment can match a regex at all, which it cannot where the regex needs a ``/`` or NUL (API-9)."""

from __future__ import annotations

import re
import sys
from typing import Any

if sys.version_info >= (3, 11):
    from re import _parser as parser
else:
    import sre_parse as parser

# Characters that no segment of a path holds.
EXCLUDED = {ord("/"), 0}


def is_reachable(pattern: re.Pattern[str]) -> bool:
    """Return whether some path segment may match ``pattern``."""
    parsed = parser.parse(pattern.pattern, pattern.flags)
    return parsed.getwidth()[1] > 0 and all_possible(parsed)


def all_possible(items: Any) -> bool:
    """Return whether each item of a parsed regex may match within a path segment."""
    return all(is_possible(str(operation), argument) for operation, argument in items)


def is_possible(operation: str, argument: Any) -> bool:
    """Return whether one item of a parsed regex may match within a path segment; where that is hard to tell, it may."""
    match operation:
        case "LITERAL":
            return argument not in EXCLUDED
        case "IN":
            return any(is_member(str(kind), value) for kind, value in argument)
        case "BRANCH":
            return any(all_possible(branch) for branch in argument[1])
        case "SUBPATTERN":
            return all_possible(argument[-1])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return argument[0] == 0 or all_possible(argument[2])
        case "ATOMIC_GROUP":
            return all_possible(argument)
        case "ASSERT_NOT":
            return len(argument[1]) > 0
        case "FAILURE":
            return False
        case _:
            return True


def is_member(kind: str, value: Any) -> bool:
    """Return whether one item of a character set allows a character that a path segment can hold."""
    return value not in EXCLUDED if kind == "LITERAL" else True
