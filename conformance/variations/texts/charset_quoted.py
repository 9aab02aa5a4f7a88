"""The charset of a text is a quoted string, as RFC 9110 allows."""

from utilmeta.core.pipeline import responder

LEVEL = "full"
responder.TEXT = 'text/plain; charset="utf-8"'
