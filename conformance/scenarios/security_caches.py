"""Caches that keep JSON: what comes back of what is set, and what becomes of pickles that somebody has put there."""

import asyncio
import base64
import datetime
import decimal
import importlib
import pathlib
import pickle
import time
import zlib

from scenario import ASYNCHRONOUS, BACKEND
from utilmeta import UtilMeta
from utilmeta.core.cache import Cache, CacheConnections
from utilmeta.core.cache.backends.redis import RedisCache
from utilmeta.core.orm import Database, DatabaseConnections
from utilmeta.core.server.backends.django import DjangoSettings

TABLE = "kept"
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
    used.update(
        redis=RedisCache(**redis, **chosen),
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
    refusals = {name: outcome(wrong) for name, wrong in WRONG.items()}
    build(redis, folder, serializer)
    return {
        "kept": {alias: kept(alias, values) for alias in used},
        "operations": {alias: outcome(operations, alias, text) for alias in used},
        "refused": {alias: refused(alias) for alias in used},
        "planted": {alias: planted(alias, redis, folder, text) for alias in ("redis", "files", "table")},
        "wrong": refusals,
    }


def by_django(alias):
    from django.core.cache import caches

    return caches[alias]


def kept(alias, values):
    """What each way of asking finds of each value, however it was set, with another default than None."""
    cache, found = used[alias], []
    for value in values:
        cache.set("plain", value)
        asyncio.run(cache.aset("asynchronous", value))
        by_django(alias).set("django", value)
        found.append(
            [
                [outcome(cache.get, key, ABSENT), asyncio.run(read(cache, key)), by_django(alias).get(key, ABSENT)]
                for key in ("plain", "asynchronous", "django")
            ]
        )
    return found


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
    """What setting each gives, and what is there afterwards."""
    cache = used[alias]
    found = {}
    for name, value in REFUSED.items():
        setting = [outcome(cache.set, name, value), outcome(asyncio.run, cache.aset(name, value))]
        found[name] = [*(isinstance(each, dict) for each in setting), cache.get(name, ABSENT)]
    return found


WRONG = {
    "engine": lambda: str(Cache(engine="pymemcache", location="127.0.0.1:1", serializer="json")),
    "class": lambda: str(Cache(engine="cached.SlowCache", serializer="json")),
    "serializer": lambda: str(Cache(engine="locmem", serializer="marshal")),
}


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


FORMS = {"redis": 1, "files": 3, "table": 1}


def plant(alias, redis, folder, form, planted):
    if alias == "redis":
        client = importlib.import_module("redis").Redis(**redis)
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
