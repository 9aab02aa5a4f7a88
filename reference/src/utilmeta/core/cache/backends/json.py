"""Django's caches in files, in a database and in memory, with JSON in place of pickles (SECURITY-17a).

Each of their functions that uses the module ``pickle`` is copied, with an object of the same interface under that name;
everything else of them is Django's.
"""

from __future__ import annotations

from types import FunctionType
from typing import IO, Any

from django.core.cache.backends import db, filebased, locmem

from utilmeta.core.cache.json import JSONSerializer
from utilmeta.utils.exceptions import CacheValueError

# Length of a file's first line, the expiry, which Django overwrites in place.
WIDTH = 32


class JSONInPlaceOfPickle(JSONSerializer):
    """JSON serializer with the interface that Django's caches use of ``pickle``."""

    def dumps(self, value: Any, protocol: int | None = None) -> bytes:
        """Return the JSON of a value, padded so that it can be overwritten by another."""
        return super().dumps(value).ljust(WIDTH - 1) + b"\n"

    def load(self, file: IO[bytes]) -> float | None:
        """Return when the value of a file expires, in seconds since the epoch, or None for never."""
        line = file.readline(WIDTH)
        if not line:
            raise EOFError  # Django takes this for an expired value
        moment = self.loads(line)
        if moment is None or isinstance(moment, (int, float)):
            return moment
        raise CacheValueError("a file does not begin with the moment when its value expires; delete it")


codec = JSONInPlaceOfPickle()


def with_json(base: type[Any]) -> type[Any]:
    """Return a subclass of one of Django's caches that loads and writes JSON alone."""
    functions = {
        name: FunctionType(
            function.__code__,
            {**function.__globals__, "pickle": codec},
            name,
            function.__defaults__,
            function.__closure__,
        )
        for name, function in vars(base).items()
        if isinstance(function, FunctionType) and "pickle" in function.__code__.co_names
    }
    return type(base.__name__, (base,), {"__module__": __name__, "codec": codec, **functions})


DatabaseCache = with_json(db.DatabaseCache)
FileBasedCache = with_json(filebased.FileBasedCache)
LocMemCache = with_json(locmem.LocMemCache)
