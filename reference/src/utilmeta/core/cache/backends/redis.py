"""Caches in Redis: plain operations through Django, asynchronous ones through redis-py's asyncio client.

Both read and write the same values under the same keys, so each sees what the other wrote. No command is repeated after
an error: when a connection is lost it is unknown whether an ``incr`` was done.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field, PrivateAttr

from utilmeta.conf.immutable import thawed
from utilmeta.core.cache.backends.clients import Clients
from utilmeta.core.cache.base import REDIS, UNSAID, BaseCache

OF_DJANGO = ("serializer", "pool_class", "parser_class")  # options of Django's client that redis-py does not have

# A plain INCRBY of a value that has just expired would create one that never expires.
INCREMENT = "if redis.call('exists', KEYS[1]) == 1 then return redis.call('incrby', KEYS[1], ARGV[1]) end"
GIVE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"

Seconds = Annotated[float, Field(gt=0)]


class RedisCache(BaseCache):
    """A cache in a database of a Redis server (CACHE-2). The page names ``host``, ``port``, ``db`` and ``password``.

    ``socket_connect_timeout`` and ``socket_timeout`` are the seconds after which a server that does not answer counts
    as down. At most ``max_connections`` are open in each process, and on each of its event loops; an operation that
    finds none free waits for ``socket_timeout`` too. Values are pickles unless ``serializer="json"``, and those who can
    write to the Redis can then run code here.
    """

    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    """Name or address of the server."""
    port: Annotated[int, Field(ge=1, le=65535)] = 6379
    """Port of the server."""
    db: Annotated[int, Field(ge=0)] = 0
    """Number of the database on the server."""
    username: str | None = None
    """User of Redis's access control lists; None for the default user."""
    password: str | None = None
    """Password; it is in no repr and no error."""
    socket_timeout: Seconds = 5
    """Seconds without an answer after which the server counts as down (CACHE-4)."""
    socket_connect_timeout: Seconds = 2
    """Seconds without a connection after which the server counts as down (CACHE-4)."""
    max_connections: Annotated[int, Field(ge=1)] = 50
    """Greatest number of open connections in each process, and on each of its event loops."""
    _clients: Clients = PrivateAttr(default_factory=Clients)

    @property
    def path(self) -> str:
        return REDIS

    @property
    def address(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def location(self) -> str:
        """The URL of the database, without user and password."""
        return f"redis://{self.address}/{self.db}"

    @property
    def settings(self) -> dict[str, Any]:
        options = {"pool_class": "redis.BlockingConnectionPool", **self.redis_options, **self.pool_options}
        return {**super().settings, "LOCATION": self.location, "OPTIONS": options}

    @property
    def pool_options(self) -> dict[str, Any]:
        """The options of a connection pool, beside the location; the password is here and in no URL."""
        identity = {"username": self.username, "password": self.password}
        return {
            "max_connections": self.max_connections,
            "timeout": self.socket_timeout,
            "socket_timeout": self.socket_timeout,
            "socket_connect_timeout": self.socket_connect_timeout,
            **{name: value for name, value in identity.items() if value},
            **thawed(self.options),
        }

    async def aget(self, key: str, default: Any = None) -> Any:
        backend = self.backend
        name = backend.make_and_validate_key(key)
        with self.naming():
            value = await (await self.client()).get(name)
            return default if value is None else self.codec.loads(value)

    async def aget_many(self, keys: Iterable[str]) -> dict[str, Any]:
        backend = self.backend
        names = {key: backend.make_and_validate_key(key) for key in keys}
        if not names:
            return {}
        with self.naming():
            values = await (await self.client()).mget(list(names.values()))
            loads = self.codec.loads
            return {key: loads(value) for key, value in zip(names, values, strict=True) if value is not None}

    async def aset(self, key: str, value: Any, timeout: float | None = UNSAID) -> None:
        name, seconds = self.named(key, timeout)
        data = self.codec.dumps(value)
        with self.naming():
            client = await self.client()
            await (client.delete(name) if seconds == 0 else client.set(name, data, ex=seconds))

    async def aadd(self, key: str, value: Any, timeout: float | None = UNSAID) -> bool:
        name, seconds = self.named(key, timeout)
        data = self.codec.dumps(value)
        with self.naming():
            client = await self.client()
            if seconds == 0:  # stored for no time: only answer whether it could have been stored
                return not await client.exists(name)
            return bool(await client.set(name, data, ex=seconds, nx=True))

    async def adelete(self, key: str) -> bool:
        name = self.backend.make_and_validate_key(key)
        with self.naming():
            return bool(await (await self.client()).delete(name))

    async def aincr(self, key: str, delta: int = 1) -> int:
        name = self.backend.make_and_validate_key(key)
        with self.naming():
            found = await (await self.client()).eval(INCREMENT, 1, name, delta)
        if found is None:
            raise ValueError(f"Key '{name}' not found.")
        return int(found)

    async def aexpire(self, key: str, timeout: float | None = UNSAID) -> bool:
        name, seconds = self.named(key, timeout)
        with self.naming():
            client = await self.client()
            return bool(await (client.persist(name) if seconds is None else client.expire(name, seconds)))

    def take(self, key: str, owner: str, timeout: float) -> bool:
        name = self.backend.make_and_validate_key(key)
        with self.naming():
            return bool(self.plain_client().set(name, owner, px=milliseconds(timeout), nx=True))

    async def atake(self, key: str, owner: str, timeout: float) -> bool:
        name = self.backend.make_and_validate_key(key)
        with self.naming():
            return bool(await (await self.client()).set(name, owner, px=milliseconds(timeout), nx=True))

    def give(self, key: str, owner: str) -> bool:
        name = self.backend.make_and_validate_key(key)
        with self.naming():
            return bool(self.plain_client().eval(GIVE, 1, name, owner))

    async def agive(self, key: str, owner: str) -> bool:
        name = self.backend.make_and_validate_key(key)
        with self.naming():
            return bool(await (await self.client()).eval(GIVE, 1, name, owner))

    def named(self, key: str, timeout: float | None) -> tuple[str, int | None]:
        """Return key and timeout in seconds as Django has them."""
        backend = self.backend
        seconds = backend.get_backend_timeout() if timeout is UNSAID else backend.get_backend_timeout(timeout)
        return backend.make_and_validate_key(key), seconds

    @property
    def codec(self) -> Any:
        """The serializer, Django's or that of the options."""
        return self.backend._cache._serializer

    def plain_client(self) -> Any:
        """Return redis-py's own client, of Django's pool."""
        return self.backend._cache.get_client(write=True)

    async def client(self) -> Any:
        """Return redis-py's asyncio client of the running loop."""
        return await self._clients.get(self.open)

    def open(self) -> Any:
        """Open an asyncio client with a pool of its own."""
        from redis.asyncio import BlockingConnectionPool, Redis

        options = {name: value for name, value in self.pool_options.items() if name not in OF_DJANGO}
        return Redis(connection_pool=BlockingConnectionPool.from_url(self.location, **options))

    async def aclose(self) -> None:
        await self._clients.aclose()


def milliseconds(seconds: float) -> int:
    """Return a timeout in whole milliseconds, at least one."""
    return max(1, int(seconds * 1000))
