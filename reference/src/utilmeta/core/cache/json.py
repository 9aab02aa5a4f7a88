"""Values of a cache as JSON, so that reading one never runs code (SECURITY-17a).

Django's caches store pickles, and loading one can run any code. With ``serializer="json"`` none is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from utilmeta.utils.exceptions import CacheValueError

PLAIN = frozenset({str, int, float, bool, type(None), list, dict})  # exact: an IntEnum would come back as an int


def parts(value: Any) -> Iterator[Any]:
    """Yield a value and all values in it, but not the keys of dicts."""
    waiting = [value]
    while waiting:
        yield (part := waiting.pop())
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            waiting += part.values()


def is_plain(part: Any) -> bool:
    """Return whether JSON gives back a value as it is, apart from what is in it."""
    return type(part) in PLAIN and (type(part) is not dict or all(type(key) is str for key in part))


class JSONSerializer:
    """Serializer for the OPTIONS of Django's Redis cache; whole numbers are digits, which Redis can increment."""

    def dumps(self, value: Any) -> bytes:
        """Return the JSON of a value. Raises CacheValueError for one that JSON would change or cannot hold.

        Such are a tuple, a key that is no text, NaN, a datetime.
        """
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
        """Return the value of JSON. Raises CacheValueError for anything else, such as a pickle."""
        try:
            return json.loads(data)
        except (ValueError, RecursionError):
            raise CacheValueError(
                'a value is not the JSON that serializer="json" writes, so something else has written it; delete it, '
                "set it anew, or give the cache a key_prefix of its own"
            ) from None
