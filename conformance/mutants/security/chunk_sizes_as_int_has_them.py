"""The size of a chunk is whatever Python's `int` takes."""

import re

from utilmeta.core.server.backends import http_handler, sanic_http

VARIANTS = ("flask-sync", "sanic-sync", "sanic-async")

http_handler.CHUNK = sanic_http.CHUNK = re.compile(rb"([^\r;]+)(?:;[^\r]*)?\r\n")
