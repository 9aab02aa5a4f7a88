"""Probe: caches that serialize as JSON; what they return of what is set, and of pickles that somebody put there."""

import asyncio
import base64
import datetime
import decimal
import enum
import functools
import importlib
import pathlib
import pickle
import time
import zlib

from scenario import ASYNCHRONOUS, BACKEND, apart
from utilmeta import UtilMeta
from utilmeta.core.cache import Cache, CacheConnections
from utilmeta.core.server.backends.django import DjangoSettings

DJANGO = "django.core.cache.backends"
TABLES = {"table": "kept", "table_by_path": "kept_by_path"}
OF_DJANGO, BY_PATH = 1, 2  # the databases of the Redis that Django's own engine is given
REDIS_NUMBERS = {"redis": 0, "django_redis": OF_DJANGO, "redis_by_path": BY_PATH}
KEEPING = ("redis", "django_redis", "files", "table", "memory")  # others are these, named otherwise
ABSENT = "absent"
used = {}


class Planted:
    """Makes a file when it is unpickled."""

    def __init__(self, marker):
        self.marker = marker

    def __reduce__(self):
        return open, (self.marker, "w")


def outcome(call, *arguments):
    """What it gives, or what it raises."""
    try:
        return call(*arguments)
    except Exception as error:  # noqa: BLE001 - it is what the check asks about
        return {"raised": str(error) or type(error).__name__}


def of_files(folder, chosen, redis):
    return {
        "files": Cache(engine="file", location=f"{folder}/files", **chosen),
        "memory": Cache(engine="locmem", **chosen),
        "files_by_short_name": Cache(engine="filebased", location=f"{folder}/files_by_short_name", **chosen),
        "files_by_path": Cache(
            engine=f"{DJANGO}.filebased.FileBasedCache", location=f"{folder}/files_by_path", **chosen
        ),
        "memory_by_path": Cache(engine=f"{DJANGO}.locmem.LocMemCache", location="by path", **chosen),
    }


def of_tables(folder, chosen, redis):
    return {
        "table": Cache(engine="db", location=TABLES["table"], **chosen),
        "table_by_path": Cache(engine=f"{DJANGO}.db.DatabaseCache", location=TABLES["table_by_path"], **chosen),
    }


def of_redis(folder, chosen, redis):
    from utilmeta.core.cache.backends.redis import RedisCache

    address = f"redis://:{redis['password']}@{redis['host']}:{redis['port']}"
    return {
        "redis": RedisCache(**redis, **chosen),
        "django_redis": Cache(engine="redis", location=f"{address}/{OF_DJANGO}", **chosen),
        "redis_by_path": Cache(engine=f"{DJANGO}.redis.RedisCache", location=f"{address}/{BY_PATH}", **chosen),
    }


GROUPS = {"files": of_files, "tables": of_tables, "redis": of_redis}


def build(group, redis, folder, serializer):
    service = UtilMeta(__name__, name="caches", backend=BACKEND, asynchronous=ASYNCHRONOUS, production=False)
    service.use(DjangoSettings(secret_key="key of a probe"))
    if group == "tables":
        from utilmeta.core.orm import Database, DatabaseConnections

        service.use(DatabaseConnections({"default": Database(engine="sqlite3", name=f"{folder}/db.sqlite3")}))
    used.update(GROUPS[group](folder, {} if serializer is None else {"serializer": serializer}, redis))
    others = {} if "default" in used else {"default": Cache(engine="locmem", location="others")}
    service.use(CacheConnections({**others, **used}))
    service.setup()
    if group == "tables":
        from django.core.management import call_command

        call_command("createcachetable", verbosity=0)


def told(group, folder, serializer, values, text, redis=None):
    """All that one process can tell of the caches of a group; `redis` is where one is, for those that need it."""
    build(group, redis, folder, serializer)
    keeping = [alias for alias in KEEPING if alias in used]
    return {
        "kept": {alias: kept(alias, values) for alias in keeping},
        "operations": {alias: outcome(operations, alias, text) for alias in keeping},
        "refused": {alias: refused(alias) for alias in used},
        "planted": {alias: planted(alias, redis, folder, text) for alias in FORMS if alias in used},
    }


def wrong():
    """What configuring a cache that cannot be gives, each in a process of its own."""
    return {name: apart(functools.partial(outcome, configured, keywords))[0] for name, keywords in WRONG.items()}


def by_django(alias):
    from django.core.cache import caches

    return caches[alias]


def kept(alias, values):
    """What each way of asking finds of each value, however it was set, with another default than None."""
    cache, django = used[alias], by_django(alias)
    keys = [[f"{way}-{place}" for way in ("plain", "asynchronous", "django")] for place in range(len(values))]
    for value, (plain, _, through) in zip(values, keys, strict=True):
        cache.set(plain, value)
        django.set(through, value)
    asynchronous, many_asynchronously = asyncio.run(kept_asynchronously(cache, values, keys))
    every = [key for of_value in keys for key in of_value]
    many = [cache.get_many(every), many_asynchronously, django.get_many(every)]
    return [
        [
            [outcome(cache.get, key, ABSENT), asynchronous[key], django.get(key, ABSENT)]
            + [found.get(key, ABSENT) for found in many]
            for key in of_value
        ]
        for of_value in keys
    ]


async def kept_asynchronously(cache, values, keys):
    for value, (_, key, _) in zip(values, keys, strict=True):
        await cache.aset(key, value)
    every = [key for of_value in keys for key in of_value]
    return {key: await read(cache, key) for key in every}, await cache.aget_many(every)


async def read(cache, key):
    return await cache.aget(key, ABSENT)


def operations(alias, text):
    cache, django = used[alias], by_django(alias)
    cache.delete("count")
    found = {
        "add": [cache.add("count", 40), cache.add("count", text), asyncio.run(cache.aadd("count", text))],
        "incr": [cache.incr("count"), asyncio.run(cache.aincr("count", 2))],
        "expire": [cache.expire("count", 100), asyncio.run(cache.aexpire("count", 1000)), cache.expire("none", 100)],
    }
    cache.set("text", text)
    found["get_many"] = [cache.get_many(["count", "text", "none"]), asyncio.run(cache.aget_many(["text", "none"]))]
    with cache.lock(text, timeout=20, wait=0):
        found["lock"] = [outcome(entered, cache.lock(text, timeout=20, wait=0)) == "entered"]
    found["lock"].append(entered(cache.lock(text, timeout=20, wait=0)) == "entered")
    cache.set("nothing", None)
    found["add to None"] = [cache.add("nothing", 1), asyncio.run(cache.aadd("nothing", 1)), django.add("nothing", 1)]
    found["has None"] = [django.has_key("nothing"), cache.expire("nothing", 100), cache.get("nothing", ABSENT)]
    found["delete"] = [cache.delete("text"), cache.get("text", ABSENT)]
    return found


def entered(lock):
    with lock:
        return "entered"


class Level(enum.IntEnum):
    LOW = 0


class Text(str):
    """Equal to the text that JSON gives back, and no such text."""


REFUSED = {
    "tuple": (1, 2),
    "tuple within": {"a": [(1,)]},
    "key": {1: "a"},
    "bytes": b"a",
    "set": {1},
    "NaN": float("nan"),
    "infinity": [float("inf")],
    "datetime": datetime.datetime(2030, 1, 2),
    "Decimal": decimal.Decimal("1.5"),
    "object": object(),
    "member of an IntEnum": [Level.LOW],
    "kind of text": Text("a"),
    "key that is a kind of text": {Text("a"): 0},
}


def refused(alias):
    """The ways of setting each that were no error, and whether nothing is there afterwards."""
    cache, django = used[alias], by_django(alias)
    ways = {"set": cache.set, "add": cache.add, "Django's set": django.set, "Django's add": django.add}
    taken = asyncio.run(taken_asynchronously(cache))
    for name, value in REFUSED.items():
        taken[name] += [way for way, put in ways.items() if not isinstance(outcome(put, name, value), dict)]
    return {name: [taken[name], outcome(cache.get, name, ABSENT) == ABSENT] for name in REFUSED}


async def taken_asynchronously(cache):
    taken = {}
    for name, value in REFUSED.items():
        taken[name] = []
        for way in ("aset", "aadd"):
            try:
                await getattr(cache, way)(name, value)
            except Exception:  # noqa: BLE001 - it is what the check asks about
                continue
            taken[name].append(way)
    return taken


WRONG = {
    "engine": {"engine": "pymemcache", "location": "127.0.0.1:1", "serializer": "json"},
    "class": {"engine": "cache_engines.SlowCache", "serializer": "json"},
    "serializer": {"engine": "locmem", "serializer": "marshal"},
}


def configured(keywords):
    """All that configures a cache: it is made, used and set up."""
    service = UtilMeta(__name__, name="caches", backend=BACKEND, asynchronous=ASYNCHRONOUS, production=False)
    service.use(DjangoSettings(secret_key="key of a probe"))
    service.use(CacheConnections({"default": Cache(**keywords)}))
    service.setup()


def planted(alias, redis, folder, text):
    """What each operation gives after pickles were put where the values are; the files that those have made."""
    operations = {
        "get": lambda cache: cache.get("planted", ABSENT),
        "aget": lambda cache: asyncio.run(read(cache, "planted")),
        "get_many": lambda cache: cache.get_many(["planted"]).get("planted", ABSENT),
        "aget_many": lambda cache: asyncio.run(cache.aget_many(["planted"])).get("planted", ABSENT),
        "django": lambda cache: by_django(alias).get("planted", ABSENT),
        "has_key": lambda cache: by_django(alias).has_key("planted"),
        "expire": lambda cache: cache.expire("planted", 100),
        "add": lambda cache: cache.add("planted", text),
        "incr": lambda cache: cache.incr("planted"),
    }
    found, marker = [], pathlib.Path(folder, f"ran-{alias}")
    for form in FORMS[alias]:
        for name, operation in operations.items():
            used[alias].set("planted", text)
            plant(alias, redis, folder, form, pickle.dumps(Planted(str(marker))))
            result = outcome(operation, used[alias])
            found.append([form, name, result if isinstance(result, (str, dict, bool, int)) else "something else"])
    used[alias].set("planted", text)
    return {"found": found, "ran": marker.exists(), "set anew": used[alias].get("planted")}


# Of each, the forms of a file that are put there; Django's own alone where another has had all.
FORMS = {
    "redis": [0], "django_redis": [0], "files": [0, 1, 2], "table": [0],
    "files_by_short_name": [1], "files_by_path": [1], "table_by_path": [0], "redis_by_path": [0],
}  # fmt: skip


def plant(alias, redis, folder, form, planted):
    if alias in REDIS_NUMBERS:
        client = importlib.import_module("redis").Redis(**redis, db=REDIS_NUMBERS[alias])
        for key in client.keys("*"):
            client.set(key, planted)
        client.close()
    elif alias in TABLES:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {TABLES[alias]} SET value = %s", [base64.b64encode(planted).decode()])
    else:
        moment = time.time() + 1000
        content = [
            planted,
            pickle.dumps(moment) + zlib.compress(planted),
            str(moment).encode().ljust(31) + b"\n" + zlib.compress(planted),
        ]
        for file in pathlib.Path(folder, alias).iterdir():
            file.write_bytes(content[form])
