"""Caches: their settings, what they do in memory, and what a failure says. A real Redis is the harness's.

Django is set up once a process, so what uses it are scripts.
"""

from __future__ import annotations

import asyncio
import gc
import inspect
import os
import subprocess
import sys
import textwrap
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
import script

from utilmeta.core.cache import Cache, CacheConnections, DjangoCache
from utilmeta.core.cache.backends.clients import Clients
from utilmeta.core.cache.backends.redis import RedisCache
from utilmeta.core.cache.failure import both, naming
from utilmeta.core.cache.json import JSONSerializer
from utilmeta.utils.exceptions import CacheUnavailable, CacheValueError

SERVICE: Any = None

HEAD = """
import asyncio, socket, threading, time
from utilmeta import UtilMeta
from utilmeta.core.cache import Cache, CacheConnections
from utilmeta.core.cache.backends.redis import RedisCache
from utilmeta.utils.exceptions import CacheUnavailable, LockExpired, LockHeld

def using(asynchronous=False, **caches):
    service = UtilMeta(__name__, backend="flask", asynchronous=asynchronous)
    service.use(CacheConnections(caches))
    service.setup()
    return service

def error(function, *arguments, **options):
    try:
        function(*arguments, **options)
    except Exception as raised:
        return raised
    raise AssertionError("nothing was raised")
"""


def passes(tmp_path: Path, text: str) -> None:
    done = script.passes(tmp_path, text, head=HEAD, options=("-W", "error"))
    assert not done.stderr, done.stderr


def entry(cache: Any) -> Any:
    return CacheConnections({"default": cache}).django_settings(SERVICE)["CACHES"]["default"]


def test_a_cache_is_djangos_setting() -> None:
    assert entry(Cache(engine="locmem", location="here", timeout=None, key_prefix="p", options={"MAX_ENTRIES": 2})) == {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "here",
        "TIMEOUT": None,
        "KEY_PREFIX": "p",
        "OPTIONS": {"MAX_ENTRIES": 2},
    }
    assert entry(Cache(engine="mine.Own"))["BACKEND"] == "mine.Own"
    assert DjangoCache is Cache


def test_a_redis_has_its_password_in_no_url() -> None:
    found = entry(RedisCache(host="::1", port=6380, db=3, password="geheim", options={"health_check_interval": 9}))
    assert found["LOCATION"] == "redis://[::1]:6380/3"
    assert found["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
    assert found["OPTIONS"]["password"] == "geheim"
    assert found["OPTIONS"]["health_check_interval"] == 9
    assert "password" not in entry(RedisCache(password=""))["OPTIONS"]


@pytest.mark.parametrize(
    ("kind", "keywords", "expected", "name"),
    [
        (Cache, {"engine": "locmem", "plase": 1}, TypeError, "plase"),
        (Cache, {}, TypeError, "engine"),
        (Cache, {"engine": "mongo"}, ValueError, "filebased"),
        (Cache, {"engine": "no path.at all"}, ValueError, "engine"),
        (RedisCache, {"port": "6379"}, TypeError, "port"),
        (RedisCache, {"port": 0}, ValueError, "port"),
        (RedisCache, {"db": -1}, ValueError, "db"),
        (RedisCache, {"socket_timeout": 0}, ValueError, "socket_timeout"),
    ],
)
def test_what_cannot_be_is_an_error_when_it_is_built(kind: Any, keywords: Any, expected: Any, name: str) -> None:
    with pytest.raises(expected, match=name):
        kind(**keywords)


def test_connections_are_a_mapping_of_caches() -> None:
    one = Cache(engine="locmem")
    connections = CacheConnections({"default": one})
    assert connections["default"] is one
    assert one.alias == "default"
    with pytest.raises(KeyError, match=r"no cache 'other'; there are default"):
        connections["other"]
    for wrong in (None, [one], {"default": "locmem"}, {"default": {}}, {1: one}):
        with pytest.raises(TypeError):
            CacheConnections(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="unknown keyword 'default'"):
        CacheConnections(default=one)
    with pytest.raises(ValueError, match="alias"):
        CacheConnections({"": Cache(engine="locmem")})
    with pytest.raises(ValueError, match="'default' and 'other'"):
        CacheConnections({"default": one, "other": one})
    with pytest.raises(LookupError, match="no alias"):
        Cache(engine="locmem").get("key")


def test_no_password_is_in_a_repr() -> None:
    shown = repr(
        CacheConnections(
            {
                "default": RedisCache(password="geheim", username="me", key_prefix="mine"),
                "own": Cache(engine="redis", location="redis://me:geheim@host:1/0", options={"password": "geheim"}),
                "two": Cache(engine="redis", location=["redis://:geheim@host:1", "redis://host:2"]),
            }
        )
    )
    assert "geheim" not in shown
    assert "key_prefix='mine'" in shown
    assert "@host:1/0" in shown
    assert Cache(engine="redis", location="redis://me:geheim@host:1/0").address == "redis://host:1/0"
    assert Cache(engine="redis", location="redis://me:ge/he@im@host:1/0").address == "redis://host:1/0"


def test_a_failure_names_alias_and_address_and_is_the_librarys_own_too() -> None:
    import redis

    for cls in (ConnectionRefusedError, redis.ConnectionError, redis.AuthenticationError, redis.TimeoutError):
        said = r"the cache 'default' at host:1 is not available: why"
        with pytest.raises(cls, match=said) as raised, naming("default", "host:1"):
            raise cls("why")
        assert isinstance(raised.value, CacheUnavailable)
        assert isinstance(raised.value.__cause__, cls)
        assert repr(raised.value)
    assert both(OSError) is both(OSError)
    for other in (ValueError("why"), redis.ResponseError("why")):
        with pytest.raises(type(other), match=r"^why$"), naming("default", "host:1"):
            raise other


class Pool:
    def __init__(self) -> None:
        self.closed: list[Any] = []

    async def disconnect(self) -> None:
        self.closed.append(asyncio.get_running_loop())


class Client:
    def __init__(self) -> None:
        self.connection_pool = Pool()


def test_each_event_loop_has_a_client_that_ends_with_it() -> None:
    clients = Clients()

    async def use() -> tuple[Any, Any]:
        one, two = await asyncio.gather(clients.get(Client), clients.get(Client))
        assert one is two
        return one, asyncio.get_running_loop()

    (first, its_loop), (second, _) = asyncio.run(use()), asyncio.run(use())
    assert first is not second
    assert first.connection_pool.closed == [its_loop]
    assert not clients.leases


def test_a_client_is_closed_on_its_own_loop_and_made_anew() -> None:
    clients = Clients()

    async def use() -> None:
        first = await clients.get(Client)
        await clients.aclose()
        await clients.aclose()
        assert first.connection_pool.closed == [asyncio.get_running_loop()]
        assert await clients.get(Client) is not first

    asyncio.run(use())


def test_a_loop_that_was_just_closed_keeps_no_client_for_long() -> None:
    clients = Clients()
    loop = asyncio.new_event_loop()
    loop.run_until_complete(clients.get(Client))
    loop.close()
    asyncio.run(clients.get(Client))
    assert not clients.leases
    gc.collect()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_forked_process_leaves_the_clients_of_its_parent_alone() -> None:
    script = f"""
        import asyncio, gc, os
        from typing import Any
        from utilmeta.core.cache.backends.clients import Clients

        {textwrap.indent(inspect.getsource(Pool), " " * 8).lstrip()}
        {textwrap.indent(inspect.getsource(Client), " " * 8).lstrip()}
        clients = Clients()
        loop = asyncio.new_event_loop()
        mine = loop.run_until_complete(clients.get(Client))
        pid = os.fork()
        if pid == 0:
            other = asyncio.run(clients.get(Client))
            gc.collect()
            os._exit(0 if other is not mine and not mine.connection_pool.closed else 1)
        assert os.waitpid(pid, 0)[1] == 0
        assert loop.run_until_complete(clients.get(Client)) is mine
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
        assert mine.connection_pool.closed == [loop]
        """
    command = [sys.executable, "-W", "error", "-c", textwrap.dedent(script)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_in_memory_plain_and_async_see_the_same(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from django.core.cache import cache, caches
        memory = Cache(engine="locmem")
        service = using(default=memory, other=Cache(engine="locmem", location="other"))
        assert service.get_config(CacheConnections)["default"] is memory
        assert type(caches["default"]).__name__ == "LocMemCache"
        memory.set("a", [1])
        assert cache.get("a") == [1] and caches["other"].get("a") is None

        async def use():
            assert await memory.aget("a") == [1]
            assert await memory.aget_many(["a", "b"]) == {"a": [1]}
            await memory.aset("n", 1, timeout=None)
            assert await memory.aadd("n", 2) is False and await memory.aincr("n", 4) == 5
            assert await memory.aexpire("n", 0) is True and await memory.aget("n") is None
            assert await memory.adelete("m") is False
            return threading.get_ident()

        assert asyncio.run(use()) == threading.get_ident()
        assert isinstance(error(memory.incr, "n"), ValueError)
        """,
    )


def test_a_cache_in_a_database_leaves_no_connection_in_its_threads(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection
        from utilmeta.core.concurrency.threads import run_in_thread
        settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "file.sqlite3"}})
        table = Cache(engine="db", location="kept")
        using(default=table)
        call_command("createcachetable")
        connection.close()

        async def use():
            await table.aset("a", 1)
            assert await table.aget("a") == 1
            assert await run_in_thread(lambda: connection.connection) is None
        asyncio.run(use())
        """,
    )


def test_an_engine_that_is_not_there_is_an_error_of_setup_naming_alias_and_engine(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        raised = error(using, default=Cache(engine="locmem"), own=Cache(engine="nowhere.Cache"))
        assert type(raised).__name__ == "InvalidCacheBackendError"
        assert "'own'" in str(raised) and "nowhere.Cache" in str(raised)
        """,
    )


def test_a_redis_that_is_down_or_silent_is_an_error_in_time(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from django.core.cache import caches
        with socket.create_server(("127.0.0.1", 0)) as closed:
            down = RedisCache(port=closed.getsockname()[1])
        silent = socket.create_server(("127.0.0.1", 0))  # takes connections, and never answers
        hung = RedisCache(port=silent.getsockname()[1], socket_timeout=0.2, password="geheim")
        using(default=down, hung=hung)

        for cache in (down, hung):
            for operation in (
                lambda: cache.get("a"), lambda: caches[cache.alias].set_many({"a": 1}), lambda: cache.aget("a"),
                lambda: cache.lock("a", timeout=1).acquire(), lambda: cache.aincr("a"),
            ):
                async def settled():
                    found = operation()
                    return await found if asyncio.iscoroutine(found) else found
                begun = time.monotonic()
                raised = error(asyncio.run, settled())
                assert isinstance(raised, CacheUnavailable), raised
                assert repr(cache.alias) in str(raised) and cache.address in str(raised), raised
                assert "geheim" not in str(raised)
                assert time.monotonic() - begun < 3
            cache.close()
        silent.close()
        """,
    )


def test_a_directory_that_others_may_write_to_keeps_no_cache(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        import os, stat
        from pathlib import Path
        from utilmeta.utils.exceptions import ServiceError
        os.umask(0o022)
        for name in ("own", "group", "open", "foreign"):
            Path(name).mkdir()
        Path("group").chmod(0o775)
        Path("open").chmod(0o1777)
        Path("link").symlink_to("own")
        names = ("made", "own", "group", "open", "link", "foreign")
        caches = {name: Cache(engine="file", location=name) for name in names}
        using(default=Cache(engine="locmem"), **caches)
        for name in ("made", "own", "group", "link"):
            caches[name].set("key", name)
            assert caches[name].get("key") == name
            with caches[name].lock("lock", timeout=5):
                pass
        assert stat.S_IMODE(os.stat("made").st_mode) == 0o700
        assert stat.S_IMODE(os.stat("made/utilmeta.lock").st_mode) == 0o600
        said = error(caches["open"].get, "key")
        assert isinstance(said, ServiceError) and "'open'" in str(said) and "every user" in str(said), said
        assert os.listdir("open") == []
        if os.geteuid() == 0:
            os.chown("foreign", 54321, -1)
            os.geteuid = lambda: 12345  # another user than root and than its owner
            said = error(caches["foreign"].get, "key")
            assert "belongs to the user 54321" in str(said), said
        """,
    )


class Text(str):
    """As Django's SafeString: equal to the str that JSON gives back, and something else."""


def test_json_is_written_by_a_class_or_a_serializer_of_ours() -> None:
    assert (
        entry(Cache(engine="locmem", serializer="json"))["BACKEND"] == "utilmeta.core.cache.backends.json.LocMemCache"
    )
    assert entry(Cache(engine="locmem"))["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache"
    for cache in (RedisCache(serializer="json"), Cache(engine="redis", location="redis://a", serializer="json")):
        assert entry(cache)["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
        assert entry(cache)["OPTIONS"]["serializer"] == "utilmeta.core.cache.json.JSONSerializer"
    assert "serializer" not in entry(RedisCache())["OPTIONS"]
    for wrong in (
        lambda: Cache(engine="pymemcache", serializer="json"),
        lambda: Cache(engine="a.B", serializer="json"),
        lambda: RedisCache(serializer="json", options={"serializer": "a.B"}),
    ):
        with pytest.raises(ValueError, match="serializer"):
            wrong()


@pytest.mark.parametrize("value", [None, 0, "", False, [], {}, 1.5, 2**100, "é\0", [{"a": [None]}], "\ud800"])
def test_what_json_has_is_read_as_it_was_written(value: Any) -> None:
    codec = JSONSerializer()
    read = codec.loads(codec.dumps(value))
    assert (type(read), read) == (type(value), value)


@pytest.mark.parametrize(
    "value",
    [(1,), {1: 2}, b"a", {1}, float("nan"), float("inf"), [object()], HTTPStatus.OK, [Text("a")], {Text("a"): 1}],
)
def test_what_json_would_change_is_refused_without_being_quoted(value: Any) -> None:
    with pytest.raises(CacheValueError, match=type(value).__name__):
        JSONSerializer().dumps(value)


@pytest.mark.parametrize("data", [b"", b"\x80\x05N.", b"{", b"\xff", b"[" * 100_000, b"1" * 5000], ids=range(6))
def test_what_is_no_json_is_an_error(data: bytes) -> None:
    with pytest.raises(CacheValueError, match="json"):
        JSONSerializer().loads(data)


def test_an_error_of_a_value_names_its_cache_once() -> None:
    with pytest.raises(CacheValueError) as caught, naming("outer", "there"), naming("kept", "here"):
        JSONSerializer().loads(b"")
    assert str(caught.value).startswith("the cache 'kept' at here: a value is not")
    assert caught.value.cache == "kept"


def test_a_file_of_json_whose_expiry_changes_stays_whole(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from pathlib import Path
        from utilmeta.utils.exceptions import CacheValueError
        files = Cache(engine="file", location="files", serializer="json")
        using(files=files)
        files.set("a", ["text"], None)
        for timeout in (100, 1e9, None, 99.25, 100):
            assert files.expire("a", timeout) and files.get("a") == ["text"]
        name, = Path("files").glob("*.djcache")
        for content in (b'"now"\\n', b"\\x80\\x05N.x"):
            name.write_bytes(content)
            assert isinstance(error(files.get, "a"), CacheValueError), content
        name.write_bytes(b"")
        assert files.get("a") is None
        """,
    )
