"""A text that an endpoint returns is sent as HTML."""

from utilmeta.core.pipeline import responder

LEVEL = "page"
BREAKS = set()
responder.TEXT = "text/html; charset=utf-8"
