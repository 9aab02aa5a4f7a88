"""Caches of every engine: calls of them, locks, and what happens while one is down.

SCENARIO_CACHES, a JSON object, says where they are: `host`, `port` and `password` of a Redis, `failing`, `silent` and
`nobody`, other ports, and a `folder`. A call is a JSON array: alias, operation, arguments. A gate is the path of a
file; a call that waits for it makes a file beside it, `.in`, before.
"""

import asyncio
import contextlib
import json
import os
import pathlib
import pickle
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor

from django.core.cache.backends.locmem import LocMemCache
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, apart, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api

LONGEST_SECONDS = 15
THREADS = 5
SLOW_SECONDS = 3  # less than anybody waits for an answer: whoever is kept waiting gets one, too late

asleep = []  # a mark for each call that waits in the slow cache
used = {}  # the caches by alias, as they were given to the service


def at(gate, seconds=LONGEST_SECONDS):
    """Says that it is there, and gives what tells whether to go on waiting."""
    pathlib.Path(gate + ".in").touch()
    until = time.monotonic() + seconds
    return lambda: not os.path.exists(gate) and time.monotonic() < until


class SlowCache(LocMemCache):
    """A Django cache of the user's own; its keys are gates."""

    def get(self, key, default=None, version=None):
        asleep.append(None)
        waiting = at(key, SLOW_SECONDS)
        while waiting():
            time.sleep(0.01)
        asleep.pop()
        return "slow"


def redis_caches(host, port, password, failing, silent, nobody):
    from utilmeta.core.cache.backends.redis import RedisCache

    return {
        "default": RedisCache(host=host, port=port, db=2, password=password),
        "other": RedisCache(host=host, port=port, password=password),
        "failing": RedisCache(host=host, port=failing, db=1, password=password),
        "mistaken": RedisCache(host=host, port=port, password=password[::-1]),
        "silent": RedisCache(host=host, port=silent, password=password),
        "unused": RedisCache(host=host, port=nobody, password=password),
    }


def connections(folder, **where):
    from utilmeta.core.cache import Cache, CacheConnections

    with contextlib.suppress(Exception):  # an implementation without a RedisCache has the others
        used.update(redis_caches(**where))
    used.update(
        memory=Cache(engine="locmem"),
        files=Cache(engine="filebased", location=folder),
        slow=Cache(engine=f"{__name__}.SlowCache", location="slow"),
    )
    return CacheConnections({alias: cache for alias, cache in used.items() if not isinstance(cache, dict)})


def plainly(alias, operation, *arguments):
    return getattr(used[alias], operation)(*arguments)


async def asynchronously(alias, operation, *arguments):
    return await getattr(used[alias], f"a{operation}")(*arguments)


def by_django(alias, operation, *arguments):
    from django.core.cache import caches

    return getattr(caches[alias], operation)(*arguments)


def refusal(error):
    return {"error": type(error).__name__, "message": str(error)}


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def sleeping(self):
        return {"asleep": len(asleep)}

    @api.get
    @in_mode
    def shown(self):
        from utilmeta.core.cache import CacheConnections

        return f"{service.get_config(CacheConnections)!r} {used!r} {service!r}"

    @api.get
    def plain(self, call: str):
        return {"result": plainly(*json.loads(call))}

    @api.get
    def django(self, call: str):
        return {"result": by_django(*json.loads(call))}

    @api.get
    def twice(self, call: str, gate: str):
        plainly(*json.loads(call))
        waiting = at(gate)
        while waiting():
            time.sleep(0.01)
        return {"result": plainly(*json.loads(call))}

    if ASYNCHRONOUS:

        @api.get
        async def awaited(self, call: str):
            return {"result": await asynchronously(*json.loads(call))}

        @api.get
        async def held(self, name: str, timeout: float, wait: float, gate: str):
            try:
                async with used["default"].lock(name, timeout=timeout, wait=wait):
                    waiting = at(gate)
                    while waiting():
                        await asyncio.sleep(0.01)
            except Exception as error:  # noqa: BLE001 - it is what the check asks about
                return refusal(error)
            return {"error": None}

    else:

        @api.get
        def held(self, name: str, timeout: float, wait: float, gate: str):
            try:
                with used["default"].lock(name, timeout=timeout, wait=wait):
                    waiting = at(gate)
                    while waiting():
                        time.sleep(0.01)
            except Exception as error:  # noqa: BLE001 - it is what the check asks about
                return refusal(error)
            return {"error": None}


def build(**where):
    made = UtilMeta(
        __name__,
        name="cache_engines",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
    return made.use(connections(**where))


def outcome(call, *arguments):
    """What it gives, or what it raises."""
    try:
        return call(*arguments)
    except Exception as error:  # noqa: BLE001 - it is what the check asks about
        return {"raised": type(error).__name__}


def told(where, engines, keywords, calls, key, text):
    """All that one process can tell: its settings, what the calls give, what event loops and a fork do to a cache."""
    from utilmeta.core.cache import Cache

    used.update({engine: outcome(lambda engine: Cache(engine=engine), engine) for engine in engines})
    used["full"] = outcome(lambda: Cache(engine="locmem", **keywords))
    return {
        "built": outcome(built, where),
        "planted": outcome(planted, where["folder"], key, text),
        "settings": outcome(settings),
        "classes": outcome(classes),
        "given": outcome(given),
        "plain": {alias: [outcome(plainly, alias, *call) for call in calls] for alias in ("default", "memory")},
        "asynchronous": {alias: [outcome(awaiting, alias, *call) for call in calls] for alias in ("other", "memory")},
        "seen": outcome(seen, key, text),
        "forked": outcome(forked, key, text),
        "held": {alias: outcome(held, alias, key) for alias in ("default", "memory")},
        "at once": {alias: outcome(at_once, alias, key) for alias in ("default", "memory", "files")},
        "held asynchronously": {alias: outcome(asyncio.run, aheld(alias, key)) for alias in ("other", "memory")},
        "left": {alias: outcome(left, alias, key) for alias in ("default", "memory")},
        "left asynchronously": {alias: outcome(asyncio.run, aleft(alias, key)) for alias in ("other", "memory")},
        "late": outcome(late, ("default", "memory"), key),
        "late asynchronously": outcome(asyncio.run, alate(("other", "memory"), key)),
    }


def built(where):
    global service
    service = build(**where)
    return [base.__name__ for base in type(service.application()).__mro__]


def planted(folder, key, text):
    """What the cache in files finds of a value, before and after its directory is open to every user, one of whom puts
    something else into its place; whether that was run, and with which modes of the directory in any way to ask."""
    kept, mark = pathlib.Path(folder), f"{folder}.ran"
    before = apart(lambda: [plainly("files", "set", key, text), plainly("files", "get", key)][1])[0]
    files = [path for path in kept.rglob("*") if path.is_file()]
    for file in files:
        file.write_bytes(pickle.dumps(time.time() + 1000) + zlib.compress(pickle.dumps(Planted(mark))))
    outcome(lambda: apart(lambda: str(plainly("files", "get", key))))
    ran = os.path.exists(mark)
    if ran:
        os.rmdir(mark)
    mode, opened = kept.stat().st_mode & 0o777, []
    for open_to_all in OPEN:
        kept.chmod(open_to_all)
        outcome(lambda: apart(lambda: ask_all(key)))
        if os.path.exists(mark):
            opened.append(oct(open_to_all))
            os.rmdir(mark)
    kept.chmod(mode)
    for file in files:
        file.unlink(missing_ok=True)
    return {"before": before, "private": ran, "open": opened}


OPEN = (0o777, 0o1777, 0o707, 0o703, 0o1773, 0o3777)  # a sticky one, as that of temporary files is, too


def ask_all(key):
    for call in (plainly, by_django, awaiting):
        outcome(call, "files", "get", key)
        outcome(call, "files", "get_many", [key])
    outcome(plainly, "files", "incr", key)


class Planted:
    """Is pickled as a call that makes a file."""

    def __init__(self, file):
        self.file = file

    def __reduce__(self):
        return os.mkdir, (self.file,)


def settings():
    from django.conf import settings

    return {alias: {**entry, "OPTIONS": {}} if alias != "full" else entry for alias, entry in settings.CACHES.items()}


def classes():
    from utilmeta.core.cache import Cache, DjangoCache

    return {"same": DjangoCache is Cache}


def given():
    """The aliases that lead to the object that was given."""
    from utilmeta.core.cache import CacheConnections

    found = service.get_config(CacheConnections)
    return [alias for alias, cache in used.items() if found[alias] is cache]


def awaiting(*call):
    """The call on an event loop of its own."""
    return asyncio.run(asynchronously(*call))


def seen(key, text):
    """What each way of asking finds of what each has written."""
    ways = {"plain": plainly, "asynchronous": awaiting, "django": by_django}
    found = {}
    for writer, write in ways.items():
        write("default", "set", key, [writer, text])
        found[writer] = {reader: outcome(read, "default", "get", key) for reader, read in ways.items()}
    return found


def forked(key, text):
    """What a forked process finds, and what its parent finds of that one's on the event loop that was there before."""
    loop = asyncio.new_event_loop()
    plainly("default", "set", key, text)
    before = loop.run_until_complete(asynchronously("default", "get", key))
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        found = [outcome(plainly, "default", "get", key), outcome(awaiting, "default", "get", key)]
        outcome(awaiting, "default", "set", key, text[::-1])
        os.write(writing, json.dumps(found).encode())
        os._exit(0)
    os.close(writing)
    with open(reading) as pipe:
        child = json.load(pipe)
    os.waitpid(pid, 0)
    after = [loop.run_until_complete(asynchronously("default", "get", key)), plainly("default", "get", key)]
    loop.close()
    return {"before": before, "child": child, "after": after}


def entered(lock):
    with lock:
        return "entered"


async def aentered(lock):
    async with lock:
        return "entered"


def held(alias, name):
    """Whether a second one gets into a lock while it is held, and afterwards."""
    cache = used[alias]
    with cache.lock(name, timeout=20, wait=0):
        during = outcome(lambda: entered(cache.lock(name, timeout=20, wait=0)))
    return {"during": during, "after": outcome(lambda: entered(cache.lock(name, timeout=20, wait=0)))}


def at_once(alias, name):
    """How many of several threads get into a lock while all want it."""
    here, tried = threading.Barrier(THREADS), threading.Barrier(THREADS)

    def want():
        lock = used[alias].lock(name, timeout=20, wait=0)
        inside = False
        here.wait(LONGEST_SECONDS)
        try:
            with lock:
                inside = True
                tried.wait(LONGEST_SECONDS)
        except Exception:  # noqa: BLE001 - how it is refused is not what the check asks about
            if not inside:
                tried.wait(LONGEST_SECONDS)
        return inside

    with ThreadPoolExecutor(THREADS) as pool:
        return sum(future.result() for future in [pool.submit(want) for _ in range(THREADS)])


async def aheld(alias, name):
    cache = used[alias]
    during = None
    async with cache.lock(name, timeout=20, wait=0):
        try:
            during = await aentered(cache.lock(name, timeout=20, wait=0))
        except Exception as error:  # noqa: BLE001 - it is what the check asks about
            during = {"raised": type(error).__name__}
    return {"during": during, "after": await aentered(cache.lock(name, timeout=20, wait=0))}


class Interruption(BaseException):
    """No Exception, as a cancellation and an exit are none."""


def left(alias, name):
    """Whether somebody gets into a lock when its owner has left it by an exception of each kind."""
    cache, after = used[alias], {}
    for kind in (LookupError, SystemExit, Interruption):
        with contextlib.suppress(kind), cache.lock(f"{name} {kind.__name__}", timeout=20, wait=0):
            raise kind
        after[kind.__name__] = outcome(entered, cache.lock(f"{name} {kind.__name__}", timeout=20, wait=0))
    return after


async def aleft(alias, name):
    cache, after = used[alias], {}

    async def hold(lock, kind):
        async with lock:
            if kind is asyncio.CancelledError:
                asyncio.current_task().cancel()
                await asyncio.sleep(LONGEST_SECONDS)
            raise kind

    for kind in (LookupError, Interruption, asyncio.CancelledError):
        of_its_own = f"{name} {kind.__name__}"
        with contextlib.suppress(kind):
            await asyncio.create_task(hold(cache.lock(of_its_own, timeout=20, wait=0), kind))
        after[kind.__name__] = await aoutcome(aentered(cache.lock(of_its_own, timeout=20, wait=0)))
    return after


def late(aliases, name):
    """What it is to leave a lock that has expired, before and after another one of this process has it, and whether a
    third one gets into it then."""
    mine = {alias: [used[alias].lock(f"{name} {n}", timeout=0.3, wait=0) for n in range(2)] for alias in aliases}
    for locks in mine.values():
        for lock in locks:
            lock.__enter__()
    found = {}
    for alias, locks in mine.items():
        with used[alias].lock(f"{name} 1", timeout=20, wait=5):
            leaving = [outcome(lock.__exit__, None, None, None) for lock in locks]
            third = outcome(entered, used[alias].lock(f"{name} 1", timeout=20, wait=0))
        found[alias] = {"leaving": leaving, "third": third}
    return found


async def alate(aliases, name):
    mine = {alias: [used[alias].lock(f"{name} {n}", timeout=0.3, wait=0) for n in range(2)] for alias in aliases}
    for locks in mine.values():
        for lock in locks:
            await lock.__aenter__()
    found = {}
    for alias, locks in mine.items():
        async with used[alias].lock(f"{name} 1", timeout=20, wait=5):
            leaving = [await aoutcome(lock.__aexit__(None, None, None)) for lock in locks]
            third = await aoutcome(aentered(used[alias].lock(f"{name} 1", timeout=20, wait=0)))
        found[alias] = {"leaving": leaving, "third": third}
    return found


async def aoutcome(awaitable):
    try:
        return await awaitable
    except Exception as error:  # noqa: BLE001 - it is what the check asks about
        return {"raised": type(error).__name__}


if "SCENARIO_CACHES" in os.environ:
    service = build(**json.loads(os.environ["SCENARIO_CACHES"]))
    app = service.application()

    if __name__ == "__main__":
        service.run()
