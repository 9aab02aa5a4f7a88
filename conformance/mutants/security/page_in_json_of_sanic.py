"""Sanic's page in JSON of what middleware raises is the one of its debug mode."""

from mutation import replace
from utilmeta.core.server.backends import sanic_debug_pages

VARIANTS = ("sanic-sync", "sanic-async")

replace(sanic_debug_pages.withhold, "(request, error, False).render()", "(request, error, json).render()")
