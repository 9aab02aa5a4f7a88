"""Caches as the page declares them, asked from plain functions through Django.

SCENARIO_REDIS, a JSON object of RedisCache's keywords, says where the cache `default` is; without it that one keeps
nothing. An endpoint writes NONCE to a cache and answers what it reads.
"""

import json
import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.cache import Cache, CacheConnections
from utilmeta.core.server.backends.django import DjangoSettings

DUMMY = "django.core.cache.backends.dummy.DummyCache"
MEMORY = "django.core.cache.backends.locmem.LocMemCache"


def kept(alias):
    from django.core.cache import caches

    caches[alias].set("word", NONCE)
    return caches[alias].get("word")


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def classes(self):
        from django.core.cache import caches

        return " ".join(f"{base.__module__}.{base.__qualname__}" for base in type(caches["fallback"]).__mro__)

    @api.get
    def fallback(self):
        return kept("fallback")

    @api.get
    def default(self):
        return kept("default")


service = UtilMeta(
    __name__,
    name="cache_documented",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
service.use(DjangoSettings(secret_key=NONCE))
connections = {"default": Cache(engine=DUMMY), "fallback": Cache(engine=MEMORY)}
if "SCENARIO_REDIS" in os.environ:
    from utilmeta.core.cache.backends.redis import RedisCache

    connections["default"] = RedisCache(**json.loads(os.environ["SCENARIO_REDIS"]))
service.use(CacheConnections(connections))

app = service.application()
