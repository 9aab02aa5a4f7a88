"""What is added to a cache in memory is a pickle; what is set is JSON."""

from utilmeta.core.cache.backends import json

VARIANTS = ("flask-sync", "starlette-async")

del json.LocMemCache.add  # so that it is Django's own
