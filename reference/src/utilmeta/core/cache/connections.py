"""Configuration of a service's caches, by their aliases."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import InstanceOf

from utilmeta.conf.config import Config
from utilmeta.core.cache.base import REDIS, BaseCache
from utilmeta.core.cache.failure import guarded

if TYPE_CHECKING:
    from utilmeta.conf.service import Service

OPERATIONS = (
    "get", "set", "add", "touch", "incr", "has_key", "get_many", "set_many", "delete", "delete_many", "clear",
)  # fmt: skip


class CacheConnections(Config):
    """Configuration of the caches of a service by alias, which becomes Django's setting CACHES.

    ``CacheConnections({"default": RedisCache(...), "fallback": Cache(engine="locmem")})``; ``connections["default"]``
    is the cache of that alias. A cache connects at its first use, so one that is down keeps no service from starting
    (CACHE-4). Raises TypeError for what is no mapping of caches, ValueError for an empty alias and for one object under
    two.
    """

    needs_django: ClassVar[bool] = True

    caches: Mapping[str, InstanceOf[BaseCache]]
    """Caches by alias, as Django's CACHES has them; ``default`` is the one that Django itself uses."""

    def __init__(self, caches: Mapping[str, BaseCache] | None = None, **unknown: Any) -> None:
        super().__init__(**({} if caches is None else {"caches": caches}), **unknown)
        for alias, cache in self.caches.items():
            if not alias:
                raise ValueError("CacheConnections: an alias is a name, not ''")
            other = cache.take_alias(alias)
            if other != alias:
                raise ValueError(f"CacheConnections: one cache is {other!r} and {alias!r}; give each its own")

    def __getitem__(self, alias: str) -> BaseCache:
        try:
            return self.caches[alias]
        except KeyError:
            raise KeyError(f"there is no cache {alias!r}; there are {', '.join(self.caches) or 'none'}") from None

    def dependencies(self) -> Sequence[str]:
        return ["redis" for cache in self.caches.values() if cache.path == REDIS]

    def django_settings(self, service: Service) -> Mapping[str, Any]:
        return {"CACHES": {alias: cache.settings for alias, cache in self.caches.items()}}

    def setup(self, service: Service) -> None:
        """Check that each engine can be imported, and make Django's own cache objects name themselves in errors.

        Raises Django's InvalidCacheBackendError for an engine that does not exist.
        """
        from django.core.cache import InvalidCacheBackendError, caches
        from django.utils.module_loading import import_string

        for alias, cache in self.caches.items():
            try:
                import_string(cache.path)
            except ImportError as error:
                raise InvalidCacheBackendError(f"the cache {alias!r} has the engine {cache.path!r}: {error}") from error
        create = caches.create_connection

        def create_connection(alias: str) -> Any:
            cache = self.caches.get(alias)
            if cache is None:
                return create(alias)
            return cache.share(named(create(alias), cache))

        caches.create_connection = create_connection

    def shutdown(self, service: Service) -> Awaitable[None] | None:
        for cache in self.caches.values():
            cache.close()
        return self.aclose() if service.asynchronous else None

    async def aclose(self) -> None:
        """Close the asynchronous connections of all caches."""
        for cache in self.caches.values():
            await cache.aclose()


def named(backend: Any, cache: BaseCache) -> Any:
    """Return Django's cache object with errors that name alias and address; its class stays that of the settings."""
    for name in OPERATIONS:
        setattr(backend, name, guarded(getattr(backend, name), cache.alias, cache.address))
    return backend
