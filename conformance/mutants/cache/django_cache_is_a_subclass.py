"""DjangoCache is another class than Cache."""

from utilmeta.core import cache

cache.DjangoCache = type("DjangoCache", (cache.Cache,), {"__module__": cache.__name__})
