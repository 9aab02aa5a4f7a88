"""Caches of Django: in memory, in files, in a database, in memcached, in Redis."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator
from typing_extensions import Self

from utilmeta.core.cache.base import REDIS, BaseCache
from utilmeta.core.concurrency.threads import run_in_thread

ENGINES: Mapping[str, str] = {
    "db": "django.core.cache.backends.db.DatabaseCache",
    "dummy": "django.core.cache.backends.dummy.DummyCache",
    "file": "django.core.cache.backends.filebased.FileBasedCache",
    "filebased": "django.core.cache.backends.filebased.FileBasedCache",
    "locmem": "django.core.cache.backends.locmem.LocMemCache",
    "memcached": "django.core.cache.backends.memcached.PyMemcacheCache",
    "pylibmc": "django.core.cache.backends.memcached.PyLibMCCache",
    "pymemcache": "django.core.cache.backends.memcached.PyMemcacheCache",
    "redis": REDIS,
}
JSON = "utilmeta.core.cache.backends.json"
# The class that stores JSON in place of each engine's; Redis and the dummy need no other.
WITH_JSON: Mapping[str, str] = {
    ENGINES["db"]: f"{JSON}.DatabaseCache",
    ENGINES["dummy"]: ENGINES["dummy"],
    ENGINES["file"]: f"{JSON}.FileBasedCache",
    ENGINES["locmem"]: f"{JSON}.LocMemCache",
    REDIS: REDIS,
}
USERINFO = re.compile(r"(?<=://)\S*@")  # to the last @, because a password may hold an unescaped one


def known_engine(name: str) -> str:
    """Return the name of an engine. Raises ValueError for what is neither a short name nor an import path."""
    if name not in ENGINES and not re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)+", name):
        raise ValueError(f"unknown engine {name!r}; it is the path of a cache class, or one of {', '.join(ENGINES)}")
    return name


class Cache(BaseCache):
    """A cache behind a class of Django's (CACHE-1); DjangoCache is another name for it.

    ``engine`` is the import path of a cache class, or Django's short name for one of its own; ``location`` is LOCATION
    of its setting. A lock excludes all who share the values: one process for ``locmem``. Raises ValueError for an
    engine that is neither, and with ``serializer="json"`` for any but Django's ``locmem``, ``file``, ``db``, ``redis``
    and ``dummy``.
    """

    engine: Annotated[str, AfterValidator(known_engine)]
    """Import path of a cache class, or Django's short name: locmem, file, db, redis, dummy and others (CACHE-1)."""
    location: str | tuple[str, ...] | list[str] = Field(default="")
    """LOCATION of Django's setting: a name, folder, table or URL, as the engine has it; empty by default."""

    @model_validator(mode="after")
    def check_engine(self) -> Self:
        if self.serializer == "json" and self.django_path not in WITH_JSON:
            raise ValueError(
                f'the engine {self.engine!r} has no serializer="json"; locmem, file, db, redis and dummy have it'
            )
        return self

    @property
    def django_path(self) -> str:
        """The import path of Django's cache class, whatever the serializer is."""
        return ENGINES.get(self.engine, self.engine)

    @property
    def path(self) -> str:
        return WITH_JSON[self.django_path] if self.serializer == "json" else self.django_path

    @property
    def settings(self) -> dict[str, Any]:
        return {**super().settings, "LOCATION": self.location}

    @property
    def address(self) -> str:
        return hidden(self.location) or self.engine

    def share(self, backend: Any) -> Any:
        """Check that no other user can write to a cache's files, and return the object as the base class does."""
        files = sys.modules.get("django.core.cache.backends.filebased")
        if files is not None and isinstance(backend, files.FileBasedCache):
            from utilmeta.core.cache import django_cache_quirks

            django_cache_quirks.require_unshared(backend, self.alias)
        return super().share(backend)

    async def aside(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a plain operation in a thread, which keeps no database connection open."""
        return await run_in_thread(self.alone, function, *arguments)

    def alone(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function in a thread that belongs to no request, and close the database connections that it opened."""
        try:
            return function(*arguments)
        finally:
            databases = sys.modules.get("django.core.cache.backends.db")
            if databases is not None and isinstance(self.backend, databases.BaseDatabaseCache):
                from django.db import close_old_connections

                close_old_connections()

    def take(self, key: str, owner: str, timeout: float) -> bool:
        from utilmeta.core.cache import database_lock, django_cache_quirks

        with self.naming(), django_cache_quirks.one_at_a_time(self.backend):
            seconds = django_cache_quirks.at_least(timeout, self.backend)
            if database_lock.has_rows(self.backend):
                return database_lock.take(self.backend, key, owner, seconds)
            return super().take(key, owner, seconds)

    def give(self, key: str, owner: str) -> bool:
        from utilmeta.core.cache import database_lock, django_cache_quirks

        with self.naming(), django_cache_quirks.one_at_a_time(self.backend):
            if database_lock.has_rows(self.backend):
                return database_lock.give(self.backend, key, owner)
            return super().give(key, owner)


def hidden(location: Any) -> str:
    """Return a location without a user's name and password."""
    return USERINFO.sub("", location if isinstance(location, str) else ", ".join(location))
