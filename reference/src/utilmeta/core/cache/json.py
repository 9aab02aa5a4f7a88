"""Values of a cache as JSON: what is read is data, whatever stands in the cache (SECURITY-17a).

Django's caches keep pickles, and to load one runs what it says. With ``serializer="json"`` none is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from utilmeta.utils.exceptions import CacheValueError

PLAIN = frozenset({str, int, float, bool, type(None), list, dict})  # and of no subclass: an IntEnum becomes an int


def parts(value: Any) -> Iterator[Any]:
    """The value and all that is in it, not the keys of dicts."""
    waiting = [value]
    while waiting:
        yield (part := waiting.pop())
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            waiting += part.values()


def is_plain(part: Any) -> bool:
    """Whether JSON gives back the part as it is, what is in it aside."""
    return type(part) in PLAIN and (type(part) is not dict or all(type(key) is str for key in part))


class JSONSerializer:
    """The ``serializer`` of OPTIONS of Django's Redis cache. A whole number is written as its digits, which Redis
    counts up."""

    def dumps(self, value: Any) -> bytes:
        """The JSON of a value that is read as it was. Raises CacheValueError for one that JSON would change or lacks: a
        tuple, a key that is no text, NaN, a datetime."""
        try:
            data = json.dumps(value, allow_nan=False, separators=(",", ":")).encode()
            if all(map(is_plain, parts(value))):
                return data
            reason = "it would be read as something else"
        except (TypeError, ValueError, RecursionError) as error:
            reason = str(error)
        raise CacheValueError(
            f'a {type(value).__name__} cannot be kept with serializer="json", which keeps texts, numbers, True, False, '
            f"None, lists, and dicts whose keys are texts: {reason}"
        )

    def loads(self, data: bytes) -> Any:
        """The value of JSON. Raises CacheValueError for anything else, as a pickle is."""
        try:
            return json.loads(data)
        except (ValueError, RecursionError):
            raise CacheValueError(
                'a value is not the JSON that serializer="json" writes, so something else has written it; delete it, '
                "set it anew, or give the cache a key_prefix of its own"
            ) from None
