"""Sanic's router takes the slashes at the end of a path off by recursion, however many there are."""

from mutation import replace
from utilmeta.core.server.backends import sanic_routes

VARIANTS = ("sanic-sync", "sanic-async")

replace(sanic_routes.shortened, "len(path) - len(bare) <= MOST_SLASHES", "True")
