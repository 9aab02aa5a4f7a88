"""Sanic's debug page is the answer to what middleware raises, and to what no route knows."""

from mutation import replace
from utilmeta.core.server.backends import sanic_debug_pages

VARIANTS = ("sanic-async",)

replace(sanic_debug_pages.is_native, "request.route is not None and not request.route.path.startswith(ROUTE)", "True")
