"""Caches that keep JSON: what comes back of what is set, and what becomes of pickles that somebody has put there."""

import asyncio
import base64
import datetime
import decimal
import functools
import importlib
import pathlib
import pickle
import time
import zlib

from scenario import ASYNCHRONOUS, BACKEND, apart
from utilmeta import UtilMeta
from utilmeta.core.cache import Cache, CacheConnections
from utilmeta.core.cache.backends.redis import RedisCache
from utilmeta.core.orm import Database, DatabaseConnections
from utilmeta.core.server.backends.django import DjangoSettings

TABLE = "kept"
OF_DJANGO = 1  # the database of the Redis that Django's own engine is given
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


def build(redis, folder, serializer):
    service = UtilMeta(__name__, name="caches", backend=BACKEND, asynchronous=ASYNCHRONOUS, production=False)
    service.use(DjangoSettings(secret_key="key of a probe"))
    service.use(DatabaseConnections({"default": Database(engine="sqlite3", name=f"{folder}/db.sqlite3")}))
    chosen = {} if serializer is None else {"serializer": serializer}
    host, port, password = redis["host"], redis["port"], redis["password"]
    used.update(
        redis=RedisCache(**redis, **chosen),
        django_redis=Cache(engine="redis", location=f"redis://:{password}@{host}:{port}/{OF_DJANGO}", **chosen),
        files=Cache(engine="file", location=f"{folder}/files", **chosen),
        table=Cache(engine="db", location=TABLE, **chosen),
        memory=Cache(engine="locmem", **chosen),
    )
    service.use(CacheConnections(used))
    service.setup()
    from django.core.management import call_command

    call_command("createcachetable", verbosity=0)


def told(redis, folder, serializer, values, text):
    """All that one process can tell."""
    refusals = {name: apart(functools.partial(outcome, configured, wrong))[0] for name, wrong in WRONG.items()}
    build(redis, folder, serializer)
    return {
        "kept": {alias: kept(alias, values) for alias in used},
        "operations": {alias: outcome(operations, alias, text) for alias in used},
        "refused": {alias: refused(alias) for alias in used},
        "planted": {alias: planted(alias, redis, folder, text) for alias in FORMS},
        "wrong": refusals,
    }


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
    asynchronous = asyncio.run(kept_asynchronously(cache, values, keys))
    return [
        [[outcome(cache.get, key, ABSENT), asynchronous[key], django.get(key, ABSENT)] for key in of_value]
        for of_value in keys
    ]


async def kept_asynchronously(cache, values, keys):
    for value, (_, key, _) in zip(values, keys, strict=True):
        await cache.aset(key, value)
    return {key: await read(cache, key) for of_value in keys for key in of_value}


async def read(cache, key):
    return await cache.aget(key, ABSENT)


def operations(alias, text):
    cache = used[alias]
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
    found["delete"] = [cache.delete("text"), cache.get("text", ABSENT)]
    return found


def entered(lock):
    with lock:
        return "entered"


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
    "object": Planted("nowhere"),
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
    "class": {"engine": "cached.SlowCache", "serializer": "json"},
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
    for form in range(FORMS[alias]):
        for name, operation in operations.items():
            used[alias].set("planted", text)
            plant(alias, redis, folder, form, pickle.dumps(Planted(str(marker))))
            result = outcome(operation, used[alias])
            found.append([form, name, result if isinstance(result, (str, dict, bool, int)) else "something else"])
    used[alias].set("planted", text)
    return {"found": found, "ran": marker.exists(), "set anew": used[alias].get("planted")}


FORMS = {"redis": 1, "django_redis": 1, "files": 3, "table": 1}


def plant(alias, redis, folder, form, planted):
    if alias in ("redis", "django_redis"):
        client = importlib.import_module("redis").Redis(**redis, db=0 if alias == "redis" else OF_DJANGO)
        for key in client.keys("*"):
            client.set(key, planted)
        client.close()
    elif alias == "table":
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {TABLE} SET value = %s", [base64.b64encode(planted).decode()])
    else:
        moment = time.time() + 1000
        content = [
            planted,
            pickle.dumps(moment) + zlib.compress(planted),
            str(moment).encode().ljust(31) + b"\n" + zlib.compress(planted),
        ]
        for file in pathlib.Path(folder, "files").iterdir():
            file.write_bytes(content[form])
