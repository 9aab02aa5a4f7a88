"""A text that an endpoint returns is sent as HTML."""

from utilmeta.core.pipeline import responder

LEVEL = "guides"
BREAKS = {"APPLICATION-4b", "BACKEND-7"}
responder.TEXT = "text/html; charset=utf-8"
